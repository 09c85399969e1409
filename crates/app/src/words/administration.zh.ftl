# 管理与导入：拒绝和错误。

refused-import-no-table = 读不出这个表格，请另存为 CSV 后再试。
refused-import-column = 缺少 { $column } 这一列。
refused-import-no-calendar = 这不是日历文件，请交 iCalendar 文件（.ics）。
refused-unit-owns-cases = 这个单位还有未办结的事项，请先转给别的单位。
refused-roles-exclude = 管理员不能兼任其他岗位，其他岗位也不能兼任管理员。
refused-post-twice = 这个人已经在这个岗位上了。
refused-not-oneself = 不能给自己办这件事。
refused-last-security = 总要有人能授予岗位：请先指定另一位安全管理员。
refused-house-begun = 系统已经初始化过了。

fault-line = 这一行不是表格的行。
fault-code = 不是地方编码（4、6、9、12、15、18、21 或 24 位数字）。
fault-item-code = 不是事项编码：小写字母、数字、短横线，用点连接。
fault-no-name = 没有名称，或名称太长。
fault-category = 没有这类单位：请写 prefecture、county、street、community、department、partner 或 hotline。
fault-past-day = 这一天已经过去了：标准从今天或以后开始算。
fault-norm-stands = 这一天已经有这样一行了。已经生效的不改写，请另选一天。
fault-limit = 不是时限：请写 30m、4h、3d，或者 4wh（工作小时）、5wd（工作日）。
fault-shape = 不是图形：需要点或多边形的 GeoJSON。
fault-no-parent = 它的上级地方还没有。
fault-place-top = 这个代码没有上级，会是一个最高一级的地方。确实要加，请勾上“最高一级的地方，不在别的地方里”。
fault-place-known = 已经有这个代码的地方了。要改名，请打开它。
fault-line-twice = 文件里重复了，以第一行为准。
fault-circle = 单位不能是自己的上级。
fault-contact-taken = 这个联系方式是别人的。

fault-event = 读不出这个日程。
fault-event-open = 这个日程没有结尾。
fault-event-hours = 只有整天的日程可以作为休息日，这个日程写了钟点。
fault-event-date = 没有这一天。
fault-event-end = 结束早于开始，或超过 60 天。
fault-event-rule = 看不懂它的重复规则，或者重复得太多。

fault-file-type = 只能附上图片（JPEG、PNG、WebP、GIF）、语音和 PDF。
fault-file-pixels = 这张图片像素太多（最多四千万，每边最多两万）。
fault-file-picture = 这张图片读不出来，请重拍或换一张。
photo-too-large = 这张照片太大了，请换一张小一点的。
photo-not-one = 这个文件不是照片。
sound-too-large = 这段录音太大了，请录短一点。
sound-not-one = 这个文件不是录音。
sound-too-many = 录音够多了，多出来的没有收。

fault-refused = 这一类事项不允许这样办。
fault-no-step = 没有这个动作。
fault-no-field = 这一类事项没有这个字段。
fault-nobody-asks = 提交时和 --then 的步骤都不问这一项，导入后会丢失。
fault-in-future = 这个时间还没有到。
