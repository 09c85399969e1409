# What only callers of the API are told.

problem-not-json = This is not JSON
    .text = The body cannot be read at line { $line }, column { $column }.
problem-stale = The case has changed meanwhile
    .text = Nothing was done. Read it again and decide anew.
problem-header = A header makes no sense
    .text = The header { $name } cannot be read.

fault-missing-field = Something is missing here
fault-repeated = This stands here twice
fault-name = This is not the name of anything
fault-cursor = This is not a cursor of ours
fault-not-together = The two cannot be asked together
