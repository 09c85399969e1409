# Days that are near, and durations.

when-today = today { $clock }
    .end = the end of today
when-tomorrow = tomorrow { $clock }
    .end = the end of tomorrow
when-yesterday = yesterday { $clock }
    .end = the end of yesterday
when-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
when-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
when-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
when-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
when-working-hours = { $count ->
    [one] { $count } working hour
   *[other] { $count } working hours
}
when-working-minutes = { $count ->
    [one] { $count } minute of working time
   *[other] { $count } minutes of working time
}
when-paused = The clock stands
when-paused-until = goes on by itself { $moment }, then with { $span } left
when-just-now = just now
when-ago = { $span } ago
when-left = { $span } left
when-late = { $span } late
when-by = by { $moment }
