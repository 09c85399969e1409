# 成批带来的清单，和集中兑现：拒绝的原因。

refused-no-collection = 没有这份清单，或者不归您看。
refused-no-occasion = 没有这次集中兑现，或者不归您管。
refused-collection-known = 这份清单里的每一行都已经带来过了，这次什么也没有加。
refused-occasion-over = 这次集中兑现已经结束，或者取消了，改不了了。
refused-occasion-kind = 这一件不能放进集中兑现。
refused-occasion-elsewhere = 它已经放在另一次集中兑现里了。
refused-occasion-full = 一次集中兑现最多放 200 件，这次满了。请另开一次。
refused-occasion-settled = 这一件已经有人处理过了，不用再办一次。
refused-occasion-stage = 它现在走到的这一步，不能放进集中兑现。
refused-occasion-early = 还没到日子，到了那天再办。
refused-occasion-moved = 它已经不在等了：也许已经送到，也许本人撤回了。

fault-line-cells = 这一行超过了三格：要什么、给谁、记号。
fault-line-what = 没有写要什么。
fault-line-name = “{ $words }”像是人的名字。请换成大概的说法，比如“女孩，8 岁”。
fault-line-contact = “{ $words }”像是电话、证件号或者邮箱，请去掉。
fault-line-refused = 这一行现在收不下。
fault-lines-many = 一份清单最多 { $max } 行，请分成几份。
fault-report-name = “{ $words }”像是人的名字。公开的总结里不写名字；要是它不是名字，请在下面打个勾。
fault-no-gift = 没有这批物资，或者不在这里。
fault-gift-short = “{ $what }”只剩 { $left } 件可以用，选多了。
