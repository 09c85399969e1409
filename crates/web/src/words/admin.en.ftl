# Administration: places, units, duty list, people, tokens, kinds, log of looks.

admin-name = Name
admin-name-zh = Name in Chinese
admin-name-en = Name in English
admin-code = Code
admin-level = Level
admin-category = Category
admin-place = Place
admin-above = Unit above
admin-unit = Unit
admin-item = Item
admin-closed = closed
admin-post-lacks = Choose a unit and a role.
admin-place-code-wrong = Not the code of a place: 4, 6, 9, 12, 15, 18, 21 or 24 digits.
admin-item-code-wrong = Not the code of an item: small letters, digits and hyphens, with dots between levels.
admin-duty-lacks = Choose an item and a unit.
admin-limit-wrong = Not a limit: write hours, such as 24 or 0.5; or 3d for days, 5wd for working days, 4wh for working hours.
admin-none = None
admin-add = Add
admin-save = Save
admin-change = Change
admin-change-do = Change
admin-since = From
admin-until = Until
admin-import = Import a table
admin-places-about = From the prefecture to the door: add, rename, close, print QR posters
admin-units-about = Departments, streets, communities, partners
admin-duties-about = Which item, where, whose, how long
admin-people-about = People, their posts, sign-in links
admin-tokens-about = Keys for other systems
admin-kinds-about = How each kind goes, who may act, how long
admin-looks-about = Who looked at whose data, and why
admin-log-about = Who gave posts, changed lists, made keys
admin-jobs-about = Letters that did not go out, and what else failed

# Places
admin-places = Places
admin-places-top = The top
admin-path = Above
admin-places-search = Name or code of a place
admin-places-none = Nothing below yet
admin-places-none-text = Add them here one by one, or import a table.
admin-places-count = { $count ->
    [one] One place
   *[other] { $count } places
 }
admin-place-rename = Rename
admin-rename-do = Give it this name
admin-place-close = Close this place
admin-place-reopen = Open it again
admin-place-add = Add a place
admin-place-top = A place of the highest level, in no other
admin-place-code-help = The code of the place above, then two or three digits of its own.
admin-place-help = Search by name or code, or choose from the list.
admin-poster = Print the QR poster
admin-poster-title = Something wrong? Scan.
admin-poster-text = No account, one sentence is enough. Every call gets an answer.
admin-poster-qr = QR code that opens the form for this building
level-prefecture = Prefecture
level-county = County
level-street = Street or township
level-community = Community or village
level-grid = Grid
level-micro-grid = Micro-grid
level-building = Building
level-door = Door

# Units
admin-units = Units
admin-units-search = Search units
admin-units-none = No units yet
admin-units-none-text = A unit can take a case and answer it: a department, a street, a community.
admin-units-count = { $count ->
    [one] One unit
   *[other] { $count } units
 }
admin-unit-add = Add a unit
admin-above-help = Who decides when it cannot be done and cannot be sent back.
admin-unit-duties = Its lines of the duty list
admin-unit-duties-none = No line of the duty list names it yet.
admin-unit-close = Close this unit
admin-unit-reopen = Open it again

# Working time
admin-time = Working time
admin-time-lead = When people work: what is promised in working days and working hours is counted by it. A place keeps the hours of the place around it until it has its own.
admin-time-about = Working hours, public holidays, swapped workdays, days of one unit
admin-time-missing = The public holidays of { $year } are missing.
admin-time-missing-text = What is promised now may already reach into that year. An update brings them once they are announced; until then they can be put in by hand or from an iCalendar file.
admin-time-whose = Whose
admin-time-says = Hours and days of its own
admin-time-everywhere = Everywhere else
admin-time-days = { $count ->
    [one] one special day
   *[other] { $count } special days
 }
admin-time-nothing = none of its own
admin-time-choose = Hours or days for one place
admin-time-open = Open its calendar
admin-time-of-unit = The days of one unit are on the page of the unit.
admin-time-holds = Here hold the hours of: { $whose }. { $hours }
admin-time-month = Month
admin-time-count = Working days
admin-time-off = Days off
admin-time-working = Workdays
admin-time-run = { $first }–{ $last } { $name }
admin-time-day-of = { $weekday } { $day } { $name }
admin-time-own = Its own special days
admin-time-date = Date
admin-time-day = Day
admin-time-what = What it is
admin-time-remove = Take it away
admin-time-add = Add a special day
admin-time-hours = Hours
admin-time-hours-help = Only for a workday: 09:00-12:00 14:00-18:00. Empty: the usual hours.
admin-time-keep-day = Keep this day
admin-time-week = Hours of the week
admin-time-week-help = Write 09:00-12:00 14:00-18:00; empty is a day off.
admin-time-nation = Public holidays
admin-time-nation-cn = Those of China, with swapped workdays
admin-time-nation-none = None: days are put in by hand or from a file
admin-time-zone = Time zone
admin-time-zone-help = Its name, such as Asia/Shanghai.
admin-time-zone-wrong = There is no time zone of this name.
admin-time-hours-wrong = Not hours: write 09:00-12:00 14:00-18:00. A day off has none.
admin-time-date-wrong = There is no such day.
admin-time-never = Somebody has to work on some weekday, or nothing would ever be due.
admin-time-keep-hours = Keep these hours
admin-time-take-back = Take its own hours back
admin-place-time = Working time of this place
admin-unit-days = Special days of this unit

# Duty list
admin-duties = Duty list
admin-duties-lead = Dispatch looks for the most special item first, then for the nearest place. What is not listed stays with the community of the place.
admin-duties-none = The list is empty
admin-duties-none-text = With one line, dispatch begins to propose a unit and to say why.
admin-duties-count = { $count ->
    [one] One line
   *[other] { $count } lines
 }
admin-duty = A line of the duty list
admin-duty-add = Add a line
admin-duty-remove = Remove this line
admin-assisting = Assisting units
admin-limit = Limit
admin-limit-help = Hours, or 3d for days, 5wd for working days, 4wh for working hours. Empty: as published.
admin-items = Items
admin-items-lead = Items have levels; dots in the code part them, the general first.
admin-items-none = No items yet
admin-items-none-text = Items are one side of the duty list: heating, water, street lamps…
admin-item-add = Add or change an item
admin-item-code-help = Small letters, digits and hyphens, with dots between levels: heating.indoor. The same code changes the item.
admin-keywords = Keywords
admin-keywords-help = With blanks between. When a resident writes one of them, this item is proposed.

# Import
admin-import-places = Import places
admin-import-units = Import units
admin-import-items = Import items
admin-import-duties = Import the duty list
admin-import-places-help = A CSV table with a line of headings, or GeoJSON with the properties code, name and name_en. Importing again makes no duplicates: the same code is brought up to date.
admin-import-units-help = A CSV table with a line of headings. The same category, place and name is the same unit.
admin-import-items-help = A CSV table with a line of headings. The same code is brought up to date.
admin-import-duties-help = A CSV table with a line of headings. The same item and place are brought up to date.
admin-import-file = File
admin-import-file-help = CSV in UTF-8.
admin-import-check = Check only
admin-import-do = Import
admin-import-line = Line
admin-import-wrong = What is wrong
admin-import-faults = These lines were not imported; mend them and import again.
admin-import-checked = Checked; nothing was changed
admin-import-done = Imported
admin-import-figures = { $added } added, { $changed } changed, { $same } unchanged, { $wrong } wrong.
admin-import-no-file = Choose a file first.
admin-import-file-help-land = CSV in UTF-8, or GeoJSON.
admin-import-land = Borders with gaps or overlaps. They were taken as they are; mend them and import again.
admin-import-system = System of coordinates
admin-import-system-help = Which map the borders come from. They are kept in WGS 84.
admin-import-system-wgs84 = WGS 84 or CGCS 2000 (satellites, Tianditu)
admin-import-system-gcj02 = GCJ-02 (Amap, Tencent)
admin-import-system-bd09 = BD-09 (Baidu)
admin-places-export = Export GeoJSON

# People
admin-people = People and posts
admin-people-search = Name or login
admin-people-none = Nobody found
admin-people-none-text = Add a person, give a post, then send a sign-in link.
admin-people-count = { $count ->
    [one] One person
   *[other] { $count } people
 }
admin-person-add = Add a person
admin-person-name = Name
admin-person-waiting = not signed in yet
admin-posts = Posts
admin-posts-none = No post yet: signed in, this person sees no case.
admin-role = Role
admin-role-help = The three administrators exclude each other and everything else.
admin-post-give = Give a post
admin-post-place-help = Search by name or code, or choose from the list. Empty: the place of the unit.
admin-post-give-do = Give this post
admin-post-end = Ends today
admin-invite = Sign-in link
admin-invite-help = It works once, to choose login and password. A new link makes the old one worthless.
admin-invite-do = Make a link
admin-invite-made = The link is ready
admin-invite-text = Hand it over in person or by telephone; it is shown only now.
role-operator = Hotline operator
role-grid-worker = Grid worker
role-community = Community staff
role-dispatcher = Dispatcher
role-handler = Department
role-partner = Partner unit
role-supervisor = Supervisor
role-office = Prefecture or county office
role-system = System administrator
role-security = Security administrator
role-auditor = Auditor

# Tokens
admin-tokens = Service tokens
admin-tokens-lead = Another system comes in with a token and may do what its role and scopes allow.
admin-tokens-none = No tokens yet
admin-tokens-none-text = Make one here when the hotline or a partner platform is to be connected.
admin-token-add = Make a token
admin-token-name = For whom
admin-token-name-help = Such as “county hotline”.
admin-token-do = Make the token
admin-token-made = The token is ready
admin-token-once = Copy it now; it is shown only this once.
admin-token-end = Take it back
admin-token-revoked = taken back
admin-scopes = May
admin-scope-cases-read = read cases
admin-scope-cases-write = open cases and take steps
admin-scope-house-read = read places, units and kinds

# Kinds
admin-kinds = Kinds
admin-kinds-lead = Kinds are data: change the definition in its folder, check it, start anew. Cases under way go on under the version they came with.
admin-kind-counts = { $stages } stages, { $steps } steps
admin-kind-version = Version { $hash }
admin-kind-way = The way it goes
admin-kind-way-help = Arcs on the right go on, arcs on the left go back. The table below says the same.
admin-kind-stages = Stages and steps
admin-kind-stage = Stage
admin-kind-step = Step
admin-kind-by = Who may
admin-kind-to = Leads to
admin-kind-stays = stays
admin-kind-other = another kind
admin-kind-clocks = Clocks
admin-kind-clock = Clock
admin-kind-long = How long
admin-kind-urgent = When urgent
admin-kind-then = Then
admin-kind-fields = What is asked, and who sees it
admin-kind-field = Field
admin-kind-see = Who sees it
admin-kind-outcomes = Outcomes
admin-who-petitioner = Petitioner
admin-who-anyone = Anyone
admin-who-signed-in = A signed-in volunteer
admin-who-signed-in-own = The volunteer who claimed it
admin-who-clock = The clock
admin-who-system = The system
admin-relation-own = responsible unit
admin-relation-called = taking part
admin-relation-place = for the place
admin-relation-above = one level above
admin-relation-opened = who wrote it down
admin-relation-any = any

# Log of looks
admin-looks = Log of looks
admin-looks-lead = Each opening of a sealed name and contact is kept here; the petitioner sees it too.
admin-looks-none = Nobody has looked yet
admin-looks-none-text = When somebody opens a seal, it will stand here.
admin-look-when = When
admin-look-who = Which post
admin-look-what = What
admin-look-purpose = Why
admin-look-caller = case { $case }, by the caller’s number

# Log of administration
admin-log = Log of administration
admin-log-lead = What administrators changed. Nobody can change this list.
admin-log-none = Nothing yet
admin-log-none-text = When somebody gives a post or changes a list, it will stand here.
admin-log-who = Who
admin-log-house = command line
admin-log-what = What was done
admin-log-subject = Which
admin-log-more = More
admin-act-case-erased = Case erased
admin-act-history-archived = Year archived
admin-act-day-put = Special day kept
admin-act-day-removed = Special day taken away
admin-act-duties-imported = Duty list imported
admin-act-duty-put = Duty kept
admin-act-precedent-adopted = Ruling made a duty
admin-act-duty-removed = Duty removed
admin-act-holidays-imported = Holidays imported
admin-act-hours-put = Working hours kept
admin-act-hours-removed = Working hours taken back
admin-act-invite-made = Sign-in link made
admin-act-item-closed = Item closed
admin-act-item-put = Item kept
admin-act-items-imported = Items imported
admin-act-job-again = Failed work tried again
admin-act-job-given-up = Failed work given up
admin-act-person-closed = Person taken out
admin-act-person-edited = Person changed
admin-act-person-made = Person added
admin-act-place-closed = Place closed
admin-act-place-put = Place kept
admin-act-place-drawn = Border drawn
admin-act-place-split = Place split
admin-act-place-merged = Places merged
admin-act-place-moved = Place moved
admin-act-places-imported = Places imported
admin-act-post-ended = Post ended
admin-act-post-given = Post given
admin-act-token-made = Token made
admin-act-token-revoked = Token taken back
admin-act-unit-closed = Unit closed
admin-act-unit-put = Unit kept
admin-act-units-founded = Units founded for places
admin-act-units-imported = Units imported

# Work that failed
admin-jobs = Work that failed
admin-jobs-lead = Whatever could not be done after many tries waits here for you.
admin-jobs-waiting = { $count ->
    [0] Nothing else waits.
    [one] One more thing waits its turn.
   *[other] { $count } more things wait their turn.
}
admin-jobs-none = All is done
admin-jobs-none-text = Letters go out, clocks run. When something fails for good, it will stand here.
admin-job-what = What
admin-job-why = What went wrong
admin-job-tries = Tries
admin-job-when = Given up
admin-job-again = Try again
admin-job-give-up = Give up
admin-job-deliver-notice = letter { $subject }
admin-job-look-over = reading over the answer of { $subject }
admin-job-tell-followers = telling those who follow { $subject }

flash-job-again = It will be tried again at once.
flash-job-given-up = Given up.
flash-place-kept = Place kept.
flash-hours-kept = Working hours changed; they count from the next promise.
flash-day-kept = Day changed; it counts from the next promise.
flash-unit-kept = Unit kept.
flash-duty-kept = Duty list changed; it counts from the next case.
flash-item-kept = Item kept.
flash-post-given = Post given; it counts from the next click.
flash-post-ended = The post has ended.
flash-token-ended = Token taken back.

# Addresses elsewhere
admin-webhooks = Webhooks
admin-webhooks-about = Where other systems are told what happens here
admin-webhooks-lead = When something happens to a case, these addresses are told: which case, of what kind, at which stage, whose, when. Never who brought it in, never what was said.
admin-webhooks-none = No addresses yet
admin-webhooks-none-text = When another system wants to follow, register its address below.
admin-webhook-add = Register an address
admin-webhook-name = Which system it is
admin-webhook-name-help = So that whoever comes after you understands, such as “Prefecture data platform”.
admin-webhook-url = Address
admin-webhook-url-help = It begins with https://; redirects are not followed.
admin-webhook-unit-help = Only cases in which this unit takes part; none means all of the place.
admin-webhook-events = What it is told
admin-webhook-events-help = None ticked means all of them.
admin-webhook-do = Register
admin-webhook-made = Registered
admin-webhook-once = This is the key for the signatures. It is shown only this once; hand it to the other side. How to check them stands in docs/webhooks.md.
admin-webhook-asks = What it is told
admin-webhook-state = Now
admin-webhook-on = Fine
admin-webhook-off = Off since { $when }
admin-webhook-failing = Nothing arrives since { $when }
admin-webhook-waiting = { $count ->
    [one] One waits
   *[other] { $count } wait
}
admin-webhook-do-on = Turn on
admin-webhook-do-off = Turn off
admin-webhook-do-test = Try it
admin-webhook-do-end = Take away
admin-event-all = Everything
admin-event-opened = Came in
admin-event-advanced = Moved on
admin-event-closed = Closed
admin-event-reopened = Reopened
admin-job-send-message = message { $subject }
admin-job-call-webhook = webhook message { $subject }
admin-job-follow-case = case shared with another installation { $subject }
admin-job-look-through = cases of the installation { $subject }
admin-jobs-again = Try all of it again
admin-act-jobs-again = All failed work tried again
admin-act-webhook-made = Webhook registered
admin-act-webhook-on = Webhook turned on
admin-act-webhook-off = Webhook turned off
admin-act-webhook-tested = Webhook tried
admin-act-webhook-ended = Webhook taken away
flash-jobs-again = All of it will be tried again at once.
flash-webhook-on = On again; it is told of what happens from now on.
flash-webhook-off = Off; what waited is given up.
flash-webhook-tested = An event is on its way; look again in a moment.
flash-webhook-ended = Taken away.

admin-installations = Other installations
admin-installations-about = Whose cases are worked on here
admin-installations-lead = A county’s installation can hand a case to this one. It is opened here, what is done about it is done there too, and each side keeps the history of the other.
admin-installations-none = No installation hands us cases yet
admin-installations-none-text = The other side makes a token for the unit that we are to it; enter it below. What its webhook has to call is shown then. All of it is in docs/operating.md.
admin-installation-add = Register an installation
admin-installation-name = Whose it is
admin-installation-name-help = As it is called in histories, such as “Qingshi county”.
admin-installation-url-help = Where its front page is; it begins with https://.
admin-installation-token = Its token for us
admin-installation-token-help = hy_…, with the scopes cases:read and cases:write, made there for the unit that we are.
admin-installation-secret = The key of its webhook
admin-installation-secret-help = whsec_…, shown there once when our address was registered.
admin-installation-tells = We hear at once
admin-installation-silent = Looked at once an hour: enter its key
admin-installation-do-believe = Take the key
admin-act-installation-believed = Key of an installation taken
flash-installation-believed = Taken; what it tells is believed from now on.
admin-installation-unit-help = As which unit it comes in here; it brings cases in and judges answers for its residents.
admin-installation-as = Comes in as
admin-installation-open = { $count ->
    [0] No case of theirs is open
    [one] One case of theirs is open
   *[other] { $count } cases of theirs are open
}
admin-installation-failing = Cannot be reached since { $when }
admin-installation-tell = Its webhook is to call this address:
admin-installation-refused = Not taken on the other side, or not opened here:
admin-installation-do-look = Look through its cases
admin-act-installation-made = Installation registered
admin-act-installation-on = Installation turned on
admin-act-installation-off = Installation turned off
admin-act-installation-looked = Cases of an installation looked through
admin-act-installation-ended = Installation taken away
flash-installation-on = On again; its cases are looked through now.
flash-installation-off = Off; its cases go on here, and it does not hear of them.
flash-installation-looked = Its cases are looked through; look again in a moment.
flash-installation-ended = Taken away; its cases go on here.

# Norms
admin-norms = Norms
admin-norms-about = How long each sort of request may take, since when
admin-norms-lead = The line for the most special item holds, then one for the sort of request, then the latest. A limit on the duty list goes before all of them. What counts already is never rewritten; add a line.
admin-norm-clock = Clock
admin-norm-for = Holds for
admin-norm-all = All
admin-norm-urgent = Urgent ones
admin-norm-always = Always
admin-norm-since = Counts from
admin-norm-since-help = From today on, or from a later day.
admin-norm-request = Sort of request
admin-norm-limit-help = 5wd is five working days, 4wh four working hours, 3d three days, 30m thirty minutes.
admin-norm-day-wrong = Write a day, such as 2027-01-01.
admin-norm-add = Add a line
admin-norm-add-do = Add it
admin-act-norm-added = Norm added
flash-norm-added = Added; it counts from that day.
