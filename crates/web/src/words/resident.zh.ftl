# 居民的页面：说事、查事、评价。

front-title = 说说是什么事
front-say = 是什么事
front-example = 比如：我家暖气三天没热了，老人在家。
front-go = 接着说
front-wall = 心愿墙
front-wall-about = 看看邻居需要什么，也许您帮得上。
front-where = 我的事办到哪了
front-where-about = 用收到的查询码看，不用登录。
front-my-about = 这个手机上说过的 { $count } 件，办到哪了，等谁。
front-figures = 这个月办了多少
front-figures-about = 收到几件、答复几件、办好几件。

sort-title = 这是哪一类事？
sort-rather = 其实是“{ $kind }”？换过去写
list-and = 、

new-send = 发出去
new-not-sent = 还没有发出去
new-privacy = 姓名和电话单独封存。办事的单位看不到，谁打开看过您都查得到。

similar-title = 好像有人说过同样的事
similar-about = 如果就是同一件，您可以跟着一起等消息；不是的话照样发出去。
similar-merged = 可能已经有人说了。是同一件也请照样发出去：工作人员会并在一起，有了答复一起告诉您。
similar-send = 照样发出去
similar-leave = 有人说了就好，我不发了
similar-since = { $day } 收到
similar-same = 和我的是同一件
similar-joining = 跟着一起等：您的话也会记下来，有了结果一起告诉您。
similar-other = 不是，照样发出去

receipt-title = 收到了
receipt-code = 凭这 16 位查询码，随时能看办到哪了
receipt-qr = 查询码的二维码
receipt-keep = 抄下来、截图或打印都行，电话里也能念。
receipt-see = 看看办到哪了

where-help = 16 位数字，空格可有可无。
where-go = 看看办到哪了
where-bad-length = 查询码是 16 位数字，您输入的不是 16 位。
where-misread = 有一位数字不对，可能是看错或听错了，请再核对一遍。
where-unknown = 没有这个查询码。请再核对一遍，或者用留下的手机号登录查看。
where-lost = 查询码找不到了
where-lost-about = 如果当时留了手机号或邮箱，可以用它登录。

my-title = 我的事
my-empty = 这里还没有您的事
my-empty-about = 在这个浏览器里发过、或者用查询码看过的事会出现在这里。
my-say = 说一件事
my-by-code = 用查询码查
my-claims = 我在帮的
my-sign-in = 用手机号或邮箱登录
my-sign-in-about = 不用密码。我们发一个验证码，您说过的事就都在了。

case-next = { $unit }在办，{ $when }前给您答复。
case-next-late = { $unit }在办，说好的{ $when }已经过了，对不住。上一级已经知道，在催。
case-next-yours = 现在等您这一步：“{ $step }”。{ $when }前都可以。
case-next-done = 这件事有了结果，经过写在下面。
case-next-again = 这件事办结了。要是还没完，用“{ $step }”告诉我们。
case-paused-for = 暂停计时：{ $why }
case-term-due = { $moment }前
case-term-late = 说好{ $moment }前，已经过了
case-term-kept = { $moment }做到了
case-term-kept-late = { $moment }才做到，晚了
case-term-first = 最初说的是{ $moment }前
case-next-paused = { $unit }在办，现在暂停计时，{ $when }自动继续。
case-a-unit = 负责的单位
case-a-neighbour = 一位热心邻居
case-history = 经过
case-what = 记下的情况
case-looks = 谁看过我的姓名和电话
case-looks-none = 到现在还没有人看过。
case-looks-about = 工作人员只有写明理由才能打开，每一次都会记在这里。
case-receipt = 查询码和二维码
case-receipt-about = 换个手机也能看，打印出来也行。
case-forget = 这不是我的手机，忘掉这件事

sign-in-title = 登录看自己的事
sign-in-about = 不用密码。写下您当时留的手机号或邮箱，我们发一个验证码给您。
sign-in-contact = 手机号或邮箱
sign-in-contact-help = 和您发事情时留的一样。
sign-in-send = 发验证码给我
sign-in-staff-about = 在社区、部门上班的，从这里进。
sign-in-code-title = 输入验证码
sign-in-sent = 验证码已经发到 { $contact }，10 分钟内有效。
sign-in-code = 验证码
sign-in-code-help = 6 位数字
sign-in-go = 登录
sign-in-again = 没收到，再发一次

flash-noted = 记下了。接下来谁办、到什么时候，写在下面。
flash-helping = 谢谢您。接下来怎么做，写在下面。
