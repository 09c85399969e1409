# The guide: looked up, changed, done for somebody.

refused-no-procedure = There is no such procedure in the guide, or it is no longer offered.
fault-procedure-slug = Small letters, digits and - only, forty at most, such as senior-card.
fault-procedure-file = Please mend the file: { $faults }
