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
today-walk = Walk: { $name }

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
round-mark-none = Not looked
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
round-spot-kept = Kept. On to the next.
round-fault-kept = Kept. The fault is on its way to whoever mends it.
round-walked = Kept. The round is done.
round-walked-faults = Kept, and the round is done. The fault is on its way to whoever mends it.

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

admin-act-spot-kept = kept a spot of rounds
admin-act-checklist-kept = changed a checklist
admin-act-checklists-taken = took over checklists
admin-act-cadence-made = said how often rounds come
admin-act-cadence-ended = ended rounds
admin-act-storm-rounds-begun = began the rounds after a storm
admin-act-meeting-held = held a review of what was found
