# Tasks: given down the tree, reported once, struck off.

tasks-title = Tasks
task-new = Give a task
tasks-calendar = Calendar
tasks-settings = Repeats and limits
tasks-all = All
tasks-only-late = Only what is late
tasks-none-such = No such task
tasks-none-such-about = Try other conditions.
tasks-empty = No tasks at the moment
tasks-empty-about = What is given from above appears here. Report it once when it is done; once checked above, it is struck off.
tasks-column-to-do = To do
tasks-column-to-verify = For us to check
tasks-column-waiting = Reported, being checked
tasks-column-below = Going on below
tasks-column-done = Struck off
tasks-waiting = { $count ->
    [one] One report waits for you
   *[other] { $count } reports wait for you
}
task-late = Late
task-due-by = by { $day }
task-struck-of = { $of } struck off
task-and = {", "}

task-sort = Sort
task-sort-help = Regular and key tasks come with the day's message, urgent ones are told at once.
task-sort-regular = Regular
task-sort-key = Key
task-sort-urgent = Urgent
task-state = Where it stands
task-state-given = Just given
task-state-noted = Known, in hand
task-state-reported = Reported
task-state-sent-back = Sent back
task-state-verified = Struck off
task-state-broken-down = Broken down
task-state-withdrawn = Taken back
task-did-noted = knows of it
task-did-reported = reported
task-did-sent-back = sent it back
task-did-verified = checked it and struck it off

task-new-about = It reaches all places below at once. Each reports once, the rest is summed up; nobody fills in a table again.
task-what = What is to be done
task-what-help = One sentence, for example “Look at stoves and chimneys before winter”.
task-standard = When it counts as done
task-standard-help = A clear standard: everybody works by it, and it is checked by it.
task-evidence = What to report
task-evidence-help = Only what is really of use. With nothing chosen, a word that it is done is enough.
task-want-none = Only that it is done
task-want-text = A few words
task-want-number = A number
task-want-number-in = A number ({ $unit })
task-want-photo = Photos
task-counted-in = What is counted
task-counted-in-help = Only when a number is wanted, for example “homes”. The numbers of all places are summed.
task-level = Down to which level
task-level-help = The levels between fill in nothing: they check, and are summed up from below.
task-role = For whose post
task-role-any = Everybody who reports for the place
task-role-help = Whoever holds this post there is told. Where nobody does, it is for everybody who reports for the place.
task-without-post = { $count ->
    [one] In 1 place nobody holds this post; there it is for everybody who reports for the place.
   *[other] In { $count } places nobody holds this post; there it is for everybody who reports for the place.
}
task-only = Only to some of them
task-only-some = To which
task-only-help = With none chosen it goes to all.
task-due = By which day
task-due-help = Leave it empty for a task that repeats: its time is counted in working days.
task-repeat = Repeat it
task-rhythm = How often
task-rhythm-help = It is given by itself on its day; on a day off it waits for the next working day.
task-rhythm-once = Just this once
task-rhythm-week = Every week
task-rhythm-month = Every month
task-rhythm-quarter = Every quarter
task-first-on = First given on
task-working-days = How long for it
task-working-days-help = In working days, from the day after it is given.
task-for-days = { $count ->
    [one] one working day
   *[other] { $count } working days
}
task-look = First see where it goes
task-look-again = I changed something, look again
task-give = Give it
task-preview = It will go to
task-reports = { $count ->
    [one] One of them reports.
   *[other] { $count } of them report.
}
task-count-county = { $count ->
    [one] one county
   *[other] { $count } counties
}
task-count-street = { $count ->
    [one] one street or town
   *[other] { $count } streets and towns
}
task-count-community = { $count ->
    [one] one community or village
   *[other] { $count } communities and villages
}
task-count-grid = { $count ->
    [one] one grid
   *[other] { $count } grids
}
task-full = { $count ->
    [one] One place has enough to do that week
   *[other] { $count } places have enough to do that week
}
task-full-who = See which
task-lying = { $count ->
    [one] one task that week
   *[other] { $count } tasks that week
}
task-takes-no-more = takes no more
task-over = { $count ->
    [one] One of them is full and takes
   *[other] { $count } of them are full and take
} no more. Choose another day or leave them out; if it really cannot wait, choose “Urgent” and say why.
task-more = { $count } more are not listed.
task-over-why = Why it cannot wait
task-over-why-help = Only an urgent task goes beyond the limit. The reason is kept, and everybody who gets it can read it.
flash-task-given = Given. Who has it, who reported and where it stands is all on this page.
flash-task-repeats = Noted. It is given by itself when its day comes.

task-here = How it goes:
task-steps-about = At each level, in how many places everything below is struck off:
task-figure-to-do = not reported
task-figure-reported = to be checked
task-figure-verified = struck off
task-figure-sent-back = sent back
task-figure-late = late
task-figure-sum = in all, checked
task-figure-sum-reported = in all, to be checked
task-places = How it goes place by place
task-who = Who has it
task-above = Who checks it
task-giver = Who gave it
task-code = Code
task-changed = Last change
task-table = Download the table
task-strike = Strike off
task-strike-about = Look first, then tick. What is checked is struck off; nobody fills it in again.
task-strike-ticked = Strike off what is ticked
task-tick-some = Please tick the places first.
task-some-refused = Some were not struck off
task-back-count = { $count } sent back
task-wanted = What is wanted
task-why = Reason
task-withdraw = Take this task back
task-withdraw-about = What is not done need not be done any more; what is struck off stays. Everybody can read the reason.
task-withdrawn-why = Taken back:
flash-task-withdrawn = Taken back. What is not done need not be done any more.
flash-task-verified = Struck off, and summed up.

task-report = Report it
task-photos = Photos
task-amount = How many ({ $unit })
task-amount-help = A whole number. None is 0.
task-says = A few words
task-says-help = What was done, and what was difficult. Please name nobody.
task-report-do = Report it
task-note = We know
task-note-about = Not done yet? Say that you know of it.
task-break-down = Break it down
task-break-down-about = It goes to { $places } below. They report, you check, and it is summed up here.
task-break-down-do = Break it down
task-judge = Check it
task-judge-about = Look at what was reported below, and hold it against the standard.
task-send-back = Send back
task-why-back = What is missing
task-why-back-help = Be clear: they work by it.
task-was-sent-back = It came back; this is missing
task-history = What happened
task-history-none = Nothing has been reported yet.
task-photo-of = Photo of a report:
flash-task-noted = Noted: you are on it.
flash-task-reported = Reported. It is checked above now.
flash-task-sent-back = Sent back, with what is missing.
flash-task-broken-down = Broken down. From now on it is reported below.

tasks-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
tasks-month-before = Month before
tasks-month-after = Month after
tasks-month-empty = Nothing is due this month
tasks-month-empty-about = Tasks that are due stand under their day.
tasks-due-count = { $count } due
task-weekday-mon = Mon
task-weekday-tue = Tue
task-weekday-wed = Wed
task-weekday-thu = Thu
task-weekday-fri = Fri
task-weekday-sat = Sat
task-weekday-sun = Sun

task-limit = How much in a week
task-limit-about = With too many tasks none is done well. When as many are due in one week in one place as the first number says, whoever gives one more sees it before; at the second number it takes no more, unless the task is urgent and the reason is said. It holds for all places below that say nothing else.
task-limit-warn = Hint at
task-limit-refuse = No more at
task-limit-do = Set it
task-rules = Tasks that repeat
task-rules-empty = No task repeats yet
task-rules-empty-about = Choose “Repeat it” when you give a task, and it is given by itself when its day comes.
task-next = Next
task-rule-end = Stop it
flash-task-limit-set = Set.
flash-task-rule-ended = It is given no more; what was given stays.

admin-act-task-given = gave a task
admin-act-task-withdrawn = took a task back
admin-act-task-limit-set = set how many tasks a week takes
admin-act-task-rule-made = made a task repeat
admin-act-task-rule-ended = stopped a repeating task
