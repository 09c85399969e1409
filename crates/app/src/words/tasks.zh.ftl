# 任务：告诉谁有新任务，拒绝的原因。

letter-tasks-why = 收到这条消息，是因为您在{ $house }负责一个地方的任务。想换个方式：{ $how }
letter-tasks =
    .subject = 今天有新任务交给您
    .body = 今天有新的任务交到您这里，都在这一页：{ $link }
letter-task-urgent =
    .subject = 紧急任务：{ $title }
    .body = 有一项紧急任务交到您这里：{ $title }，{ $until }前办好。要求和怎么报，在这里看：{ $link }

refused-no-task = 没有这项任务，或者不归您看。
refused-task-not-yours = 这一份不归您办，也不归您核。
refused-task-withdrawn = 这项任务已经撤回了，不用再办。
refused-task-broken-down = 这一份已经分到下面去了，由下面报上来汇总，不用再填。
refused-task-verified = 这一份已经销号了。
refused-task-reported = 这一份已经报过了，等上级核实。
refused-task-not-reported = 这一份还没有报，没有可核的。
refused-task-stale = 刚刚又报了一次，请先看看新报的。
refused-task-own-report = 自己报的不能自己核。请另一位同事来核。
refused-task-nothing-below = 下面没有可以分的地方。
refused-task-over-limit = 有 { $count } 个地方这一周已经排满了，不再收任务。换个日子，或者少给几处；确实等不得的，作为紧急任务并写明原因。

fault-task-amount = 请填一个整数，零或者更多。
fault-task-role = 这一级没有人在这个岗位上填报，请换一个岗位或一级。
fault-task-level = 请选比自己低的一级，最低到网格。
fault-task-only = 请从下面一级里选。
fault-task-due = 请选今天到一年以内的日子。
fault-task-nobody = 下面没有这一级的地方，任务没有人可给。
fault-task-over-limit = 有的地方这一周已经排满。请写明为什么等不得，原因会记下来。
fault-task-limits = 提醒的数不能比不收的数大，都在 1 到 99 之间。
fault-task-working-days = 请填 1 到 60 个工作日。
fault-task-repeats-regular = 只有常规任务可以定期再来，请选“常规”。
