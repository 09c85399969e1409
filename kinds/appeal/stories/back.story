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

# Nobody takes it on in time: it is back with whoever was asked first
resident   | opens: description="A lamp flickers.", place=home | owner community
dispatcher | dispatch: unit=power                   | owner power, clock accept
after 23h  | clock accept                           | refused: not-due
after 1h   | clock accept                           | stage sent_back, owner community, clock settle, letter lapsed to community, letter overdue to power
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

# Nobody moves it: reminded, and the level above is told, each day anew
resident   | opens: description="Rubbish lies behind the school.", place=home | due in 1d
after 1d   | clock triage                           | stage received, due in 1d, letter overdue to community, letter raised to street
after 1d   | clock triage                           | stage received, due in 1d
