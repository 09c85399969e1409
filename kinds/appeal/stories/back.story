# Sent back once: the dispatcher decides, and gives it to another
resident   | opens: description="A pipe in the yard leaks.", place=home | owner community
dispatcher | dispatch: unit=heating                 | owner heating, stage dispatched
handler    | send_back                              | refused: required reason
handler    | send_back: reason="It is cold water."  | stage sent_back, owner community, clock settle, letter sent_back to community
community  | send_back: reason="no"                 | refused: wrong-stage
dispatcher | dispatch: unit=water                   | stage dispatched, owner water

# Sent back, and the dispatcher insists
resident   | opens: description="A pipe in the yard leaks.", place=home | owner community
dispatcher | dispatch: unit=heating                 | owner heating
handler    | send_back: reason="It is not ours."    | owner community
dispatcher | insist: reason="It is your pipe, see the plan." | stage dispatched, owner heating, letter insisted to heating
handler    | send_back: reason="Still not."         | refused: rule-taken

# The second time the next level rules, and that stands
resident   | opens: description="A pipe in the yard leaks.", place=home | owner community
dispatcher | dispatch: unit=heating                 | owner heating
handler    | send_back: reason="It is cold water."  | owner community
dispatcher | dispatch: unit=water                   | owner water
handler    | looks                                  | may not send_back, may send_back_again
handler    | send_back_again: reason="It is behind the meter of the estate." | stage ruling, owner county, clock ruling, letter ruling to county
handler water | give_to: unit=water, reason="no"    | refused: not-yours
supervisor | give_to: unit=water, reason="The meter is yours." | stage in_hand, owner water, clock handle, letter ruled to water
handler    | send_back: reason="No."                | refused: wrong-stage
handler    | looks                                  | may answer, may not send_back_again
dispatcher | looks                                  | may not redispatch
dispatcher | redispatch: unit=heating, reason="Then these." | refused: rule-taken
handler    | answer: outcome=solved, answer="The meter is new." | stage answered

# Nobody takes it on in time: it is back with whoever was asked first
resident   | opens: description="A lamp flickers.", place=home | owner community
dispatcher | dispatch: unit=power                   | owner power, clock accept
after 23h  | clock accept                           | refused: not-due
after 7wh  | clock accept                           | stage sent_back, owner community, clock settle, letter lapsed to community, letter overdue to power
dispatcher | dispatch: unit=power                   | owner power

# Taken back by the dispatcher before anybody took it on
resident   | opens: description="A lamp flickers.", place=home | owner community
dispatcher | dispatch: unit=water                   | owner water
dispatcher | recall: reason="A slip of the hand."   | stage classified, owner community
dispatcher | dispatch: unit=power                   | owner power

# The unit that it complains of never gets it
given      | duty heating.indoor heating |
operator   | opens: description="The heating company was rude and did nothing.", place=home, accused=heating | owner community
dispatcher | dispatch: unit=heating                 | refused: unit-accused unit
dispatcher | dispatch: item=heating.indoor          | stage dispatched, owner community
community  | accept                                 | stage in_hand

# A community that is complained of does not handle the complaint
operator   | opens: description="Nobody at the community desk listens.", place=home, accused=community | owner street
community  | take                                   | refused: not-yours
dispatcher | dispatch: unit=county                  | owner county

# Nobody moves it: reminded twice, ever more rarely, then it is the level above that must say who does it
resident   | opens: description="Rubbish lies behind the school.", place=home | due in 1wd
after 1wd  | clock triage                           | stage received, due in 2wd, letter overdue to community, letter raised to street
after 1wd  | clock triage                           | refused: not-due
after 1wd  | clock triage                           | stage received, due in 4wd, owner community
after 4wd  | clock triage                           | stage ruling, owner street, clock ruling, due in 2wd, letter overdue to community, letter escalated to street, letter moved_up to petitioner
community  | dispatch                               | refused: not-yours
dispatcher | give_to: unit=roads, reason="Your cart passes there." | stage in_hand, owner roads, clock handle, due in 5wd, letter ruled to roads, letter accepted to petitioner
handler    | answer: outcome=solved, answer="It is gone." | stage answered

# Nobody rules either: all sit down together; nor that: a level higher each time, at the top ever more rarely
resident   | opens: description="Rubbish lies behind the school.", place=home | owner community
after 1wd  | clock triage                           | stage received
after 2wd  | clock triage                           | stage received
after 4wd  | clock triage                           | stage ruling, owner street, due in 2wd
after 2wd  | clock ruling                           | stage meeting, owner county, due in 5wd, letter overdue to street, letter escalated to county, letter meeting to county
after 5wd  | clock meeting                          | stage meeting, owner prefecture, due in 10wd, letter escalated to prefecture
after 10wd | clock meeting                          | stage meeting, owner prefecture, due in 20wd, letter overdue to prefecture
resident   | looks                                  | may add, may withdraw
office     | record_meeting: minutes="Community and roads were there.", who_does_what="The community clears it.", unit=community, until=+5d | stage instructed, owner community, clock instruct, letter instructed to community, letter met_about_it to petitioner
community  | answer: outcome=solved, answer="It is gone." | stage answered

# Sent back and left lying: the level above says who does it, too
resident   | opens: description="A lamp flickers.", place=home | owner community
dispatcher | dispatch: unit=power                   | owner power
handler    | send_back: reason="Not our lamp."      | stage sent_back, clock settle
after 1wd  | clock settle                           | due in 2wd, letter overdue to community
after 2wd  | clock settle                           | due in 4wd
dispatcher | note: note="Asked power twice."        | stage sent_back
after 4wd  | clock settle                           | stage ruling, owner street

# Urgent: reminded within the hour, and with the level above the same morning
operator   | opens: description="It smells of gas.", place=home, urgent=yes | due in 30m
after 30m  | clock triage                           | due in 1h
after 1h   | clock triage                           | due in 2h
after 2h   | clock triage                           | stage ruling, owner street, due in 4h

# Somebody moves it after the first reminder: the next clock begins as if nothing had been
resident   | opens: description="A lamp flickers.", place=home | owner community
after 1wd  | clock triage                           | due in 2wd
dispatcher | dispatch: unit=power                   | clock accept, due in 1wd
after 1wd  | clock accept                           | stage sent_back, clock settle, due in 1wd
