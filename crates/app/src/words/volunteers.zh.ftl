# 志愿者和共建单位：通知和拒绝的原因。

volunteer-accepted =
    .subject = { $name }，欢迎您来当志愿者
    .body =
        您愿意帮忙，社区很高兴。您登记的内容已经记下，哪天想改都可以：{ $link }

        您在{ $house }登记当志愿者，所以收到这封信。
    .sms = 【{ $house }】{ $name }，您愿意帮忙，社区很高兴：{ $link }
volunteer-declined =
    .subject = 关于您报名帮忙的事
    .body =
        { $name }，社区暂时没能接受您的报名。社区说：{ $reason }

        您可以改一改再报一次：{ $link }

        您在{ $house }登记当志愿者，所以收到这封信。
    .sms = 【{ $house }】关于您报名帮忙的事，社区说：{ $reason } 改一改可以再报：{ $link }
volunteer-service-counted =
    .subject = 您报的一次服务确认了
    .body =
        { $name }，您报的一次服务，社区确认了，时长已经算上。谢谢您：{ $link }

        您是{ $house }的志愿者，所以收到这封信。
    .sms = 【{ $house }】您报的一次服务社区确认了，时长已经算上：{ $link }
volunteer-service-refused =
    .subject = 您报的一次服务
    .body =
        { $name }，您报的一次服务，社区没能确认。社区说：{ $reason }

        是哪一次、怎么再报，看这里：{ $link }

        您是{ $house }的志愿者，所以收到这封信。
    .sms = 【{ $house }】您报的一次服务没能确认：{ $reason } 查看：{ $link }

refused-no-volunteer = 没有这位志愿者，或者已经退出了。
refused-no-service = 没有这次服务。
refused-no-certificate = 没有这份证明。
refused-no-partner = 没有这个结对，或者已经结束了。
refused-no-skill = 没有这项本领。
refused-own-volunteer = 自己不能接受自己，请同事来看。
refused-own-service = 自己做的事不能自己确认，请同事来看。
refused-volunteer-decided = 已经有人处理过，或者对方改了主意。现在看到的是最新的。
refused-volunteer-not-accepted = 社区还没有接受您的报名。接受以后就可以报服务了。
refused-service-decided = 这次服务已经有人处理过。
refused-certificate-nothing = 还没有可以证明的：您的服务都还没有确认。
refused-certificate-many = 您已经有十份有效的证明，先收回一份再开新的。
refused-partner-known = 这个单位已经和这个社区结对了。
refused-partner-not-agreed = 社区还没有同意。
refused-partner-own = 只有共建单位才能和社区结对。
refused-deed-decided = 这件事已经有人处理过。
fault-volunteer-place = 请选一个社区，或者社区里的网格。
fault-skill-known = 已经有叫这个名字的本领了。
fault-service-day = 请填最近一年里的日子，最晚是今天。
fault-service-hours = 半小时到 24 小时；一个半小时写 1.5。
fault-partner-place = 请选一个社区。
