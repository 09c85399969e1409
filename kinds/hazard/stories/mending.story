# The whole way: found on a round, mended by whoever must, checked by somebody else
given       | duty safety.fire fire              |
grid-worker | opens: description="The fire door is locked.", place=home, item=safety.fire, weight=major | stage found, owner fire, clock mend, due in 3d, letter new to fire
handler fire | looks                             | may mend, may send_back, may not recheck
handler fire | mend: done="Opened."              | refused: required proof
handler fire | mend: done="The lock is off.", proof=photo | stage mended, owner fire, clock check, letter look_again to community
handler fire | looks                             | may not recheck
grid-worker | recheck: good=yes                  | stage closed, outcome mended, letter closed to fire

# The graver, the sooner
grid-worker | opens: description="Gas smells.", place=home, weight=grave | owner community, due in 4h

# A small thing has more time
grid-worker | opens: description="A lamp is out.", place=home, weight=minor | owner community, due in 10wd

# Whoever mended it does not check it, in whichever capacity they come
grid-worker | opens: description="A rail is loose.", place=home | stage found, owner community, due in 5wd
community   | mend: done="Screwed on.", proof=photo | stage mended
community   | recheck: good=yes                  | refused: rule-not_owner
grid-worker | recheck: good=yes                  | refused: rule-not_owner
dispatcher  | recheck: good=yes                  | stage closed, outcome mended

# It was not mended at all: back, with what is to be seen
given       | duty safety.fire fire              |
grid-worker | opens: description="Wires hang down.", place=home, item=safety.fire, weight=major | owner fire
handler fire | mend: done="Tied up.", proof=photo | stage mended
grid-worker | recheck: good=no                   | refused: required found
grid-worker | recheck: good=no, found="They hang down again." | stage found, owner fire, clock mend, due in 3d, letter not_mended to fire

# It came back: urgent, and the level above knows
given       | duty safety.fire fire              |
grid-worker | opens: description="The door is locked again.", place=home, item=safety.fire, again=yes | urgent, owner fire, letter again to street, due in 1d

# It is not theirs: once, and the community passes it on
given       | duty safety.fire fire              |
given       | duty roads.surface roads           |
grid-worker | opens: description="A hole.", place=home, item=safety.fire | owner fire
handler fire | send_back: reason="That is the road." | stage found, owner community, letter sent_back to community
community   | pass_on: item=roads.surface        | owner roads, item roads.surface, letter new to roads

# Sent back twice is not possible
given       | duty safety.fire fire              |
grid-worker | opens: description="A hole.", place=home, item=safety.fire | owner fire
handler fire | send_back: reason="That is the road." | owner community
community   | pass_on: item=safety.fire          | owner fire
handler fire | send_back: reason="Still the road." | refused: rule-taken
