# It takes longer: an interim answer says difficulty, measures and day, all three
resident   | opens: description="The road is full of holes.", place=home | owner community
community  | take                                   | stage in_hand
community  | interim: measures="We ask for funds.", until=+10d | refused: required difficulty
community  | interim: difficulty="No money this year.", measures="We ask for funds.", until=+0d | refused: wrong-type until
community  | interim: difficulty="No money this year.", measures="We ask for funds.", until=2026-05-04 | refused: not-future until
community  | interim: difficulty="No money this year.", measures="We ask for funds.", until=+90d | refused: too-far until
community  | interim: difficulty="No money this year.", measures="We ask for funds.", until=+10d | stage in_hand, clock handle, letter interim to petitioner
after 9d   | clock handle                           | refused: not-due
after 2d   | clock handle                           | stage pressed, letter pressed to community

# The resident is unhappy, and it goes on under supervision until they are content
resident   | opens: description="The lift stands still.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=explained, answer="The spare part is on its way." | stage answered
resident   | judge: solved=no, content=no           | refused: required why
resident   | judge: solved=no, content=no, why="My mother cannot climb six floors." | stage supervised, owner community, clock supervise, outcome none, letter unhappy to community, letter raised to street
community  | answer: outcome=solved, answer="It runs since this morning." | stage answered
resident   | judge: solved=yes, content=yes         | stage closed, outcome solved

# Explained, not solved, and content all the same
resident   | opens: description="Why is the water off?", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=explained, answer="A new main, until six." | stage answered
resident   | judge: solved=no, content=yes          | stage closed, outcome explained

# Nobody judges it: after seven days it is closed as answered
resident   | opens: description="The lamp is out.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=partly, answer="One of two lamps is new." | stage answered, clock judge
community  | judge: solved=yes, content=yes         | refused: rule-not_owner
after 7d   | clock judge                            | stage closed, outcome partly, letter closed to petitioner
after 2d resident | reopen: why="The other one is still out." | stage supervised, owner community

# Nobody judges the work of a unit in which they hold a post, not even as the resident they are
signed-in resident | opens: description="The lamp is out.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=solved, answer="A new lamp." | stage answered
operator and community | judge: solved=yes, content=yes | refused: rule-not_owner
signed-in resident and community | judge: solved=yes, content=yes | refused: rule-not_owner
signed-in resident and handler water | judge: solved=yes, content=yes | stage closed

# Judged by telephone, by somebody who did not handle it
resident   | opens: description="The lamp is out.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=solved, answer="A new lamp." | stage answered
operator   | judge: solved=yes, content=yes         | stage closed, outcome solved

# An answer needs an outcome, and one that exists
resident   | opens: description="The lamp is out.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: answer="Done."                 | refused: required outcome
community  | answer: outcome=closed, answer="Done." | refused: not-choice outcome
community  | answer: outcome=solved                 | refused: required answer

# Others help, and one of them is late
resident   | opens: description="The cellar is under water.", place=home | owner community
dispatcher | dispatch: unit=water, assisting=power+housing | owner water, call power waiting, call housing waiting
handler    | accept                                 | stage in_hand, owner water
handler power | assist_report: report="The current is off."  | call power done, letter assisted to water
handler power | assist_report: report="Again."      | refused: rule-call_state
handler gas | assist_report: report="We came too."  | refused: not-yours
after 3wd  | clock assist                           | late housing, call housing waiting, stage in_hand, clock handle, letter overdue to housing, letter assist_late to water
handler housing | assist_report: report="Pumped dry." | call housing done
handler    | ask_assist: assisting=gas, request="Please look at the boiler." | call gas waiting, letter assist to gas
handler    | answer: outcome=solved, answer="Dry again." | stage answered
resident   | judge: solved=yes, content=yes         | stage closed, call gas released

# Merged: whoever asked the same gets the same answer and judges it
resident   | opens: description="No heating in building 5.", place=home | owner community
dispatcher | merge: into=other                      | stage following, follows other, clock follow, letter merged to petitioner
community  | answer: outcome=solved, answer="Done." | refused: wrong-stage
system     | answer_with: outcome=solved, answer="The valve is open again." | stage answered, letter answered to petitioner
resident   | judge: solved=yes, content=yes         | stage closed, outcome solved

# The other case answers for its followers too
resident   | opens: description="No heating in building 5.", place=home | owner community
community  | take                                   | stage in_hand
community  | answer: outcome=solved, answer="The valve is open again." | stage answered, followers answer_with

# With what a case cannot be merged
given      | other closed |
resident   | opens: description="No heating.", place=home | owner community
dispatcher | merge                                  | refused: required into
dispatcher | merge: into=itself                     | refused: target-itself
dispatcher | merge: into=missing                    | refused: target-missing
dispatcher | merge: into=other                      | refused: target-closed
neighbour  | merge: into=other                      | refused: not-yours

# Not with one that follows a third
given      | other follows |
resident   | opens: description="No heating.", place=home | owner community
dispatcher | merge: into=other                      | refused: target-follows

# Not with one of another kind
given      | other of another kind |
resident   | opens: description="No heating.", place=home | owner community
dispatcher | merge: into=other                      | refused: target-other-kind

# What it follows is withdrawn: it goes on by itself
resident   | opens: description="No heating.", place=home | owner community
dispatcher | merge: into=other                      | stage following
system     | unmerge                                | stage received, owner community, clock triage, follows nothing, letter new to community

# Raised by a supervisor, given to another, and asked in between
resident   | opens: description="The road is full of holes.", place=home | owner community
community  | take                                   | stage in_hand
supervisor | raise: reason="Third winter in a row." | stage supervised, letter supervised to community
supervisor | redispatch: unit=community, reason="?" | refused: same-owner unit
supervisor | redispatch: unit=roads, reason="It is a county road." | stage dispatched, owner roads
handler    | accept                                 | stage in_hand
handler    | write: message="Is it before or behind the bridge?" | letter message to petitioner
resident   | add: message="Behind it.", photos=one+two | letter added to roads
handler    | note: note="Ask the bridge team."      | stage in_hand
resident   | note: note="?"                         | refused: not-yours
