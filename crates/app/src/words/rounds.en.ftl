# Rounds: why something is refused.

refused-no-round = There is no such round, or it is not yours to walk.
refused-no-spot = There is no such spot, or it is not on this round.
refused-no-checklist = There is no such checklist, or it is not yours.
refused-no-cadence = There is no such arrangement, or it is not yours.
refused-no-meeting = There is no such meeting, or it is not for you.
refused-meeting-nothing = There is nothing to talk about yet: nothing new was found, and nothing is open.

fault-photo-wanted = A fault of this line needs a photo.
fault-position = Write a number from 1 to 999, or leave it empty.
fault-line-codes = Two lines say the same; please change one.
fault-decision-date = The day of a decision cannot be read: write it like 2026-03-05.
fault-sample-gone = This photo is not there any more. Please choose it again.
refused-samples-many = Too many photos were kept here. Please use a drawing.
