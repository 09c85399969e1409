# Windows of offices: booking, waiting, being called.

windows-title = Windows of offices
windows-lead = How many wait now, and when they are open. Numbers only, never names.
windows-search = Name of a community, a town or a window
windows-none = No windows yet
windows-none-about = Once a community or a service hall has set its windows up, you see here when they are open and how many wait.
windows-not-found = No such window
windows-not-found-about = Try another name, such as that of your community.
windows-more = There are more. Type a name to find yours.
window-today = Today
window-now = Now
window-where = Where
window-days = Days
window-nobody-waits = Nobody waits
window-waiting = { $count ->
    [one] One person waits
   *[other] { $count } people wait
}
window-wait = { $waiting }, about { $minutes } minutes
window-wait-about = The wait is told from the last who were served; before anybody was, { $minutes } minutes are counted for each.
window-called = Being served: { $numbers }
window-service-usual = Usual
window-service-midday = Midday
window-service-weekend = Weekend
window-closed-weekday = Closed
window-closed-holiday = Closed, holiday
window-closed-for = Closed: { $why }
window-book-about = Find what you need first; then you can book a time and see what to bring.
window-book-which = Choose what you need, book a time
book-door = Book a time
book-door-about = Choose a window and a time; no account, no waiting.
book-title = Book a time
book-where = Which window
book-when = Which time
book-who = Your name and number
book-first = First: { $moment }
book-full = Everything is taken for now
book-full-about = Try another window, or go there and take a number.
book-none = No window where this can be booked yet
book-none-about = Go to the service hall, or ask for a helper.
book-other-window = Another window
book-other-time = Another time
book-later = Later days
book-first-days = The first days
book-gone = This time is gone. Please choose another.
book-choose = Choose a time
book-name = What to call you
book-contact = Mobile number or mail address
book-contact-help = You are reminded the day before, and told if the window closes. A fixed line works too: then somebody calls.
book-privacy = Name and number are sealed. Staff must say why they look, and you see who did; after 28 days both are deleted.
book-go = Book this time
appointment-title = Your appointment
appointment-number = Number
appointment-booked = Booked
appointment-arrived = There, waiting
appointment-called = Called
appointment-served = Done
appointment-missed = Did not come
appointment-cancelled = Given back
appointment-displaced = Needs another time
appointment-displaced-about = We are sorry: the window is closed that day. Please choose another time; you get a new number.
appointment-change = Another time
appointment-ics = Add to calendar
appointment-keep = Keep this code. Under “Where is it” it opens this page, to choose another time or give it back.
appointment-cancel = Give it back
appointment-cancel-about = The time goes to somebody else. This cannot be undone; you would book anew.
appointment-cancel-do = Give it back
appointment-forgotten = Your name and number are deleted after 28 days.
flash-appointment-made = Booked. You are reminded the day before.
flash-appointment-moved = The time was changed.
flash-appointment-cancelled = Given back. Somebody else can have the time.

windows-desk = Windows
windows-desk-none-about = Add a window, and residents can book times and take numbers.
window-new = Add a window
window-day-counts = Still to come { $expected }, served { $served }
window-today-title = Today at the window
window-setup = Set up
window-draw = Somebody came: give a number
window-drawn = Number { $number }, please
window-nobody = Nobody yet today
window-nobody-about = Who booked appears here. Who just comes gets a number by the button above.
window-group-called = Being served
window-group-waiting = Waiting
window-group-expected = Still to come
window-group-over = Done
window-walked-in = Walked in
window-what = For what
window-do = Tap
window-tap-arrive = Is here
window-tap-call = Call
window-tap-serve = Served
window-tap-miss = Did not come
window-tap-back = Undo
window-look = Name and number
window-look-why = Why (the person will read it)
window-look-call = To call about another time
window-look-do = Show
window-look-forgotten = The name and number were deleted already; nothing was looked at.
window-look-kept = This look was written down; the person can see it.
window-earlier = Earlier, not finished
window-earlier-about = Tap “Served” if they came, “Did not come” if not.
window-displaced = Need another time
window-displaced-about = The window closes, and these people lost their time. Whom no message reaches must be called.
window-told = Told
window-must-call = Must be called
window-was-told = Told; has not chosen yet
window-settle = Settled
window-location = Where to find it
window-location-help = Such as: ground floor, window 3
window-hours-help = Write 09:00-12:00 14:00-17:00, or nothing when it is closed. Saturday and Sunday count as weekend service. Holidays close it; swapped workdays are like workdays.
window-weekday = Weekday
window-minutes = Minutes for each (a multiple of 5)
window-seats = How many at the same time
window-seats-help = As many as sit at the window.
window-ahead = Days ahead that one may book
window-procedures = Only these procedures
window-procedures-help = None ticked: all of them.
window-shut = Close this window for good
window-shut-help = Whoever has booked is told and chooses another time.
window-keep = Keep
window-day = Day
window-days-help = As the hours above were kept. Close a single day with a reason; whoever has booked is told.
window-close-day = Close this day
window-close-reason = Reason (everybody reads it)
window-open-day = Open after all
window-week-see = See the week
window-week = The times of this week, if you keep it so
window-week-times = Times
window-week-none = None
window-week-total = { $count ->
    [0] There is no time at all on these seven days. Nothing is kept yet.
    [one] One time on these seven days. Nothing is kept yet.
   *[other] { $count } times on these seven days. Nothing is kept yet.
  }
window-week-shut = Once it is closed for good there are no times. Nothing is kept yet.
window-week-count = { $count ->
    [one] one time
   *[other] { $count } times
  }
window-week-seats = { $times }, for { $seats } people each
window-week-nobody = Everybody who has a time keeps it.
window-week-displaced = { $count ->
    [one] If you keep it so, one person loses the time that they have.
   *[other] If you keep it so, { $count } people lose the time that they have.
  }
window-week-displaced-about = They are told and choose another; whom no message reaches has to be called.
window-week-change = Change it
flash-window-kept = Kept. The next two weeks are below.
flash-window-kept-moved = Kept. Some lost their time and were told; whom to call stands under “Today at the window”.
flash-window-day-closed = The day is closed.
flash-window-day-closed-moved = The day is closed. Whoever booked was told; whom to call stands under “Today at the window”.
flash-window-day-opened = The day is open after all.
flash-window-settled = Written down.
admin-act-window-put = Window set up
admin-act-window-day-closed = Day at a window closed
admin-act-window-day-opened = Day at a window opened again
admin-look-petitioner = the petitioner of { $case }
admin-look-appointment = who booked { $case } at a window
