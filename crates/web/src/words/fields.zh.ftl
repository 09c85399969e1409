# 填表：各种字段。

field-choose = 请选一个
field-suggested = 建议
field-other-units = 其他单位
field-yes = 是
field-no = 否
field-phone-help = 只用来告诉您结果，办事的单位看不到。
field-contact-help = 手机号或邮箱。只用来告诉您结果，办事的单位看不到。
field-person-help = 怎么称呼您。办事的单位看不到。
field-address-help = 住在哪里。办事的单位看不到。
field-case-help = 那一件的编号，13 位。
field-case-like = { $place } · { $when } · 都说到{ $words }
field-case-other = 都不是？填那一件的编号，13 位
field-place-find = 找一找
field-place-top = 全部
field-place-here = 就选{ $place }
field-photos-kept = 已经收到的照片
field-photo-kept = 已经收到的照片
field-photo-drop = 不要这张

fault-place-not-chosen = 还差一步：请在找到的地方里选一个。

unit-category-prefecture = 州（地、市）
unit-category-county = 县（市、区）
unit-category-street = 街道、乡镇
unit-category-community = 社区、村
unit-category-department = 部门
unit-category-partner = 共建单位
unit-category-hotline = 热线
field-emergency-help = 封存起来，出了事才打开。
