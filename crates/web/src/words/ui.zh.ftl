# 外壳：每一页都有的话。

shell-name = 回音
shell-title = { $town }回音
shell-promise = 件件有回音
shell-skip = 跳到正文
shell-home = 回到首页
shell-language = English
    .code = en
shell-elder-on = 大字
shell-elder-off = 标准字
shell-theme = 颜色
shell-theme-auto = 跟随手机
shell-theme-light = 浅色
shell-theme-dark = 深色
shell-settings = 显示设置
shell-help = 帮助
shell-privacy = 谁看过我的信息
shell-staff = 工作人员入口
shell-sign-out = 退出
shell-nav = 主要栏目
shell-demo = 演示：人和事都是编的。
shell-demo-lives = 模拟的人会在您看的时候接着办事。
shell-demo-outbox = 看发出的短信和邮件

# 字段
field-required = 必填
field-optional = 选填
field-kept = 您写的内容还在，改好再发就行。

# 照片
photo-add = 拍照或选照片
photo-help = 最多 { $count } 张，一张 { $megabytes } MB 以内。照片里的位置信息会去掉。
photo-too-many = 照片够多了，多出来的不会发送。

sign-here = 请在框里签名
sign-clear = 重新签
sign-more = 太短了，请再签一次
sign-done = 签好了
sign-paper-taken = 用纸上签的这张
sign-on-paper = 在纸上签的
sign-photo = 把签好的纸拍下来
sign-kept = 已经收到的签名
sign-drop = 不要这个签名
sign-of = { $name }的签名
sign-sealed = （已签收，姓名不显示）
sign-named-only = （没有签字，只写了姓名）
voice-file = 选一段录音
voice-record = 按一下，说一段
voice-stop = 说完了
voice-play = 听一听
voice-drop = 不要这段
voice-kept = 已经收到的录音
voice-note = 录音
voice-refused = 手机没让录音。可以在设置里允许，或者选一段录好的。

# 地方
place-search = 搜小区、街道、楼号
place-by-list = 从列表里选
place-found = 找到的地方
place-none = 没找到。换个名字试试，或者从列表里选。
place-change = 换一个地方
place-here = 就在这里
place-here-wait = 正在找您的位置……
place-here-failed = 找不到您的位置。请搜一搜，或者从列表里选。
place-here-none = 地图上还没有画到这里。请搜一搜，或者从列表里选。

# 查询码
code-label = 查询码
code-copy = 复制
code-copied = 已复制
code-say = 这样念：{ $code }

# 时限
clock-first = 最初答应：{ $when }

# 记录
entry-interim = 进展
entry-answer = 答复
entry-you = 您

# 翻页、列表
pager-nav = 翻页
pager-newer = 较新的
pager-older = 较早的
filter-apply = 筛选
filter-clear = 清除
rows-open = 打开

# 评价
rating-1 = 很不满意
rating-2 = 不满意
rating-3 = 一般
rating-4 = 满意
rating-5 = 很满意

# 键盘
keys-title = 键盘
keys-next = 下一件
keys-previous = 上一件
keys-search = 搜索
keys-inbox = 去收件箱
keys-new = 记一件新来电
keys-help = 打开或收起这张表
keys-all = 全部按键
keys-select = 选中或取消

# 工作台
desk-inbox = 收件箱
desk-call = 记来电
desk-search = 搜索
desk-whistles = 吹哨
desk-wishes = 微心愿
desk-figures = 数字
desk-manage = 管理
desk-me = 我

# 打印
print-page = 打印
print-made = 打印于 { $when }

dir-crumbs = 您在这里

look-caller = 来电时查这个号码还没办完的事
