# Volunteers and partner units: letters and refusals.

volunteer-accepted =
    .subject = { $name }, you are welcome as a volunteer
    .body =
        The community is glad that you want to help. What you offered is noted; you can change it any day: { $link }

        You get this because you registered as a volunteer at { $house }.
    .sms = [{ $house }] { $name }, the community is glad that you want to help: { $link }
volunteer-declined =
    .subject = About your offer to help
    .body =
        { $name }, the community cannot take you up on your offer for now. It says: { $reason }

        You can change what you offer and ask again: { $link }

        You get this because you registered as a volunteer at { $house }.
    .sms = [{ $house }] About your offer to help, the community says: { $reason } You can change it and ask again: { $link }
volunteer-service-counted =
    .subject = A service that you reported is confirmed
    .body =
        { $name }, the community confirmed a service that you reported, and it counts. Thank you: { $link }

        You get this because you are a volunteer at { $house }.
    .sms = [{ $house }] A service that you reported is confirmed and counts: { $link }
volunteer-service-refused =
    .subject = A service that you reported
    .body =
        { $name }, the community could not confirm a service that you reported. It says: { $reason }

        You see which one, and can report it anew: { $link }

        You get this because you are a volunteer at { $house }.
    .sms = [{ $house }] A service that you reported could not be confirmed: { $reason } See: { $link }

refused-no-volunteer = There is no such volunteer, or they have left.
refused-no-service = There is no such service.
refused-no-certificate = There is no such certificate.
refused-no-partner = There is no such pairing, or it has ended.
refused-no-skill = There is no such skill.
refused-own-volunteer = You cannot accept yourself. Let a colleague look at it.
refused-own-service = You cannot confirm what you did yourself. Let a colleague look at it.
refused-volunteer-decided = Somebody has decided about this already, or they changed their mind. You now see how it stands.
refused-volunteer-not-accepted = The community has not accepted you yet. As soon as it has, you can report what you did.
refused-service-decided = Somebody has decided about this service already.
refused-certificate-nothing = There is nothing to certify yet: no service of yours has been confirmed.
refused-certificate-many = You have ten valid certificates. Take one back before you make another.
refused-partner-known = The unit is paired with this community already.
refused-partner-not-agreed = The community has not agreed yet.
refused-partner-own = Only a partner unit can be paired with a community.
refused-deed-decided = Somebody has decided about this already.
fault-volunteer-place = Choose a community, or a grid of one.
fault-skill-known = There is a skill of this name already.
fault-service-day = A day of the last year, today at the latest.
fault-service-hours = Half an hour to 24 hours; write 1.5 for an hour and a half.
fault-partner-place = Choose a community.
