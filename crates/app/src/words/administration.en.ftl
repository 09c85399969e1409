# Administration and imports: refusals and faults.

refused-import-no-table = This is not a table that can be read. Save it as CSV and try again.
refused-import-column = The column { $column } is missing.
refused-import-no-calendar = This is not a calendar. Hand in an iCalendar file (.ics).
refused-unit-owns-cases = This unit still answers for open cases. Give them to another one first.
refused-roles-exclude = An administrator holds no other role, and nobody else becomes one beside their role.
refused-post-twice = The person holds this very post already.
refused-not-oneself = Nobody does this for themselves.
refused-last-security = Somebody has to be able to give posts: name another security administrator first.
refused-house-begun = This house has been begun already.

fault-line = This line is not a line of a table.
fault-code = Not the code of a place (4, 6, 9, 12, 15, 18, 21 or 24 digits).
fault-item-code = Not the code of an item: small letters, digits and hyphens, joined by dots.
fault-no-name = There is no name, or it is too long.
fault-category = There is no such sort of unit: write prefecture, county, street, community, department, partner or hotline.
fault-past-day = The day has passed: a norm counts from today or later.
fault-norm-stands = There is such a line for this day already. What counts is never rewritten; choose another day.
fault-limit = Not a time limit: write 30m, 4h or 3d, or 4wh and 5wd for working hours and working days.
fault-shape = Not a shape: GeoJSON of a point or a polygon.
fault-no-parent = The place around it is not known.
fault-place-top = This code lies in no other place, so it would be one of the highest level. If that is meant, tick “A place of the highest level, in no other”.
fault-place-known = There is a place with this code already. To rename it, open it.
fault-line-twice = This stands in the file twice; the first line counts.
fault-circle = A unit cannot stand above itself.
fault-contact-taken = This contact is another person's.

fault-event = This event cannot be read.
fault-event-open = This event does not end.
fault-event-hours = Only events of whole days can be days off; this one has hours.
fault-event-date = There is no such day.
fault-event-end = It ends before it begins, or after more than 60 days.
fault-event-rule = This rule for coming back cannot be understood, or it means far too many days.

fault-file-type = Only pictures (JPEG, PNG, WebP, GIF), voice notes and PDF can be attached.
fault-file-pixels = This picture has too many pixels (at most 40 million, and 20,000 on each side).
fault-file-picture = This picture cannot be read. Take it once more, or choose another.
photo-too-large = This photo is too large. Please choose a smaller one.
photo-not-one = This file is not a photo.
sound-too-large = This recording is too large. Please record a shorter one.
sound-not-one = This file is not a recording.
sound-too-many = That is enough recordings; the extra ones were not taken.

fault-refused = The kind of the case does not allow it.
fault-no-step = There is no step of this name.
fault-no-field = The kind has no field of this name.
fault-nobody-asks = Neither bringing it in nor a step of --then asks for this, so it would be lost.
fault-in-future = This lies in the future.
