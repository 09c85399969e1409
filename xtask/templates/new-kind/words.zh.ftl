# 这一类型的全部文字。信件中可用：{ $code }、{ $link }、{ $title }、{ $place }、{ $owner }、{ $due }、{ $outcome }、{ $said }、{ $house }。

new-kind--name = 新类型
new-kind--intro = 说出您的事，三天内给您答复。

new-kind-field-what = 什么事？
new-kind-field-what-help = 用自己的话说，不用写姓名。
new-kind-field-where = 在哪里？
new-kind-field-photos = 照片
new-kind-field-name = 您的姓名
new-kind-field-phone = 电话或邮箱
new-kind-field-phone-help = 只用来告诉您结果。
new-kind-field-answer = 答复
new-kind-field-outcome = 实际结果
new-kind-choice-outcome-solved = 已解决
new-kind-choice-outcome-explained = 已解释
new-kind-choice-outcome-not_possible = 无法办理
new-kind-field-why = 为什么？

new-kind-stage-waiting = 等待答复
new-kind-stage-answered = 已答复
new-kind-stage-closed = 已办结

new-kind-step-open = 说一说
new-kind-done-open = 已收到
new-kind-step-answer = 答复
new-kind-done-answer = 已答复
new-kind-step-late = 答复超时
new-kind-done-late = 答复超时，转由上一级办
new-kind-step-withdraw = 撤回
new-kind-done-withdraw = 已撤回
new-kind-step-agree = 我满意
new-kind-done-agree = 对答复满意
new-kind-step-disagree = 我不满意
new-kind-done-disagree = 对答复不满意
new-kind-step-rest = 没有再提出意见
new-kind-done-rest = 没有再提出意见，已办结
new-kind-step-reopen = 重新打开
new-kind-done-reopen = 已重新打开

new-kind-outcome-solved = 已解决
new-kind-outcome-explained = 已解释
new-kind-outcome-not_possible = 无法办理
new-kind-outcome-withdrawn = 已撤回

new-kind-clock-answer = 答复时限
new-kind-clock-judge = 评价时限

new-kind-letter-received =
    .subject = 您的来信已收到
    .body = 您的来信已收到。凭查询码 { $code } 可查看进展：{ $link }
    .sms = 您的来信已收到，查询码 { $code }：{ $link }
new-kind-letter-new =
    .subject = 有人在等待答复
    .body = 有新的事项请贵单位答复：{ $link }
    .sms = 有新的事项请贵单位答复：{ $link }
new-kind-letter-answered =
    .subject = 已有答复
    .body = 您的来信已有答复，请您评价：{ $link }
    .sms = 您的来信已有答复：{ $link }
new-kind-letter-late =
    .subject = 答复超时
    .body = 有一件事项的答复已超过承诺的时限：{ $link }
    .sms = 有一件事项答复超时：{ $link }
new-kind-letter-disagreed =
    .subject = 对答复不满意
    .body = 有一件事项已退回贵单位，原因已说明：{ $link }
    .sms = 有一件事项对答复不满意：{ $link }
