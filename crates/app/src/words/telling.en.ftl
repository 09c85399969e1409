# Telling people: several in one, once a day, why it comes; duty; addresses elsewhere.

telling-several =
    .subject = { $count } messages: { $first }
    .sms = { $last } (and { $more } more: { $link } )
telling-daily =
    .subject = Today’s { $count } messages
    .body = What concerned you in the last day, { $count } in all:
telling-why-petitioner =
    .mail = You get this because you brought this to { $house }. To choose another time or way: { $link }
    .sms = Sent because you brought this in. Change: { $link }
telling-why-helper =
    .mail = You get this because you took this on at { $house }. To choose another time or way: { $link }
    .sms = Sent because you took this on. Change: { $link }
telling-why-staff =
    .mail = You get this because the case is your unit’s. Choose when and how you are told: { $link }
    .sms = Sent because the case is your unit’s. Change: { $link }

letter-webhook-off =
    .subject = The address “{ $name }” was turned off
    .body =
        For a day nothing got through to “{ $name }”. It is turned off now, and what waited for it is given up.
        When it is mended you can turn it on again: { $link }

        You get this because you look after { $house }. How you are told is on your own page.
    .sms = [{ $house }] Nothing got through to “{ $name }” for a day; it is off: { $link } Sent because you look after the house; change it on your own page.

refused-no-shift = There is no such shift, or it is over.
refused-no-webhook = There is no such address, or it was taken away.
fault-not-token = This is not a token: it begins with hy_.
installation-passes = Handed on between two installations.
fault-not-secret = This is not the key of a webhook: it begins with whsec_.
refused-no-installation = There is no such installation, or it was taken away.
refused-history-of-another = This part of a history was brought for another case before.
refused-history-differs = The history that was brought differs from what was brought before. Nothing was changed.
refused-history-broken = The history that was brought does not follow from the entries before it. Nothing was changed.
refused-webhook-is-off = This address is off. Turn it on first.
fault-ends-before = The end has to come after the beginning.
fault-shift-long = Fourteen days at most at a time.
fault-shifts-many = These are too many shifts; take some away first.
fault-url = This is not an address of the web, or it holds a login.
fault-url-https = The address has to begin with https://.
fault-url-private = This address lies in a private network, which is not allowed here.
fault-webhooks-many = There are too many addresses; take away those that nobody needs.
