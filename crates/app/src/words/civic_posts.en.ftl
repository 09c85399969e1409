# Civic posts: letters about taking one, pledging and rating, and refusals.

letter-volunteers-why = You get this because you volunteer at { $house }, or look after volunteers in a community. To change how you are told: { $how }
letter-pledge-asked =
    .subject = Somebody would like to take “{ $title }”
    .body = Somebody would like to take the civic post “{ $title }” and has written a pledge. Please have a look: { $link }
letter-pledge-accepted =
    .subject = “{ $title }” is yours
    .body = The community gives you the civic post “{ $title }”, and everybody can read your pledge. Say here what you do in it, whenever you like: { $link }
letter-pledge-declined =
    .subject = About “{ $title }”
    .body = The community did not give you “{ $title }” this time. The reason stands here, and there are other posts: { $link }
letter-pledge-given-up =
    .subject = A place in “{ $title }” is free
    .body = Somebody no longer holds the civic post “{ $title }”; a place is free: { $link }

refused-no-civic-post = There is no such civic post.
refused-no-pledge = There is no such pledge, or it was taken back.
refused-civic-post-elsewhere = This post is of another community. Civic posts are held by volunteers of their community.
refused-civic-post-over = The term of this post is over, or it was taken off the list.
refused-civic-post-full = Enough people hold this post already.
refused-pledge-known = You have asked for this post. The community looks at it and tells you.
refused-pledge-decided = Somebody has decided about this already, or it was taken back.
refused-pledge-not-held = The post is not yours yet. As soon as it is, you can say what you did.
refused-own-pledge = You cannot give a post to yourself. Let a colleague look at it.
refused-own-civic-post = A post that you hold is rated by others.
refused-rated-already = You have rated this post already; everybody does so once.
refused-rating-over = This post is not being rated now.
fault-civic-post-seats = 1 to 99 people.
fault-civic-post-term = It ends after it begins, not before today, and lasts three years at most.
fault-rating-until = A day within three months from today.
fault-voices = The number of hands, 0 to 9999.
