# Meals: why something was not done, and the letters to people.

refused-no-kitchen-day = There is no such meal.
refused-no-meal = There is no such order; it may be long past.
refused-kitchen-over = This meal has begun or was called off, so it cannot be changed.
refused-kitchen-off = The canteen does not cook this meal after all. There is nothing to fetch and nothing to pay.
refused-kitchen-knows = It is too late to order: the kitchen is at work. To change something, call the canteen.
refused-kitchen-full = Too many have ordered this meal. Please call the canteen.
refused-meal-over = This meal was fetched or given back already.
refused-meals-enough = You have four orders for this meal already. You can change one of them.
refused-meal-handed = This meal was handed out already. It cannot be fetched twice.
refused-meal-cancelled = This meal was given back.
fault-meal-day = Serving begins and ends on this day.
fault-meal-twice = This meal of this day is written down already. Please change that one.
fault-meal-until = This time is past.
fault-meal-until-late = Ordering cannot end after serving begins.
fault-meal-ends = Serving ends after it begins.
fault-meal-far = Meals are planned sixty days ahead at most.
fault-dish-asked = Somebody has ordered this dish: its name and price stay, and it cannot be taken away.
fault-dish-gone = { $min } portions are ordered already, so there cannot be fewer.
fault-price = Please give a price, such as 8 or 12.50; 0 when it is free.
fault-meal-nothing = Please choose at least one dish and say how many portions.
fault-meal-many = At most { $max } portions at once.
fault-meal-left = There is not as much of this dish: portions left: { $left }.
fault-meal-changed = The menu has just changed. Please look again and order then.
fault-meal-not-brought = The canteen does not bring this meal. Please fetch it.
fault-meal-code-length = A pick-up code has five digits.
fault-meal-code-digit = One digit is wrong. Please ask again.
fault-meal-code-none = Nobody has this code for this meal. Please check the meal and the day.

letter-meals-why = You get this because you ordered a meal at { $house }. To change how you are told: { $how }
letter-meal-off =
    .subject = The canteen does not cook: { $title }
    .body = “{ $title }” does not cook the meal of { $moment } after all. Please do not come for nothing; there is nothing to pay. Other days: { $link }
letter-meal-allergens =
    .subject = Allergens corrected: { $title }
    .body = For the meal you ordered at “{ $title }” ({ $moment }), the allergens of a dish were wrong and have been corrected. Please see whether you can still eat it: { $link }
