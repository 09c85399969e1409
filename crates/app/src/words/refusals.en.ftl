# Why something was not done: sentences for everywhere.

refused-sign-in-needed = Please sign in first.
refused-not-permitted = Your post cannot do this.
refused-no-case = There is no such case, or your post may not see it.
refused-no-kind = There is no such kind.
refused-no-place = There is no such place.
refused-no-unit = There is no such unit.
refused-no-item = There is no such item.
refused-no-person = There is no such person.
refused-no-post = There is no such post, or it has ended.
refused-no-file = There is no such file.
refused-no-code = There is no such tracking code. Please compare the digits once more.
refused-no-session = That device is signed out already.
refused-no-token = There is no such token, or it was taken back.
refused-no-view = There is no such saved filter.
refused-no-invite = There is no such link. Compare it, or ask for a new one.
refused-too-many = Too fast; try again in { $seconds } seconds.
refused-too-large = Too large; { $megabytes } MB at most.
refused-stale = Somebody took a step after you opened this page. You now see how it stands; look whether it still needs doing.
refused-key-reused = The same request number was used for something else. Please open the page anew.
fault-no-place = There is no such place, or it is closed.
refused-no-remark = Nothing can be added to this case now.
refused-erase-open = This case is still open. It can be erased when it is closed.
refused-key-in-use = The same request is being handled at this moment. Send it again in a second.
refused-rules-past = A rule counts from today on, or later. What held on a past day stays as it was.
refused-rates-period = Choose a first and a last day, at most a year apart, neither of them later than the day as of which you ask.
fault-weights = The three weights must add up to 100.
