# Every word of this kind. What is said in letters: { $code }, { $link }, { $title }, { $place }, { $owner }, { $due }, { $outcome }, { $said }, { $house }.

new-kind--name = New kind
new-kind--intro = Say what it is, and you will get an answer within three days.

new-kind-field-what = What happened?
new-kind-field-what-help = In your own words. Names are not needed.
new-kind-field-where = Where?
new-kind-field-photos = Pictures
new-kind-field-name = Your name
new-kind-field-phone = Telephone or mail
new-kind-field-phone-help = Only so that we can tell you what became of it.
new-kind-field-answer = Answer
new-kind-field-outcome = What really happened?
new-kind-choice-outcome-solved = Solved
new-kind-choice-outcome-explained = Explained
new-kind-choice-outcome-not_possible = Not possible
new-kind-field-why = Why?

new-kind-stage-waiting = Waiting for an answer
new-kind-stage-answered = Answered
new-kind-stage-closed = Closed

new-kind-step-open = Say it
new-kind-done-open = It was brought in
new-kind-step-answer = Answer
new-kind-done-answer = It was answered
new-kind-step-late = Answer is late
new-kind-done-late = The answer was late; the level above has it now
new-kind-step-withdraw = Withdraw it
new-kind-done-withdraw = It was withdrawn
new-kind-step-agree = That settles it
new-kind-done-agree = The answer settled it
new-kind-step-disagree = That does not settle it
new-kind-done-disagree = The answer did not settle it
new-kind-step-rest = Nothing more was said
new-kind-done-rest = Nothing more was said; it was closed
new-kind-step-reopen = Open it again
new-kind-done-reopen = It was opened again

new-kind-outcome-solved = Solved
new-kind-outcome-explained = Explained
new-kind-outcome-not_possible = Not possible
new-kind-outcome-withdrawn = Withdrawn

new-kind-clock-answer = Time to answer
new-kind-clock-judge = Time to judge the answer

new-kind-letter-received =
    .subject = We have your message
    .body = We have your message. With { $code } you can see where it stands: { $link }
    .sms = We have your message. Code { $code }: { $link }
new-kind-letter-new =
    .subject = Somebody waits for an answer
    .body = A new case is yours to answer: { $link }
    .sms = Something new is yours to answer: { $link }
new-kind-letter-answered =
    .subject = There is an answer
    .body = Your message was answered. Please say whether that settles it: { $link }
    .sms = Your message was answered: { $link }
new-kind-letter-late =
    .subject = An answer is late
    .body = A case waits for an answer longer than was promised: { $link }
    .sms = An answer is late: { $link }
new-kind-letter-disagreed =
    .subject = The answer did not settle it
    .body = A case is yours again, and the reason is said: { $link }
    .sms = An answer did not settle it: { $link }
