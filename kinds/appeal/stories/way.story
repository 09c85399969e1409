# The whole way: said, passed on, taken on, answered, judged
given      | duty heating.indoor heating assisting housing limit 2d |
resident   | opens: description="The radiators have been cold for three days, and there is a small child.", place=home, name=Aygul, contact=13912345678 | stage received, owner community, clock triage, due in 1wd, letter received to petitioner, letter new to community, sealed name, sealed contact
dispatcher | classify: item=heating.indoor             | stage classified, item heating.indoor, clock triage
dispatcher | dispatch                                  | stage dispatched, owner heating, clock accept, call housing waiting, letter dispatched to heating, letter assist to housing
handler    | looks                                     | may accept, may send_back, may not answer
handler    | accept                                    | stage in_hand, owner heating, clock handle, due in 2d, letter accepted to petitioner
handler    | answer: outcome=solved, answer="A valve in the cellar was stuck. It is replaced, the flat is at 21 degrees." | stage answered, clock judge, due in 7d, letter answered to petitioner
resident   | judge: solved=yes, content=yes            | stage closed, outcome solved, no clock

# First asked, and it is theirs: the community keeps it
resident  | opens: description="The bench at the gate is broken.", place=home | stage received, owner community
community | looks                                | may take, may dispatch, may not accept
community | take                                 | stage in_hand, owner community, due in 5wd
community | answer: outcome=solved, answer="The bench is mended." | stage answered

# Nobody on the duty list: the community of the place has it
resident   | opens: description="A stray dog sleeps in our stairwell.", place=home | owner community
dispatcher | dispatch: item=animals.stray            | stage dispatched, owner community
community  | accept                                  | stage in_hand, owner community

# It comes in by telephone, for a caller without a phone of their own
operator   | opens: description="The street lamp is out.", place=home, name=Old Wang, address="Building 3, door 2", urgent=no | stage received, owner community, sealed address
operator   | classify: item=light.street             | stage classified
dispatcher | dispatch: unit=power                    | owner power, stage dispatched

# What only staff may say, a resident may not send
resident | opens: description="Cold.", place=home, urgent=yes       | refused: unknown-field urgent
resident | opens: description="Cold.", place=home, colour=red       | refused: unknown-field colour
resident | opens: place=home                                        | refused: required description
resident | opens: description="Cold."                               | refused: required place
resident | opens: description="   ", place=home                     | refused: required description
resident | opens: description="Cold.", place=nowhere                | refused: not-place place

# Urgent: at once
operator   | opens: description="It smells of gas in the stairwell.", place=home, urgent=yes | urgent, due in 30m
dispatcher | dispatch: unit=gas                     | owner gas, clock accept, due in 2h
handler    | accept                                 | due in 1d

# Marked urgent later: the running clock gets shorter, once
resident  | opens: description="Water comes through the ceiling.", place=home | due in 1wd
community | mark_urgent                             | urgent, due in 30m, letter urgent to community
community | mark_urgent                             | refused: rule-urgent
neighbour | mark_urgent                             | refused: not-yours

# Looked at from outside: nobody else can do anything
resident    | opens: description="Cold.", place=home | stage received
neighbour   | withdraw                              | refused: not-yours
handler gas | dispatch                              | refused: not-yours
resident    | dance                                 | refused: no-such-step
resident    | judge: solved=yes, content=yes        | refused: wrong-stage
clock       | clock triage                          | refused: not-due

# Withdrawn, and taken up again within thirty days
resident  | opens: description="The lift stands still.", place=home | stage received
resident  | withdraw: why="It runs again."          | stage closed, outcome withdrawn, letter withdrawn to community, no clock
resident  | withdraw                                | refused: wrong-stage
after 20d resident | reopen                         | refused: required why
resident  | reopen: why="It has stopped again."     | stage supervised, owner community, clock supervise, outcome none, letter unhappy to community

# Too late to take it up again
resident  | opens: description="The lift stands still.", place=home | stage received
resident  | withdraw                                | stage closed
after 31d resident | reopen: why="Again."           | refused: rule-within
