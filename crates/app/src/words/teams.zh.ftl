# 网格队伍：加入、代班的通知，和拒绝的原因。

letter-team-why = 收到这条消息，是因为您在{ $house }的网格队伍里，或者替人代班。想换个方式：{ $how }
letter-team-joined =
    .subject = 您加入了“{ $title }”的队伍
    .body = 从今天起，您在“{ $title }”的网格队伍里。没办完的事、值班和联系卡都在这里：{ $link }
letter-team-stands-in =
    .subject = 请您在“{ $title }”代班
    .body = 从 { $moment } 起，请您在“{ $title }”代班，到期自己结束。这段时间您能看到那里的事，联系卡上写的也是您：{ $link }

refused-no-team-member = 队伍里没有这个人。
refused-no-substitute = 没有这次代班。
refused-team-taken = 这个位置已经有人了。要换人，请在那个人的页面上交接。
refused-team-left = 这个人已经离开了，可能是同事先办了。
refused-team-orphan = 网格不能没有人管。请选接手的人，或者写明由社区代管。
refused-team-no-substitute = 只有社区工作者和专职网格员需要代班。
refused-team-stood-in = 这几天已经有人代班了。
fault-team-function = 这个身份不属于这一级。联系领导、社区工作者、网格员在网格或微网格，楼栋长在楼，单元长在单元。
fault-team-who = 请选一位同事，或者写一个名字。
fault-team-colleague = 请选在本社区工作的人。
fault-team-no-post = 这个人在这里还没有社区工作者的岗位，请安全管理员先给岗位。
fault-team-twice = 这个人已经在这里了。
fault-team-same = 请选另一个人。
fault-team-phone = 写一个打得通的号码，只用数字、空格、+ 和 -。
fault-team-agreed = 名字和号码要公开，请先问过本人。
fault-team-span = 代班最长三个月，更久请交接。
refused-team-agrees-no-more = 不愿意再公开，就请交接：没有账号的帮手交接以后，名字和电话都不再留着。
