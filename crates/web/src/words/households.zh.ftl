# 住户：各处的门牌，和住户留下的联系方式。

households-title = 住户
households-about = 只记门牌，不记门里的人。住户愿意，可以留一个联系方式，平时封着。
households-own-none = 您负责的范围里没有门牌
households-own-none-about = 有了网格或社区的岗位，那里的门牌会在这里。
households-count = { $count ->
    [0] 还没有门牌
   *[other] { $count } 个门牌
}
households-about-count = { $count ->
    [0] 还没有登记住户。
   *[other] 约 { $count } 户。
}
households-see = 看门牌
households-doors = 门牌
households-none = 还没有门牌
households-none-about = 可以在下面加一个，也可以一次加一整栋，比如 1-101 到 6-304。
households-no-more = 后面没有了。
households-first = 从头看
households-more = 后面的门牌
households-run = 一次加一整栋
households-export = 下载门牌
households-import = 从表格导入门牌
households-import-about = 一行一个门牌，写上地方编码。只要有一行不对，整个文件都不写入。已经有的保持不变。
households-import-refused = 没有写入：有些行看不懂
households-import-checked = 这个文件可以导入
households-import-done = 门牌都加好了
households-import-figures = 新增 { $added } 个，已有 { $same } 个，有问题 { $wrong } 行。
households-ask-again = 这几户该再问一声了
households-ask-again-about = 他们同意留联系方式快一年了。请问问还留不留；不问的话，到期会自动删除。
household-kept-until = 联系方式留到{ $day }
household-is-closed = 已停用
household-add = 加一个门牌
household-add-do = 加上这个门牌
household-door = 门牌
household-door-help = 照门上的写，比如 3-201。不写名字。
household-door-title = 门牌管理
household-choose = 选一个门牌
household-leave = 记下联系方式
household-leave-again = 住户又同意了，或者换了联系方式
household-leave-do = 存起来
household-contact = 手机号或邮箱
household-contact-title = 联系方式
household-contact-help = 存好后就封起来。谁打开都要写原因，并且留下记录。满一年自动删除。
household-contact-none = 这户没有留联系方式。
household-agreed = 这户的人同意了
household-agreed-help = 今天当面同意的。他们随时可以要求删掉。
household-kept = { $agreed }留下的，保存到{ $until }。
household-ask-again = 该再问一声了
household-not-yours-to-open = 网格员和社区可以打开。
household-why = 为什么要看
household-why-help = 住户问起来，会把这句话告诉他们。
household-why-case = 住户要带一件事，请我们用留下的联系方式。
household-open = 看联系方式
household-opened = 只显示这一次。您看过，已经记下了。
household-nothing-left = 这里已经没有联系方式了。
household-erase = 删掉联系方式
household-looks = 谁看过
household-looks-none = 还没有人看过。
household-change = 改门牌
household-change-do = 存好
household-place-help = 这个门牌在哪栋楼、哪个单元或者哪个微网格。
household-close = 停用这个门牌
household-close-about = 没人住了，或者房子拆了。停用时联系方式马上删掉。
household-closed-about = 这个门牌停用了，选门牌的时候看不到它。
household-reopen = 恢复使用
household-bring = 替这户记一件事
households-run-about = 一次把{ $place }的门牌加齐。写入之前先给您看一遍。
household-run-entrances = 单元
household-run-entrances-help = 只有一个单元就都空着，门牌是 101、102 这样。
household-run-floors = 楼层
household-run-first = 从
household-run-last = 到
household-run-doors = 每层几户
household-run-doors-help = 比如两户：101、102，201、202。
household-run-look = 先看看
household-run-seen = 就是这些
household-run-new = 一共 { $all } 个，其中 { $new } 个是新的，别的保持不变。
household-run-nothing = 这 { $all } 个都已经有了。
household-run-state-new = 新的
household-run-state-there = 已经有了
household-run-keep = 把新的加上
household-from = 从哪户来的
household-from-help = 先选地方。选了门牌，地址会自动填好；这件事和门牌之间不留关联。
household-from-none = 不是从住户家来的
household-from-look = 看这个地方的门牌
household-from-nothing = 那里还没有门牌，或者不归您管。
household-asks = 住户请您用他们留下的联系方式
household-asks-help = 要他们现在这么说才行。您看不到号码，它直接封进这件事里，打开过会记下来。

flash-household-added = 门牌加好了。
flash-households-added = 门牌都加好了。
flash-household-changed = 存好了。
flash-household-closed = 门牌停用了，联系方式也删掉了。
flash-household-reopened = 门牌恢复使用了。
flash-household-contact-left = 已经封存一年，到期前再问一声。
flash-household-contact-erased = 删掉了，没有留底。

admin-act-household-added = 加了一个门牌
admin-act-households-added = 加了一批门牌
admin-act-households-imported = 导入门牌
admin-act-household-changed = 改了门牌
admin-act-household-closed = 停用门牌
admin-act-household-reopened = 恢复门牌
admin-act-household-contact-left = 记下住户的联系方式
admin-act-household-contact-erased = 删掉住户的联系方式
admin-look-household = 门牌 { $case } 的联系方式
