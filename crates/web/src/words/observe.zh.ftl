# 路过的人：拍一张，点一个词。
observe-title = 路过，看到了什么？
observe-lead = 拍一张，点一下是哪样，就发出去了。不用登录，不用打字。
observe-more = 想多说一句，或想收到结果
observe-says = 多说一句
observe-says-about = 比如“三单元门口”。不写也行。
observe-which = 是哪样？
observe-which-about = 点哪个，就发哪个。
observe-privacy = 不问您是谁。
observe-door = 路过看到问题
observe-door-about = 拍一张、点一下就行，不用登录
