# 出了岔子时说的话，和显示设置。

problem-not-found = 这里什么也没有
    .text = 网址可能输错了，或者这一页已经撤下。要查自己的事，请用查询码。
problem-wrong-method = 这一页不能这样打开
    .text = 请从首页重新进来。
problem-sign-in-needed = 请先登录
    .text = 登录之后才能看这一页。
problem-not-permitted = 您的岗位看不了这一页
    .text = 如果工作需要，请联系安全管理员调整岗位。
problem-malformed = 没看懂这个请求
    .text = 请从首页重新进来再试一次。
problem-refused = 这一步没有办成
    .text = 什么都没有改动。请返回上一页看一看。
problem-too-large = 发来的东西太大了
    .text = 每张照片不超过 10 MB，一次一共不超过 48 MB。请返回上一页，换小一点的照片，写的内容还在。
problem-sent-too-slowly = 信号不太好，没有收全
    .text = 什么都没有存下。请返回上一页，等信号好一些再发。
problem-not-text = 有些字认不出来
    .text = 内容里有不是文字的符号。请返回上一页，删掉它们再发。
problem-foreign = 这个请求不是从本站发出的
    .text = 为了您的安全没有办理。请从首页重新进来。
problem-old-page = 这一页开得太久了
    .text = 您写的内容都在。再按一次就发出去；照片要重新选。
    .go = 接着发出去
problem-too-often = 试得太快了
    .text = 请过 { $seconds } 秒再试。
problem-busy = 现在人有点多
    .text = 什么都没有存下。请过几秒再试一次。
problem-broken = 我们这边出错了
    .text = 什么都没有存下，我们已经记下这个错误。请过一会儿再试，或者打电话告诉社区。

problem-again = 再试一次
problem-desk = 回到工作台

settings-about = 只存在这个浏览器里，随时可以改。
settings-language = 语言
settings-view = 字号
settings-elder-help = 字更大，按钮更大，对比更强。
settings-keep = 就这样
