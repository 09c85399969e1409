# A courier passes by: one photo, one word, thanks, and what became of it
anybody     | opens: description="Lamp", place=home, seen=lamp, photos=photo | stage found, owner community, letter received to petitioner, letter new to community
community   | mend: done="A new bulb.", proof=photo | stage mended
dispatcher  | recheck: good=yes                  | stage closed, letter mended to petitioner

# Looked at, and it is none
anybody     | opens: description="Hole", place=home, seen=road | owner community
community   | no_hazard: reason="The hole is a flower bed." | stage closed, outcome no_hazard, letter no_hazard to petitioner

# Not the unit that has to mend says that it is none
given       | duty safety.fire fire              |
grid-worker | opens: description="The door is locked.", place=home, item=safety.fire | owner fire
handler fire | no_hazard: reason="It is not so bad." | refused: not-yours

# Whoever cannot sign is named, and nobody signs before there is a notice
grid-worker | opens: description="Grease in the hood.", place=home | owner community
grid-worker | receive: signed_name=Ma            | refused: rule-taken
grid-worker | serve: responsible="The noodle shop", demand="Clean the hood.", until=+5d | stage found
grid-worker | receive: signed_name=Ma, on_paper=yes | stage found

# A shop has to mend it: notice is given, by a day
grid-worker | opens: description="Grease in the hood.", place=home | owner community
community   | serve: responsible="The noodle shop", demand="Clean the hood.", until=+60d | refused: too-far until
community   | serve: responsible="The noodle shop", demand="Clean the hood.", until=+5d | stage found, letter served to community
community   | receive: signature=photo           | refused: required signed_name
community   | receive: signed_name=Ma, signature=photo | stage found
grid-worker | receive: signed_name=Ma            | stage found

# The courier asks to go on when it is not mended
anybody     | opens: description="Lamp", place=home, seen=lamp | owner community
community   | mend: done="A new bulb.", proof=photo | stage mended
dispatcher  | recheck: good=yes                  | stage closed
resident    | reopen: reason="It is dark again." | stage found, outcome none, letter not_mended to community
