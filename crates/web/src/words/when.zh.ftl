# 离得近的日子和时长。

when-today = 今天 { $clock }
    .end = 今天 24:00
when-tomorrow = 明天 { $clock }
    .end = 明天 24:00
when-yesterday = 昨天 { $clock }
    .end = 昨天 24:00
when-days = { $count } 天
when-hours = { $count } 小时
when-minutes = { $count } 分钟
when-working-days = { $count } 个工作日
when-working-hours = { $count } 个工作小时
when-working-minutes = { $count } 分钟工作时间
when-paused = 暂停计时
when-paused-until = 到 { $moment } 自动继续，到时还有 { $span }
when-just-now = 刚刚
when-ago = { $span }前
when-left = 还有 { $span }
when-late = 已经晚了 { $span }
when-by = { $moment }前
