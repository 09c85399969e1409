# 菜单、集中兑现、捐赠：为什么不行。

refused-no-menu-service = 菜单上没有这一样。
refused-no-gift = 没有这笔捐赠，或者它不在您负责的地方。
fault-season = 请写“月-日”，两头都写，比如 11-15 到 03-15。
refused-series-ended = 已经停了，不会再来。要再开始，请重新点一单。
fault-amount = 请写一个大于零的数，钱最多写到分。
fault-more-than-left = 没有剩下这么多。
refused-gift-moved = 这笔账刚刚添了别的一行，请看一看再记。
refused-gift-taken-back = 这一行已经冲销过了。
