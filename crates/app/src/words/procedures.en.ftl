# The guide: looked up, changed, done for somebody.

refused-no-procedure = There is no such procedure in the guide, or it is no longer offered.
fault-procedure-slug = Small letters, digits and - only, forty at most, such as senior-card; the name “new” is taken.
fault-procedure-file =
    Please mend the file:
    { $faults }
fault-procedure-taken = There is one of this name already. Choose another name, or open that one and change it.
