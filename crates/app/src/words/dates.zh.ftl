# 日子和钟点：信里和页面上都这样说。

when-day = { $month }{ $day }日（{ $weekday }）
when-day-of-year = { $year }年{ $month }{ $day }日（{ $weekday }）
when-moment = { $month }{ $day }日（{ $weekday }）{ $clock }
when-moment-of-year = { $year }年{ $month }{ $day }日（{ $weekday }）{ $clock }
when-end = { $month }{ $day }日（{ $weekday }）24:00
when-end-of-year = { $year }年{ $month }{ $day }日（{ $weekday }）24:00
when-weekday-1 = 周一
when-weekday-2 = 周二
when-weekday-3 = 周三
when-weekday-4 = 周四
when-weekday-5 = 周五
when-weekday-6 = 周六
when-weekday-7 = 周日
when-month-1 = 1月
when-month-2 = 2月
when-month-3 = 3月
when-month-4 = 4月
when-month-5 = 5月
when-month-6 = 6月
when-month-7 = 7月
when-month-8 = 8月
when-month-9 = 9月
when-month-10 = 10月
when-month-11 = 11月
when-month-12 = 12月
