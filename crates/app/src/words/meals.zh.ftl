# 订餐：为什么没有办成，和发给人的信。

refused-no-kitchen-day = 没有这一餐的菜单。
refused-no-meal = 没有找到这份订餐，可能已经过去很久了。
refused-kitchen-over = 这一餐已经开始或者取消了，菜单不能再改。
refused-kitchen-off = 这一餐食堂不做了。已经订的不用去取，也不用付钱。
refused-kitchen-knows = 订餐已经截止，厨房在备菜了。要改要退，请直接打食堂的电话。
refused-kitchen-full = 这一餐订的人太多，收不下了。请打食堂的电话。
refused-meal-over = 这份餐已经取走或者退掉了。
refused-meals-enough = 这一餐您已经订了四份单子，不能再多。可以改已有的。
refused-meal-handed = 这份餐已经取走了，不能取第二次。
refused-meal-cancelled = 这份餐已经退掉了。
fault-meal-day = 开饭和收摊都要在这一天之内。
fault-meal-twice = 这一天的这一餐已经有菜单了，请去改那一份。
fault-meal-until = 截止时间已经过去了。
fault-meal-until-late = 订餐截止不能晚于开饭。
fault-meal-ends = 收摊要在开饭之后。
fault-meal-far = 菜单最多提前六十天写。
fault-dish-asked = 这道菜已经有人订了，名字和价钱不能再改，也不能去掉。
fault-dish-gone = 已经订出去 { $min } 份，不能比这个少。
fault-price = 请写价钱，比如 8 或 12.50；不要钱就写 0。
fault-meal-nothing = 请选至少一道菜，写上几份。
fault-meal-many = 一次最多订 { $max } 份。
fault-meal-left = 没有这么多了，这道菜还剩 { $left } 份。
fault-meal-changed = 菜单刚刚改过，请重新看一看再订。
fault-meal-not-brought = 这一餐食堂不送，请选自己来取。
fault-meal-code-length = 取餐码是五位数字。
fault-meal-code-digit = 有一位数字不对，请再问一遍。
fault-meal-code-none = 这一餐里没有这个取餐码。请看看是不是别的餐、别的日子。

letter-meals-why = 收到这条消息，是因为您在{ $house }订了餐。想换个方式：{ $how }
letter-meal-off =
    .subject = 食堂这一餐不做了：{ $title }
    .body = “{ $title }”{ $moment } 这一餐不做了，请不要白跑一趟，也不用付钱。别的日子：{ $link }
letter-meal-allergens =
    .subject = 过敏原有更正：{ $title }
    .body = 您在“{ $title }”订的 { $moment } 这一餐，有菜的过敏原写错了，已经更正。请看一看还能不能吃：{ $link }
