# Pages for residents: saying it, finding it again, judging it.

front-title = What is it about?
front-say = What it is about
front-example = For example: our heating has been cold for three days, and there is an elderly person at home.
front-go = Go on
front-wall = Wish wall
front-wall-about = See what neighbours need; perhaps you can help.
front-where = Where is my matter?
front-where-about = With the tracking code you were given, no account.
front-my-about = { $count ->
    [one] The one matter brought in from here: where it is, and who has it.
   *[other] The { $count } matters brought in from here: where they are, and who has them.
}
front-figures = This month in figures
front-figures-about = How much came in, was answered and was solved.

sort-title = What sort of thing is it?
sort-rather = Is it a “{ $kind }”? Write it there
list-and = ,{" "}

new-send = Send it
new-not-sent = Not sent yet
new-privacy = Name and number are sealed apart. The unit that acts does not see them, and you can see who ever opened the seal.

similar-title = Somebody may have said the same
similar-about = If it is the same matter you can wait for the result together; if not, send yours all the same.
similar-merged = Somebody may have said it already. Send yours all the same: staff will put them together, and the answer comes to you too.
similar-send = Send it all the same
similar-leave = Good that it is known; I leave it
similar-since = came in on { $day }
similar-same = It is the same as mine
similar-joining = Together: your words are written down too, and you are told the result.
similar-other = No, send mine

receipt-title = We have it
receipt-code = With these 16 digits you can see at any time where it is
receipt-qr = The tracking code as a QR code
receipt-keep = Write it down, take a screenshot or print it. It can be read aloud over the telephone.
receipt-see = See where it is

where-help = 16 digits, with or without spaces.
where-go = See where it is
where-bad-length = A tracking code has 16 digits; this is a different number.
where-misread = One digit is not right; perhaps it was misread or misheard. Please check it once more.
where-unknown = There is no such code. Please check it once more, or sign in with the number you left.
where-lost = I have lost the code
where-lost-about = If you left a mobile number or mail address, you can sign in with it.

my-title = My matters
my-empty = Nothing of yours is here yet
my-empty-about = What you send from this browser, or look up with a code, appears here.
my-say = Say something
my-by-code = Look up a code
my-claims = Where I am helping
my-sign-in = Sign in by phone or mail
my-sign-in-about = No password: we send you a code, and everything you brought in is here.

case-next = { $unit } has it and will answer by { $when }.
case-next-late = { $unit } has it. { $when } was promised and has passed, and we are sorry. The level above knows and is pressing.
case-paused-for = The clock stands: { $why }
case-term-due = by { $moment }
case-term-late = promised by { $moment }, which has passed
case-term-kept = kept { $moment }
case-term-kept-late = kept { $moment }, too late
case-term-first = first promised by { $moment }
case-next-paused = { $unit } has it. The clock stands and goes on by itself { $when }.
case-next-yours = Now it is your turn: “{ $step }”. There is time until { $when }.
case-next-done = This matter is settled; how it went stands below.
case-next-again = This matter is closed. If it is not over for you, tell us with “{ $step }”.
case-a-unit = The unit in charge
case-a-neighbour = A neighbour
case-history = What happened
case-what = What was noted
case-looks = Who looked at my name and number
case-looks-none = Nobody has, until now.
case-looks-about = Staff can open them only with a written reason, and every time is noted here.
case-receipt = Tracking code and QR code
case-receipt-about = For another phone, or on paper.
case-forget = Not my phone: forget this matter

sign-in-title = Sign in to your matters
sign-in-about = No password. Give the mobile number or mail address that you left, and we send you a code.
sign-in-contact = Mobile number or mail address
sign-in-contact-help = The one you left with your matter.
sign-in-send = Send me a code
sign-in-staff-about = Staff of communities and departments enter here.
sign-in-code-title = Enter the code
sign-in-sent = A code is on its way to { $contact }. It is good for ten minutes.
sign-in-code = Code
sign-in-code-help = 6 digits
sign-in-go = Sign in
sign-in-again = It did not come; send another

flash-noted = Noted. Who does what next, and by when, stands below.
flash-helping = Thank you. What comes next stands below.
