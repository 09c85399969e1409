# 巡查：拒绝的原因。

refused-no-round = 没有这次巡查，或者不归您走。
refused-no-spot = 没有这个检查点，或者不在这次巡查里。
refused-no-checklist = 没有这张检查表，或者不归您管。
refused-no-cadence = 没有这项安排，或者不归您管。
refused-no-meeting = 没有这次会，或者不归您看。
refused-meeting-nothing = 还没有什么可以议的：没有新的发现，也没有没办完的。

fault-photo-wanted = 这一条有问题时要拍一张照片。
fault-position = 顺序写 1 到 999 之间的数，或者空着。
fault-line-codes = 两行写成了一样的，请改一改。
fault-decision-date = 有一条决定的日期看不懂，请写成 2026-03-05 这样。
fault-sample-gone = 这张照片不在了，请再选一次。
refused-samples-many = 这里存过的照片太多了，请用画好的图。
