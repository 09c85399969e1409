# Households: doors of places, and what their people left.

households-title = Households
households-about = Doors, and nothing about the people behind them. Where its people wish, a door has a contact under a seal.
households-own-none = No place of yours has doors
households-own-none-about = Once you hold a post for a grid or a community, its doors stand here.
households-count = { $count ->
    [0] No doors yet
    [one] One door
   *[other] { $count } doors
}
households-about-count = { $count ->
    [0] No households yet.
    [one] About one household.
   *[other] About { $count } households.
}
households-see = See the doors
households-doors = Doors
households-none = No doors yet
households-none-about = Add one below, or a whole run of them, such as 1-101 to 6-304.
households-no-more = There are no more doors.
households-first = From the beginning
households-more = More doors
households-run = Add a run of doors
households-export = Doors as a file
households-import = Doors from a file
households-import-about = One line for each door, with the code of its place. If any line is bad, nothing is written. What is there already stays as it is.
households-import-refused = Nothing was written: some lines cannot be read
households-import-checked = The file can be read
households-import-done = The doors are there
households-import-faults = The lines that are bad
households-import-figures = { $added } new, { $same } there already, { $wrong } bad.
households-ask-again = Ask at these doors again
households-ask-again-about = Their people agreed almost a year ago. Ask whether the contact may stay; otherwise it is erased by itself.
household-has-contact = Contact left
household-kept-until = Contact until { $day }
household-is-closed = Closed
household-add = Add a door
household-add-do = Add this door
household-door = Door
household-door-help = What stands on it, such as 3-201. No names.
household-door-title = The door
household-choose = Choose a door
household-leave = Write down a contact
household-leave-again = They agreed again, or have another contact
household-leave-do = Keep the contact
household-contact = Mobile number or mail address
household-contact-title = Contact
household-contact-help = It is sealed. Whoever opens it says why, and that is written down. After a year it is erased.
household-contact-none = Its people left no contact.
household-agreed = The people of this door agreed
household-agreed-help = Today, to whoever writes it down. They can have it erased at any time.
household-kept = Left { $agreed }, kept until { $until }.
household-ask-again = Please ask again
household-not-yours-to-open = The grid worker and the community can open it.
household-why = Why you open it
household-why-help = Its people may ask, and are told these words.
household-why-case = The people of the door asked to bring something in with their contact.
household-open = Show the contact
household-opened = Shown this once. That you looked is written down.
household-nothing-left = No contact is kept here any more.
household-erase = Erase the contact
household-looks = Who opened it
household-looks-none = Nobody has.
household-change = Change the door
household-change-do = Keep
household-place-help = The building, the unit of it or the micro-grid in which the door lies.
household-close = Close this door
household-close-about = When nobody lives there any more, or the house is pulled down. Its contact is erased at once.
household-closed-about = This door is closed and stands in no list to choose from.
household-reopen = Open it again
household-bring = Bring something in from here
households-run-about = All the doors of { $place } at once. You see them before they are written.
household-run-entrances = Entrances
household-run-entrances-help = Leave both empty when the house has one: then the doors are 101, 102.
household-run-floors = Floors
household-run-first = from
household-run-last = to
household-run-doors = Doors on each floor
household-run-doors-help = Two: 101 and 102, 201 and 202.
household-run-look = Show the doors
household-run-seen = These doors
household-run-new = { $new } of { $all } are new; the others stay as they are.
household-run-nothing = All { $all } are there already.
household-run-state-new = new
household-run-state-there = there already
household-run-keep = Add the new ones
household-from = From a door
household-from-help = Choose the place first. The door fills in the address; the matter keeps no link to it.
household-from-none = Not from a door
household-from-look = Doors of this place
household-from-nothing = No doors are known there, or it is not a place of yours.
household-asks = They ask that you use the contact they left
household-asks-help = Only if they say so now. You do not see it; it goes under the seal of this matter, and that it was opened is written down.

flash-household-added = The door is there.
flash-households-added = The doors are there.
flash-household-changed = Kept.
flash-household-closed = The door is closed, and its contact erased.
flash-household-reopened = The door is open again.
flash-household-contact-left = Kept under a seal for a year. Then we ask again.
flash-household-contact-erased = Erased. Nothing of it is kept.

admin-act-household-added = Door added
admin-act-households-added = Run of doors added
admin-act-households-imported = Doors imported
admin-act-household-changed = Door changed
admin-act-household-closed = Door closed
admin-act-household-reopened = Door opened again
admin-act-household-contact-left = Contact of a door written down
admin-act-household-contact-erased = Contact of a door erased
admin-look-household = the contact of door { $case }
