# 通知：看到的、怎样告诉我、值班。

desk-notices = 通知
telling-notices = 通知
telling-notices-why = 这里是与您有关的事项的通知。
telling-change = 改成别的时间或者方式
telling-none = 还没有通知
telling-none-text = 与您有关的事项有了动静，会出现在这里。
telling-new = 未读
telling-seen = 知道了
telling-seen-all = 都看过了
telling-unread = { $count ->
    [0] 都看过了
   *[other] { $count } 条没看
}
telling-how = 怎样告诉我
telling-how-door = 怎样告诉我
telling-how-desk = 什么事、通过什么、多快告诉您；夜里值班也在这里说
telling-how-own = 什么事、通过什么、多快告诉您
telling-contact = 站外的消息发到 { $contact }。
telling-no-contact = 没有留手机号或者邮箱，消息只在这里看。
telling-weight-urgent = 紧急
telling-weight-urgent-about = 过了时限，或者耽误不得。
telling-weight-act = 要您办
telling-weight-act-about = 等着您做点什么。
telling-weight-info = 知道就好
telling-weight-info-about = 不用做什么。
telling-channel-product = 本站通知页
telling-channel-mail = 邮件
telling-channel-sms = 短信
telling-pace-shown = 显示
telling-pace-now = 马上
telling-pace-daily = 每天一次，合在一起
telling-pace-never = 不要
telling-daily-at = 每天一次的，几点发
telling-daily-at-help = 落在安静时间里的，等安静时间过了再发。
telling-quiet = 安静时间
telling-quiet-help = 这段时间里不发邮件和短信，过后合成一条。值班的人只收紧急的。两头写成一样，就是没有安静时间。
telling-quiet-from = 从
telling-quiet-until = 到
telling-save = 就这样告诉我
telling-duty = 值班
telling-duty-about = 值班的时候，紧急的事夜里也会告诉您。
telling-duty-post = 岗位
telling-duty-from = 从
telling-duty-until = 到
telling-duty-end = 去掉
telling-duty-end-do = 去掉这一班
telling-duty-do = 排上这一班

flash-telling-kept = 记下了，从下一条消息起就这样告诉您。
flash-shift-kept = 排上了，那段时间里紧急的事会马上告诉您。
flash-shift-ended = 这一班去掉了。
