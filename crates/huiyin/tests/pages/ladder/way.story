# Lent and brought back
resident  | opens: what_for="A bulb in the stairwell.", place=home, rungs=7, day=+2d, extras=rope+gloves, helper=yes | stage asked, owner community, letter noted to petitioner
resident  | lend: until=+5d                        | refused: not-yours
community | lend: until=+5d, shed_note="The red one." | stage lent, letter come to petitioner
resident  | withdraw                               | refused: rule-taken
resident  | bring_back: state=broken               | refused: required reason
resident  | bring_back: state=whole, thanks=5      | stage closed, outcome back

# Too small, too late
resident  | opens: what_for="A bulb.", place=home, rungs=2, day=+2d, helper=no | refused: out-of-range rungs
resident  | opens: what_for="A bulb.", place=home, rungs=5, day=+40d, helper=no | refused: too-far day

# Nobody replies
resident  | opens: what_for="A bulb.", place=home, rungs=5, day=+2d, helper=no | due in 1d
after 1d  | clock reply                            | stage asked, due in 2d, letter asked to community
after 2d  | clock reply                            | stage asked, due in 4d
after 4d  | clock reply                            | stage closed, outcome not_lent, letter asleep to street
