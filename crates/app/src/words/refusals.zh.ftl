# 一件事为什么没有办成：各处通用的话。

refused-sign-in-needed = 请先登录。
refused-not-permitted = 您的岗位不能办这件事。
refused-no-case = 没有这件事，或者不归您的岗位看。
refused-no-kind = 没有这一类事项。
refused-no-place = 没有这个地方。
refused-no-unit = 没有这个单位。
refused-no-item = 没有这个事项类别。
refused-no-person = 没有这个人。
refused-no-post = 没有这个岗位，或者已经到期。
refused-no-file = 没有这个文件。
refused-no-code = 没有这个查询码，请再核对一遍数字。
refused-no-session = 这台设备已经退出了。
refused-no-token = 没有这个令牌，或者已经收回。
refused-no-view = 没有这个筛选。
refused-no-invite = 没有这个链接，请核对或索取新的链接。
refused-too-many = 试得太快了，请过 { $seconds } 秒再试。
refused-too-large = 太大了，最多 { $megabytes } MB。
refused-stale = 您打开这一页以后，有人先办了一步。现在是最新的样子，请看一看还要不要办。
refused-key-reused = 同一个提交号被用来办了另一件事，请重新打开这一页。
fault-no-place = 没有这个地方，或者已经停用。
refused-no-remark = 这件事现在不能再补充。
refused-erase-open = 这件事还没有办结，办结后才能删除。
refused-key-in-use = 同样的请求正在处理，请稍等一秒再发。
refused-rules-past = 规则只能从今天或以后开始算。过去的日子按当时的规则，不改。
refused-rates-period = 请选起止两天，最多相隔一年，并且都不晚于统计截止日。
fault-weights = 三项权重加起来要等于 100。
