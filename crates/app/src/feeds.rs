//! Calendars for other programs: what is on in a place or in a venue, for everybody; and one's
//! own plans, under a secret link.

use huiyin_domain::activity::SignUpState;
use huiyin_domain::feed::{Event, Status, write};
use huiyin_domain::id::VenueId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::BookingState;
use huiyin_domain::words::Lang;
use huiyin_store::activities::{self, Activity, Span};
use huiyin_store::bookings::Booking;
use huiyin_store::{Tx, bookings, calendar_links, persons, places, rooms, sign_ups, venues};
use jiff::{SignedDuration, Timestamp};

use crate::error::Thing;
use crate::identity::secret;
use crate::{App, Error, Refusal};

/// What is past for longer than this is in nobody's calendar any more.
const PAST: SignedDuration = SignedDuration::from_hours(30 * 24);
const EVENTS_MAX: i64 = 500;

/// Whose calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    Place(PlaceCode),
    Venue(VenueId),
    /// Whoever holds this link.
    Link(String),
}

impl Whose {
    /// Reads the name of a file: `place-…`, `venue-…` or `own-…`, then `.ics`.
    pub fn of_file(name: &str) -> Option<Whose> {
        let (sort, rest) = name.strip_suffix(".ics")?.split_once('-')?;
        match sort {
            "place" => rest.parse().ok().map(Whose::Place),
            "venue" => rest.parse().ok().map(Whose::Venue),
            "own" if !rest.is_empty() => Some(Whose::Link(rest.to_owned())),
            _ => None,
        }
    }
}

/// The calendar as a text.
pub async fn feed(app: &App, whose: Whose, lang: Lang) -> Result<String, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        let (name, events) = match &whose {
            Whose::Place(code) => of_place(&inner, tx, (code, lang), now)?,
            Whose::Venue(id) => of_venue(&inner, tx, (*id, lang), now)?,
            Whose::Link(link) => own(&inner, tx, link, now)?,
        };
        Ok::<_, Error>(write(&name, &events, now))
    };
    app.store.read(read).await.map_err(Error::from)
}

type Feed = (String, Vec<Event>);

fn of_place(
    app: &App,
    tx: &mut Tx<'_>,
    (code, lang): (&PlaceCode, Lang),
    now: Timestamp,
) -> Result<Feed, Error> {
    let place = places::read(tx, code)?.ok_or(Refusal::NotFound(Thing::Place))?;
    let span = Span {
        from: now - PAST,
        to: Timestamp::MAX,
        after: None,
    };
    let found = activities::list(tx, &span, Some(code), EVENTS_MAX)?;
    Ok((
        place.names.in_lang(lang.as_str()).to_owned(),
        events(app, tx, &found, lang)?,
    ))
}

fn of_venue(
    app: &App,
    tx: &mut Tx<'_>,
    (id, lang): (VenueId, Lang),
    now: Timestamp,
) -> Result<Feed, Error> {
    let venue = venues::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Venue))?;
    let found = activities::of_venue(tx, id, now - PAST, EVENTS_MAX)?;
    Ok((
        venue.names.in_lang(lang.as_str()).to_owned(),
        events(app, tx, &found, lang)?,
    ))
}

fn own(app: &App, tx: &mut Tx<'_>, link: &str, now: Timestamp) -> Result<Feed, Error> {
    let nothing = || Refusal::NotFound(Thing::Code);
    let person = calendar_links::by_hash(tx, &secret::hash(link))?.ok_or_else(nothing)?;
    let known = persons::by_id(tx, person)?.filter(|known| known.closed_at.is_none());
    let lang: Lang = known
        .ok_or_else(nothing)?
        .language
        .parse()
        .unwrap_or(Lang::ZH);
    let from = now - PAST;
    let mut found = Vec::new();
    for (activity, mine) in sign_ups::of_person(tx, person, from, EVENTS_MAX)? {
        let mut event = event(app, tx, &activity, lang)?;
        if event.status == Status::Confirmed && mine.state != SignUpState::Seated {
            event.status = Status::Tentative;
        }
        event.changed_at = event.changed_at.max(mine.changed_at);
        found.push(event);
    }
    for booking in bookings::of_person(tx, person, from, EVENTS_MAX)? {
        found.push(booked(app, tx, booking, lang)?);
    }
    found.sort_by_key(|event| event.starts_at);
    Ok((app.words.get(lang, "feed-own", &[]).into_owned(), found))
}

fn events(app: &App, tx: &mut Tx<'_>, found: &[Activity], lang: Lang) -> Result<Vec<Event>, Error> {
    found
        .iter()
        .map(|activity| event(app, tx, activity, lang))
        .collect()
}

fn event(app: &App, tx: &mut Tx<'_>, activity: &Activity, lang: Lang) -> Result<Event, Error> {
    let venue = match activity.venue {
        Some(venue) => venues::read(tx, venue)?,
        None => None,
    };
    let location = match venue {
        Some(venue) => {
            let name = venue.names.in_lang(lang.as_str());
            format!("{name} · {}", venue.about.address)
        }
        None => activity.about.address.clone(),
    };
    Ok(Event {
        uid: format!("activity-{}@{}", activity.id, host(app)),
        starts_at: activity.starts_at,
        ends_at: activity.ends_at,
        changed_at: activity.changed_at,
        title: activity.title.clone(),
        text: activity.about.text.clone(),
        location,
        link: format!("{}/activities/{}", app.config.base_url, activity.id),
        status: match activity.cancelled_at {
            Some(_) => Status::Cancelled,
            None => Status::Confirmed,
        },
    })
}

fn booked(app: &App, tx: &mut Tx<'_>, booking: Booking, lang: Lang) -> Result<Event, Error> {
    let room = rooms::read(tx, booking.room)?;
    let venue = match &room {
        Some(room) => venues::read(tx, room.venue)?,
        None => None,
    };
    let name = room.map(|room| room.names.in_lang(lang.as_str()).to_owned());
    let location = venue.map(|venue| {
        let name = venue.names.in_lang(lang.as_str());
        format!("{name} · {}", venue.about.address)
    });
    Ok(Event {
        uid: format!("booking-{}@{}", booking.id, host(app)),
        starts_at: booking.starts_at,
        ends_at: booking.ends_at,
        changed_at: booking.ended_at.unwrap_or(booking.made_at),
        title: name.unwrap_or_default(),
        text: booking.purpose,
        location: location.unwrap_or_default(),
        link: format!("{}/my/plans", app.config.base_url),
        status: match booking.state {
            BookingState::Held => Status::Confirmed,
            BookingState::Asked => Status::Tentative,
            _ => Status::Cancelled,
        },
    })
}

/// What makes ids of events this house's own.
pub(crate) fn host(app: &App) -> &str {
    let base = &app.config.base_url;
    base.split_once("://")
        .map_or(base.as_str(), |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_whose_calendar_it_is() {
        let place = Whose::of_file("place-6529.ics");
        assert_eq!(place, Some(Whose::Place("6529".parse().unwrap())));
        let own = Whose::of_file("own-a_b-c.ics");
        assert_eq!(own, Some(Whose::Link("a_b-c".to_owned())));
        for wrong in [
            "place-.ics",
            "own-.ics",
            "venue-x.ics",
            "place-6529",
            "x.ics",
        ] {
            assert_eq!(Whose::of_file(wrong), None, "{wrong}");
        }
    }
}
