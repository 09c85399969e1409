# Dates and durations.

when-day = { $weekday } { $day } { $month }
when-day-of-year = { $weekday } { $day } { $month } { $year }
when-moment = { $weekday } { $day } { $month }, { $clock }
when-moment-of-year = { $day } { $month } { $year }, { $clock }
when-today = today { $clock }
when-tomorrow = tomorrow { $clock }
when-yesterday = yesterday { $clock }
when-weekday-1 = Monday
when-weekday-2 = Tuesday
when-weekday-3 = Wednesday
when-weekday-4 = Thursday
when-weekday-5 = Friday
when-weekday-6 = Saturday
when-weekday-7 = Sunday
when-month-1 = January
when-month-2 = February
when-month-3 = March
when-month-4 = April
when-month-5 = May
when-month-6 = June
when-month-7 = July
when-month-8 = August
when-month-9 = September
when-month-10 = October
when-month-11 = November
when-month-12 = December
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
