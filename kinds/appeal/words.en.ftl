# Appeals: like a neighbour would say it, short, with what comes next, who, and until when.
appeal--name = Appeal
appeal--intro = What is it about? You need not know who is in charge; we will find out.

appeal-field-description = What is it about?
appeal-field-description-help = Just as it comes to mind. Please leave out other people's names and identity numbers.
appeal-field-place = Where is it?
appeal-field-place-help = Estate, building or village: the closer, the faster.
appeal-field-photos = Photos
appeal-field-photos-help = A photo helps, but it works without.
appeal-field-name = Your name
appeal-field-name-help = You may leave it out. Only those who must reach you can see it, and every look is noted.
appeal-field-contact = Phone or mail
appeal-field-contact-help = You may leave it out. If you leave one, we tell you how it goes.
appeal-field-address = Home address
appeal-field-item = What sort of thing
appeal-field-urgent = Urgent
appeal-field-urgent-help = Somebody hurt; no water, power or heating; a leak of gas or current.
appeal-field-accused = Units it complains of
appeal-field-accused-help = They will not get this matter.
appeal-field-unit = To whom
appeal-field-unit-help = Left empty, the duty list decides.
appeal-field-assisting = Who should help
appeal-field-reason = Why
appeal-field-request = What they should do
appeal-field-report = What was done to help
appeal-field-note = Note among staff
appeal-field-note-help = Only those who handle it can read this.
appeal-field-message = What you want to say
appeal-field-difficulty = What makes it hard
appeal-field-measures = What will be done
appeal-field-until = By when
appeal-field-outcome = How it ended
appeal-field-answer = Answer
appeal-field-answer-help = What was done, why, and what happens from now on. The person judges it by this.
appeal-field-solved = Is it solved?
appeal-field-content = Are you content with how it was handled?
appeal-field-why = Why
appeal-field-into = Into which matter

appeal-choice-outcome-solved = Solved
appeal-choice-outcome-partly = Partly solved
appeal-choice-outcome-explained = Explained
appeal-choice-outcome-referred = Told whom to ask
appeal-choice-outcome-not_possible = Not possible
appeal-choice-solved-yes = Yes
appeal-choice-solved-partly = Partly
appeal-choice-solved-no = No

appeal-outcome-solved = Solved
appeal-outcome-partly = Partly solved
appeal-outcome-explained = Explained
appeal-outcome-referred = Told whom to ask
appeal-outcome-not_possible = Not possible
appeal-outcome-withdrawn = Withdrawn

appeal-stage-received = Received
appeal-stage-classified = Waiting to be passed on
appeal-stage-dispatched = Waiting to be taken on
appeal-stage-sent_back = Sent back
appeal-stage-ruling = Waiting for a ruling
appeal-stage-in_hand = In hand
appeal-stage-supervised = Under supervision
appeal-stage-answered = Answered, to be judged
appeal-stage-following = Handled together with another
appeal-stage-closed = Closed

appeal-clock-triage = Pass on
appeal-clock-accept = Take on
appeal-clock-settle = Pass on again
appeal-clock-ruling = Ruling
appeal-clock-handle = Answer
appeal-clock-supervise = Answer under supervision
appeal-clock-judge = Your view
appeal-clock-follow = Answer with the other
appeal-clock-assist = Help

appeal-step-open = Tell us
appeal-done-open = brought this in
appeal-step-classify = Sort it
appeal-done-classify = said what sort of thing it is
appeal-step-dispatch = Pass it on
appeal-step-dispatch-help = By the duty list, or to a unit of your choice.
appeal-done-dispatch = passed it on
appeal-step-take = We do it ourselves
appeal-done-take = kept it to do it themselves
appeal-step-accept = Take it on
appeal-done-accept = took it on
appeal-step-send_back = Send it back
appeal-step-send_back-help = Not yours? Say why; the dispatcher decides.
appeal-done-send_back = sent it back
appeal-step-send_back_again = Send it back for a ruling
appeal-step-send_back_again-help = What the next level rules is final.
appeal-done-send_back_again = sent it back again, for a ruling
appeal-step-insist = It is theirs all the same
appeal-done-insist = looked into it and left it with the same unit
appeal-step-recall = Take it back
appeal-done-recall = took it back
appeal-step-give_to = Rule who does it
appeal-done-give_to = ruled who does it
appeal-step-redispatch = Give it to another
appeal-done-redispatch = gave it to another unit
appeal-step-answer = Answer
appeal-done-answer = answered
appeal-step-interim = Say how it goes
appeal-step-interim-help = When it takes longer: what is hard, what will be done, and by when.
appeal-done-interim = said how it goes
appeal-step-ask_assist = Ask for help
appeal-done-ask_assist = asked other units for help
appeal-step-assist_report = Report your help
appeal-done-assist_report = reported their help
appeal-step-raise = Put under supervision
appeal-done-raise = put it under supervision
appeal-step-judge = Say how it was
appeal-done-judge = said how it was
appeal-step-reopen = It is not over, go on
appeal-done-reopen = asked us to go on
appeal-step-add = Add something
appeal-done-add = added something
appeal-step-write = Write to the person
appeal-done-write = wrote to the person
appeal-step-note = Make a note
appeal-done-note = made a note
appeal-step-mark_urgent = Mark as urgent
appeal-done-mark_urgent = marked it as urgent
appeal-step-withdraw = Never mind, withdraw it
appeal-done-withdraw = withdrew it
appeal-step-merge = Merge with another
appeal-done-merge = merged it with another
appeal-done-answer_with = got the same answer as the other matter
appeal-step-unmerge = Handle it by itself
appeal-done-unmerge = goes on by itself
appeal-done-remind = time ran out; a reminder went out and the level above was told
appeal-done-escalate = reminders did not help; the level above has it now and says who does it
appeal-done-raise_higher = no ruling in time; a level higher has it now
appeal-done-lapse = nobody took it on in time; it is back with whoever was asked first
appeal-done-overdue = time for the answer ran out; now under supervision
appeal-done-overdue_again = still no answer; the level above was told again
appeal-done-unjudged = seven days without a word; closed as answered
appeal-done-late_assist = a helping unit did not report in time

appeal-letter-received =
    .subject = We have it: { $title }
    .body =
        We have what you told us. { $owner } keeps it for now; somebody will see to it by { $due }.
        Tracking code: { $code }. See how it goes: { $link }
    .sms = We have it. { $owner } will see to it by { $due }. Code { $code }.
appeal-letter-new =
    .subject = New: { $title }
    .body =
        { $place }: { $title }. Please pass it on or keep it by { $due }.
        { $link }
    .sms = New appeal at { $place }. Please see to it by { $due }.
appeal-letter-dispatched =
    .subject = For your unit: { $title }
    .body =
        { $place }: { $title }. Please take it on by { $due }, or send it back with a reason before.
        { $link }
    .sms = A matter at { $place } is for your unit. Please take it on by { $due }.
appeal-letter-moved =
    .subject = { $owner } has it now
    .body =
        What you told us is with { $owner } now. Code { $code }, see how it goes: { $link }
    .sms = Your matter is with { $owner } now. Code { $code }.
appeal-letter-accepted =
    .subject = { $owner } took it on
    .body =
        { $owner } took on your matter and will answer by { $due }. See how it goes: { $link }
    .sms = { $owner } took on your matter and will answer by { $due }.
appeal-letter-sent_back =
    .subject = Sent back: { $title }
    .body =
        This was sent back: { $said }
        Please decide by { $due } who does it. { $link }
    .sms = A matter was sent back. Please decide by { $due }.
appeal-letter-ruling =
    .subject = Please rule who does it: { $title }
    .body =
        This was sent back a second time: { $said }
        Please rule by { $due }; your word is final. { $link }
    .sms = Please rule by { $due } who does a matter.
appeal-letter-insisted =
    .subject = We looked into it, it is yours: { $title }
    .body =
        { $said }
        Please take it on by { $due }. { $link }
    .sms = We looked into it: please take the matter on by { $due }.
appeal-letter-ruled =
    .subject = Ruled to be yours: { $title }
    .body =
        { $said }
        Please answer by { $due }. { $link }
    .sms = A matter was ruled to be yours. Please answer by { $due }.
appeal-letter-assist =
    .subject = Please help with: { $title }
    .body =
        { $place }: { $title }. { $owner } leads; please help and report back. { $link }
    .sms = Please help with a matter at { $place }.
appeal-letter-assisted =
    .subject = A helping unit reports: { $title }
    .body =
        { $said }
        { $link }
    .sms = A helping unit has reported.
appeal-letter-assist_late =
    .subject = A helping unit is late: { $title }
    .body = You can remind them, or ask another. { $link }
    .sms = A helping unit has not reported in time.
appeal-letter-interim =
    .subject = How it goes: { $title }
    .body =
        { $owner } says: { $said }
        You will hear again by { $due }. All of it: { $link }
    .sms = News of your matter; { $owner } will answer by { $due }. Code { $code }.
appeal-letter-message =
    .subject = A message from { $owner }
    .body =
        { $said }
        To answer or add something: { $link }
    .sms = { $owner } wrote to you about your matter. Code { $code }.
appeal-letter-answered =
    .subject = The answer: { $title }
    .body =
        { $owner } answers:
        { $said }
        Please say how it was: { $link }. If you are not content, it goes on.
    .sms = Your matter has an answer. Read and judge it with code { $code }.
appeal-letter-closed =
    .subject = Closed: { $title }
    .body =
        { $outcome }. If it is not over, you can have it taken up again within 30 days: { $link }
    .sms = Your matter is closed. If it is not over, use code { $code } within 30 days.
appeal-letter-unhappy =
    .subject = Not content: { $title }
    .body =
        { $said }
        It is under supervision; please answer anew by { $due }. { $link }
    .sms = Somebody is not content. Please answer anew by { $due }.
appeal-letter-added =
    .subject = Something was added: { $title }
    .body =
        { $said }
        { $link }
    .sms = Something was added to a matter of yours.
appeal-letter-urgent =
    .subject = Urgent: { $title }
    .body = { $place }: { $title }. Please see to it by { $due }. { $link }
    .sms = Urgent at { $place }: please see to it by { $due }.
appeal-letter-withdrawn =
    .subject = Withdrawn: { $title }
    .body = Nothing more to do. { $link }
    .sms = A matter of yours was withdrawn.
appeal-letter-merged =
    .subject = Handled together: { $title }
    .body =
        Somebody asked the same. We handle both together, you get the same answer and can judge it. { $link }
    .sms = Somebody asked the same; both get the same answer. Code { $code }.
appeal-letter-supervised =
    .subject = Under supervision: { $title }
    .body =
        { $said }
        Please answer by { $due }. { $link }
    .sms = A matter of yours is under supervision. Please answer by { $due }.
appeal-letter-raised =
    .subject = Please look at: { $title }
    .body =
        This matter at { $place } did not move in time; { $owner } has it. { $link }
    .sms = A matter at { $place } did not move in time. Please look.
appeal-letter-escalated =
    .subject = It is yours now: { $title }
    .body = This matter at { $place } did not move, though reminders went out. Your unit has it now. Please say who does it. { $link }
    .sms = A matter at { $place } is yours now. Please say who does it.
appeal-letter-moved_up =
    .subject = A level higher has your matter now
    .body = Nobody saw to it in time, and we are sorry. { $owner } has it now and will say by { $due } who does it. See where it is: { $link }
    .sms = { $owner } has your matter now and will say by { $due } who does it. Code { $code }.
appeal-letter-overdue =
    .subject = Time ran out: { $title }
    .body = Please see to it now, or say what is hard, what will be done and by when. { $link }
    .sms = Time ran out for a matter of yours. Please see to it now.
appeal-letter-lapsed =
    .subject = Back with you: { $title }
    .body = Nobody took it on in time. Please pass it on or keep it by { $due }. { $link }
    .sms = Nobody took a matter on in time; it is back with you until { $due }.

# ---- Looked at from above ----
appeal--call-script = Good day, this is the service hotline. You brought something in with us, and we answered. May I ask two things? Is it solved? And are you content with how it was handled? If not, please tell me what is missing: then it is opened again today.
appeal-field-verdict = How the answer is
appeal-field-feedback = What to do better
appeal-field-feedback-help = For the unit, not for a person: what was missing, and how it would be good.
appeal-choice-verdict-good = Good as it is
appeal-choice-verdict-improve = To be made better
appeal-step-follow_up = Note what they said
appeal-step-follow_up-help = Somebody answered the telephone. If they are not content, it is opened again.
appeal-done-follow_up = called back and noted what was said
appeal-step-not_reached = Nobody answered
appeal-step-not_reached-help = Noted as one more try; it stays on the list until it was tried often enough.
appeal-done-not_reached = called back, and nobody answered
appeal-step-read_over = Say how the answer is
appeal-done-read_over = looked the answer over
appeal-letter-read_over =
    .subject = Your answer was looked over: { $title }
    .body =
        { $said }
        { $link }
    .sms = One of your answers was looked over. Please read what was said.
