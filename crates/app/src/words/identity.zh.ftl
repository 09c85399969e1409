# 登录：拒绝、字段错误、一次性验证码信件。

refused-sign-in = 账号或密码不对。
refused-sign-in-code = 动态码不对，请再看一眼手机，或使用恢复码。
refused-sign-in-again = 时间太久了，请重新输入账号和密码。
refused-code-wrong = 验证码不对。
refused-code-gone = 这个验证码已经失效，请重新获取。
refused-code-not-sent = 验证码暂时发不出去，请过几分钟再试。
refused-password-needed = 您有工作账号，请用账号和密码登录。
refused-person-closed = 这个账号已经停用。
refused-invite-gone = 这个链接已经用过或过期，请索取新的链接。
refused-second-factor-without-password = 请先设置账号和密码。
refused-second-factor-twice = 您已经启用了动态码。
refused-scope-unknown = 没有这个权限范围。

fault-contact = 请填写手机号、带区号的座机号或邮箱。
fault-contact-landline = 座机收不到验证码，请填写手机号或邮箱。
fault-password-short = 至少 10 个字符；一句短话就是好密码。
fault-password-long = 最多 256 个字符。
fault-password-common = 这个密码太常见，请换一个。
fault-password-like-login = 密码里不能包含账号。
fault-login-length = 3 到 64 个字符。
fault-login-characters = 只能用文字、数字、点、短横线、下划线和 @。
fault-login-taken = 这个账号已经有人用了。
fault-second-factor-code = 动态码不对，请检查手机时间后再试。
fault-unknown = 没有这一项。
fault-past = 这个时间已经过去了。
fault-administrator = 这里不能授予管理员角色。

letter-sign-in =
    .subject = { $house }：您的验证码是 { $code }
    .body =
        您的一次性验证码是 { $code }，10 分钟内有效。

        如果不是您本人操作，请不必理会。{ $house }的任何人都不会向您索要验证码。
    .sms = 【{ $house }】验证码 { $code }，10 分钟内有效，请勿告诉他人。
