# Forms: the types of fields.

field-choose = Choose one
field-suggested = Suggested
field-other-units = Other units
field-yes = Yes
field-no = No
field-phone-help = Only to tell you the result; the unit that acts does not see it.
field-contact-help = Mobile number or mail address. Only to tell you the result; the unit that acts does not see it.
field-person-help = What we may call you. The unit that acts does not see it.
field-address-help = Where you live. The unit that acts does not see it.
field-case-help = The number of the other case, 13 characters.
field-case-like = { $place } · { $when } · both say { $words }
field-case-other = None of these? The number of the other case, 13 characters
field-place-find = Find it
field-place-top = All
field-place-here = { $place } itself
field-photos-kept = Photos that have arrived
field-photo-kept = A photo that has arrived
field-photo-drop = Leave this one out

fault-place-not-chosen = One more step: please choose one of the places found.

unit-category-prefecture = Prefecture
unit-category-county = County
unit-category-street = Street, township
unit-category-community = Community, village
unit-category-department = Department
unit-category-partner = Partner unit
unit-category-hotline = Hotline
field-emergency-help = Kept sealed, opened only if something happens.
