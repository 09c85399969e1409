# 复盘会和联席会：议程由查到的隐患生成。
meetings-title = 复盘与联席会
meetings-lead = 议程由巡查查到的隐患自动列出：上次会后新发现的，和还没改好的。
meetings-held = 开过的会
meetings-none = 还没有开过
meetings-none-about = 开完会在这里留下记录：谁来了，定了什么，谁在哪天前办。
meeting-sort = 哪种会
meeting-sort-weekly = 每周复盘
meeting-sort-joint = 每月联席会
meeting-since = { $day }以来
meeting-about = { $count ->
    [0] 没有要议的
   *[other] { $count } 件要议
  }
meeting-agenda = 议程
meeting-empty = 没有要议的
meeting-empty-about = 上次会后没有新发现，以前的也都改好了。这次可以不开。
meeting-what = 什么隐患
meeting-unit = 谁在办
meeting-stands = 到哪一步
meeting-found = 哪天发现
meeting-due = 什么时候改好
meeting-back = 又出现了
meeting-minutes = 会议记录
meeting-held = 什么时候开的
meeting-attended = 到会的
meeting-attended-help = 写单位和职务，不写姓名。
meeting-said = 议了什么
meeting-said-help = 几句话就行。
meeting-decided = 定了什么
meeting-decided-help = 每行一件：办什么、谁办、哪天前。空着的行不算。
meeting-decision = 第 { $count } 件
meeting-decision-what = 办什么
meeting-decision-unit = 谁办
meeting-decision-by = 哪天前
meeting-keep = 存下会议记录
flash-meeting-kept = 会议记录存好了，可以打印。
meeting-open = 复盘与联席会
notice-title = 整改通知书
notice-print = 打印整改通知书
notice-to = 由谁整改
notice-what = 查到什么
notice-where = 在哪里
notice-from = 发通知的单位
notice-after = 改好后由别的单位的人复查。有不同意见，请在期限前告诉发通知的单位。
notice-sign-unit = 发通知的人签字：
notice-sign-responsible = 收通知的人签字：
notice-sign-day = 日期：
