# Lists that are brought at once, and joint deliveries: why something is refused.

refused-no-collection = There is no such list, or it is not yours to see.
refused-no-occasion = There is no such joint delivery, or it is not yours to run.
refused-collection-known = Every line of this list has been brought before. Nothing was added.
refused-occasion-over = This joint delivery is over or was called off; it can no longer be changed.
refused-occasion-kind = This one cannot go on a joint delivery.
refused-occasion-elsewhere = It is on another joint delivery already.
refused-occasion-full = One joint delivery takes 200 at most, and this one is full. Please make another.
refused-occasion-settled = Somebody has done this one already; nothing more is needed.
refused-occasion-stage = Where it stands now, it cannot go on a joint delivery.
refused-occasion-early = It is too early: this can be done on the day.
refused-occasion-moved = It no longer waits: perhaps it was brought already, or withdrawn.

fault-line-cells = This line has more than three parts: what, for whom, sign.
fault-line-what = It does not say what is wanted.
fault-line-name = “{ $words }” looks like somebody's name. Please write it roughly, such as “girl, 8”.
fault-line-contact = “{ $words }” looks like a telephone or identity number, or a mail address. Please take it out.
fault-line-refused = This line cannot be taken now.
fault-lines-many = One list has { $max } lines at most. Please make several of it.
fault-report-name = “{ $words }” looks like somebody's name. The public report names nobody; if it is no name, tick the box below.
fault-no-gift = There is no such gift here.
fault-gift-short = Of “{ $what }” only { $left } can be used; too many were chosen.
