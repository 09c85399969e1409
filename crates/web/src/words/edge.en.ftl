# What is said when something goes wrong, and the settings of the pages.

problem-not-found = There is nothing here
    .text = The address may be mistyped, or the page has been taken down. To see your own matter, use its tracking code.
    .api = Nothing has this address; /api/v1/openapi.json lists those that there are.
problem-wrong-method = This page cannot be opened this way
    .text = Please start again from the front page.
    .api = This address takes other methods: see the header Allow.
problem-sign-in-needed = Please sign in first
    .text = This page is for people who have signed in.
    .api = There is no token in the request, or one that does not count, or not any more.
problem-not-permitted = Your post does not open this page
    .text = If your work needs it, ask the security administrator.
    .api = The token does not allow this: see its scopes under /api/v1/me.
problem-malformed = We could not make sense of this request
    .text = Please start again from the front page.
    .api = The address or a header of this request makes no sense.
problem-media-type = This was sent in a form that we do not read
    .text = Please start again from the front page.
    .api = Send application/json in UTF-8; files as multipart/form-data.
problem-refused = This could not be done
    .text = Nothing was changed. Please go back and have a look.
problem-too-large = That is too much at once
    .text = A photo may have up to 10 MB, everything together 62 MB. Go back and choose smaller photos; what you wrote is still there.
    .api = A body has at most 1 MiB of JSON, a file at most 10 MB.
problem-sent-too-slowly = The line is weak; not everything arrived
    .text = Nothing was kept. Go back and send it again when the line is better.
    .api = Not everything arrived in time. Nothing was kept.
problem-not-text = Some characters cannot be read
    .text = There were signs in it that are not text. Nothing was kept.
    .api = There are bytes in it that are not UTF-8, or a NUL.
problem-written = What you wrote, so that you can copy it
problem-foreign = This request did not come from our own pages
    .text = To keep you safe nothing was done. Please start again from the front page.
problem-old-page = This page has been open for a long time
    .text = What you wrote is all here. Press once more to send it; photos have to be chosen again.
    .go = Send it now
problem-signed-out = You have been signed out meanwhile
    .text = For your safety this happens by itself after some hours. Sign in again in a window beside this one, then come back here.
    .door = Sign in, in a new window
problem-too-often = That was a little too fast
    .text = Please try again in { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    }.
problem-busy = Many people are here just now
    .text = Nothing was kept. Please try again in a few seconds.
problem-away = Our records cannot be reached just now
    .text = Nothing was kept. We try to reach them again all the time: please try again in a few seconds.
problem-full = There is no room left to keep anything
    .text = Nothing was kept this time; what was kept before is safe and can be read. Please try again in a few minutes, or telephone your community.
problem-unsure = We cannot say whether it was kept
    .text = The answer was lost on the way. Please look whether it is there before you send it again.
    .api = The answer was lost on the way. Send the very same request once more under the same Idempotency-Key: it counts once.
problem-broken = Something broke on our side
    .text = Nothing was kept, and we have made a note of the fault. Please try again later, or telephone your community.

problem-again = Try again

settings-about = Kept in this browser only; change it whenever you like.
settings-language = Language
settings-view = Size
settings-elder-help = Larger type, larger buttons, stronger contrast.
settings-keep = Keep it so
