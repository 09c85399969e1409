# The shell: what every page says.

shell-name = Huiyin
shell-title = { $town } · Huiyin
shell-promise = Every call gets an answer
shell-skip = Skip to the text
shell-home = Back to the front page
shell-language = 中文
    .code = zh
shell-elder-on = Larger
shell-elder-off = Standard
shell-theme = Colours
shell-theme-auto = As my phone
shell-theme-light = Light
shell-theme-dark = Dark
shell-settings = Display
shell-help = Help
shell-privacy = Who looked at my data
shell-staff = Staff
shell-sign-out = Sign out
shell-nav = Main sections
shell-demo = Demo: all of it is made up.
shell-demo-lives = Played people act while you look.
shell-demo-outbox = Read the letters

# Fields
field-required = required
field-optional = optional
field-kept = What you wrote is still here; mend it and send again.

# Photos
photo-add = Take or choose a photo
photo-help = Photos: up to { $count }, { $megabytes } MB each. The location inside a photo is removed.
photo-too-many = That is enough photos; the extra ones will not be sent.

sign-here = Please sign in the box
sign-clear = Sign again
sign-more = Too short; please sign once more
sign-done = Signed
sign-paper-taken = The paper counts now
sign-on-paper = Signed on paper
sign-photo = Photograph the signed paper
sign-kept = A signature that has arrived
sign-drop = Leave this signature out
sign-of = Signature of { $name }
sign-sealed = (received; the name is not shown)
sign-named-only = (named, did not sign)
voice-file = Choose a recording
voice-record = Press and speak
voice-stop = That is all
voice-play = Listen to it
voice-drop = Leave this one out
voice-kept = A recording that has arrived
voice-note = Voice note
voice-refused = The phone did not let us record. Allow it in the settings, or choose a recording.

# Places
place-search = Estate, street or building
place-by-list = Choose from a list
place-found = Places found
place-none = Nothing found. Try another name, or choose from a list.
place-change = Change the place
place-here = Right here
place-here-wait = Looking where you are …
place-here-failed = Your position could not be found. Search, or choose from a list.
place-here-none = The map does not reach here yet. Search, or choose from a list.

# Tracking code
code-label = Tracking code
code-copy = Copy
code-copied = Copied
code-say = Read it as { $code }

# Clocks
clock-first = First promised for { $when }

# History
entry-interim = Progress
entry-answer = Answer
entry-you = You

# Pages and lists
pager-nav = Pages
pager-newer = Newer
pager-older = Older
filter-apply = Filter
filter-clear = Clear
rows-open = Open

# Rating
rating-1 = Very unhappy
rating-2 = Unhappy
rating-3 = So-so
rating-4 = Happy
rating-5 = Very happy

# Keyboard
keys-title = Keyboard
keys-next = Next
keys-previous = Previous
keys-search = Search
keys-inbox = Go to the inbox
keys-new = Write down a call
keys-help = Show or hide this list
keys-all = All keys
keys-select = Select or not

# Desk
desk-inbox = Inbox
desk-call = Take a call
desk-search = Search
desk-whistles = Whistles
desk-wishes = Wishes
desk-figures = Figures
desk-manage = Manage
desk-me = Me

# Print
print-page = Print
print-made = Printed { $when }

dir-crumbs = You are here

look-caller = The caller was on the telephone: what is open for this number was looked up
