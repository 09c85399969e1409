# 办事指南：查、改、帮办。

refused-no-procedure = 指南里没有这一项，或者已经停办了。
fault-procedure-slug = 只用小写字母、数字和 -，最多四十个，比如 senior-card；new 这个名字已经用了。
fault-procedure-file =
    文件里有要改的地方：
    { $faults }
fault-procedure-taken = 已经有这一项了，请换个文件名，或者打开那一项去改。
