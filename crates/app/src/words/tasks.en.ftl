# Tasks: who is told of a new one, and why something is refused.

letter-tasks-why = You get this because you answer for a place's tasks at { $house }. To change how you are told: { $how }
letter-tasks =
    .subject = New tasks for you today
    .body = New tasks came to you today. They are all on this page: { $link }
letter-task-urgent =
    .subject = Urgent task: { $title }
    .body = An urgent task has come to you: { $title }, to be done by { $until }. What is wanted, and how to report it: { $link }

refused-no-task = There is no such task, or it is not yours to see.
refused-task-not-yours = This part is neither yours to do nor yours to check.
refused-task-withdrawn = This task was taken back; nobody has to do it any more.
refused-task-broken-down = This part was broken down. It is summed up from below; there is nothing to fill in.
refused-task-verified = This part is struck off already.
refused-task-reported = This part was reported already and waits to be checked above.
refused-task-not-reported = This part has not been reported; there is nothing to check.
refused-task-stale = It was reported anew a moment ago. Please look at the new report first.
refused-task-own-report = Nobody checks what they reported themselves. Please ask a colleague.
refused-task-nothing-below = There is no place below to which it could go.
refused-task-over-limit = { $count ->
    [one] One place is full that week and takes
   *[other] { $count } places are full that week and take
} no more tasks. Choose another day or fewer places; if it really cannot wait, give it as urgent and say why.

fault-task-amount = Please fill in a whole number, zero or more.
fault-task-role = Nobody reports from this post at that level; please choose another post or level.
fault-task-level = Please choose a level below your own, down to the grid.
fault-task-only = Please choose among the places right below.
fault-task-due = Please choose a day from today on, within a year.
fault-task-nobody = There is no place of this level below, so nobody would get it.
fault-task-over-limit = Some places are full that week. Please say why it cannot wait; the reason is kept.
fault-task-limits = The number for a hint must not be greater than the one for refusing; both lie between 1 and 99.
fault-task-working-days = Please fill in 1 to 60 working days.
fault-task-repeats-regular = Only a regular task comes back by itself. Please choose “regular”.
