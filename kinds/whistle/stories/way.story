# The whole way: whistled, everybody came, agreed, done, rated, closed
dispatcher | opens: description="Gas and water cross under a market; the ground sinks.", place=home, units=gas+water | stage whistled, owner street, clock gather, due in 1wd, call gas waiting, call water waiting, letter whistle to gas, letter whistle to water
handler gas | looks                                 | may report_present, may report_coming, may object, may not close
handler gas | report_present                        | call gas present, letter came to street
handler water | report_coming: minutes=20           | call water coming, letter coming to street
handler water | report_present                      | call water present
dispatcher | record: measures="Shut both, dig by hand.", who_does_what="Gas shuts, water digs.", until=+5d | stage working, clock work, letter recorded to gas
handler gas | bring_result: result="Shut and sealed." | call gas done, letter result to street
handler water | bring_result: result="Dug and filled." | call water done
dispatcher | close: outcome=solved, answer="Safe again." | refused: rule-calls_rated
dispatcher | rate: unit=gas, rating=5               | rated gas 5
dispatcher | rate: unit=water, rating=6             | refused: not-rating rating
dispatcher | rate: unit=water, rating=4, note="A bit late." | rated water 4
dispatcher | close: outcome=solved, answer="Safe again." | stage closed, outcome solved, no clock, letter closed to gas

# A grid worker whistles for the community
grid-worker | opens: description="A blind woman has no one to shop for her.", place=home, units=community | stage whistled, owner community, call community waiting
community  | report_present                         | call community present
community  | rate: unit=community, rating=5         | refused: not-yours
community  | looks                                  | may bring_result, may not rate, may not close, may not excuse, may not withdraw
grid-worker | rate: unit=community, rating=5        | rated community 5
community  | close: outcome=solved, answer="We are done." | refused: not-yours
grid-worker | close: outcome=solved, answer="A neighbour shops for her." | stage closed
community  | reopen: reason="We want five points."  | refused: not-yours

# Whoever also sits at the desk of the called unit does not rate it, whichever post they act by
grid-worker | opens: description="A blind woman has no one to shop for her.", place=home, units=community | owner community
community  | report_present                         | call community present
community  | bring_result: result="We shop for her." | call community done
grid-worker and community | rate: unit=community, rating=5 | refused: own-unit unit
grid-worker and handler water | rate: unit=community, rating=4 | rated community 4

# Nor does whoever also handles cases for a department that their street called
dispatcher | opens: description="A pipe under the square leaks.", place=home, units=water+gas | owner street
dispatcher and handler water | rate: unit=water, rating=5 | refused: own-unit unit
dispatcher and handler water | rate: unit=gas, rating=5 | rated gas 5
dispatcher | rate: unit=water, rating=3             | rated water 3

# The whistler sits in the called unit and is alone: under supervision the level above rates
dispatcher | opens: description="A burst pipe.", place=home, units=water | stage whistled, owner street
handler water | report_present                      | call water present
supervisor | rate: unit=water, rating=5             | refused: not-yours
after 2d   | clock gather                           | stage whistled
after 4d   | clock gather                           | stage whistled
after 8d   | clock gather                           | stage supervised, owner county
dispatcher and handler water | rate: unit=water, rating=5 | refused: own-unit unit
supervisor | rate: unit=water, rating=3             | rated water 3
dispatcher | close: outcome=solved, answer="Done."  | stage closed

# A community whistles for the street, and the street passes the whistle on
community  | opens: description="The school road floods.", place=home, units=street | owner community, call street waiting
community  | call_more: units=water                 | refused: out-of-reach units
dispatcher | report_present                         | call street present
dispatcher | call_more: units=water+roads           | call water waiting, call roads waiting, letter whistle to water
handler water | report_present                      | call water present

# Nobody whistles over the heads of those between
grid-worker | opens: description="The road floods.", place=home, units=water | refused: out-of-reach units
community  | opens: description="The road floods.", place=home, units=water  | refused: out-of-reach units
dispatcher | opens: description="The road floods.", place=home, units=community | refused: out-of-reach units

# Only those whose place it is whistle
resident   | opens: description="The road floods.", place=home, units=water | refused: not-yours
handler water | opens: description="The road floods.", place=home, units=gas | refused: not-yours
dispatcher | opens: description="The road floods.", place=152201001001, units=water | refused: not-yours
dispatcher | opens: description="The road floods.", place=home | refused: required units

# Urgent: within half an hour, or the level above hears of it
dispatcher | opens: description="A wall leans over the pavement.", place=home, units=housing+roads, urgent=yes | urgent, due in 2h
handler roads | report_present                      | call roads present
after 29m  | clock report_in                        | refused: not-due
after 1m   | clock report_in                        | late housing, call housing waiting, stage whistled, clock gather, letter late to housing, letter raised to county, letter unit_late to street
clock      | clock report_in                        | refused: not-due
handler housing | report_present                    | call housing present, late housing

# On the way, but not there when it said
dispatcher | opens: description="A tree lies on the road.", place=home, units=roads | call roads waiting
handler roads | report_coming                       | refused: required minutes
handler roads | report_coming: minutes=1            | refused: out-of-range minutes
handler roads | report_coming: minutes=30           | call roads coming
handler roads | report_coming: minutes=30           | refused: rule-call_state
after 30m  | clock report_in                        | late roads, call roads coming

# An objection that holds: the unit need not come
dispatcher | opens: description="Noise from a workshop at night.", place=home, units=police+water | call water waiting
handler water | object                              | refused: required reason
handler water | object: reason="No pipes there."    | call water objecting, letter objection to street
handler water | rule_objection: unit=water, ruling=release | refused: not-yours
dispatcher | rule_objection: unit=police, ruling=release | refused: not-called unit
dispatcher | rule_objection: unit=water, ruling=release | call water released
handler water | report_present                      | refused: not-yours
handler police | report_present                     | call police present
dispatcher | rate: unit=water, rating=1             | refused: not-called unit
dispatcher | rate: unit=police, rating=5            | rated police 5
dispatcher | close: outcome=solved, answer="Quiet after ten." | stage closed

# An objection that does not hold: the unit must come all the same
dispatcher | opens: description="A burst pipe.", place=home, units=water | call water waiting
handler water | object: reason="Not ours."          | call water objecting
dispatcher | rule_objection: unit=water, ruling=insist, reason="It is your main." | call water insisted, letter ruled to water
handler water | object: reason="Still not."         | refused: rule-call_state
handler water | report_present                      | call water present

# Not closed while somebody is awaited or an objection is open
dispatcher | opens: description="A burst pipe.", place=home, units=water+roads | call roads waiting
handler water | report_present                      | call water present
dispatcher | rate: unit=water, rating=5             | rated water 5
dispatcher | close: outcome=solved, answer="Done."  | refused: rule-calls_answered
handler roads | object: reason="No road there."     | call roads objecting
dispatcher | close: outcome=solved, answer="Done."  | refused: rule-calls_answered
dispatcher | excuse: unit=roads, reason="Right."    | call roads released
handler water | close: outcome=solved, answer="Done." | refused: not-yours
dispatcher | close: outcome=solved, answer="Done."  | stage closed

# Nobody is on the spot: nothing can be agreed
dispatcher | opens: description="A burst pipe.", place=home, units=water | stage whistled
dispatcher | record: measures="Dig.", who_does_what="Water digs.", until=+2d | refused: rule-taken
handler water | report_present                      | call water present
dispatcher | record: measures="Dig.", who_does_what="Water digs.", until=+2d | stage working

# Nobody moves: the whistler is reminded, the level above is told
dispatcher | opens: description="A burst pipe.", place=home, units=water | clock gather
after 1wd  | clock gather                           | stage whistled, due in 2wd, letter overdue to street, letter raised to county, letter late to water
after 2wd  | clock gather                           | stage whistled, due in 4wd
after 4wd  | clock gather                           | stage supervised, owner county, clock supervise, due in 2wd, letter overdue to street, letter escalated to county, letter late to water
handler water | report_present                      | call water present
handler water | hand_back: reason="No.", until=+2d  | refused: not-yours
supervisor | hand_back: reason="Dig today, rate tomorrow.", until=+2d | stage working, owner street, clock work, letter handed_back to street
dispatcher | rate: unit=water, rating=3             | rated water 3
dispatcher | close: outcome=solved, answer="Done."  | stage closed

# Nobody above moves either: a level higher, then ever more rarely; the whistler may close all the same
dispatcher | opens: description="A burst pipe.", place=home, units=water, urgent=yes | due in 2h
after 2h   | clock gather                           | due in 4h
after 4h   | clock gather                           | due in 8h
after 8h   | clock gather                           | stage supervised, owner county, due in 4h
after 4h   | clock supervise                        | owner prefecture, due in 8h, letter escalated to prefecture
after 8h   | clock supervise                        | owner prefecture, due in 16h
dispatcher | excuse: unit=water, reason="We shut it ourselves." | call water released
dispatcher | close: outcome=solved, answer="Done."  | stage closed

# Called off, and taken up again
dispatcher | opens: description="A burst pipe.", place=home, units=water | call water waiting
dispatcher | withdraw                               | refused: required reason
dispatcher | withdraw: reason="It was a hose."      | stage closed, outcome withdrawn, call water released, letter withdrawn to water
dispatcher | reopen: reason="It was the pipe after all." | stage working, outcome none
dispatcher | call_more: units=water                 | call water waiting

# A unit that nobody knows, and one named twice
dispatcher | opens: description="A burst pipe.", place=home, units=water+water | refused: twice units
