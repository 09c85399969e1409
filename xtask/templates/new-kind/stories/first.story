# Said, answered, and that settles it
resident  | opens: what="The lamp at the gate is out.", where=home, name=Aygul, phone=13912345678 | stage waiting, owner community, clock answer, due in 3d, letter received to petitioner, letter new to community
community | looks                                                   | may answer
community | answer: outcome=solved, answer="It shines again."       | stage answered, clock judge, due in 7d, letter answered to petitioner
resident  | agree                                                   | stage closed, outcome solved, no clock

# The answer does not settle it: once it goes back, then the answer stands
resident  | opens: what="The lamp is out.", where=home              | stage waiting
community | answer: outcome=explained, answer="Next week."          | stage answered
resident  | disagree: why="That was said last week, too."           | stage waiting, owner community, letter disagreed to community
community | answer: outcome=solved, answer="It shines."             | stage answered
resident  | looks                                                   | may agree, may not disagree

# Nobody answers in time: the level above has it now, and a longer time begins
resident  | opens: what="The lamp is out.", where=home              | stage waiting
after 3d  | clock answer                                            | stage waiting, owner street, due in 6d, letter late to community, letter late to street

# Only whoever brought it in may withdraw it
resident  | opens: what="The lamp is out.", where=home              | stage waiting
neighbour | withdraw                                                | refused: not-yours
resident  | withdraw                                                | stage closed, outcome withdrawn
