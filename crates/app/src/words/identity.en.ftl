# Signing in: refusals, faults of fields, and the letters with one-time codes.

refused-sign-in = Login and password do not fit together.
refused-sign-in-code = This is not the code of now. Look again at your telephone, or use a recovery code.
refused-sign-in-again = That took too long. Please begin again with login and password.
refused-code-wrong = That was not the code.
refused-code-gone = This code no longer works. Please have a new one sent.
refused-code-not-sent = The code could not be sent just now. Please try again in a few minutes.
refused-password-needed = You have a login for the desk: please sign in with it and your password.
refused-person-closed = This account has been closed.
refused-invite-gone = This link has been used or has run out. Ask for a new one.
refused-second-factor-without-password = Set a login and a password first.
refused-second-factor-twice = You use a second factor already.
refused-scope-unknown = There is no such scope.

fault-contact = Enter a telephone number (with area code) or a mail address.
fault-contact-landline = A code cannot be sent to a fixed line. Enter a mobile number or a mail address.
fault-password-short = At least 10 characters; a short sentence is a good password.
fault-password-long = At most 256 characters.
fault-password-common = Everybody guesses this one first. Choose another.
fault-password-like-login = The password must not hold the login.
fault-login-length = 3 to 64 characters.
fault-login-characters = Letters, digits, dot, hyphen, underscore and @ only.
fault-login-taken = Somebody else has this login.
fault-second-factor-code = This is not the code of now. Check the clock of your telephone and try again.
fault-unknown = There is none like this.
fault-past = This lies in the past.
fault-administrator = An administrator's role cannot be given here.

letter-sign-in =
    .subject = { $house }: your code is { $code }
    .body =
        Your one-time code is { $code }. It works for 10 minutes.

        If you did not ask for it, you need not do anything. Nobody of { $house } will ever ask you for it.
    .sms = [{ $house }] Your one-time code is { $code }, good for 10 minutes. Tell it to nobody.
