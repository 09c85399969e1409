# Civic posts: posts, pledges, ratings.

civic-posts-title = Civic posts
civic-posts-door = What the community wants looked after, who does it, and whether it is of use
civic-posts-lead = The community lists what it wants looked after, volunteers take a post with a public pledge, and at the end of the year residents say whether the post was of use. The post is rated, not the person.
civic-posts-none = There are no posts here yet
civic-posts-none-about = Posts that the community lists appear here. If you would like to help before, you can register as a volunteer.
civic-posts-see = See which posts there are
civic-post-term-label = Term
civic-post-term = { $from } to { $to }
civic-post-over = Term over
civic-post-full = { $seats } of { $seats }, full
civic-post-free = { $held } of { $seats } taken
civic-post-is-rated = Being rated
civic-post-name = Post
civic-post-name-help = For example: lamps of the staircases, good morning to those who live alone.
civic-post-duties = What is to be done
civic-post-duties-help = A line for each thing. Pledges rest on it, so it does not change later.
civic-post-seats = For how many people
civic-post-starts = From
civic-post-ends = To
civic-post-held = People
civic-post-waits = To be done
civic-post-holders = Who holds it, and what they pledge
civic-post-holders-none = Nobody holds it yet.
civic-post-report-line = { $day }: { $what }
civic-post-rate = Is this post of use?
civic-post-rate-about = You can say so until { $day }. No names are kept, only what all have said together.
civic-post-rate-question = Is this post of use to people here?
civic-post-rate-once = It is about the post, not about whoever holds it. Once for each of us; it cannot be changed.
civic-post-use = Of use
civic-post-use-much = Of much use
civic-post-use-partly = Of some use, could be better
civic-post-use-little = Of little use
civic-post-rate-go = Say so
civic-post-rate-sign-in = Get a code and say so
civic-post-rate-done = You have said so. Thank you.
civic-post-rate-own = A post that you hold is rated by others.
civic-post-result = What people said
civic-post-voices-label = People
civic-post-voices = { $count ->
    [one] one person
   *[other] { $count } people
}
civic-post-few-voices = Fewer than ten people have spoken, so it is not told yet: nobody shall guess who said what.
civic-post-register = Register as a volunteer to take it
civic-post-register-about = Posts are taken by volunteers of the community.
civic-post-not-accepted = As soon as the community accepts you as a volunteer, you can take this post.
civic-post-ask = I take it
civic-post-promise = My pledge
civic-post-promise-help = What you do, and how often. Write what you can keep.
civic-post-shown-as = What to call you
civic-post-shown-as-help = The name that everybody sees, such as “Aunt Zhang”; it need not be your full name.
civic-post-public = Everybody can read this name and the pledge. If you no longer want the post, one button takes it back and deletes what you wrote.
civic-post-ask-go = Take it and pledge

pledges-title = My pledges
pledges-door = The civic posts that you took, and what you did
pledges-none = You have not taken a civic post yet
pledges-none-about = Take a post that you can keep up and write a pledge that everybody can read.
pledge-state-asked = The community decides
pledge-state-held = Yours
pledge-state-declined = Not this time
pledge-declined-for = The community says: { $reason }
pledge-report = Say what you did
pledge-did = What you did
pledge-report-go = Write it down
pledge-end = Give it up
pledge-end-about = The pledge and all that you wrote are deleted, and the place is free for somebody else. The community is told.
pledge-end-go = Take the pledge back

civic-posts-desk-lead = List what is to be looked after; volunteers take it. Before the term ends, ask residents whether the post is of use.
civic-posts-desk-none = There are no posts yet
civic-posts-desk-none-about = Think of what needs somebody who keeps an eye on it, and list a post for each.
civic-posts-asked = { $count ->
    [one] one person asks for it
   *[other] { $count } people ask for it
}
civic-post-new = List a post
civic-post-new-lead = It is public at once, and every volunteer of the community can take it.
civic-post-new-go = List it
civic-post-public-page = See the public page
civic-post-asking = Who asks for it
civic-post-asking-none = Nobody waits now.
civic-post-give = Give it to them
civic-post-not = Not this time
civic-post-not-go = Tell them why
civic-post-rating = What residents say
civic-post-rating-about = The post is rated, never a person. The result is public once ten people have spoken.
civic-post-rated-until = Until { $day }; so far { $voices } have spoken.
civic-post-until = Until when
civic-post-until-help = Within three months. After that day it is forgotten who has spoken.
civic-post-until-go = Ask residents
civic-post-until-change = Change the day
civic-post-hands = Hands in a meeting
civic-post-hands-about = Count hands when residents meet. To put a mistake right, write it again.
civic-post-hands-go = Write it down
civic-post-close = Take this post off the list
civic-post-close-about = It is no longer listed and nobody can take it any more. Pledges and reports stay with those who wrote them.
civic-post-close-go = Take it off

flash-pledge-asked = We have it. The community looks at it and tells you.
flash-civic-post-rated = It is counted. Thank you.
flash-pledge-reported = Written down; everybody can read it.
flash-pledge-ended = Taken back, and what you wrote is deleted.
flash-civic-post-listed = It is listed; volunteers can take it.
flash-pledge-accepted = It is theirs, and they are told.
flash-pledge-declined = They are told why.
flash-civic-post-asked = Residents can rate this post now.
flash-civic-post-counted = The hands are written down.
flash-civic-post-closed = It is off the list.
