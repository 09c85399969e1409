# The front page.

front-title = What is it about?
front-say = What it is about
front-example = For example: our heating has been cold for three days, and there is an elderly person at home.
front-go = Next: where it is
front-wall = Wish wall
front-wall-about = See what neighbours need; perhaps you can help.
front-where = Where is my matter?
front-where-about = Look it up with the tracking code you were given.
front-figures = This month in figures
front-figures-about = How much came in, how much was answered, and how content people were.
