# 大家都能看的页面。

wall-title = 心愿墙
wall-kinds = 类别
wall-where = 哪个地方的
wall-everywhere = 看所有地方
wall-all = 已经圆满的也看
wall-empty = 这里还没有心愿
wall-empty-about = 社区看过的心愿会贴在这里，不写名字。
wall-make = 许一个心愿

public-photo = 照片
public-back = 回到心愿墙
public-sign-in = 登录只要一个验证码。对方看不到您的电话，社区会帮你们联系。

figures-month = { $year }年{ $month }
figures-sentence = 这个月收到 { $opened } 件，办结 { $closed } 件。
figures-opened = 收到
figures-closed = 办结
figures-solved = 办好
figures-of = 办结的 { $closed } 件里有 { $solved } 件
figures-by-kind = 类别
figures-by-place = 街道、乡镇
figures-few = 不到 { $count } 件
figures-empty = 这个月还没有数字
figures-empty-about = 满 { $count } 件才公布，免得有人被认出来。
figures-about = 不到 { $count } 件的格子不公布，免得有人被认出来。“办好”只算真正解决的，解释清楚、转给别处的不算。
figures-earlier = 上个月
figures-later = 下个月

help-title = 怎么用
help-lead = 不用注册，一分钟就行。不会打字，让手机听写，或者请网格员代写。
help-say = 说事
    .text = 在首页写一句话，选好地方，就能发出去。照片有最好，没有也行。留不留电话由您。
help-code = 查询码
    .text = 发出去以后会得到 16 位数字。凭它随时能看办到哪了，也可以打电话念给工作人员。
help-who = 谁看得到
    .text = 办事的单位只看到事情，看不到您的姓名和电话。谁因为什么打开看过，您都查得到。
help-answer = 答复
    .text = 每件事都有一个单位负责，都有答复的日子。答复以后请您说说解决没有；不满意可以请他们再办。
help-late = 晚了怎么办
    .text = 过了日子，上一级会自动知道，您的页面上也会写明白。

outbox-title = 发出去的短信和邮件
outbox-about = 这是演示，不会真的发。本来要发的都在这里。
outbox-empty = 还没有发过
outbox-empty-about = 有了进展或者要验证码的时候，信会出现在这里。

