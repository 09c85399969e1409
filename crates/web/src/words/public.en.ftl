# Pages that everybody may see.

wall-title = Wish wall
wall-kinds = Sorts
wall-where = In which place
wall-everywhere = Show all places
wall-all = Also what has come true
wall-empty = No wishes here yet
wall-empty-about = Wishes appear here, without names, when the community has read them.
wall-make = Make a wish

public-photo = Photo
public-back = Back to the wall
public-sign-in = Signing in takes one code. Nobody sees your number; the community brings you together.

figures-month = { $month } { $year }
figures-sentence = This month { $opened } matters came in and { $closed } were closed.
figures-opened = Came in
figures-closed = Closed
figures-solved = Solved
figures-of = { $solved } of { $closed } closed
figures-by-kind = Sort
figures-by-place = Street, township
figures-few = fewer than { $count }
figures-empty = No figures for this month yet
figures-empty-about = They are published from { $count } matters on, so that nobody is recognised.
figures-about = Cells of fewer than { $count } are not published, so that nobody is recognised. “Solved” means really solved; what was explained or sent elsewhere does not count.
figures-earlier = Month before
figures-later = Month after

help-title = How it works
help-lead = It takes a minute and no account. If typing is hard, let the phone take it down, or ask your grid worker.
help-say = Say it
    .text = Write a sentence on the front page, choose the place, send it. A photo helps but is not needed. Whether you leave a number is up to you.
help-code = The tracking code
    .text = You get 16 digits. With them you see at any time where it is; you can also read them to staff over the telephone.
help-who = Who sees what
    .text = The unit that acts sees the matter, not your name and number. Who opened the seal, and why, is shown to you.
help-answer = The answer
    .text = Every matter has a unit in charge and a day for its answer. Then you say whether it is solved; if not, it can be taken up again.
help-late = When it is late
    .text = The level above learns of it by itself, and your page says so plainly.

outbox-title = Messages and letters
outbox-about = This is a demo, so nothing is really sent. What would have gone out is here.
outbox-empty = Nothing has gone out yet
outbox-empty-about = Letters appear here when something moves or somebody asks for a code.

