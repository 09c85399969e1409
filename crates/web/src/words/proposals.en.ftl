# Who is asked to help: for those who are asked, and for the community.

proposals-own = Could you help?
proposals-own-door = Small things that may suit you; yes or no is fine
proposals-own-about = These may suit you. Yes or no is one tap, and nobody asks why not.
proposals-own-empty = Nothing to ask you now
proposals-own-empty-about = When something fits your time and where you live, you are asked here. You may also look at the wall yourself.
proposals-own-not-yet = You have not offered to help yet
proposals-own-not-yet-about = Once you are a volunteer, you are asked here when something suits you. With what is on the wall you can help now.
proposals-wall = Look at the wall
proposals-offer = Offer to help
proposals-yes = I’ll go
proposals-no = Not this time
proposals-no-why = Say why
proposals-no-why-about = You need not. The community sees how often each reason is given, never by whom.
proposals-no-no-time = No time
proposals-no-too-far = Too far
proposals-no-cannot-do = I cannot do that
proposals-no-not-this = Rather not this
proposals-no-other = Something else
proposals-no-none = No reason given
proposals-answer-by = Please tell us by { $when }; then somebody else is asked.
flash-proposal-declined = Fine, noted. You will not be asked about this again; somebody else will.
flash-proposal-asked = They have been asked. Their answer will stand here.

proposals-why = Why: { $reasons }.
proposals-and = {", "}
proposals-why-skill = skilled in { $skill }
proposals-why-skill-missing = not skilled in { $skill }
proposals-why-near =
    { $ring ->
        [door] at the same door
        [building] in the same building
        [micro-grid] in the same micro-grid
        [grid] in the same grid
        [community] in the same community
        [street] in the same street
        [county] in the same county
       *[other] in the same prefecture
    }
proposals-why-far = { $distance } away
proposals-why-free =
    free on { $day ->
        [mon] Monday
        [tue] Tuesday
        [wed] Wednesday
        [thu] Thursday
        [fri] Friday
        [sat] Saturday
       *[other] Sunday
    } { $part ->
        [morning] morning
        [afternoon] afternoon
       *[other] evening
    }
proposals-why-free-time-unknown = has not said when they are free
proposals-why-speaks =
    { $language ->
        [zh] speaks Chinese
        [ug] speaks Uyghur
        [kk] speaks Kazakh
        [mn] speaks Mongolian
        [ky] speaks Kyrgyz
        [en] speaks English
       *[other] uses sign language
    }
proposals-why-language-unknown = has not said which languages they speak
proposals-why-same-helper = has been there before
proposals-why-waited =
    { $days ->
        [one] it has waited for a day
       *[other] it has waited for { $days } days
    }
proposals-why-urgent = it is urgent
proposals-why-holds =
    { $cases ->
        [one] has one case in hand
       *[other] has { $cases } cases in hand
    }
proposals-why-asked =
    { $proposals ->
        [one] has one request to answer
       *[other] has { $proposals } requests to answer
    }
proposals-why-missed =
    { $times ->
        [one] did not come to this one once
       *[other] did not come to this one { $times } times
    }
proposals-why-rather-not =
    { $about ->
        [stairs] rather no stairs
        [heavy] rather nothing heavy
        [alone] rather not alone
        [homes] rather not into homes
        [pets] rather no pets
        [hospital] rather no hospital
        [night] rather not at night
       *[other] rather no money
    }
proposals-why-by-hand = the community thinks of you
proposals-metres = about { $metres } m
proposals-kilometres = about { $kilometres } km

proposals-of-case = Who could help
proposals-looks = This case looks for somebody. Every few minutes those who fit best are asked; you may ask somebody yourself.
proposals-looks-not = This case looks for nobody now, or waits for an answer.
proposals-asked = Who was asked
proposals-asked-nobody = Nobody has been asked yet
proposals-asked-nobody-about = The next round comes soon; those below can be asked now.
proposals-who = Who
proposals-reasons = Why this person
proposals-stands = How it stands
proposals-left = A volunteer who has left
proposals-state-open = Waits for an answer
proposals-state-accepted = Said yes
proposals-state-declined = Not this time
proposals-lapsed-unanswered = No answer
proposals-lapsed-taken = Somebody else came
proposals-lapsed-over = No longer needed
proposals-lapsed-left = Has left
proposals-could = Whom you could ask
proposals-could-about = By the rules, those who fit best first.
proposals-ask = Ask
proposals-rules = Who fits is worked out by written rules, and only changing them changes it; whoever says no is held to nothing.
proposals-summary = How asking went
proposals-summary-sentence = Asked in the last thirty days: { $asked }. Yes: { $accepted }. Not this time: { $declined }. No answer, or no longer needed: { $lapsed }. Still waiting: { $open }.
proposals-summary-empty = Nobody was asked in the last thirty days
proposals-summary-empty-about = When there are volunteers and something looks for somebody, they are asked, and it is counted here.
proposals-declined = Why not
proposals-declined-few = Fewer than five said no. Told apart, it would be known who said what, so it is not.
proposals-reason = Reason
proposals-count = How often
proposals-waiting = Waiting longest for somebody
proposals-what = What
proposals-where = Where
proposals-since = Came in
proposals-waiting-nobody = Nobody is asked now
proposals-waiting-asked = { $asked } asked now
