# Notices: what is there to read, how I am told, being on duty.

desk-notices = Notices
telling-notices = Notices
telling-notices-why = These are the notices of the cases that concern you.
telling-change = Choose another time or way
telling-none = No notices yet
telling-none-text = When something moves in a case that concerns you, it will stand here.
telling-new = Unread
telling-seen = Got it
telling-seen-all = I have seen them all
telling-unread = { $count ->
    [0] All seen
    [one] One unread
   *[other] { $count } unread
}
telling-how = How I am told
telling-how-door = How I am told
telling-how-desk = Of what, by which way and how soon; and when you are on duty at night
telling-how-own = Of what, by which way and how soon
telling-contact = Messages go to { $contact }.
telling-no-contact = You left no telephone or mail address, so messages are only here.
telling-weight-urgent = Urgent
telling-weight-urgent-about = Something is late, or bears no delay.
telling-weight-act = Yours to do
telling-weight-act-about = Something waits for you.
telling-weight-info = Good to know
telling-weight-info-about = Nothing to be done.
telling-channel-product = Notices on this site
telling-channel-mail = Mail
telling-channel-sms = Text message
telling-pace-shown = Shown
telling-pace-now = At once
telling-pace-daily = Once a day, together
telling-pace-never = Not at all
telling-daily-at = When the daily message comes
telling-daily-at-help = If that lies in your quiet hours, it comes when they are over.
telling-quiet = Quiet hours
telling-quiet-help = No mail and no text messages then; what happened comes as one message afterwards. Whoever is on duty gets only what is urgent. The same time twice means no quiet hours.
telling-quiet-from = From
telling-quiet-until = Until
telling-save = Tell me like this
telling-duty = On duty
telling-duty-about = While you are on duty, what is urgent reaches you at night too.
telling-duty-post = Post
telling-duty-from = From
telling-duty-until = Until
telling-duty-end = Take away
telling-duty-end-do = Take this shift away
telling-duty-do = Put me on duty

flash-telling-kept = Noted. From the next message on you are told like this.
flash-shift-kept = Noted. In that time you are told at once of what is urgent.
flash-shift-ended = That shift is taken away.
