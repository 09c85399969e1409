# Windows of offices, booked times: why something was not done, and the letters to people.

refused-no-window = There is no such window, or it is closed for good.
refused-no-appointment = There is no such appointment, or it was so long ago that it was forgotten.
refused-appointment-taken = Somebody has just taken this time. What you wrote is still there: please choose another.
refused-appointment-enough = One telephone number or mail address can book { $max } times a day. Choose another day, or give one back.
refused-appointment-over = This appointment has come, is past, or was given back, and cannot be changed.
refused-appointment-moved = Somebody else was quicker. This is how it stands now.
refused-appointment-early = It is not yet the time that was booked; the person may still come.
refused-window-shut = This window is closed for good, so nobody can wait at it. To undo this, open the window again first.
refused-window-unfinished = Somebody still waits, or nobody has said what became of an earlier appointment. Finish them under “Today at the window”, then close it.
fault-window-over = This time is past.
fault-window-no-time = There is no such time at this window. Please choose another.
fault-window-elsewhere = This is not done at this window. Please choose another window.
fault-window-overlap = Midday overlaps the usual hours.
fault-window-step = Please write full steps of five minutes, such as 09:00 or 09:05.
fault-window-minutes = Please give a multiple of 5, from 5 to { $max } minutes.
fault-window-day-past = This day is past.

letter-windows-why = You get this because you booked a time at { $house } and left this number or address.
letter-appointment-made =
    .subject = Booked: { $title }
    .body = { $moment }, { $title }, number { $note }. What to bring, another time, giving it back: { $link }
letter-appointment-soon =
    .subject = Soon: { $title }
    .body = { $moment }, { $title }, number { $note }. Remember your papers. If you cannot come, give the time to somebody else: { $link }
letter-appointment-displaced =
    .subject = Another time is needed: { $title }
    .body = We are sorry: { $title } is closed { $moment }, so your appointment needs another time. Choose one here: { $link }
