# Raised for speed: the level above answers for it, at once
resident   | opens: description="The bridge sinks.", place=home | owner community
community  | take                                   | stage in_hand
supervisor | hasten: reason="School begins on Monday." | stage hastened, owner street, clock hasten, due in 1wd, letter hastened to street, letter moved_up to petitioner
community  | answer: outcome=solved, answer="?"     | refused: not-yours
dispatcher | answer: outcome=solved, answer="Closed to lorries, and propped." | stage answered

# Raised for speed, and still nothing: the level above them says who does it
resident   | opens: description="The bridge sinks.", place=home | owner community
community  | take                                   | stage in_hand
supervisor | hasten: reason="School begins on Monday." | owner street
after 1wd  | clock hasten                           | stage ruling, owner county

# A joint meeting: who comes, what was said, who does what by when
resident   | opens: description="The market stinks.", place=home | owner community
community  | take                                   | stage in_hand
supervisor | call_meeting: meeting_on=+3d, agenda="Whose drains?" | refused: required participants
supervisor | call_meeting: meeting_on=+3d, participants=water+markets, agenda="Whose drains?" | stage meeting, clock meeting, call water waiting, call markets waiting, letter meeting to water
handler water | assist_report: report="We were there."  | call water done
supervisor | record_meeting: minutes="All were there.", who_does_what="Water flushes them, markets pay.", until=+10d | refused: required unit
supervisor | record_meeting: minutes="All were there.", who_does_what="Water flushes them, markets pay.", unit=water, until=+10d | stage instructed, owner water, clock instruct, letter instructed to water, letter met_about_it to petitioner
handler    | answer: outcome=solved, answer="Flushed, and again each month." | stage answered

# A leader takes charge until it is done
resident   | opens: description="Wages of last year.", place=home | owner community
community  | take                                   | stage in_hand
supervisor | take_charge: reason="Forty families."  | refused: not-yours
office county | take_charge: reason="Forty families." | stage led, owner county, clock lead, due in 10wd, letter led to community
office county | interim: difficulty="The firm is abroad.", measures="We ask the court.", until=+20d | stage led
after 25d  | clock lead                             | stage led, owner prefecture
office     | answer: outcome=partly, answer="Half is paid, the rest by June." | stage answered

# The people's congress supervises, and what it found is done
resident   | opens: description="The park is being built over.", place=home | owner community
community  | take                                   | stage in_hand
office county | congress_asks: reason="Three deputies ask." | stage congress, owner community, clock congress, letter congress to community
office county | report_finding: finding="No permit." | stage supervised, owner community, letter finding to community
community  | answer: outcome=solved, answer="Building has stopped." | stage answered

# The upper level instructs what is to be done
resident   | opens: description="The park is being built over.", place=home | owner community
community  | take                                   | stage in_hand
office     | instruct: instruction="Stop the building today." | stage instructed, owner community, clock instruct, due in 3wd, letter instructed to community
after 3wd  | clock instruct                         | stage ruling, owner street

# Discipline inspection checks, and the owner goes on meanwhile
resident   | opens: description="Somebody takes money for the form.", place=home | owner community
community  | take                                   | stage in_hand
office county | inspect: reason="Two have said so."  | stage inspected, owner community, clock inspect, letter inspected to community
community  | answer: outcome=solved, answer="The form is free; the clerk no longer sits there." | stage answered
