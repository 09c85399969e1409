# Reviews: their agenda is made from what was found.
meetings-title = Reviews and joint meetings
meetings-lead = The agenda comes from the findings by itself: what is new since the last meeting, and what is not mended yet.
meetings-held = Meetings held
meetings-none = None was held yet
meetings-none-about = Their minutes will be here: who came, what was decided, who does it by which day.
meeting-sort = Which meeting
meeting-sort-weekly = Weekly review
meeting-sort-joint = Monthly joint meeting
meeting-since = Since { $day }
meeting-about = { $count ->
    [0] Nothing to discuss
    [one] 1 finding to discuss
   *[other] { $count } findings to discuss
  }
meeting-looked-at = { $count ->
    [one] 1 finding
   *[other] { $count } findings
  }
meeting-agenda = Agenda
meeting-empty = Nothing to discuss
meeting-empty-about = Nothing was found since the last meeting, and all that was found before is mended. This one can be left out.
meeting-what = Finding
meeting-unit = Who sees to it
meeting-stands = Where it stands
meeting-found = Found
meeting-due = Mended by
meeting-back = Back again
meeting-minutes = Minutes
meeting-held = Held
meeting-attended = Who came
meeting-attended-help = Units and functions, no names.
meeting-said = What was said
meeting-said-help = A few sentences will do.
meeting-decided = What was decided
meeting-decided-help = One in each row: what, who, by when. Empty rows do not count.
meeting-decision = Decision { $count }
meeting-decision-what = What
meeting-decision-unit = Who does it
meeting-decision-by = By which day
meeting-more = More decisions
meeting-keep = Keep the minutes
flash-meeting-kept = The minutes are kept. They can be printed.
meeting-open = Reviews and joint meetings
notice-title = Notice to mend
notice-print = Print the notice to mend
notice-to = Who has to mend it
notice-what = What was found
notice-where = Where
notice-from = Unit in charge
notice-after = Once it is mended, somebody of another unit looks again. Whoever disagrees tells the unit in charge before that day is over.
notice-sign-unit = Signed, for the unit:
notice-sign-responsible = Signed, received:
notice-sign-day = Date:
