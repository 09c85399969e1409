# Rounds: what is looked at, where, how often, and what was seen.

today-title = Today
today-rounds = Rounds
today-rounds-none = No round today
today-rounds-none-about = Rounds come by themselves on their days, and after a storm. What is to be walked stands here.
today-checks = Said to be mended
today-checks-none = Nothing waits to be looked at again.
today-checks-about = Somebody says that it is mended. Go past and look: you did not mend it, so your eyes count.
today-due = Due first
today-due-none = Nothing is due.
today-walk = Walk: { $name }, { $place }

rounds-title = Rounds
rounds-all = All rounds
rounds-setup = Set up rounds
rounds-none = No rounds yet
rounds-none-about = Once there are checklists, spots and days, rounds come by themselves and stand here.
rounds-open = Open
rounds-missed = Missed
rounds-done = Done
rounds-least-seen = Not seen for longest
rounds-least-seen-about = By spot, the longest first. It says when somebody looked, never who.

round-is-open = Open
round-is-missed = Missed
round-is-done = Done
round-missed-about = Its days are over. It can still be walked: late is better than not at all.
round-done-about = Everything was seen. What was found is on its way to whoever mends it.
round-until = until { $day }
round-seen-of = { $of } seen
round-faults = { $count ->
    [one] One fault
   *[other] { $count } faults
}
round-every-day = Every day
round-every-week = Every week
round-every-month = Every month
round-every-storm = After a storm
round-left = Still to see
round-more = { $count ->
    [one] One more comes when these are done.
   *[other] { $count } more come when these are done.
}
round-seen = Seen
round-found = Found on this round
round-is-back = There again
round-known = Known already:
round-to-case = To the case
round-mark-ok = Good
round-mark-not-ok = Fault
round-mark-none = Unseen
round-photo-wanted = Photo, needed here
round-weight = How serious
round-says = A few words
round-spot-keep = Seen, and on
round-left-out = Could not see it
round-left-out-about = Press why. It stays on the list of what was not seen.
round-why-locked = Locked
round-why-nobody = Nobody there
round-why-weather = The weather
round-why-other = Another reason
flash-round-spot-kept = Kept. On to the next.
flash-round-fault-kept = Kept. The fault is on its way to whoever mends it.
flash-round-walked = Kept. The round is done.
flash-round-walked-faults = Kept, and the round is done. The fault is on its way to whoever mends it.

spot = Spot
spot-sort = Sort
spot-sort-stairwell = Stairwell
spot-sort-restaurant = Restaurant
spot-sort-shop = Shop
spot-sort-playground = Playground
spot-sort-boiler-room = Boiler room
spot-sort-construction-site = Construction site
spot-sort-road = Road
spot-sort-other = Other
spot-seen = Last seen
spot-never-seen = Never
spot-to-see = To see
spot-is-good = Good
spot-left-out = Not seen: { $why }
spot-said = What was said
spot-look = Look at it
spot-again = Look at it again

rounds-setup-about = A round comes to a place by itself: with a checklist, through the spots of its sort, on its days. It belongs to the place: whoever is there walks it.
cadences = How often
cadences-none = No rounds come yet
cadences-none-about = Say which checklist comes how often; the first round is there on its day.
cadence-new = Let rounds come
cadence-every = How often
cadence-every-help = What is for storms begins when you press the button after one.
cadence-first = First day
cadence-next = Next
cadence-when-said = When you say so
cadence-make = Let them come
cadence-end = End
flash-cadence-made = They come from now on.
flash-cadence-ended = No more rounds come of it. Those that are begun stay.
checklist = Checklist
checklists = Checklists
checklists-none = No checklists yet
checklists-none-about = Seven come with the product, for stairwells, kitchens, shops, playgrounds, boiler rooms, building sites and roads. Take them and change them.
checklists-take = Take the ready ones
flash-checklists-taken = They are yours now. Change what does not fit.
flash-checklists-had = There is one for each sort already.
checklist-lines = { $count ->
    [one] One line
   *[other] { $count } lines
}
checklist-version = Version { $number }
checklist-about = What you keep is another version. Rounds that are begun go on with theirs.
checklist-line = Line { $number }
checklist-check-zh = What should be so, in Chinese (empty: the line goes)
checklist-check-en = What should be so, in English
checklist-wrong-zh = What it is called when it is not, in Chinese
checklist-wrong-en = What it is called when it is not, in English
checklist-photo = A fault needs a photo
checklist-keep = Keep as a new version
flash-checklist-kept = Kept. The next rounds go by it.
spots = Spots
spots-none = No spots yet
spots-none-about = A spot is what one stands before and looks at: a stairwell, a kitchen, a swing.
spot-new = Add a spot
spot-name-help = As people call it, for example “Building 3, entrance 2”.
spot-sort-help = Rounds come with the checklist of this sort.
spot-position = Turn
spot-position-help = Its number in the order of walking. Empty: by the shortest way.
spot-keep = Keep
flash-spot-kept = Kept.
spot-close = No longer look at it
spot-is-closed = No longer looked at
flash-spot-closed = Rounds no longer come to it. What was seen there stays.
storm-begin = After a storm: begin now
flash-storm-begun = They are begun, and lie before everybody who looks after the place.
flash-storm-had = Nothing new: they are begun already today, or there are no spots.

admin-act-spot-kept = kept a spot of rounds
admin-act-checklist-kept = changed a checklist
admin-act-checklists-taken = took over checklists
admin-act-cadence-made = said how often rounds come
admin-act-cadence-ended = ended rounds
admin-act-storm-rounds-begun = began the rounds after a storm
admin-act-meeting-held = held a review of what was found
