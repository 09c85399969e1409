# The whole way: said, on the wall, claimed, brought, confirmed, thanked
resident  | opens: description="Knee pads, I am Mrs. Li from door 302.", place=home, name=Mrs. Li, contact=13912345678 | stage collected, owner community, clock review, letter received to petitioner, sealed name, sealed contact
community | publish: thing=health, public_text="Knee pads for a grandmother", consent=yes | stage on_wall, clock wall, due in 7d, shown public_text, shown thing, letter on_wall to petitioner
volunteer | looks                                   | may claim, may not deliver
volunteer | claim                                   | stage claimed, owner volunteer, clock deliver, due in 14d, letter claimed to petitioner, letter thank_claim to volunteer, letter taken to community
volunteer | deliver: report="Brought on Sunday, they fit." | stage delivered, clock confirm, letter delivered to petitioner
resident  | confirm: got=yes                        | stage closed, outcome fulfilled, no clock
resident  | thank: thanks="They keep me warm.", thanks_public=yes | stage closed, shown thanks, letter thanks to volunteer

# Brought in by staff at the door
grid-worker | opens: description="A schoolbag for a girl in second grade.", place=home, for_whom="girl, 8", sign=1-12, address="Building 2, door 101" | stage collected, owner community, sealed address
community | looks                                   | may publish, may decline, may turn_into_appeal

# A resident is not asked what only staff know
resident  | opens: description="A basketball.", place=home, sign=1-12 | refused: unknown-field sign
resident  | opens: place=home                       | refused: required description

# Not on the wall without consent, nor without words for it
resident  | opens: description="A wheelchair.", place=home | stage collected
community | publish: thing=mobility, public_text="A wheelchair", consent=no | refused: consent consent
community | publish: thing=mobility, consent=yes    | refused: required public_text
community | publish: thing=car, public_text="A wheelchair", consent=yes | refused: not-choice thing
neighbour | publish: thing=mobility, public_text="A wheelchair", consent=yes | refused: not-yours

# A street lamp is no wish: it becomes an appeal and keeps its history
resident  | opens: description="A street lamp at our gate.", place=home | kind wish
community | turn_into_appeal                        | refused: required reason
community | turn_into_appeal: reason="Lamps are for the power people; they will answer you." | kind appeal, stage received, owner community, clock triage, letter converted to petitioner, hidden
dispatcher | dispatch: unit=power                   | stage dispatched, owner power
handler   | accept                                  | stage in_hand

# Declined with a kind reason
resident  | opens: description="A new flat.", place=home | stage collected
community | decline                                 | refused: required reason
community | decline: reason="A flat is more than a neighbour can give; the housing office takes applications on Mondays." | stage closed, outcome declined, letter declined to petitioner
resident  | thank: thanks="Well."                   | refused: rule-taken
resident  | reopen: message="Then a warm blanket, please." | stage collected, owner community

# One at a time: nobody takes on more than two
given     | claims volunteer 2                      |
resident  | opens: description="Rice.", place=home  | stage collected
community | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall
volunteer | claim                                   | refused: rule-open_claims
volunteer | looks                                   | may not claim
other volunteer | claim                             | stage claimed, owner other volunteer
neighbour | claim                                   | refused: wrong-stage

# Nobody claims their own wish
signed-in resident | opens: description="Rice.", place=home | stage collected
community | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall
signed-in resident | claim                          | refused: rule-not_petitioner
anybody   | claim                                   | refused: not-yours

# Given back in time, claimed by another
resident  | opens: description="Rice.", place=home  | stage collected
community | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall
volunteer | claim                                   | owner volunteer
other volunteer | deliver: report="Mine?"           | refused: not-yours
volunteer | release: reason="I am ill."             | stage on_wall, owner community, clock wall, letter released to community
other volunteer | claim                             | owner other volunteer

# Not brought in time: back on the wall
resident  | opens: description="Rice.", place=home  | stage collected
community | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall
volunteer | claim                                   | clock deliver
after 13d | clock deliver                           | refused: not-due
after 1d  | clock deliver                           | stage on_wall, owner community, letter released_late to volunteer
volunteer | deliver: report="Late."                 | refused: not-yours

# Unclaimed, it grows louder: partner units, then the community itself
resident  | opens: description="A heater.", place=home | stage collected
community | publish: thing=warmth, public_text="A heater for two old people", consent=yes | stage on_wall
after 7d  | clock wall                              | stage offered, clock offer, letter offer to school, letter offer to factory, letter unclaimed to community
volunteer | looks                                   | may claim
after 7d  | clock offer                             | stage ours, owner community, clock ours, letter ours to community
after 14d | clock ours                              | stage ours, due in 28d, letter overdue to community, letter raised to street
community | deliver: report="A heater from the community's own money." | stage delivered
community | confirm: got=yes                        | refused: rule-not_owner
after 7d  | clock confirm                           | stage closed, outcome fulfilled

# A partner unit takes it
resident  | opens: description="Footballs for the yard.", place=home | stage collected
community | publish: thing=sport, public_text="Two footballs for the yard", consent=yes | stage on_wall
community | offer_partners                          | stage offered
partner school | claim_for_unit                     | stage claimed, owner school
partner factory | deliver: report="Ours?"           | refused: not-yours
partner school | deliver: report="Two footballs.", photos=one | refused: consent photo_consent
partner school | deliver: report="Two footballs.", photos=one, photo_consent=no | refused: consent photo_consent
partner school | deliver: report="Two footballs.", photos=one, photo_consent=yes | stage delivered
grid-worker | confirm: got=yes                      | stage closed, outcome fulfilled

# Who brought it does not confirm it, not even from a post in the community
resident  | opens: description="Rice.", place=home  | stage collected
community | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall
volunteer | claim                                   | owner volunteer
volunteer | deliver: report="Brought it up."        | stage delivered
volunteer and community | confirm: got=yes          | refused: rule-not_owner
community | confirm: got=yes                        | stage closed, outcome fulfilled

# It did not arrive: the community brings it
resident  | opens: description="Rice.", place=home  | stage collected
community | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall
volunteer | claim                                   | owner volunteer
volunteer | deliver: report="Left at the door."     | stage delivered
resident  | confirm: got=no                         | stage ours, owner community, clock ours, outcome none, letter not_there to community

# The community does it at once
resident  | opens: description="Somebody to read the letter from the bank.", place=home | stage collected
community | take                                    | stage ours, letter claimed to petitioner
community | deliver: report="Read it together."     | stage delivered

# Thanks stay private unless the wisher says otherwise, and are said once
resident  | opens: description="Rice.", place=home  | stage collected
community | take                                    | stage ours
community | deliver: report="Brought."              | stage delivered
resident  | confirm: got=yes                        | stage closed
resident  | thank: thanks="Thank you."              | nothing shown, letter thanks to community
resident  | thank: thanks="Thank you again."        | refused: rule-taken

# Taken off the wall, and withdrawn
resident  | opens: description="Rice.", place=home  | stage collected
community | publish: thing=food, public_text="Rice for Mr. Wang in 302", consent=yes | stage on_wall
community | take_down: reason="It says who he is."  | stage collected, hidden
resident  | withdraw                                | stage closed, outcome withdrawn, hidden
after 31d resident | reopen: message="Again, please." | refused: rule-within

# Nobody looks at it in time
resident  | opens: description="Rice.", place=home  | clock review, due in 3wd
after 3wd  | clock review                            | stage collected, due in 6wd, letter overdue to community, letter raised to street
after 6wd  | clock review                            | stage collected, due in 12wd
after 12wd | clock review                            | stage supervised, owner street, clock supervise, due in 7d, letter escalated to street
dispatcher | hand_back                              | refused: required reason
dispatcher | hand_back: reason="Please call on him this week." | stage ours, owner community, clock ours, due in 14d, letter handed_back to community

# The level above does it itself, or looks away: then it goes a level higher
resident  | opens: description="Rice.", place=home  | stage collected
after 3wd  | clock review                            | due in 6wd
after 6wd  | clock review                            | due in 12wd
after 12wd | clock review                            | stage supervised, owner street
after 7d  | clock supervise                         | stage supervised, owner county, due in 14d, letter overdue to street, letter escalated to county
after 14d | clock supervise                         | owner prefecture, due in 28d
after 28d | clock supervise                         | owner prefecture, due in 56d
office    | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall

# Many on one day: put on, handed over by the community, thanked; thanks can be taken back
resident  | opens: description="Rice.", place=home, contact=13912345678 | stage collected
community | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall
volunteer | claim                                   | owner volunteer, clock deliver, due in 14d
community | hand_over: report="Here you are."       | refused: rule-taken
volunteer | plan: day="Sunday at ten"               | refused: not-yours
after 2d  | looks                                   |
community | plan: day="Sunday at ten, in the hall", by_others=yes | stage claimed, owner volunteer, clock deliver, due in 12d, letter planned to petitioner, letter bring_along to volunteer
community | hand_over: report="Handed over in the hall." | stage delivered, letter delivered to petitioner
community | hand_over: report="Once more."          | refused: wrong-stage
resident  | confirm: got=yes                        | stage closed, outcome fulfilled
resident  | hide_thanks                             | refused: rule-taken
resident  | thank: thanks="Good rice.", thanks_public=yes | shown thanks, letter thanks to volunteer
neighbour | hide_thanks                             | refused: not-yours
resident  | hide_thanks                             | stage closed, hidden thanks
resident  | hide_thanks                             | refused: rule-taken

# The day is called off: the wish is where it was, and its clock has not stood still
resident  | opens: description="Rice.", place=home  | stage collected
community | unplan: reason="It rains."              | refused: wrong-stage
community | publish: thing=food, public_text="A bag of rice", consent=yes | stage on_wall
community | unplan: reason="It rains."              | refused: rule-taken
community | plan: day="Sunday at ten, in the hall", by_others=no | stage on_wall, clock wall, due in 7d, letter planned to petitioner
community | unplan: reason="It rains; we will say when." | stage on_wall, owner community, due in 7d, letter unplanned to petitioner
after 7d  | clock wall                              | stage offered
