# The whole way: ordered, opened, claimed, agreed, done, rated, shown
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no, name=Mrs. Li, contact=13912345678, emergency="Daughter, 13900000000" | stage received, owner community, clock review, letter received to petitioner, letter new to community, sealed name, sealed emergency
community | open_up: public_text="A dripping tap"   | stage posted, clock claim, due in 3d, shown public_text, letter opened to petitioner
volunteer | claim                                   | stage accepted, owner volunteer, clock arrange, letter accepted to petitioner, letter thank_claim to volunteer, letter accepted_by to community
volunteer | arrange: meet_on=+2d, meet_at="Ten in the morning, at the gate" | stage arranged, clock visit, letter arranged to petitioner
after 2d volunteer | arrive: minutes=60             | stage there, clock back, due in 1h
volunteer | leave                                   | stage out, clock report
volunteer | finish: report="A new washer.", minutes_spent=40 | stage served, letter served to petitioner
resident  | rate: got=yes                           | refused: required stars
resident  | rate: got=yes, stars=5, word="Like new." | stage closed, outcome served, letter rated to volunteer
volunteer | show: shown_text="A tap that no longer drips.", shown_consent=no | refused: consent shown_consent
volunteer | show: shown_text="A tap that no longer drips.", shown_photos=one, shown_consent=yes | shown shown_text, shown shown_photos, letter shown to petitioner
resident  | hide                                    | hidden

# Only what is on the menu can be ordered
resident  | opens: service=palace, description="A palace.", place=home, minor=no | refused: not-service service
resident  | opens: description="The tap drips.", place=home, minor=no | refused: required service
resident  | opens: service=visit, description="The tap drips.", place=home | refused: required minor
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no, address="Door 3" | refused: unknown-field address

# Dispatched to a unit that accepts
resident  | opens: service=lesson, description="Reading for my son.", place=home, minor=no | owner community
community | dispatch: unit=community                | refused: same-owner unit
community | dispatch: unit=school                   | stage dispatched, owner school, clock accept, letter dispatched to school
partner factory | accept                            | refused: not-yours
partner school | accept                             | stage accepted, letter accepted to petitioner, letter accepted_by to community
partner school | arrange: meet_on=2026-05-04, meet_at="At four, in the school" | stage arranged
partner school | finish: report="The first lesson.", minutes_spent=90, photos=one | refused: consent photo_consent
partner school | finish: report="The first lesson.", minutes_spent=90 | stage served

# Sent back, or no word at all: the community has it again
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | owner community
community | dispatch: unit=school                   | owner school
partner school | send_back: reason="No plumber today." | stage received, owner community, letter sent_back to community
community | dispatch: unit=school                   | owner school
after 2d  | clock accept                            | stage received, owner community, letter overdue to school, letter lapsed to community

# In twos where the menu says so
resident  | opens: service=company, description="To the hospital on Monday.", place=home, minor=no | stage received
community | open_up: public_text="Company to the hospital" | stage posted
volunteer | claim                                   | stage accepted
volunteer | arrange: meet_on=+1d, meet_at="At nine"  | refused: required second
volunteer | arrange: meet_on=+1d, meet_at="At nine", second="Wang" | stage arranged

# The first visit in twos, the next one alone
community | opens: service=care, description="A hand at home.", place=home, minor=no | stage received
community | take                                    | stage ours
community | arrange: meet_on=+1d, meet_at="At nine"  | refused: required second
community | arrange: meet_on=+1d, meet_at="At nine", second="Wang" | stage arranged

# Known already: one is enough
community | opens: service=care, description="A hand at home.", place=home, minor=no, again=yes | stage received
community | take                                    | stage ours
community | arrange: meet_on=+1d, meet_at="At nine"  | stage arranged

# A child alone: a second adult, whatever the menu says
resident  | opens: service=visit, description="Homework.", place=home, minor=yes | stage received
community | take                                    | stage ours, letter taken to petitioner
community | arrange: meet_on=+1d, meet_at="At five"  | refused: required second
community | arrange: meet_on=+1d, meet_at="At five", second="Wang" | stage arranged

# Nobody agrees on a day that has passed, or that is far off
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | take                                    | stage ours
community | arrange: meet_on=2026-05-03, meet_at="At five" | refused: day-past meet_on
community | arrange: meet_on=+90d, meet_at="At five" | refused: too-far meet_on

# No “I am out” in time: the community is called, then the level above, until somebody is found
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | open_up: public_text="A dripping tap"   | stage posted
volunteer | claim                                   | owner volunteer
volunteer | arrange: meet_on=2026-05-04, meet_at="Now"      | stage arranged
volunteer | arrive: minutes=5                       | refused: out-of-range minutes
volunteer | arrive: minutes=30                      | stage there, due in 30m
after 20m | clock back                              | refused: not-due
volunteer | stay_longer: minutes=30                 | stage there, due in 30m
after 30m | clock back                              | stage alarmed, owner volunteer, urgent, letter are_you_out to volunteer, letter alarm to community, letter alarm to street
neighbour | leave                                   | refused: not-yours
after 30m | clock find                              | stage watched, owner community, letter alarm to community, letter alarm to street
community | found_safe                              | refused: required finding
community | found_safe: finding="Their telephone was empty." | stage out, owner community
community | finish: report="The tap is dry.", minutes_spent=60 | stage served

# Out again a little late: nothing happened
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | open_up: public_text="A dripping tap"   | stage posted
volunteer | claim                                   | owner volunteer
volunteer | arrange: meet_on=2026-05-04, meet_at="Now"      | stage arranged
volunteer | arrive: minutes=30                      | stage there
after 30m | clock back                              | stage alarmed
volunteer | leave                                   | stage out, owner volunteer
after 3d  | clock report                            | stage ours, owner community, letter released_late to volunteer

# It was not safe: said in private, and the community settles it
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | open_up: public_text="A dripping tap"   | stage posted
volunteer | claim                                   | owner volunteer
volunteer | arrange: meet_on=2026-05-04, meet_at="Now"      | stage arranged
volunteer | ask_community                           | refused: required worry
volunteer | ask_community: worry="A dog without a lead." | stage looked_at, owner community, urgent, hidden, due in 4h, letter looked_at to community, letter looked_at to street
volunteer | settle: finding="Tied now.", goes_on=again | refused: not-yours
community | settle: finding="They shout at everybody.", goes_on=stopped | refused: required word_for_them
community | settle: finding="The dog is tied now.", goes_on=again | stage received, owner community

# Nobody settles it: the level above has it
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | open_up: public_text="A dripping tap"   | stage posted
volunteer | claim                                   | owner volunteer
volunteer | ask_community: worry="He was drunk."     | stage looked_at
after 4h  | clock look                              | stage looked_at, letter overdue to community, letter looked_at to street
after 8h  | clock look                              | stage looked_at
after 16h | clock look                              | stage watched, owner street, letter escalated to street
dispatcher | settle: finding="We spoke to him.", goes_on=stopped, word_for_them="We cannot send anybody for now." | stage closed, outcome stopped, letter stopped to petitioner

# Unclaimed, it grows louder: partner units, the community itself, the level above
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | open_up: public_text="A dripping tap"   | stage posted
after 3d  | clock claim                             | stage offered, letter offer to school, letter unclaimed to community
after 3d  | clock offer                             | stage ours, owner community, hidden, letter ours to community
after 5d  | clock ours                              | stage ours, letter overdue to community, letter raised to street
after 10d | clock ours                              | stage ours
after 20d | clock ours                              | stage supervised, owner street, letter escalated to street
dispatcher | hand_back: reason="This week, please."  | stage ours, owner community, letter handed_back to community

# The day has passed without a word
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | open_up: public_text="A dripping tap"   | stage posted
volunteer | claim                                   | owner volunteer
volunteer | arrange: meet_on=+1d, meet_at="At nine"  | stage arranged
after 2d  | clock visit                             | stage unsure, clock tell, letter not_told to volunteer
after 2d  | clock tell                              | stage ours, owner community, letter looking_again to petitioner

# Nobody claims their own order, nor more than two at a time
given     | claims volunteer 2                      |
signed-in resident | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | open_up: public_text="A dripping tap"   | stage posted
signed-in resident | claim                          | refused: rule-not_petitioner
volunteer | claim                                   | refused: rule-open_claims
other volunteer | claim                             | owner other volunteer
other volunteer | release: reason="I am ill."       | stage received, owner community, letter released to community, letter looking_again to petitioner

# Not done, says the resident: the community does it; nobody rates their own work
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
community | take                                    | stage ours
community | arrange: meet_on=2026-05-04, meet_at="At nine"  | stage arranged
community | finish: report="Done.", minutes_spent=30 | stage served
community | rate: got=yes, stars=5                  | refused: rule-not_owner
resident  | rate: got=no, word="It drips again."     | stage ours, owner community, letter not_there to community
community | arrange: meet_on=2026-05-04, meet_at="At five"  | stage arranged
community | finish: report="A new tap.", minutes_spent=30 | stage served
after 7d  | clock confirm                           | stage closed, outcome served, letter closed to petitioner
resident  | reopen: message="Now the other one."    | stage received, owner community

# Declined with a reason; what was never done is not shown
resident  | opens: service=visit, description="Paint the whole flat.", place=home, minor=no | stage received
community | decline                                 | refused: required reason
community | decline: reason="That is more than an afternoon." | stage closed, outcome not_possible, letter declined to petitioner
community | show: shown_text="Nothing.", shown_consent=yes | refused: rule-taken

# Withdrawn
resident  | opens: service=visit, description="The tap drips.", place=home, minor=no | stage received
resident  | withdraw                                | stage closed, outcome withdrawn, letter withdrawn to community

# Every week: from a day on that is not past
resident  | opens: service=visit, description="Chess.", place=home, minor=no, every=week | refused: required wanted_on
resident  | opens: service=visit, description="Chess.", place=home, minor=no, every=week, wanted_on=2026-05-01 | refused: day-past wanted_on
resident  | opens: service=visit, description="Chess.", place=home, minor=no, every=year, wanted_on=+1d | refused: not-choice every
resident  | opens: service=visit, description="Chess.", place=home, minor=no, every=week, wanted_on=+1d | stage received
