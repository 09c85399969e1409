"""Compares our days of China, as lines on the standard input, with `chinesecalendar`.

Prints one line for each year, `passed 2026` or `failed 2026: 2026-10-10 off, should be working`.
"""

import datetime
import sys

import chinese_calendar

ours = dict(line.split() for line in sys.stdin)
for year in range(int(sys.argv[1]), int(sys.argv[2]) + 1):
    day = datetime.date(year, 1, 1)
    wrong = []
    while day.year == year:
        word = "working" if chinese_calendar.is_workday(day) else "off"
        if ours.get(day.isoformat()) != word:
            wrong.append(f"{day} {ours.get(day.isoformat(), 'missing')}, should be {word}")
        day += datetime.timedelta(days=1)
    print(f"failed {year}: {'; '.join(wrong)}" if wrong else f"passed {year}")
