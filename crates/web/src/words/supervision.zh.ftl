# 督办：什么要超时、为什么、裁定过什么、大屏。

supervision = 督办
supervision-keys = 看督办
supervision-sentence = 您督办的范围里，现在有 { $late } 件已超时，今天还有 { $today } 件要到期，七天内一共 { $week } 件。
supervision-spans = 按时间看
supervision-span-late = 已超时
supervision-span-today = 今天到期
supervision-span-3-days = 三天内
supervision-span-7-days = 七天内
supervision-none = 这段时间没有要超时的事
supervision-none-text = 快到期的事会出现在这里，旁边写着为什么。
supervision-first = 只列最先到期的 { $count } 件，按单位或地方筛选可以看到其余的。
supervision-by-unit = 按单位
supervision-by-place = 按地方
supervision-caption = 都是此刻的数。“三天内”“七天内”包括今天，不包括已超时的。

supervision-why-due = 没有别的缘故，就是快到期了
supervision-why-urgent = 是急事
supervision-why-unread = { $ago }到的，责任单位还没人打开看过
supervision-why-unmoved = 时限到了 { $times } 次，一直没人动
supervision-why-to-and-fro = 来回派了 { $times } 次
supervision-why-assist-late = 协助的{ $units }超时没有回应
supervision-why-same-stage = 在这个环节停了 { $span }
supervision-why-their-turn = 已答复，在等来件人评价
supervision-why-waits = 时限暂停：{ $why }，到{ $until }

# 裁定
precedents = 裁定先例
precedents-lead = 哪一项、在哪儿，曾经裁定归谁。派单时会在旁边提醒；您同意，就写进责任清单。
precedents-none = 还没有裁定
precedents-none-text = 派来派去、由上级裁定归谁的事，会记在这里，以后照着办。
precedent-unit = 裁定归谁
precedent-by = 谁裁定的
precedent-why = 理由
precedent-duty = 责任清单
precedent-is-duty = 已经一致
precedent-not-duty = 还没写进去
precedent-adopt = 写进责任清单
precedent-sentence = 先例：{ $place }的“{ $item }”，{ $day }由{ $by }裁定归{ $unit }。
precedent-sentence-why = 先例：{ $place }的“{ $item }”，{ $day }由{ $by }裁定归{ $unit }，理由：{ $reason }
flash-precedent-adopted = 写进责任清单了，以后这里的这一项就派给它。

# 大屏
screen = 回音大屏
screen-title = { $town }回音大屏
screen-opened = 今天收到
screen-closed = 今天办结
screen-soon = 今天到期
screen-late = 已超时
screen-opened-short = 收到
screen-closed-short = 办结
screen-soon-short = 到期
screen-late-short = 超时
screen-areas = 各地
screen-urgent = 急事
screen-urgent-none = 现在没有急事。
screen-urgent-line = { $place } · { $kind }
screen-events = 刚才
screen-quiet = 今天还没有动静。
screen-event-opened = { $place }收到{ $kind } { $count } 件
screen-event-closed = { $place }办结{ $kind } { $count } 件
screen-event-overdue = { $place }有 { $count } 件{ $kind }时限到了
