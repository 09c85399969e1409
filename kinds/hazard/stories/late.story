# Nobody mends it: reminded, then the level above says who does
given       | duty safety.fire fire              |
grid-worker | opens: description="The door is locked.", place=home, item=safety.fire, weight=major | owner fire, due in 3d
after 1d    | clock mend                         | refused: not-due
after 3d    | clock mend                         | stage found, letter overdue to fire, letter raised to county
after 7d    | clock mend                         | stage found
after 14d   | clock mend                         | stage supervised, owner county, clock supervise, letter escalated to county
office county | instruct: unit=fire, demand="Open it today.", until=+1d | stage found, owner fire, letter instructed to fire

# Nobody checks it: whoever found it is reminded
given       | duty safety.fire fire              |
grid-worker | opens: description="The door is locked.", place=home, item=safety.fire | owner fire
handler fire | mend: done="Open.", proof=photo   | stage mended
after 3d    | clock check                        | stage mended, letter look_again to community

# More time for a reason, granted by others, once for each reason
given       | duty safety.fire fire              |
grid-worker | opens: description="The hydrant is dry.", place=home, item=safety.fire | owner fire
community   | grant_more_time: more_why=material, more_until=+20d | stage found, letter more_time to fire
community   | grant_more_time: more_why=material, more_until=+30d | refused: reason-used more_why
handler fire | grant_more_time: more_why=weather, more_until=+30d | refused: not-yours
