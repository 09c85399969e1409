# Menus and gifts: refusals.

refused-no-menu-service = There is no such line on a menu.
refused-no-gift = There is no such gift, or it is not in your area.
fault-season = Write month-day at both ends, such as 11-15 and 03-15.
refused-series-ended = It has ended and comes no more. To begin anew, order once more.
fault-amount = Write a number above zero; money has two places at most.
fault-more-than-left = There is not so much left.
refused-gift-moved = Somebody has just added a line here. Please look at it first.
refused-gift-taken-back = This line was taken back already.
