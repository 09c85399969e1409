# 首页。

front-title = 说说是什么事
front-say = 是什么事
front-example = 比如：我家暖气三天没热了，老人在家。
front-go = 接着说在哪里
front-wall = 心愿墙
front-wall-about = 看看邻居需要什么，也许您帮得上。
front-where = 我的事办到哪了
front-where-about = 用收到的查询码看。
front-figures = 这个月办了多少
front-figures-about = 收到几件、答复几件、大家满意不满意。
