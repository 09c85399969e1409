# 接诉即办：像邻居一样说话，短，具体，说清下一步是谁、到什么时候。
appeal--name = 诉求
appeal--ask = 说说是什么事
appeal--intro = 哪里坏了、什么事没人管、想问个明白。不用知道归谁管，我们来找。

appeal-field-description = 是什么事
appeal-field-description-help = 想到哪儿说到哪儿就行。请不要写别人的姓名和身份证号。
appeal-field-place = 在哪里
appeal-field-place-help = 小区、楼栋或者村组，越准越快。
appeal-field-photos = 照片
appeal-field-photos-help = 有照片更清楚，没有也行。
appeal-field-sounds = 说一段
appeal-field-sounds-help = 不想打字就录一段，最长两分钟。
appeal-field-name = 怎么称呼您
appeal-field-name-help = 可以不写。写了也只有需要联系您的人看得到，每次查看都有记录。
appeal-field-contact = 手机或邮箱
appeal-field-contact-help = 可以不留。留下的话，有进展我们告诉您。
appeal-field-address = 住址
appeal-field-item = 哪类事项
appeal-field-urgent = 紧急
appeal-field-urgent-help = 有人受伤、断水断电断暖、漏气漏电，都算紧急。
appeal-field-accused = 反映的是哪些单位
appeal-field-accused-help = 这些单位不会拿到这件事。
appeal-field-unit = 派给谁
appeal-field-unit-help = 不选就按责任清单派。
appeal-field-assisting = 请谁协助
appeal-field-reason = 理由
appeal-field-request = 需要他们做什么
appeal-field-report = 协助情况
appeal-field-note = 内部备注
appeal-field-note-help = 只有办理的人看得到。
appeal-field-message = 想说的话
appeal-field-difficulty = 难在哪里
appeal-field-measures = 准备怎么办
appeal-field-until = 什么时候办好
appeal-field-outcome = 结果
appeal-field-answer = 答复
appeal-field-answer-help = 说清做了什么、为什么、以后怎样。对方会照着它来评价。
appeal-field-solved = 问题解决了吗
appeal-field-content = 对这次办理满意吗
appeal-field-why = 为什么
appeal-field-into = 并入哪一件

appeal-choice-outcome-solved = 解决了
appeal-choice-outcome-partly = 解决了一部分
appeal-choice-outcome-explained = 解释清楚了
appeal-choice-outcome-referred = 告知了该找谁
appeal-choice-outcome-not_possible = 确实办不到
appeal-choice-content-yes = 满意
appeal-choice-content-no = 不满意
appeal-choice-solved-yes = 解决了
appeal-choice-solved-partly = 解决了一部分
appeal-choice-solved-no = 没有解决

appeal-outcome-solved = 解决了
appeal-outcome-partly = 解决了一部分
appeal-outcome-explained = 解释清楚了
appeal-outcome-referred = 告知了该找谁
appeal-outcome-not_possible = 确实办不到
appeal-outcome-withdrawn = 本人撤回

appeal-stage-received = 收到了
appeal-stage-classified = 等着派出
appeal-stage-dispatched = 等着接手
appeal-stage-sent_back = 退回来了
appeal-stage-ruling = 等上级定
appeal-stage-in_hand = 正在办
appeal-stage-supervised = 督办中
appeal-stage-answered = 已答复，等评价
appeal-stage-following = 随另一件一起办
appeal-stage-closed = 办结了

appeal-stage-received-next = 现在在{ $unit }手里，{ $when }前交给负责的单位，或者自己来办。
appeal-stage-classified-next = 已经看过是哪一类，{ $unit }会在{ $when }前交给负责的单位。
appeal-stage-dispatched-next = 交给了{ $unit }，{ $when }前接手；不归他们管，也会有人重新安排。
appeal-stage-sent_back-next = 上一家说不归他们管，{ $unit }会在{ $when }前重新定下由谁来办。
appeal-stage-ruling-next = { $unit }会在{ $when }前定下由谁来办，定了就不再变。
appeal-stage-supervised-next = { $unit }在办，上一级盯着，{ $when }前给您答复。
appeal-stage-answered-yours = 有答复了，就在下面。满不满意都请您说一声，{ $when }前都可以；不满意就接着办。
appeal-stage-answered-next = 已经答复，等本人评价，{ $when }前都可以。
appeal-stage-following-next = 和另一件同样的事一起办，由{ $unit }负责；有了答复马上告诉您，您照样可以评价。

appeal-clock-triage = 派出
appeal-clock-accept = 接手
appeal-clock-settle = 重新派出
appeal-clock-ruling = 上级定下来
appeal-clock-handle = 答复
appeal-clock-supervise = 督办答复
appeal-clock-judge = 评价
appeal-clock-follow = 一起得到答复
appeal-clock-assist = 协助

appeal-step-open = 说给我们听
appeal-done-open = 提出了这件事
appeal-step-classify = 归个类
appeal-done-classify = 归了类
appeal-step-dispatch = 派给
appeal-step-dispatch-help = 按责任清单派，也可以自己选单位。
appeal-done-dispatch = 派了出去
appeal-step-take = 我们自己办
appeal-done-take = 自己留下来办
appeal-step-accept = 接手
appeal-done-accept = 接手了
appeal-step-send_back = 退回
appeal-step-send_back-help = 不归您的单位管？说明理由，由派单员决定。
appeal-done-send_back = 退了回来
appeal-step-send_back_again = 再次退回，请上级定
appeal-step-send_back_again-help = 上级定下来的就是最后的。
appeal-done-send_back_again = 再次退回，请上级来定
appeal-step-insist = 还是派给他们
appeal-done-insist = 核实以后，仍然派给原单位
appeal-step-recall = 收回来
appeal-done-recall = 收了回来
appeal-step-give_to = 定给
appeal-done-give_to = 上级定了由谁来办
appeal-step-redispatch = 改派
appeal-done-redispatch = 改派了单位
appeal-step-answer = 答复
appeal-done-answer = 作了答复
appeal-step-interim = 先说说进展
appeal-step-interim-help = 一时办不完，就说清难处、办法和日子。
appeal-done-interim = 说了进展
appeal-step-ask_assist = 请人协助
appeal-done-ask_assist = 请了其他单位协助
appeal-step-assist_report = 报告协助情况
appeal-done-assist_report = 报告了协助情况
appeal-step-raise = 提级督办
appeal-done-raise = 提级督办
appeal-step-judge = 评一评
appeal-done-judge = 作了评价
appeal-step-reopen = 还没完，接着办
appeal-done-reopen = 请我们接着办
appeal-step-add = 补充几句
appeal-done-add = 作了补充
appeal-step-write = 给当事人留言
appeal-done-write = 留了言
appeal-step-note = 记一笔
appeal-done-note = 记了一笔
appeal-step-mark_urgent = 标为紧急
appeal-done-mark_urgent = 标为紧急
appeal-step-withdraw = 不用办了，撤回
appeal-done-withdraw = 撤回了
appeal-step-merge = 并到另一件
appeal-done-merge = 并到了另一件
appeal-done-answer_with = 得到了和那一件同样的答复
appeal-step-unmerge = 分出来单独办
appeal-done-unmerge = 分出来单独办
appeal-done-remind = 过了时限还没有动，已提醒并告知上一级
appeal-done-escalate = 提醒几次仍没有动，交上一级来定由谁办
appeal-done-lapse = 没有按时接手，回到首接单位
appeal-done-overdue = 过了答复时限，请单位负责人过问
appeal-done-overdue_again = 督办后仍没有答复，再次告知上一级
appeal-done-unjudged = 七天没有评价，按答复办结
appeal-done-late_assist = 协助单位没有按时回报

appeal-letter-received =
    .subject = 收到了：{ $title }
    .body =
        您说的事我们收到了，由{ $owner }先接着，{ $due }前会有人来办。
        查询号：{ $code }。随时可以看：{ $link }
    .sms = 收到了。{ $owner }会在{ $due }前来办。查询号 { $code }。
appeal-letter-new =
    .subject = 有一件新的：{ $title }
    .body =
        { $place }有人提出：{ $title }。请在{ $due }前派出或者自己留下。
        { $link }
    .sms = { $place }有一件新诉求，请在{ $due }前处理。
appeal-letter-dispatched =
    .subject = 派给您单位：{ $title }
    .body =
        { $place }：{ $title }。请在{ $due }前接手，不归您管也请在这之前说明理由退回。
        { $link }
    .sms = { $place }有一件派给您单位，请在{ $due }前接手。
appeal-letter-moved =
    .subject = 已经派给{ $owner }
    .body =
        您说的事已经派给{ $owner }。查询号 { $code }，看进展：{ $link }
    .sms = 您说的事已派给{ $owner }。查询号 { $code }。
appeal-letter-accepted =
    .subject = { $owner }接手了
    .body =
        { $owner }接手了您的事，{ $due }前答复您。看进展：{ $link }
    .sms = { $owner }接手了您的事，{ $due }前答复。
appeal-letter-sent_back =
    .subject = 退回来了：{ $title }
    .body =
        这件事被退了回来：{ $said }
        请在{ $due }前决定改派，还是仍由他们来办。{ $link }
    .sms = 有一件被退回，请在{ $due }前决定。
appeal-letter-ruling =
    .subject = 请您来定由谁办：{ $title }
    .body =
        这件事第二次被退回：{ $said }
        请在{ $due }前定下由谁来办，定了就不再退。{ $link }
    .sms = 有一件请您在{ $due }前定下由谁办。
appeal-letter-insisted =
    .subject = 核实过了，还是请您单位办：{ $title }
    .body =
        { $said }
        请在{ $due }前接手。{ $link }
    .sms = 核实过了，这件还是请您单位在{ $due }前接手。
appeal-letter-ruled =
    .subject = 上级定了由您单位办：{ $title }
    .body =
        { $said }
        请在{ $due }前答复当事人。{ $link }
    .sms = 上级定了由您单位办，请在{ $due }前答复。
appeal-letter-assist =
    .subject = 请您单位协助：{ $title }
    .body =
        { $place }：{ $title }。{ $owner }牵头，请您单位协助，办完回报一声。{ $link }
    .sms = { $place }有一件请您单位协助。
appeal-letter-assisted =
    .subject = 协助单位有回报：{ $title }
    .body =
        { $said }
        { $link }
    .sms = 协助单位有回报，请查看。
appeal-letter-assist_late =
    .subject = 协助单位没有按时回报：{ $title }
    .body = 您可以再催一催，或者换一家。{ $link }
    .sms = 协助单位没有按时回报，请查看。
appeal-letter-interim =
    .subject = 有进展了：{ $title }
    .body =
        { $owner }说：{ $said }
        { $due }前再答复您。看全部：{ $link }
    .sms = 您的事有进展，{ $owner }会在{ $due }前答复。查询号 { $code }。
appeal-letter-message =
    .subject = { $owner }给您留言
    .body =
        { $said }
        回话或者补充：{ $link }
    .sms = { $owner }就您的事留了言，查询号 { $code }。
appeal-letter-answered =
    .subject = 有答复了：{ $title }
    .body =
        { $owner }答复您：
        { $said }
        请评一评：{ $link }。不满意就直说，会接着办。
    .sms = 您的事有答复了，请用查询号 { $code } 看一看、评一评。
appeal-letter-closed =
    .subject = 办结了：{ $title }
    .body =
        { $outcome }。要是还没完，30 天内可以让我们接着办：{ $link }
    .sms = 您的事办结了。没完的话 30 天内可以接着办，查询号 { $code }。
appeal-letter-unhappy =
    .subject = 当事人不满意：{ $title }
    .body =
        { $said }
        已转入督办，请在{ $due }前重新答复。{ $link }
    .sms = 有一件当事人不满意，请在{ $due }前重新答复。
appeal-letter-added =
    .subject = 有补充：{ $title }
    .body =
        { $said }
        { $link }
    .sms = 您手上的一件有了补充。
appeal-letter-urgent =
    .subject = 标为紧急：{ $title }
    .body = { $place }：{ $title }。请在{ $due }前处理。{ $link }
    .sms = 紧急：{ $place }，请在{ $due }前处理。
appeal-letter-withdrawn =
    .subject = 当事人撤回了：{ $title }
    .body = 不用再办了。{ $link }
    .sms = 您手上的一件，当事人撤回了。
appeal-letter-merged =
    .subject = 和另一件一起办：{ $title }
    .body =
        有人提过同样的事，我们一起办，一起答复您，您照样可以评价。看进展：{ $link }
    .sms = 有人提过同样的事，会一起办、一起答复您。查询号 { $code }。
appeal-letter-supervised =
    .subject = 转入督办：{ $title }
    .body =
        { $said }
        请在{ $due }前答复。{ $link }
    .sms = 您手上的一件转入督办，请在{ $due }前答复。
appeal-letter-raised =
    .subject = 请您关注：{ $title }
    .body =
        { $place }的这件事没有按时往前走，现在由{ $owner }负责。{ $link }
    .sms = { $place }有一件没有按时往前走，请您关注。
appeal-letter-escalated =
    .subject = 交到您这里了：{ $title }
    .body = { $place }的这件事，提醒几次都没有往前走，现在由您单位负责。请定下由谁来办。{ $link }
    .sms = { $place }有一件交到您单位，请定下由谁来办。
appeal-letter-moved_up =
    .subject = 您的事交到上一级了
    .body = 没有人按时办，对不住。现在由{ $owner }负责，{ $due }前定下由谁来办。看进展：{ $link }
    .sms = 您的事交到上一级了，{ $owner }会在{ $due }前定下由谁来办。查询号 { $code }。
appeal-letter-overdue =
    .subject = 过了时限：{ $title }
    .body = 请现在就办，或者说清难处、办法和日子。{ $link }
    .sms = 您手上的一件过了时限，请现在处理。
appeal-letter-lapsed =
    .subject = 没有人按时接手，回到您这里：{ $title }
    .body = 请在{ $due }前重新派出，或者自己留下。{ $link }
    .sms = 一件没有人按时接手，回到您这里，请在{ $due }前处理。

# 时限，和几种办理方式。
appeal-field-request_type = 诉求类型
appeal-field-wait_why = 在等什么
appeal-field-wait_until = 最晚等到
appeal-field-wait_note = 说明
appeal-field-more_why = 为什么要延长
appeal-field-more_until = 延长到
appeal-field-more_note = 说明
appeal-field-misdirected = 当初派错了单位
appeal-field-misdirected-help = 选“是”，新单位的时限从头算；否则只有剩下的时间。
appeal-field-meeting_on = 什么时候开
appeal-field-participants = 谁来参加
appeal-field-agenda = 要定什么事
appeal-field-minutes = 会上说了什么
appeal-field-who_does_what = 谁做什么
appeal-field-instruction = 要怎么办
appeal-field-finding = 查到了什么
appeal-choice-request_type-enquiry = 咨询
appeal-choice-request_type-help = 求助
appeal-choice-request_type-complaint = 投诉
appeal-choice-request_type-suggestion = 建议
appeal-choice-wait_why-person = 等来件人
appeal-choice-wait_why-parts = 等配件或材料
appeal-choice-wait_why-weather = 等天气或季节
appeal-choice-wait_why-court = 等法院或仲裁
appeal-choice-wait_why-others = 等其他单位
appeal-choice-more_why-complex = 涉及好几个单位
appeal-choice-more_why-funds = 要等资金批下来
appeal-choice-more_why-season = 要到季节才能办
appeal-choice-more_why-others = 其他，见说明
appeal-stage-pressed = 单位负责人在盯
appeal-stage-hastened = 提级提速办理
appeal-stage-meeting = 联席会议
appeal-stage-led = 领导包案
appeal-stage-congress = 人大监督
appeal-stage-instructed = 按批示办理
appeal-stage-inspected = 纪检监察在查
appeal-clock-press = 单位负责人答复
appeal-clock-hasten = 提速答复
appeal-clock-meeting = 开联席会议
appeal-clock-lead = 包案领导答复
appeal-clock-congress = 答复人大
appeal-clock-instruct = 按批示落实
appeal-clock-inspect = 检查
appeal-term-response = 第一次回应
appeal-term-resolution = 答应的答复时间
appeal-step-rule_misdirected = 裁定派错了单位
appeal-done-rule_misdirected = 裁定当初派错了单位，新单位时限从头算
appeal-step-wait_for_person = 等来件人补充
appeal-step-wait_for_person-help = 只能用一次，最多十个工作日。请写清需要什么。
appeal-done-wait_for_person = 暂停计时，等来件人补充
appeal-step-ask_wait = 申请暂停计时
appeal-step-ask_wait-help = 由上一级决定。
appeal-done-ask_wait = 申请暂停计时
appeal-step-grant_wait = 同意暂停
appeal-done-grant_wait = 同意暂停计时
appeal-step-refuse_wait = 不同意暂停
appeal-done-refuse_wait = 没有同意暂停计时
appeal-step-go_on = 继续办理
appeal-done-go_on = 恢复计时，继续办理
appeal-step-ask_more_time = 申请延期
appeal-step-ask_more_time-help = 由上一级决定，并会告诉来件人原因。
appeal-done-ask_more_time = 申请延期
appeal-step-grant_more_time = 同意延期
appeal-done-grant_more_time = 同意延期
appeal-step-refuse_more_time = 不同意延期
appeal-done-refuse_more_time = 没有同意延期
appeal-step-hasten = 提级提速
appeal-done-hasten = 提级提速办理
appeal-step-call_meeting = 召集联席会议
appeal-done-call_meeting = 召集了联席会议
appeal-step-record_meeting = 写会议纪要
appeal-done-record_meeting = 开了联席会议
appeal-step-take_charge = 领导包案
appeal-done-take_charge = 领导包案
appeal-step-congress_asks = 请人大监督
appeal-done-congress_asks = 请人大监督
appeal-step-instruct = 批示
appeal-done-instruct = 作了批示
appeal-step-inspect = 请纪检监察检查
appeal-done-inspect = 请纪检监察检查办理情况
appeal-step-report_finding = 反馈检查结果
appeal-done-report_finding = 反馈了检查结果
appeal-done-warn = 时限过半
appeal-done-warn_above = 时限快到了，已提醒上一级
appeal-done-warn_leader = 时限快到了
appeal-done-overdue_pressed = 单位负责人没有按时答复，转为督办
appeal-done-call_joint_meeting = 没有按时裁定，提到再上一级，召集联席会议
appeal-done-lead_on = 没有按时答复，上一级过问

appeal-letter-misdirected =
    .subject = 不再由你们办：{ $title }
    .body =
        经裁定，“{ $title }”当初派错了单位，现在由{ $owner }办。
    .sms = “{ $title }”现在由{ $owner }办。
appeal-letter-wait_for_you =
    .subject = 需要您补充：{ $title }
    .body =
        { $owner }需要您补充后才能继续办：{ $said }
        在此期间暂停计时，最晚到{ $until }自动继续。在这里补充：{ $link }
    .sms = { $owner }请您在{ $until }前补充：{ $said }
appeal-letter-wait_asked =
    .subject = 请决定能否暂停：{ $title }
    .body =
        { $owner }申请“{ $title }”暂停计时：{ $said }
    .sms = “{ $title }”申请暂停计时，请决定。
appeal-letter-wait_granted =
    .subject = 已暂停计时：{ $title }
    .body =
        “{ $title }”暂停计时到{ $until }（{ $reason }），到时自动继续。
    .sms = “{ $title }”暂停计时到{ $until }。
appeal-letter-waits =
    .subject = 要等一等：{ $title }
    .body =
        您的事要等一等，原因：{ $reason }。到{ $until }自动继续。{ $said }
        随时查看：{ $link }
    .sms = 您的事要等一等（{ $reason }），到{ $until }自动继续。
appeal-letter-wait_refused =
    .subject = 没有同意暂停：{ $title }
    .body =
        上一级没有同意“{ $title }”暂停计时：{ $said }
    .sms = “{ $title }”继续计时。
appeal-letter-goes_on =
    .subject = 继续办理：{ $title }
    .body =
        “{ $title }”继续办理，{ $owner }在{ $due }前答复。
    .sms = “{ $title }”继续办理，{ $owner }在{ $due }前答复。
appeal-letter-more_time_asked =
    .subject = 请决定能否延期：{ $title }
    .body =
        { $owner }申请“{ $title }”延期：{ $said }
    .sms = “{ $title }”申请延期，请决定。
appeal-letter-more_time_granted =
    .subject = 同意延期：{ $title }
    .body =
        “{ $title }”延期到{ $due }（{ $reason }）。
    .sms = “{ $title }”延期到{ $due }。
appeal-letter-takes_longer =
    .subject = 要多花些时间：{ $title }
    .body =
        您的事比原来答应的要多花些时间，原因：{ $reason }。{ $owner }在{ $due }前答复。{ $said }
        随时查看：{ $link }
    .sms = 您的事要多花些时间（{ $reason }），{ $owner }在{ $due }前答复。
appeal-letter-more_time_refused =
    .subject = 没有同意延期：{ $title }
    .body =
        “{ $title }”没有同意延期：{ $said }
    .sms = “{ $title }”没有同意延期。
appeal-letter-pressed =
    .subject = 请单位负责人过问：{ $title }
    .body =
        “{ $title }”时限已到，现在请单位负责人在{ $due }前答复。
    .sms = 请单位负责人过问：“{ $title }”已超时，{ $due }前答复。
appeal-letter-half_over =
    .subject = 时限过半：{ $title }
    .body =
        “{ $title }”时限已过半，{ $due }到期。
    .sms = “{ $title }”时限已过半。
appeal-letter-nearly_over =
    .subject = 快要超时：{ $title }
    .body =
        “{ $title }”时限快到了，{ $owner }在{ $due }前答复。
    .sms = “{ $title }”快要超时：{ $due }。
appeal-letter-hastened =
    .subject = 请马上办：{ $title }
    .body =
        “{ $title }”提级到你们提速办理：{ $said }请在{ $due }前给出答复。
    .sms = 请马上办：“{ $title }”，{ $due }前。
appeal-letter-meeting =
    .subject = 联席会议：{ $title }
    .body =
        “{ $title }”要开联席会议。{ $said }
    .sms = “{ $title }”要开联席会议。
appeal-letter-minutes =
    .subject = 会议纪要：{ $title }
    .body =
        “{ $title }”联席会议的结果：{ $said }
    .sms = “{ $title }”的会议纪要。
appeal-letter-met_about_it =
    .subject = 几家坐下来商量过了：{ $title }
    .body =
        有关单位一起商量了您的事。{ $said }由{ $owner }在{ $due }前办。
    .sms = 有关单位商量了您的事，由{ $owner }在{ $due }前办。
appeal-letter-instructed =
    .subject = 请按批示办：{ $title }
    .body =
        “{ $title }”请这样办：{ $said }{ $due }前办完。
    .sms = “{ $title }”请按批示在{ $due }前办。
appeal-letter-led =
    .subject = 领导包案：{ $title }
    .body =
        { $owner }包办“{ $title }”，需要时请配合。
    .sms = { $owner }包办“{ $title }”。
appeal-letter-congress =
    .subject = 人大过问：{ $title }
    .body =
        人大监督“{ $title }”：{ $said }请在{ $due }前答复。
    .sms = 人大过问“{ $title }”，{ $due }前答复。
appeal-letter-inspected =
    .subject = 纪检监察检查：{ $title }
    .body =
        纪检监察检查“{ $title }”的办理情况：{ $said }在此期间请继续办理。
    .sms = “{ $title }”正在检查，请继续办理。
appeal-letter-finding =
    .subject = 检查结果：{ $title }
    .body =
        “{ $title }”的检查结果：{ $said }请在{ $due }前答复。
    .sms = “{ $title }”有检查结果，{ $due }前答复。
appeal-done-raise_higher = 没有按时开会，提到再上一级

# ---- 从上面看 ----
appeal--call-script = 您好，这里是服务热线。您反映的事我们答复过了，想问您两句：事情解决了吗？对办理的过程您满意吗？如果不满意，请告诉我还差什么，我们今天就重新办。
appeal-field-verdict = 答复怎么样
appeal-field-feedback = 可以怎样改进
appeal-field-feedback-help = 说给单位，不说给个人：缺了什么，怎样写就好了。
appeal-choice-verdict-good = 答得好
appeal-choice-verdict-improve = 要改进
appeal-step-follow_up = 记下回访
appeal-step-follow_up-help = 电话通了。对方不满意，这件事就重新办。
appeal-done-follow_up = 回访了来件人，记下了他们的话
appeal-step-not_reached = 没打通
appeal-step-not_reached-help = 记一次；打够次数之前，它一直在名单上。
appeal-done-not_reached = 回访没有打通
appeal-step-read_over = 评一评这份答复
appeal-done-read_over = 检查了这份答复
appeal-letter-read_over =
    .subject = 有人检查了您单位的答复：{ $title }
    .body =
        { $said }
        { $link }
    .sms = 您单位的一份答复被检查了，请看反馈。
