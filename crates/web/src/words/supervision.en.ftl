# Supervision: what will be late and why, what was ruled, the wall screen.

supervision = Supervision
supervision-keys = Go to supervision
supervision-sentence = Of what you supervise, { $late } are late now; { $today } more fall due today, { $week } within seven days in all.
supervision-spans = By time
supervision-span-late = Late now
supervision-span-today = Due today
supervision-span-3-days = Within 3 days
supervision-span-7-days = Within 7 days
supervision-none = Nothing will be late in this time
supervision-none-text = What falls due soon appears here, and beside it why.
supervision-first = Only the { $count } that fall due first; narrow by unit or place to see the others.
supervision-by-unit = By unit
supervision-by-place = By place
supervision-caption = All as of now. “Within 3 days” and “within 7 days” include today and leave out what is late.

supervision-why-due = No other reason: it simply falls due
supervision-why-urgent = It is urgent
supervision-why-unread = Nobody responsible has opened it since it came ({ $ago })
supervision-why-unmoved = { $times ->
    [one] Its time ran out once, and nobody moved
   *[other] Its time ran out { $times } times, and nobody moved
 }
supervision-why-to-and-fro = { $times ->
    [one] Sent to and fro once
   *[other] Sent to and fro { $times } times
 }
supervision-why-assist-late = { $units } should have helped by now
supervision-why-same-stage = { $span } at this stage
supervision-why-their-turn = Answered, and waiting for whoever brought it in to judge
supervision-why-waits = The clock stands: { $why }, until { $until }

# Rulings
precedents = Precedents
precedents-lead = Which item, in which place, was ruled to be whose. Whoever dispatches is told; when you say so, the duty list says the same.
precedents-none = Nothing has been ruled yet
precedents-none-text = What was sent to and fro until somebody above ruled whose it is stays here, for the next time.
precedent-unit = Ruled to be theirs
precedent-by = Who ruled
precedent-why = Why
precedent-duty = Duty list
precedent-is-duty = Says the same
precedent-not-duty = Not there yet
precedent-adopt = Put into the duty list
precedent-sentence = Precedent: “{ $item }” in { $place } was ruled to { $unit } on { $day }, by { $by }.
precedent-sentence-why = Precedent: “{ $item }” in { $place } was ruled to { $unit } on { $day }, by { $by }: { $reason }
flash-precedent-adopted = Put into the duty list; this item in this place goes there from now on.

# Wall screen
screen = Wall screen
screen-title = { $town }: wall screen
screen-opened = Came in today
screen-closed = Closed today
screen-soon = Due today
screen-late = Late
screen-opened-short = In
screen-closed-short = Closed
screen-soon-short = Due
screen-late-short = Late
screen-areas = By area
screen-urgent = Urgent
screen-urgent-none = Nothing urgent now.
screen-urgent-line = { $place } · { $kind }
screen-events = Just now
screen-quiet = All quiet today so far.
screen-event-opened = { $place }: { $count } × { $kind } came in
screen-event-closed = { $place }: { $count } × { $kind } closed
screen-event-overdue = { $place }: time ran out for { $count } × { $kind }
