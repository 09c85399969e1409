# Appeals: like a neighbour would say it, short, with what comes next, who, and until when.
appeal--name = Appeal
appeal--ask = What is it about?
appeal--intro = Something broken, something nobody sees to, a question. You need not know who is in charge; we find out.

appeal-field-description = What is it about?
appeal-field-description-help = Just as it comes to mind. Please leave out other people's names and identity numbers.
appeal-field-place = Where is it?
appeal-field-place-help = Estate, building or village: the closer, the faster.
appeal-field-photos = Photos
appeal-field-photos-help = A photo helps, but it works without.
appeal-field-sounds = Say it
appeal-field-sounds-help = Rather than type, record up to two minutes.
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
appeal-choice-content-yes = Content
appeal-choice-content-no = Not content
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

appeal-stage-received-next = { $unit } has it now, and by { $when } either gives it to the unit in charge or sees to it themselves.
appeal-stage-classified-next = It has been read; { $unit } gives it to the unit in charge by { $when }.
appeal-stage-dispatched-next = It went to { $unit }, who take it on by { $when }; should it not be theirs, somebody else will be found.
appeal-stage-sent_back-next = The last unit says it is not theirs; { $unit } settles by { $when } who does it.
appeal-stage-ruling-next = { $unit } rules by { $when } who does it, and that stands.
appeal-stage-supervised-next = { $unit } has it, with the level above looking on, and will answer by { $when }.
appeal-stage-answered-yours = There is an answer; it stands below. Please say how it was, by { $when }. If you are not content, it goes on.
appeal-stage-answered-next = Answered. Whoever brought it in can say how it was until { $when }.
appeal-stage-following-next = Handled together with another of the same, by { $unit }; you are told as soon as there is an answer, and can judge it.

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
appeal-done-lapse = nobody took it on in time; it is back with whoever was asked first
appeal-done-overdue = time for the answer ran out; now the head of the unit answers for it
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

# Time, and the ways of handling.
appeal-field-request_type = What sort of request
appeal-field-wait_why = What it waits for
appeal-field-wait_until = Until when, at the latest
appeal-field-wait_note = What there is to say about it
appeal-field-more_why = Why it takes longer
appeal-field-more_until = Until when
appeal-field-more_note = What there is to say about it
appeal-field-misdirected = It was sent to the wrong unit
appeal-field-misdirected-help = Then the next unit has the whole time; else what is left of it.
appeal-field-meeting_on = When
appeal-field-participants = Who comes
appeal-field-agenda = What is to be decided
appeal-field-minutes = What was said
appeal-field-who_does_what = Who does what
appeal-field-instruction = What is to be done
appeal-field-finding = What was found
appeal-choice-request_type-enquiry = Enquiry
appeal-choice-request_type-help = Request for help
appeal-choice-request_type-complaint = Complaint
appeal-choice-request_type-suggestion = Suggestion
appeal-choice-wait_why-person = The person
appeal-choice-wait_why-parts = Parts or materials
appeal-choice-wait_why-weather = Weather or season
appeal-choice-wait_why-court = A court or an arbitration
appeal-choice-wait_why-others = Another unit
appeal-choice-more_why-complex = Several units are needed
appeal-choice-more_why-funds = Funds must be granted
appeal-choice-more_why-season = It can only be done in season
appeal-choice-more_why-others = Something else, see the note
appeal-stage-pressed = With the head of the unit
appeal-stage-hastened = Raised for speed
appeal-stage-meeting = Joint meeting
appeal-stage-led = A leader has it
appeal-stage-congress = Supervised by the people's congress
appeal-stage-instructed = Done as instructed
appeal-stage-inspected = Being inspected
appeal-clock-press = Answer, by the head of the unit
appeal-clock-hasten = Answer at once
appeal-clock-meeting = Hold the joint meeting
appeal-clock-lead = Answer, by the leader
appeal-clock-congress = Answer to the people's congress
appeal-clock-instruct = Carry out
appeal-clock-inspect = Inspection
appeal-term-response = First word to the person
appeal-term-resolution = Answer promised
appeal-step-rule_misdirected = Rule that it went to the wrong unit
appeal-done-rule_misdirected = ruled that it had gone to the wrong unit; the next one has the whole time
appeal-step-wait_for_person = Wait for the person
appeal-step-wait_for_person-help = Once, and for ten working days at most. Say what you need.
appeal-done-wait_for_person = stopped the clock to wait for the person
appeal-step-ask_wait = Ask to stop the clock
appeal-step-ask_wait-help = The level above says yes or no.
appeal-done-ask_wait = asked to stop the clock
appeal-step-grant_wait = Let the clock stand
appeal-done-grant_wait = let the clock stand
appeal-step-refuse_wait = Let the clock run on
appeal-done-refuse_wait = did not let the clock stand
appeal-step-go_on = Go on
appeal-done-go_on = the clock goes on
appeal-step-ask_more_time = Ask for more time
appeal-step-ask_more_time-help = The level above says yes or no, and the person is told why.
appeal-done-ask_more_time = asked for more time
appeal-step-grant_more_time = Give more time
appeal-done-grant_more_time = gave more time
appeal-step-refuse_more_time = Give no more time
appeal-done-refuse_more_time = gave no more time
appeal-step-hasten = Raise it for speed
appeal-done-hasten = raised it a level for speed
appeal-step-call_meeting = Call a joint meeting
appeal-done-call_meeting = called a joint meeting
appeal-step-record_meeting = Write the minutes
appeal-done-record_meeting = held the joint meeting
appeal-step-take_charge = Take charge
appeal-done-take_charge = took charge
appeal-step-congress_asks = Put it under the people's congress
appeal-done-congress_asks = the people's congress supervises it now
appeal-step-instruct = Instruct
appeal-done-instruct = instructed what is to be done
appeal-step-inspect = Ask for an inspection
appeal-done-inspect = discipline inspection checks how it was handled
appeal-step-report_finding = Report what was found
appeal-done-report_finding = reported what was found
appeal-done-warn = half of the time is over
appeal-done-warn_above = the time is nearly over; the level above was told
appeal-done-warn_leader = the time is nearly over
appeal-done-overdue_pressed = the head of the unit did not answer in time; now under supervision
appeal-done-call_joint_meeting = no ruling in time; a level higher has it now and calls a joint meeting
appeal-done-lead_on = no answer in time; the level above asks

appeal-letter-misdirected =
    .subject = No longer with you: { $title }
    .body =
        It was ruled that “{ $title }” had been sent to the wrong unit. { $owner } has it now.
    .sms = “{ $title }” is with { $owner } now.
appeal-letter-wait_for_you =
    .subject = We need a word from you: { $title }
    .body =
        { $owner } needs something from you to go on: { $said }
        Until then the clock stands, until { $until } at the latest; then it goes on by itself. Answer here: { $link }
    .sms = { $owner } waits for a word from you until { $until }: { $said }
appeal-letter-wait_asked =
    .subject = To decide: may the clock stand? { $title }
    .body =
        { $owner } asks to stop the clock of “{ $title }”: { $said }
    .sms = May the clock of “{ $title }” stand? Please decide.
appeal-letter-wait_granted =
    .subject = The clock stands: { $title }
    .body =
        The clock of “{ $title }” stands until { $until } ({ $reason }). Then it goes on by itself.
    .sms = The clock of “{ $title }” stands until { $until }.
appeal-letter-waits =
    .subject = It has to wait: { $title }
    .body =
        Your matter has to wait. What for: { $reason }. It goes on { $until } by itself. { $said }
        See how it goes: { $link }
    .sms = Your matter has to wait ({ $reason }). It goes on { $until } by itself.
appeal-letter-wait_refused =
    .subject = The clock runs on: { $title }
    .body =
        The level above did not let the clock of “{ $title }” stand: { $said }
    .sms = The clock of “{ $title }” runs on.
appeal-letter-goes_on =
    .subject = It goes on: { $title }
    .body =
        “{ $title }” goes on. { $owner } answers by { $due }.
    .sms = “{ $title }” goes on. { $owner } answers by { $due }.
appeal-letter-more_time_asked =
    .subject = To decide: more time? { $title }
    .body =
        { $owner } asks for more time for “{ $title }”: { $said }
    .sms = More time for “{ $title }”? Please decide.
appeal-letter-more_time_granted =
    .subject = More time: { $title }
    .body =
        There is time for “{ $title }” until { $due } ({ $reason }).
    .sms = Time for “{ $title }” until { $due }.
appeal-letter-takes_longer =
    .subject = It takes longer: { $title }
    .body =
        Your matter takes longer than we promised. Why: { $reason }. { $owner } answers by { $due }. { $said }
        See how it goes: { $link }
    .sms = Your matter takes longer ({ $reason }). { $owner } answers by { $due }.
appeal-letter-more_time_refused =
    .subject = No more time: { $title }
    .body =
        There is no more time for “{ $title }”: { $said }
    .sms = No more time for “{ $title }”.
appeal-letter-pressed =
    .subject = For the head of the unit: { $title }
    .body =
        The time for “{ $title }” is over. The head of the unit answers for it now, by { $due }.
    .sms = Head of the unit: “{ $title }” is late, answer by { $due }.
appeal-letter-half_over =
    .subject = Half of the time is over: { $title }
    .body =
        Half of the time for “{ $title }” is over. It runs out { $due }.
    .sms = Half of the time for “{ $title }” is over.
appeal-letter-nearly_over =
    .subject = Nearly late: { $title }
    .body =
        The time for “{ $title }” is nearly over. { $owner } answers by { $due }.
    .sms = “{ $title }” is nearly late: { $due }.
appeal-letter-hastened =
    .subject = At once, please: { $title }
    .body =
        “{ $title }” was raised to you for speed: { $said } Please see to it that it has its answer by { $due }.
    .sms = At once, please: “{ $title }”, by { $due }.
appeal-letter-meeting =
    .subject = Joint meeting: { $title }
    .body =
        There is a joint meeting about “{ $title }”. { $said }
    .sms = Joint meeting about “{ $title }”.
appeal-letter-minutes =
    .subject = Minutes: { $title }
    .body =
        What the joint meeting about “{ $title }” came to: { $said }
    .sms = Minutes of the meeting about “{ $title }”.
appeal-letter-met_about_it =
    .subject = They sat down about it: { $title }
    .body =
        Those concerned sat down together about your matter. { $said } { $owner } sees to it by { $due }.
    .sms = Those concerned sat down about your matter. { $owner } sees to it by { $due }.
appeal-letter-instructed =
    .subject = Instructed: { $title }
    .body =
        What is to be done about “{ $title }”: { $said } By { $due }.
    .sms = Instructed about “{ $title }”, by { $due }.
appeal-letter-led =
    .subject = A leader has it: { $title }
    .body =
        { $owner } takes charge of “{ $title }”. Please help where you are asked.
    .sms = { $owner } takes charge of “{ $title }”.
appeal-letter-congress =
    .subject = The people's congress asks: { $title }
    .body =
        The people's congress supervises “{ $title }”: { $said } Please answer by { $due }.
    .sms = The people's congress asks about “{ $title }”, by { $due }.
appeal-letter-inspected =
    .subject = Inspection: { $title }
    .body =
        Discipline inspection checks how “{ $title }” is handled: { $said } Please go on meanwhile.
    .sms = Inspection of “{ $title }”. Please go on meanwhile.
appeal-letter-finding =
    .subject = What was found: { $title }
    .body =
        What was found about “{ $title }”: { $said } Please answer by { $due }.
    .sms = Found about “{ $title }”: answer by { $due }.
appeal-done-raise_higher = no meeting in time; a level higher has it now

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
