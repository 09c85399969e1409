# 住户：为什么没办成。

refused-no-household = 没有这个门牌，或者不在您负责的地方。
refused-household-closed = 这个门牌已经停用，请先恢复。
fault-household-door = 请照门上的写，比如 3-201：只用数字、字母和短横。
fault-household-name = “{ $words }”像是人的名字。这里只记门牌，比如 3-201。
fault-household-number = “{ $words }”像是电话或者证件号。这里只记门牌，比如 3-201。
fault-household-there = 这个地方已经有这个门牌了。
fault-household-closed = 这个地方已经有这个门牌，只是停用了。可以在它的页面上恢复。
fault-household-place = 您负责的范围里没有这个地方，或者它已经撤销。
fault-household-twice = 文件里这个门牌重复了。
fault-household-span = 请填 1 到 99 的两个数，小的在前。
fault-household-count = 请填 1 到 99 的数。
fault-household-many = 一次最多 { $max } 个门牌，请分几次添加。
fault-household-agreed = 要住户同意才能留联系方式。请先问一声，再打勾。
fault-household-elsewhere = 这个门牌不在上面选的地方。请改其中一个。
fault-household-none = 这户没有留联系方式，请另外填写。
fault-household-gone = 这个门牌停用了，或者不在您负责的地方。请换一个。
