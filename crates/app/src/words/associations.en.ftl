# Associations and interest groups: why something was not done, and the letters to people.

refused-no-association = There is no such group, or it is closed.
refused-no-member = This person is not in the group.
refused-association-over = This group is not registered yet, or it is closed.
refused-association-decided = Somebody has decided about this group already.
refused-association-full = This group is full.
refused-groups-waiting = Three groups of yours still wait for an answer. Begin another one when they have it.
refused-last-leader = You are the last one who leads it. Please hand it over first, or ask the community to close it.
refused-leader-stays = Whoever leads the group cannot be let go.
refused-not-a-member = It can only be handed to somebody else who is in the group.

letter-associations-why = You get this because you belong to a group at { $house }, or look after one. To change how you are told: { $how }
letter-group-registered =
    .subject = Registered: { $title }
    .body = The community has registered “{ $title }”. Neighbours can see it and join now: { $link }
letter-group-declined =
    .subject = Not registered: { $title }
    .body = The community has not registered “{ $title }” this time: { $note } You can change it and begin again.
letter-group-closed =
    .subject = Closed: { $title }
    .body = “{ $title }” is closed, and the list of its members is deleted. To have one again, begin a new group.
letter-group-asked =
    .subject = Somebody would like to join: { $title }
    .body = Somebody would like to join “{ $title }”. Please look whether you take them in: { $link }
letter-group-taken-in =
    .subject = You are in: { $title }
    .body = “{ $title }” has taken you in. When they meet stands here: { $link }
letter-group-not-taken-in =
    .subject = Not this time: { $title }
    .body = “{ $title }” has not taken you in this time. Look at other groups, or begin one: { $link }
letter-group-let-go =
    .subject = You are no longer in the group: { $title }
    .body = Whoever leads “{ $title }” has let you go. If that is a misunderstanding, ask the community: { $link }
letter-group-led =
    .subject = You lead it now: { $title }
    .body = You lead “{ $title }” now. If that does not suit you, hand it over: { $link }
