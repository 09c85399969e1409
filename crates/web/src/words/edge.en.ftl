# What is said when something goes wrong, and the settings of the pages.

problem-not-found = There is nothing here
    .text = The address may be mistyped, or the page has been taken down. To see your own matter, use its tracking code.
problem-wrong-method = This page cannot be opened this way
    .text = Please start again from the front page.
problem-sign-in-needed = Please sign in first
    .text = This page is for people who have signed in.
problem-not-permitted = Your post does not open this page
    .text = If your work needs it, ask the security administrator.
problem-malformed = We could not make sense of this request
    .text = Please start again from the front page.
problem-refused = This could not be done
    .text = Nothing was changed. Please go back and have a look.
problem-too-large = That is too much at once
    .text = A photo may have up to 10 MB, everything together 48 MB. Go back and choose smaller photos; what you wrote is still there.
problem-sent-too-slowly = The line is weak; not everything arrived
    .text = Nothing was kept. Go back and send it again when the line is better.
problem-not-text = Some characters cannot be read
    .text = There are signs in it that are not text. Go back, take them out and send it again.
problem-foreign = This request did not come from our own pages
    .text = To keep you safe nothing was done. Please start again from the front page.
problem-old-page = This page has been open for a long time
    .text = What you wrote is all here. Press once more to send it; photos have to be chosen again.
    .go = Send it now
problem-too-often = That was a little too fast
    .text = Please try again in { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    }.
problem-busy = Many people are here just now
    .text = Nothing was kept. Please try again in a few seconds.
problem-broken = Something broke on our side
    .text = Nothing was kept, and we have made a note of the fault. Please try again later, or telephone your community.

problem-again = Try again
problem-desk = Back to the desk

settings-about = Kept in this browser only; change it whenever you like.
settings-language = Language
settings-view = Size
settings-elder-help = Larger type, larger buttons, stronger contrast.
settings-keep = Keep it so
