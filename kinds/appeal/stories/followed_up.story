# Called back: content, and it stays closed
given      | chosen for a call                      |
resident   | opens: description="The lamp is out.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=solved, answer="A new lamp since Monday." | stage answered
after 7d   | clock judge                            | stage closed, outcome solved
operator   | not_reached: note="Engaged."           | stage closed
operator   | looks                                  | may follow_up, may not_reached
operator   | follow_up: solved=yes, content=yes     | stage closed, outcome solved

# Called back and unhappy: it is opened again, and the reason is said
given      | chosen for a call                      |
resident   | opens: description="The lamp is out.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=solved, answer="A new lamp." | stage answered
after 7d   | clock judge                            | stage closed
operator   | follow_up: solved=no, content=no       | refused: required why
operator   | follow_up: solved=no, content=no, why="It is out again." | stage supervised, owner community, outcome none, clock supervise, letter unhappy to community, letter raised to street
community  | follow_up: solved=yes, content=yes     | refused: not-yours

# Whoever calls does not choose whom
resident   | opens: description="The lamp is out.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=solved, answer="A new lamp." | stage answered
after 7d   | clock judge                            | stage closed
operator   | looks                                  | may not follow_up, may not not_reached
operator   | follow_up: solved=yes, content=yes     | refused: rule-chosen
supervisor | not_reached                            | refused: rule-chosen

# An answer is looked over, and the unit is told what would be better
resident   | opens: description="The lamp is out.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=explained, answer="It will be seen to." | stage answered
supervisor | read_over: verdict=improve             | refused: required feedback
supervisor | read_over: verdict=improve, feedback="Say who comes, and on which day." | stage answered, letter read_over to community
community  | read_over: verdict=good                | refused: not-yours
resident   | judge: solved=no, content=yes          | stage closed
supervisor | read_over: verdict=good                | stage closed, outcome explained
