# 志愿岗：认领、承诺、评岗的通知，和拒绝的原因。

letter-volunteers-why = 收到这条消息，是因为您在{ $house }当志愿者，或者在社区管志愿服务。想换个方式：{ $how }
letter-pledge-asked =
    .subject = 有人想认领“{ $title }”
    .body = 有人想认领志愿岗“{ $title }”，承诺已经写好，请看一看：{ $link }
letter-pledge-accepted =
    .subject = “{ $title }”交给您了
    .body = 社区把志愿岗“{ $title }”交给您了，您的承诺大家都能看到。做了什么，随时在这里说一声：{ $link }
letter-pledge-declined =
    .subject = 关于“{ $title }”
    .body = 您想认领的“{ $title }”，社区这次没有定您。原因写在这里，还可以认领别的岗：{ $link }
letter-pledge-given-up =
    .subject = “{ $title }”空出一个位置
    .body = 有人不再担任志愿岗“{ $title }”，空出一个位置：{ $link }

refused-no-civic-post = 没有这个志愿岗。
refused-no-pledge = 没有这份承诺，或者已经收回了。
refused-civic-post-elsewhere = 这个岗是别的社区的。志愿岗由本社区的志愿者认领。
refused-civic-post-over = 这个岗已经到期或者撤下了。
refused-civic-post-full = 这个岗的人已经够了。
refused-pledge-known = 您已经认领过这个岗，社区看过会告诉您。
refused-pledge-decided = 已经有人处理过，或者对方收回了。
refused-pledge-not-held = 这个岗还没有交给您，交给您以后就可以说做了什么。
refused-own-pledge = 自己不能定自己，请同事来看。
refused-own-civic-post = 自己担任的岗，请别人来评。
refused-rated-already = 您已经评过这个岗了，每人一次。
refused-rating-over = 这个岗现在不评。
fault-civic-post-seats = 1 到 99 人。
fault-civic-post-term = 结束的日子要在开始之后，不早于今天，最长三年。
fault-rating-until = 从今天起三个月以内的一天。
fault-voices = 写举手的人数，0 到 9999。
