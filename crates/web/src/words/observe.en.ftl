# Passers-by: one photo, one word.
observe-title = Passing by, what did you see?
observe-lead = Take a photo, tap what it is, and it is sent. No account, nothing to type.
observe-more = Add a few words, or hear what became of it
observe-says = A few words
observe-says-about = Such as “at the door of unit 3”. Not needed.
observe-which = What is it?
observe-which-about = What you tap is sent.
observe-privacy = Nobody asks who you are.
observe-door = Something wrong here?
observe-door-about = One photo, one tap, no account
