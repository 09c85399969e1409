# An old lady's card is fetched for her, and every paper comes back
resident  | opens: procedure=card, description="My senior card.", for_whom=self, way=on_behalf, place=home, name=Mrs. Li, contact=13912345678 | stage received, owner community, clock accept, letter received to petitioner, letter new to community, sealed name
community | accept: meet_on=+1d, meet_at="At ten, at her door" | stage accepted, clock meet, letter accepted to petitioner
grid-worker | hand_over: papers_in=1+2+3, signed_name=Li | refused: required scope
grid-worker | hand_over: papers_in=1+2+3, scope="Hand in and fetch the card.", until=+20d, signed_name=Li, signature=photo | stage held, clock file, letter handed_over to petitioner, letter papers_in to community
community | file: papers_filed=1+2+3                  | stage filed, clock office, due in 5wd, letter filed to petitioner
community | fetch: result="Senior card", papers_fetched=1+2, papers_kept=3 | stage fetched, clock give_back, letter fetched to petitioner
grid-worker | give_back: papers_back=1+2              | refused: papers-missing papers_back
grid-worker | give_back: papers_back=1+2+4            | stage returned, clock confirm, letter returned to petitioner
resident  | confirm: stars=5                          | stage closed, outcome done, letter confirmed to community

# What is not in the guide cannot be asked for
resident  | opens: procedure=palace, description="A palace.", for_whom=self, way=on_behalf, place=home | refused: not-procedure procedure
resident  | opens: description="My card.", for_whom=self, way=on_behalf, place=home | refused: required procedure
resident  | opens: procedure=card, description="My card.", for_whom=self, place=home | refused: required way

# No paper goes from where it is not
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=9                    | refused: not-paper papers_in
community | hand_over: papers_in=1+1                  | refused: twice papers_in
community | hand_over: papers_in=1                    | stage held
community | hand_more: papers_in=1                    | refused: not-paper papers_in
community | file: papers_filed=2                      | refused: not-paper papers_filed
community | file: papers_filed=1                      | stage filed

# Nobody withdraws while papers are in other hands
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=1+2                  | stage held
resident  | withdraw                                  | refused: wrong-stage
community | give_back: papers_back=1+2                | stage returned
resident  | withdraw                                  | stage closed, outcome withdrawn, letter withdrawn to community

# The level above cannot skip a paper that is out
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=1                    | stage held
after 3wd | clock file                                | stage held, letter overdue to community, letter raised to street
after 6wd | clock file                                | stage held, letter overdue to community
after 12wd | clock file                               | stage supervised, owner street, letter escalated to street
dispatcher | accept: meet_on=+1d, meet_at="Anew"      | refused: rule-papers_home
dispatcher | hand_back: goes_on=file                  | refused: required reason
dispatcher | hand_back: goes_on=file, reason="File it today." | stage held, owner community, letter handed_back to community
community | give_back: papers_back=1                  | stage returned

# The office refuses: the papers come back all the same
resident  | opens: procedure=card, description="My card.", for_whom=family, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=1+2                  | stage held
community | file: papers_filed=1+2                    | stage filed
community | refused_there: why_not="She moved away last year." | stage fetched, letter refused to petitioner
community | give_back: papers_back=1+2                | refused: not-paper papers_back
community | fetch_more: papers_fetched=1+2            | stage fetched
community | give_back: papers_back=1+2                | stage returned
resident  | confirm                                   | stage closed, outcome not_possible

# Going along: the papers stay with the person
resident  | opens: procedure=card, description="To the window with me.", for_whom=self, way=accompany, place=home | stage received
neighbour | accept: meet_on=+1d, meet_at="At nine"    | refused: not-yours
community | accept: meet_on=2026-05-03, meet_at="At nine" | refused: day-past meet_on
community | accept: meet_on=+1d, meet_at="At nine"    | stage accepted
community | went_along: report="Done in twenty minutes." | stage returned, letter went_along to petitioner
after 7d  | clock confirm                             | stage closed, outcome done

# Something is missing: the level above has it
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=1                    | stage held
community | give_back: papers_back=1                  | stage returned
resident  | missing                                   | refused: required word
resident  | missing: word="My photo is not here." | stage supervised, owner street, letter paper_missing to community, letter paper_missing to street
after 3d  | clock supervise                           | stage supervised, owner county

# Nobody answers
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received, due in 1wd
after 1wd | clock accept                              | stage received, letter overdue to community, letter raised to street
after 2wd | clock accept                              | stage received
after 4wd | clock accept                              | stage supervised, owner street
dispatcher | accept: meet_on=+1d, meet_at="At nine"   | stage accepted, owner community

# The office takes longer than it promised
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=1                    | stage held
community | hand_more: papers_in=2                    | stage held
community | file: papers_filed=1                      | stage filed, due in 5wd
community | file_more: papers_filed=2                 | stage filed
after 5wd | clock office                              | stage filed, letter ask_office to community

# Not something for the community, and asked once more
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | decline                                   | refused: required reason
community | decline: reason="You must come yourself, for the photo." | stage closed, outcome not_possible, letter declined to petitioner
resident  | reopen: message="I have had a fall. Please come." | stage received, letter new to community

# The office refuses and keeps everything: nothing is left to give back
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=1+2                  | stage held
community | file: papers_filed=1+2                    | stage filed
community | refused_there: why_not="The form is out of date.", papers_kept=1+2 | stage fetched
community | give_back                                 | stage returned, letter returned to petitioner
resident  | confirm                                   | stage closed, outcome not_possible

# It was all there after all: what is back already need not be ticked once more
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=1                    | stage held
community | give_back                                 | refused: papers-missing papers_back
community | give_back: papers_back=1                  | stage returned
resident  | missing: word="My photo is not here."     | stage supervised, owner street
dispatcher | hand_back: goes_on=give_back, reason="It was in the bag. Show her." | stage fetched, owner community, letter handed_back to community
community | give_back                                 | stage returned
resident  | confirm                                   | stage closed, outcome done

# Nobody agrees on a new day while papers are out
resident  | opens: procedure=card, description="My card.", for_whom=self, way=at_home, place=home | stage received
community | accept: meet_on=+1d, meet_at="At her door" | stage accepted
community | hand_over: papers_in=1                    | stage held
after 3wd | clock file                                | stage held
after 6wd | clock file                                | stage held
after 12wd | clock file                               | stage supervised, owner street
dispatcher | hand_back: goes_on=meet, reason="Anew."  | refused: rule-papers_home
dispatcher | hand_back: goes_on=give_back, reason="Take it back to her." | stage fetched
