# 办事窗口、预约取号：为什么没有办成，和发给人的信。

refused-no-window = 没有这个窗口，或者已经停用。
refused-no-appointment = 没有这次预约，或者时间久了已经删掉。
refused-appointment-taken = 这个时间刚被别人约走了。您填的还在，请换一个时间。
refused-appointment-enough = 同一个电话或邮箱一天最多约 { $max } 次。请换一天，或者先取消一次。
refused-appointment-over = 这次预约已经到点、办过或者取消了，不能再改。
refused-appointment-moved = 别人刚点过了，这里已经是最新的。
refused-appointment-early = 还没到约好的时间，人可能还会来。
refused-window-shut = 这个窗口已经停用，不能再让人等在这里。要撤回，先重新启用窗口。
refused-window-unfinished = 还有人在等，或者有以前的预约没写结果。先把“今天的窗口”里的都点完，再停用。
fault-window-over = 这个时间已经过去了。
fault-window-no-time = 这个时间窗口不办理，请换一个。
fault-window-elsewhere = 这个窗口不办这一项，请换一个窗口。
fault-window-overlap = 中午的时间和平时的时间重叠了。
fault-window-step = 请按 5 分钟的整数写，比如 09:00、09:05。
fault-window-minutes = 请写 5 的倍数，5 到 { $max } 分钟。
fault-window-day-past = 这一天已经过去了。

letter-windows-why = 收到这条消息，是因为您在{ $house }约了时间，留了这个号码。
letter-appointment-made =
    .subject = 约好了：{ $title }
    .body = { $moment }，{ $title }，{ $note } 号。要带什么、改时间、取消：{ $link }
letter-appointment-soon =
    .subject = 快到时间了：{ $title }
    .body = { $moment }，{ $title }，{ $note } 号。别忘了带材料。来不了请取消，让给别人：{ $link }
letter-appointment-displaced =
    .subject = 要换个时间：{ $title }
    .body = 对不起，{ $title }{ $moment }临时不办理，您的预约要换个时间。请在这里另选：{ $link }
