# 办事指南：查、改、帮办。

refused-no-procedure = 指南里没有这一项，或者已经停办了。
fault-procedure-slug = 只用小写字母、数字和 -，最多四十个，比如 senior-card。
fault-procedure-file = 文件里有要改的地方：{ $faults }
