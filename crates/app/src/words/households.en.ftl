# Households: why something is refused.

refused-no-household = There is no such door, or it lies where you do not work.
refused-household-closed = This door is closed. Open it again first.
fault-household-door = Write what stands on the door, such as 3-201: digits, letters and dashes.
fault-household-name = “{ $words }” looks like somebody's name. Only what stands on the door is kept, such as 3-201.
fault-household-number = “{ $words }” looks like a telephone or identity number. Only what stands on the door is kept, such as 3-201.
fault-household-there = This place has that door already.
fault-household-closed = This place has that door already, and it is closed. Open it again on its own page.
fault-household-place = No such place is open among those that you look after.
fault-household-twice = This door stands in the file twice.
fault-household-span = Write two numbers from 1 to 99, the smaller one first.
fault-household-count = Write a number from 1 to 99.
fault-household-many = At most { $max } doors are made at once. Please make several runs of it.
fault-household-agreed = A contact is kept only when the people of the door agreed. Ask them, then tick this.
fault-household-elsewhere = This door lies in another place than the one above. Change one of the two.
fault-household-none = No contact was left at this door. Please type one.
fault-household-gone = This door is closed, or lies where you do not work. Please choose another.
