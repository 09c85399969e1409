# 请谁来帮忙：给被问的人看的，给社区看的。

proposals-own = 想请您帮忙
proposals-own-door = 合适您的小事，去不去都行
proposals-own-about = 这些事看着合适您。去不去都行，点一下就好；不去也不用说为什么。
proposals-own-empty = 现在没有事要问您
proposals-own-empty-about = 有合适您时间和住处的事，会在这里问您一声。想自己找，也可以去心愿墙看看。
proposals-own-not-yet = 您还没有报名帮忙
proposals-own-not-yet-about = 报名做志愿者以后，有合适您的事会在这里问您。心愿墙上的事，现在就可以帮。
proposals-wall = 看看心愿墙
proposals-offer = 报名帮忙
proposals-yes = 我去
proposals-no = 这次不行
proposals-no-why = 想说说为什么
proposals-no-why-about = 不说也行。社区只看到每种原因有多少次，看不到是谁说的。
proposals-no-no-time = 没时间
proposals-no-too-far = 太远
proposals-no-cannot-do = 做不了
proposals-no-not-this = 不想做这个
proposals-no-other = 别的原因
proposals-no-none = 没说
proposals-answer-by = 请在{ $when }前告诉我们，过了就去问别人。
flash-proposal-declined = 好，记下了。这件事不会再问您，我们去问别人。
flash-proposal-asked = 已经去问了。有回话就写在这里。

proposals-why = 为什么：{ $reasons }。
proposals-and = ，
proposals-why-skill = 有{ $skill }手艺
proposals-why-skill-missing = 没有{ $skill }手艺
proposals-why-near =
    { $ring ->
        [door] 住同一个门
        [building] 住同一栋楼
        [micro-grid] 住同一个微网格
        [grid] 住同一个网格
        [community] 住同一个社区
        [street] 在同一个街道
        [county] 在同一个县
       *[other] 在同一个州
    }
proposals-why-far = 相距{ $distance }
proposals-why-free =
    { $day ->
        [mon] 周一
        [tue] 周二
        [wed] 周三
        [thu] 周四
        [fri] 周五
        [sat] 周六
       *[other] 周日
    }{ $part ->
        [morning] 上午
        [afternoon] 下午
       *[other] 晚上
    }有空
proposals-why-free-time-unknown = 没说什么时候有空
proposals-why-speaks =
    { $language ->
        [zh] 会说汉语
        [ug] 会说维吾尔语
        [kk] 会说哈萨克语
        [mn] 会说蒙古语
        [ky] 会说柯尔克孜语
        [en] 会说英语
       *[other] 会手语
    }
proposals-why-language-unknown = 没说会什么语言
proposals-why-same-helper = 以前去过
proposals-why-waited = 已经等了 { $days } 天
proposals-why-urgent = 这件事急
proposals-why-holds = 手上有 { $cases } 件事
proposals-why-asked = 还有 { $proposals } 件事在等回话
proposals-why-missed = 这件事上有 { $times } 次没去成
proposals-why-rather-not =
    { $about ->
        [stairs] 不太想爬楼
        [heavy] 不太想搬重物
        [alone] 不太想一个人去
        [homes] 不太想上门
        [pets] 不太想去有宠物的人家
        [hospital] 不太想去医院
        [night] 不太想晚上去
       *[other] 不太想经手钱
    }
proposals-why-by-hand = 社区觉得您合适
proposals-metres = 约 { $metres } 米
proposals-kilometres = 约 { $kilometres } 公里

proposals-of-case = 谁能来帮
proposals-looks = 这件事正在找人帮。每隔几分钟，系统会去问最合适的人；您也可以自己问一位。
proposals-looks-not = 这件事现在不需要找人，或者正在等被问的人回话。
proposals-asked = 问过的人
proposals-asked-nobody = 还没有问过谁
proposals-asked-nobody-about = 下一批很快会去问；下面的人也可以现在就问。
proposals-who = 谁
proposals-reasons = 为什么是这个人
proposals-stands = 怎么样了
proposals-left = 已经退出的志愿者
proposals-state-open = 等回话
proposals-state-accepted = 答应了
proposals-state-declined = 这次不行
proposals-lapsed-unanswered = 没有回话
proposals-lapsed-taken = 别人去了
proposals-lapsed-over = 不需要了
proposals-lapsed-left = 已经退出
proposals-could = 还可以问谁
proposals-could-about = 按规则算下来最合适的在前。
proposals-ask = 去问问
proposals-rules = 谁合适，由一份写明的规则来算，只有改规则才会变；谁说了不行，不会被记成什么。
proposals-summary = 问人的情况
proposals-summary-sentence = 最近三十天问了 { $asked } 次：答应 { $accepted } 次，说不行 { $declined } 次，没有回话或用不着了 { $lapsed } 次，还在等 { $open } 次。
proposals-summary-empty = 最近三十天还没有问过谁
proposals-summary-empty-about = 有志愿者，又有事在找人帮的时候，系统会去问，结果在这里数出来。
proposals-declined = 为什么不行
proposals-declined-few = 说不行的还不到五次，分开说就知道是谁了，所以先不分。
proposals-reason = 原因
proposals-count = 次数
proposals-waiting = 等人帮得最久的
proposals-what = 什么事
proposals-where = 在哪里
proposals-since = 提出
proposals-waiting-nobody = 现在没有在问谁
proposals-waiting-asked = 正在问 { $asked } 人
