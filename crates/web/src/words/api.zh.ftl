# 只对接口调用方说的话。

problem-not-json = 这不是 JSON
    .text = 正文第 { $line } 行第 { $column } 列读不下去。
problem-stale = 事项在这期间有了变化
    .text = 什么都没有做。请重新读取后再决定。
problem-header = 有一个请求头读不懂
    .text = 请求头 { $name } 读不懂。

fault-missing-field = 这里缺了东西
fault-repeated = 这里写了两遍
fault-name = 没有叫这个名字的
fault-cursor = 这不是我们给的游标
fault-not-together = 这两项不能一起用
