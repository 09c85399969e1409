# Teams of grids: letters to whoever joins or stands in, and why something is refused.

letter-team-why = You get this because you are in the team of a grid at { $house }, or stand in for somebody. To get it in another way: { $how }
letter-team-joined =
    .subject = You are in the team of "{ $title }"
    .body = From today on you are in the team of "{ $title }". What is open there, spans of duty and the contact card are here: { $link }
letter-team-stands-in =
    .subject = Please stand in at "{ $title }"
    .body = From { $moment } on you stand in at "{ $title }"; it ends by itself. Meanwhile you see what happens there, and the contact card shows you: { $link }

refused-no-team-member = Nobody of this team is found here.
refused-no-substitute = This substitution is not found.
refused-team-taken = Somebody has this already. To change it, hand over on the page of that person.
refused-team-left = They have left already; a colleague may have been quicker.
refused-team-orphan = A grid is never left to nobody. Choose who takes over, or say that the community itself has it.
refused-team-no-substitute = Only a community worker and a grid worker need a substitute.
refused-team-stood-in = Somebody stands in on these days already.
fault-team-function = Not at this level. A linked official, a community worker and a grid worker belong to a grid or micro-grid, building heads to a building, unit heads to a unit.
fault-team-who = Choose a colleague, or write a name.
fault-team-colleague = Choose somebody who works for this community.
fault-team-no-post = They hold no post as community worker here yet; ask whoever gives posts.
fault-team-twice = They are here already.
fault-team-same = Choose somebody else.
fault-team-phone = A number that can be called: digits, spaces, + and - only.
fault-team-agreed = Name and number will be public: ask them first.
fault-team-span = Three months at most; hand over for longer.
refused-team-agrees-no-more = If they agree no more, hand over: a helper without an account then leaves no name and no number.
