# The desk: inbox, case, signing in, account.

# Inbox
desk-new = Write one down
desk-states = By state
desk-state-open = Open
desk-state-closed = Closed
desk-state-all = All
desk-count-open = open
desk-count-soon = due within a day
desk-count-late = late
desk-count-urgent = urgent
desk-filter = Filter
desk-search-words = Search the text
desk-any = Any
desk-kind = Kind
desk-kinds = What to write down
desk-stage = Stage
desk-item = Item
desk-place = Place
desk-urgent = Urgent
desk-late = Late
desk-mine = Only my unit’s
desk-views = Saved filters
desk-view-keep = Keep these filters
desk-view-name = Name
desk-view-keep-it = Keep
desk-view-delete = Delete “{ $name }”
desk-list = Cases
desk-select = Select: { $title }
desk-bulk-hint = With those ticked:
desk-page-first = Back to the start
desk-page-more = Further down
desk-empty = All done
desk-empty-text = New matters appear here, those due first at the top.
desk-empty-closed = Nothing closed yet
desk-empty-closed-text = What is closed stays here, to be looked up at any time.
desk-empty-search = Nothing to see
desk-empty-search-text = Everything your post looks after can be found here.
desk-empty-filter = Nothing fits
desk-empty-filter-text = Try another word, or one condition less.
desk-bulk-title = { $step }: { $count ->
    [one] one case
   *[other] { $count } cases
 }
desk-bulk-done = { $done } of { $count } done
desk-bulk-ok = Done
desk-back-inbox = Back to the inbox
desk-problem-back = Back to my desk

# A case
desk-now = Now
desk-kept = What you wrote is still below.
desk-kept-here = You had written (to copy):
desk-refused = That step was not taken
desk-field-wrong = { $field }: { $why }
desk-refused-fields = A few things need mending
desk-refused-stale = Somebody was faster just now
desk-fact-number = Number
desk-fact-stage = Stage
desk-fact-clock = Clock
desk-fact-place = Where
desk-fact-item = Item
desk-fact-owner = Who has it
desk-fact-opened = Came in
desk-and = ,{ " " }
desk-yes = Yes
desk-no = No
desk-photo = Photo
desk-took = Took { $span }
desk-closed-at = Closed { $when }
desk-after = after { $span }
desk-some-unit = A unit
desk-a-volunteer = A volunteer
desk-acting-anyone = Petitioner
desk-acting-petitioner = Petitioner
desk-acting-person = Volunteer
desk-acting-post = Staff
desk-acting-service = A connected system
desk-acting-clock = The clock
desk-acting-system = The system
desk-history = History
desk-elsewhere = At { $name }
desk-elsewhere-said = Each side keeps what the other did, sealed, and cannot change it.
desk-nothing-now = Nothing for you to do now
desk-waits-for = Waiting for { $unit }.
desk-waits-petitioner = Waiting for the petitioner’s view.
desk-waits-nobody = This matter is closed.
desk-more-steps = Also possible
desk-merged-into = Merged into another case, which answers for this one too
desk-follower = Answers for { $id } too
desk-print = Print the file
desk-file = { $kind }: case file
desk-why-guess = By its words ({ $words }) it seems to be: { $item }.
desk-why-duty = Duty list: { $item }, { $place }: { $unit }
desk-why-duty-limit = Duty list: { $item }, { $place }: { $unit }, within { $limit }
desk-why-place = Not in the duty list, so { $unit } keeps it first (first asked, first responsible)
desk-why-nobody = Not in the duty list, and no community answers for this place: please choose a unit
desk-why-accused = The matter complains of { $unit }, so it cannot be given to them
desk-sent-back = { $count ->
    [one] Sent back once already
   *[other] Sent back { $count } times already
 }

# Units that take part
desk-calls = Units that take part
desk-call-unit = Unit
desk-call-part = Part
desk-call-state = How far
desk-call-left = Clock
desk-call-rating = Rating
desk-call-assisting = Assists
desk-call-summoned = Called
desk-call-is-waiting = No word yet
desk-call-is-coming = On the way
desk-call-is-present = There
desk-call-is-objecting = Says it is not theirs
desk-call-is-insisted = Told to come all the same
desk-call-is-done = Done
desk-call-is-released = Need not come
desk-call-came-late = came late

# Who sees what
desk-who-sees = Who sees what
desk-sees-public = Everybody
desk-sees-petitioner = Petitioner and the units on it
desk-sees-handlers = Only the units on it
desk-sees-owner = Only the responsible unit
desk-sees-sealed = Sealed
desk-seal-help = The petitioner’s name and contact are sealed. To reach them, answer or say how it goes; open the seal only when it must be.
desk-seal-purpose = Why you need to look (the petitioner will read this)
desk-seal-open = Open and look
desk-seal-said = Written down. The petitioner can see which post looked, when and why.
desk-petitioner-name = Name
desk-petitioner-contact = Contact
desk-petitioner-address = Address
desk-petitioner-none = Not given

# Writing one down
desk-new-kind = Write down: { $kind }
desk-new-do = Write it down
desk-new-title = Write down: { $kind }
desk-channel = How it came
desk-channel-web = Online
desk-channel-hotline = Hotline
desk-channel-mailbox = Mailbox
desk-channel-desk = At the desk
desk-channel-door = At the door
desk-channel-wall = Wish wall
desk-channel-group = Neighbours’ group
desk-channel-partner = Partner system
desk-channel-import = File
desk-caller = The caller
desk-caller-help = Once the number in the form is whole, the caller’s open cases appear here. Each look is written down.
desk-caller-find = Look
desk-caller-none = No open cases for this number.
desk-caller-open = { $count ->
    [one] One open case
   *[other] { $count } open cases
 }
desk-suggest = Ask the duty list
desk-saved = Written down
desk-saved-read = Read the tracking code to them, in fours:
desk-saved-why = With this code they can see where it stands and judge the answer, without an account.
desk-saved-next = { $unit } has it now, { $when }.
desk-saved-again = Write down another
desk-saved-look = Open this one

# Figures
desk-cases-unit = cases
desk-figures-sentence = Open in what you look after: { $open }, of which late: { $late }. Closed this month: { $closed }.
desk-figures-open = Open
desk-figures-late = Late
desk-figures-soon = Due within a day
desk-figures-closed = Closed this month
desk-figures-none = No figures yet.
desk-figures-by-unit = By unit
desk-figures-by-kind = By kind
desk-figures-unit = Unit
desk-capped = There are too many: only those that fall due first are counted.
desk-figures-caption = Open and late are as of now; closed since { $day }.

# Keyboard
desk-keys-lead = Inbox and case page need no mouse.
desk-keys-key = Key
desk-keys-does = What it does
desk-keys-enter = Open this one
desk-keys-figures = Go to the figures
desk-keys-tab = To the next field or button

# Signing in
desk-sign-in = Staff sign-in
desk-sign-in-lead = Residents need no account.
desk-login = Login
desk-password = Password
desk-sign-in-do = Sign in
desk-sign-in-lost = Lost your password? Ask your security administrator for a new sign-in link.
desk-sign-in-other = Another account
desk-second-step = One more look that it is you
desk-second-step-lead = Open the authenticator on your phone and type its six digits.
desk-second-step-code = Code
desk-second-step-help = Without your phone, type one of your recovery codes.
desk-invite = First sign-in
desk-invite-hello = Hello, { $name }
desk-invite-lead = Choose a login and a password, and you can start. This link works once.
desk-login-help = Small letters and digits, three at least, such as your name.
desk-password-new = New password
desk-password-help = At least 10 characters. A few unrelated words are easy to keep in mind and hard to guess.
desk-invite-do = Start
desk-invite-gone = This link was used or has run out
    .text = Ask your security administrator for a new one.

# Account
desk-sessions = Signed-in devices
desk-sessions-help = A device you do not know: sign it out, then change your password.
desk-session-device = Device
desk-session-since = Since
desk-session-seen = Last used
desk-session-end = Sign out
desk-session-this = this one
desk-session-unknown = A device that does not say what it is
desk-session-end-do = Sign it out
desk-totp = Two-step sign-in
desk-totp-off = Off. When it is on, signing in also asks for a code from your phone, so a stolen password is not enough.
desk-totp-start = Turn on two-step sign-in
desk-totp-on = On
desk-totp-end = Turn off two-step sign-in
desk-totp-scan = Scan this code with the authenticator on your phone:
desk-totp-qr = QR code for the authenticator
desk-totp-by-hand = If it cannot be scanned, type:
desk-totp-code = The six digits it shows
desk-totp-confirm = Use this one
desk-totp-done = Two-step sign-in is on
desk-totp-codes = Each recovery code below works once, for the day the phone is lost. Write them down; they are shown only now.
desk-password-change = Change the password
desk-password-old = Present password
desk-password-do = Change it

# Taking away what is personal
desk-erase = Erase what is personal
desk-erase-link = Erase what is personal…
desk-erase-which = “{ $title }”
desk-erase-for-good = What is erased does not come back
desk-erase-for-good-text = When an older backup is restored, it is erased once more.
desk-erase-goes = What goes
desk-erase-goes-text = Who brought it in, how to reach them and where they live; the title and everything that was said; photos and other files; letters that were sent; the public page. Nobody finds it by a search any more.
desk-erase-stays = What stays
desk-erase-stays-text = When it came in, who had it, which steps were taken and how long each took, how it ended and how it was judged. The figures do not change. That it was erased is written into the log.
desk-erase-sure = Are you sure?
desk-erase-sure-tick = I have read this and want to erase what is personal in this case
desk-erase-unsure = If you are sure, please tick this first.
desk-erase-do = Erase
desk-erase-not = Leave it as it is
desk-erased = What was personal was erased { $when }
desk-erased-text = Who brought it in, what was said, photos and files are gone; every step and its time are still here.
desk-erased-title = Erased

flash-case-erased = What was personal is erased, and that is written into the log.
flash-step-taken = Done, and written into the history.
flash-view-kept = Filters kept.
flash-view-forgotten = Filters deleted.
flash-view-unfit = A name has one to forty characters, and twenty can be kept.
flash-nothing-chosen = Nothing is ticked yet. Tick rows on the left first.
flash-password-changed = Password changed; all other devices are signed out.
flash-session-ended = That device is signed out.
flash-totp-ended = Two-step sign-in is off.
flash-signed-out = Signed out.
desk-petitioner-emergency = In an emergency
