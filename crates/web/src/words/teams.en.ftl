# Teams of grids: lists, substitutes, handovers, contact cards, posters.

teams-title = Grid teams
teams-lead = Each grid has one linked official, one community worker and one grid worker, and helpers such as heads of buildings. Those that lack somebody come first.
teams-none = No grids yet
teams-none-about = Grids are here once places have been imported.
teams-lacking = { $count ->
    [one] { $count } grid has no grid worker
   *[other] { $count } grids have no grid worker
}
teams-lacking-about = The community itself has a grid without a grid worker; what comes in is taken.
team-grid = Grid
team-helpers = Helpers
team-lacks = Lacks
team-nobody = Nobody
team-complete = Complete
team-name-stood-in = { $name } ({ $other } stands in)
team-gap = No { $function } yet
team-gap-since = No { $function } since { $day }
team-gap-kept = Meanwhile the community takes what comes in.
team-function-linked-official = Linked official
team-function-community-worker = Community worker
team-function-grid-worker = Grid worker
team-function-building-head = Head of the building
team-function-unit-head = Head of the unit
team-function-helper = Helper
team-new = Add somebody
team-new-lead = Choose a colleague. For heads of buildings and other helpers without an account a name suffices; ask them first.
team-new-go = Add to the team
team-public-card = See the contact card
team-who = Who it is now
team-empty = Nobody yet
team-empty-about = Once somebody is here, residents see on the contact card whom to ask.
team-member-open = Card, substitute, handover
team-past = Who it was
team-past-none = Nobody has left yet.
team-no-name = Somebody whose name is no longer shown
team-was-successor = { $name }, { $function }, { $from } to { $until }, handed over to the next
team-was-community = { $name }, { $function }, { $from } to { $until }, then the community itself
team-was-nobody = { $name }, { $function }, { $from } to { $until }
team-stood-in = { $name } stood in, { $from } to { $until }
team-stands-in = { $name } stands in until { $until }
team-will-stand-in = { $name } will stand in, { $from } to { $until }
team-stand-in-end = End it
team-since = Since { $day }
team-left = They have left the team.
team-choose = Choose
team-function = As what
team-function-help = Of the first three a grid has one each.
team-at = Where
team-at-help = A building for its head, a unit for its head.
team-person = Colleague
team-person-help = Whoever works for this community. A grid worker gets the post for this grid.
team-person-none = No account, write a name below
team-name = Name
team-name-help = Of somebody without an account; it is printed on the card.
team-phone = Public telephone
team-phone-help = A number of the office, or one that they want to be public. Leave it empty to show none.
team-hours = When they can be reached
team-hours-help = Such as: workdays 9:30-19:00
team-agreed = Their agreement
team-agreed-yes = They were asked and agree
team-agreed-help = Name, telephone and hours stand on the card and on posters for everybody. It can be taken back at any time.
team-card = Contact card
team-card-go = Save
team-stand-in = Ask somebody to stand in
team-stand-in-about = For holidays, courses, illness
team-stand-in-for = Who stands in for { $name }
team-stand-in-lead = For these days they hold the same post, and the card shows them. It ends by itself.
team-stand-in-who = Who stands in
team-from = First day
team-until = Last day
team-until-help = Three months at most
team-stand-in-go = Settle it
team-hand-over = Hand over
team-hand-over-about = Leave the team, and give it to the next
team-hand-over-of = Handover of { $name }
team-hand-over-lead = In one act: they leave, and the next one has it at once. Wishes and visits that they took on as a neighbour stay theirs.
team-goes = What goes over
team-goes-card = The line on the contact card
team-goes-post = The post for the grid
team-goes-cases = { $count ->
    [one] { $count } open case: its unit keeps it, and the next one sees it at once
   *[other] { $count } open cases: their units keep them, and the next one sees them at once
}
team-goes-shifts = { $count ->
    [one] { $count } span of duty that is not over
   *[other] { $count } spans of duty that are not over
}
team-to = Who has it then
team-to-successor = The person below
team-to-community = Nobody yet, the community itself
team-to-nobody = Nobody needs to
team-next = Who comes
team-next-help = Needed for "the person below".
team-hand-over-go = Hand over
flash-team-joined = Added; the contact card shows it already.
flash-team-card-changed = The card has been changed.
flash-team-stands-in = Settled, and they were told.
flash-team-stand-in-ended = They stand in no longer.
flash-team-handed-over = Handed over.

posters-title = Posters
posters-lead = One for each door: whom to ask and how, with a large QR code. Any phone's camera opens the form with the place filled in.
posters-each = For which doors
posters-building = One for each building
posters-door = One for each unit
posters-grid = One for the whole grid
posters-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
posters-size = Paper
posters-file = Make a PDF
posters-print = Print from a page
posters-print-about = For other scripts, or a computer without Chinese fonts, print from the page.
posters-look = Look at one
posters-cut = One file has at most { $count } pages: these are the first.
posters-none = There is no door for a poster here.
poster-title = Scan to tell us
poster-how = No signing in, one sentence will do. Every request gets an answer.
poster-qr = QR code that opens the form with the place filled in
poster-nobody = Ask the community

grids-title = Grids of { $name }
grids-lead = Find the grid in which you live, and see whom to ask.
grids-to-map = Show on a map
grids-map-title = Map of { $name }
grids-map-lead = Press your grid on the map, or in the list, and see whom to ask.
grids-map-label = Map of the grids
grids-map-about = Borders and names of the grids. What is on the map also stands in the list.
grids-map-list = The grids
grids-none = No grids yet
grids-none-about = Just say what it is, the community takes it.
grid-worker-is = Grid worker: { $name }
grid-kept-by-community = No grid worker at the moment, the community has it
grid-kept-about = Say what it is as always, the community takes it.
grid-who = Whom to ask
grid-instead = Stands in for { $name } until { $day }
grid-say = Say what it is
grid-others = Grids nearby
grid-all = All grids of this community
grid-ask-grid-worker = Staircases, roads, dangers, neighbours: ask the grid worker first.
grid-ask-community-worker = Certificates, allowances, the old and the young: ask the community worker.
grid-ask-linked-official = What was not solved several times: ask the linked official.
grid-ask-building-head = What concerns the building: its head is near.
grid-ask-unit-head = What concerns the unit: its head is near.
grid-ask-helper = Ask when you need a hand.
front-grid = Whom to ask here
front-grid-about = Numbers of the grid worker and the building's head
