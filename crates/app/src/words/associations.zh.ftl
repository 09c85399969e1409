# 社团和兴趣小组：为什么没有办成，和发给人的信。

refused-no-association = 没有这个小组，或者已经解散。
refused-no-member = 这个人不在小组里。
refused-association-over = 这个小组还没有登记，或者已经解散。
refused-association-decided = 这个小组已经有人答复过了。
refused-association-full = 这个小组人满了。
refused-groups-waiting = 您有三个小组还在等社区答复。等答复了再发起新的。
refused-last-leader = 您是最后一位牵头人。请先交给别人，或者请社区解散小组。
refused-leader-stays = 牵头人不能被请出。
refused-not-a-member = 只能交给小组里的其他成员。

letter-associations-why = 收到这条消息，是因为您在{ $house }参加或者管着一个兴趣小组。想换个方式：{ $how }
letter-group-registered =
    .subject = 登记好了：{ $title }
    .body = 社区登记了“{ $title }”，邻居们现在就能看到、加入：{ $link }
letter-group-declined =
    .subject = 没有登记：{ $title }
    .body = 社区这次没有登记“{ $title }”：{ $note } 改一改可以再发起。
letter-group-closed =
    .subject = 解散了：{ $title }
    .body = “{ $title }”解散了，成员名单已经删掉。想再办一个，可以重新发起。
letter-group-asked =
    .subject = 有人想加入：{ $title }
    .body = 有人想加入“{ $title }”，请看看要不要收下：{ $link }
letter-group-taken-in =
    .subject = 收下您了：{ $title }
    .body = “{ $title }”收下您了。什么时候碰头，看这里：{ $link }
letter-group-not-taken-in =
    .subject = 这次没有收下：{ $title }
    .body = “{ $title }”这次没有收下您。可以看看别的小组，或者自己发起一个：{ $link }
letter-group-let-go =
    .subject = 您不在小组里了：{ $title }
    .body = “{ $title }”的牵头人把您请出了小组。有误会可以问问社区：{ $link }
letter-group-led =
    .subject = 请您牵头：{ $title }
    .body = “{ $title }”现在由您牵头。不方便的话，可以再交给别人：{ $link }
