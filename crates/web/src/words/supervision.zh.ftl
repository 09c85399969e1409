# 从上面看：三率、回访和它们的规则。

rates-title = 三率
rates-period = 时间
rates-from = 从
rates-to = 到
rates-as_of = 统计截止
rates-csv = 导出表格（CSV）
rates-tabs = 按什么分
rates-by-unit = 按单位
rates-by-place = 按地方
rates-by-item = 按事项
rates-by-kind = 按类型
rates-one-unit = 单位
rates-one-place = 地方
rates-one-item = 事项
rates-one-kind = 类型
rates-name = 名称
rates-no-item = 还没归类
rates-all = 合计
rates-response = 响应率
rates-resolution = 解决率
rates-satisfaction = 满意率
rates-hits = 件数
rates-of = 总数
rates-percent = 百分比
rates-score = 综合
rates-few = 件数少
rates-none = 这些天还没有可统计的事。有了首次联系、答复或评价，就会出现在这里。
rates-sentence = { $first }到{ $last }，截至{ $asof }：{ $due } 件里按时首次联系了 { $met } 件，办结的 { $closed } 件里按时解决了 { $solved } 件，评价过的 { $judged } 份答复里满意 { $content } 份。
rates-rules = 综合：响应占 { $response }、解决占 { $resolution }、满意占 { $satisfaction }（共 100）。不到 { $sample } 件的会标出来，也不算综合。没有记下承诺的，首次联系按 { $hours } 小时算。
rates-about = 三率说的是单位、地方和事项，从不说人。怎么算，写在手册 docs/rates.md 里。

follow-ups-title = 回访
follow-ups-sentence = { $waiting ->
    [0] 没有要回访的。
   *[other] 有 { $waiting } 件等着回访。
}近三十天：{ $content } 件满意，{ $unhappy } 件不满意、已重新办，{ $missed } 件没打通。
follow-ups-empty = 现在没有要打的电话
follow-ups-empty-about = 事情办结后，由规则抽出要回访的，出现在这里，等得最久的排在最前面。
follow-ups-say = 怎么说：{ $kind }
follow-ups-about = 抽谁由规则定，不由人挑。打开这件事，写明用途打开封存看号码，再记下对方说的。
follow-ups-case = 事项
follow-ups-outcome = 结果
follow-ups-why = 为什么是它
follow-ups-why-unjudged = 没有人评价过
follow-ups-why-share = 按比例抽中
follow-ups-tries = 打过几次
follow-ups-not-tried = 还没打
follow-ups-tried = 打过 { $tries } 次，最近一次{ $when }

admin-supervision = 三率和回访
admin-supervision-about = 权重、多少件算少、回访谁
admin-supervision-lead = 规则从您写的那天起算，只能是今天或以后。过去的日子按当时的规则，数字随时可以重算。
admin-supervision-rates = 三率
admin-supervision-calls = 回访
admin-supervision-now = 现在：{ $rules }
admin-supervision-later = { $day }起：{ $rules }
admin-supervision-response = 响应的权重
admin-supervision-resolution = 解决的权重
admin-supervision-satisfaction = 满意的权重
admin-supervision-sample = 少于几件算少
admin-supervision-hours = 没有记下承诺时，首次联系的小时数
admin-supervision-percent = 每一百件办结的，回访几件
admin-supervision-unjudged = 每一百件没人评价的，回访几件
admin-supervision-tries = 打几次没人接就不再打
admin-supervision-shares = 另定的比例
admin-supervision-shares-help = 一行一条：类型、结果、每百件几件。不写结果就是全部：appeal 20，或者 appeal explained 50。
admin-supervision-shares-wrong = 这一行不是类型、它的结果和不超过 100 的数：{ $line }
admin-supervision-from = 从哪天起算
admin-supervision-keep = 就这么算
admin-supervision-calls-rules = 每百件 { $percent } 件，没人评价的每百件 { $unjudged } 件；最多打 { $tries } 次。{ $shares }

admin-act-rate-rules-put = 改三率的规则
admin-act-follow-up-rules-put = 改回访的规则
flash-rules-kept = 规则记下了，从您写的那天起算。
