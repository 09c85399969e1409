# Promised from the first word: when somebody writes, and, once it is known what it is, when it is answered
resident   | opens: description="How do I register my bicycle?", place=home | term response due in 1wd, term response not met, term resolution none
dispatcher | classify: item=registration, request_type=enquiry | term resolution due in 2wd, term resolution first in 2wd
dispatcher | dispatch: unit=police                  | owner police
after 3wh handler | accept                          | clock handle, due in 2wd, term response met
handler    | answer: outcome=explained, answer="At the window, with your identity card." | term resolution met, term resolution not moved

# A complaint has fifteen working days, over a holiday that is not counted
given      | day off 2026-05-06 |
resident   | opens: description="The guard was rude.", place=home | stage received
dispatcher | classify: item=service, request_type=complaint | term resolution due in 15wd
community  | take                                   | clock handle, due in 15wd

# What is published counts from its day, for the most special line
given      | norm resolution of heating 3wd |
given      | norm resolution of heating from 2027-01-01 1wd |
given      | norm resolution for enquiry of heating 1wd |
resident   | opens: description="The radiators are cold.", place=home | stage received
dispatcher | classify: item=heating.indoor          | term resolution due in 3wd
dispatcher | classify: item=heating.indoor, request_type=enquiry | term resolution due in 1wd, term resolution first in 3wd, term resolution moved
dispatcher | classify: item=roads, request_type=complaint | term resolution due in 1wd

# The duty list says less: that holds, for the clock and for the promise
given      | duty heating heating limit 1wd         |
resident   | opens: description="The radiators are cold.", place=home | stage received
dispatcher | dispatch: item=heating                 | owner heating, term resolution due in 1wd
handler    | accept                                 | due in 1wd

# Urgent: half an hour to the first word, a day to the answer
operator   | opens: description="It smells of gas.", place=home, urgent=yes | urgent, term response due in 30m, due in 30m
dispatcher | dispatch: unit=gas                     | term resolution due in 1d
handler    | accept                                 | due in 1d

# Marked urgent later: from then on the short time
resident   | opens: description="Water comes through the ceiling.", place=home | stage received
community  | take                                   | due in 5wd, term resolution due in 5wd
after 2h   | looks                                  | not paused
community  | mark_urgent                            | due in 1d, term resolution due in 1d, term resolution moved

# Warned at half, then with the level above, then it is late
resident   | opens: description="The road is full of holes.", place=home | owner community
community  | take                                   | due in 5wd, wakes in 21wh
clock      | warn                                   | refused: not-due
after 21wh clock | warn                           | stage in_hand, letter half_over to community
clock      | warn                                   | refused: not-due
clock      | warn_above                             | refused: not-due
after 756wm clock | warn_above                      | letter nearly_over to community, letter nearly_over to street
after 504wm | clock handle                          | stage pressed, letter pressed to community

# Every rung is seen: the head, the supervising post, the level above, the meeting
resident   | opens: description="The road is full of holes.", place=home | owner community
community  | take                                   | stage in_hand
after 5wd  | clock handle                           | stage pressed, owner community, clock press, due in 1wd, letter pressed to community
after 1wd  | clock press                            | stage supervised, clock supervise, due in 2wd
after 2wd  | clock supervise                        | stage supervised, due in 4wd, letter overdue to community, letter raised to street
after 4wd  | clock supervise                        | stage ruling, owner street, letter moved_up to petitioner
after 2wd  | clock ruling                           | stage meeting, owner county
office county | looks                               | may record_meeting, may take_charge

# Waiting for the person: once without asking anybody, and what was left is left
resident   | opens: description="The meter is wrong.", place=home | owner community
community  | take                                   | due in 5wd, term resolution due in 5wd
after 7wh community | wait_for_person: message="Please send a photo of the meter.", wait_until=+2d | paused for person, clock handle, letter wait_for_you to petitioner, due in 49wh, term resolution moved
community  | wait_for_person: message="?", wait_until=+2d | refused: rule-clock
community  | interim: difficulty="x", measures="y", until=+3d | refused: rule-clock
after 1d   | clock handle                           | refused: not-due
resident   | add: message="Here it is.", photos=one | paused for person
community  | go_on                                  | not paused, due in 35wh, letter goes_on to petitioner
community  | wait_for_person: message="Another, please.", wait_until=+2d | refused: rule-new_reason
community  | answer: outcome=solved, answer="The meter is new." | term resolution met

# It goes on by itself at the end of the day named, with what was left then
resident   | opens: description="The meter is wrong.", place=home | owner community
community  | take                                   | stage in_hand
after 7wh community | wait_for_person: message="A photo, please.", wait_until=+2d | paused for person, wakes in 3239m
after 1d clock | go_on                              | refused: not-due
after 3d clock | go_on                              | not paused, stage in_hand

# For parts the level above is asked, and says yes
resident   | opens: description="The lift stands still.", place=home | owner community
community  | take                                   | due in 5wd
community  | ask_wait: wait_why=parts, wait_until=+20d, wait_note="The motor comes from afar." | stage in_hand, clock handle, not paused, letter wait_asked to street
community  | ask_wait: wait_why=parts, wait_until=+30d, wait_note="?" | refused: rule-stands
community  | grant_wait                             | refused: not-yours
community  | looks                                  | may not grant_wait
dispatcher | grant_wait                             | paused for parts, term resolution moved, letter waits to petitioner, letter wait_granted to community
dispatcher | grant_wait                             | refused: rule-clock

# And no; asked again for the same, it is the supervisor who says
resident   | opens: description="The lift stands still.", place=home | owner community
community  | take                                   | stage in_hand
supervisor | grant_wait                             | refused: rule-stands
community  | ask_wait: wait_why=weather, wait_until=+20d, wait_note="Frost." | letter wait_asked to street
supervisor | refuse_wait: reason="A lift knows no frost." | not paused, letter wait_refused to community
community  | ask_wait: wait_why=parts, wait_until=+10d, wait_note="The motor." | letter wait_asked to street
supervisor | grant_wait                             | paused for parts
community  | go_on                                  | not paused
community  | ask_wait: wait_why=parts, wait_until=+10d, wait_note="The other motor." | letter wait_asked to street
supervisor | grant_wait                             | paused for parts

# More time is asked for, given, and the person is told why
resident   | opens: description="The whole estate needs new pipes.", place=home | owner community
community  | take                                   | term resolution first in 5wd
community  | ask_more_time: more_why=funds, more_until=+30d, more_note="The county grants them in June." | letter more_time_asked to street
community  | grant_more_time                        | refused: not-yours
supervisor | grant_more_time                        | stage in_hand, term resolution moved, letter takes_longer to petitioner, letter more_time_granted to community
after 29d  | clock handle                           | refused: not-due
after 2d   | clock handle                           | stage pressed

# More time must be more
resident   | opens: description="The whole estate needs new pipes.", place=home | owner community
community  | take                                   | stage in_hand
community  | ask_more_time: more_why=funds, more_until=+1d, more_note="?" | letter more_time_asked to street
supervisor | grant_more_time                        | refused: not-later more_until
supervisor | refuse_more_time: reason="There is time enough." | letter more_time_refused to community

# Too late to stop a clock that has run out
resident   | opens: description="The lift stands still.", place=home | owner community
community  | take                                   | due in 5wd
after 6wd community | wait_for_person: message="?", wait_until=+2d | refused: rule-clock

# Another unit goes on with what is left; only a ruling gives the whole time
resident   | opens: description="A pipe in the yard leaks.", place=home | owner community
dispatcher | dispatch: unit=heating                 | owner heating
handler    | accept                                 | due in 5wd
after 21wh dispatcher | redispatch: unit=water, reason="It is cold water." | owner water, clock accept
handler    | accept                                 | clock handle, due in 21wh
after 7wh supervisor | rule_misdirected: unit=power, reason="It is the pump." | owner power, letter dispatched to power, letter misdirected to water
handler    | accept                                 | clock handle, due in 5wd

# Who gets it late has a working day at least
resident   | opens: description="A pipe in the yard leaks.", place=home | owner community
dispatcher | dispatch: unit=heating                 | owner heating
handler    | accept                                 | due in 5wd
after 40wh dispatcher | redispatch: unit=water, reason="It is cold water." | owner water
handler    | accept                                 | clock handle, due in 7wh
