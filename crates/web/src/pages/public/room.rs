//! A room on a day: which hours are free, and the form in which one books them.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::Refusal;
use huiyin_app::venues::book::{self, For, Request, WhenTaken};
use huiyin_app::venues::look::{self, RoomDay};
use huiyin_domain::access::{Action, may_somewhere};
use huiyin_domain::id::{BookingId, RoomId, VenueId};
use huiyin_domain::venue::{Approval, BookingState, Pattern, Repeat, Who};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/room.html")]
struct RoomPage<'a> {
    page: &'a Page,
    address: String,
    venue: String,
    venue_href: String,
    name: String,
    about: String,
    rules: Vec<String>,
    text: String,
    day: String,
    day_word: String,
    before: String,
    after: String,
    is_open: bool,
    free: Vec<String>,
    taken: Vec<String>,
    /// Whether the one who looks may book.
    may: May,
    form: FormView,
    wrong: Wrong,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    Book,
    SignIn,
    /// Only staff may.
    Ask,
}

struct FormView {
    id: String,
    starts: Vec<Choice>,
    ends: Vec<Choice>,
    heads: String,
    purpose: String,
    patterns: Vec<Choice>,
    times: String,
    leaves_out: bool,
    may_for_another: bool,
    for_another: bool,
}

pub async fn show(
    visit: Visit,
    Path((venue, room)): Path<(VenueId, RoomId)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw(&visit, (venue, room), &query, Wrong::default()).await
}

async fn draw(
    visit: &Visit,
    (venue, room): (VenueId, RoomId),
    typed: &Form,
    wrong: Wrong,
) -> Answer {
    let day: Option<Date> = typed.text("day").parse().ok();
    let found = look::room(&visit.state.app, room, day).await?;
    if found.venue.id != venue {
        return Err(Problem::NotFound);
    }
    let page = visit.page();
    let when = When::of(visit, &page);
    let lang = page.lang.as_str();
    let address = format!("/venues/{venue}/rooms/{room}");
    let beside = |day: Result<Date, jiff::Error>| {
        day.map_or_else(|_| String::new(), |day| format!("{address}?day={day}"))
    };
    let today = found.zone.date(when.now);
    let is_staff = may_somewhere(&visit.actor, Action::VenuesEdit);
    let open = open_slots(&found);
    let status = wrong.status;
    let drawn = RoomPage {
        venue: found.venue.names.in_lang(lang).to_owned(),
        venue_href: format!("/venues/{venue}"),
        name: found.room.names.in_lang(lang).to_owned(),
        about: found.room.about.clone(),
        rules: rules(&page, &found),
        text: found.room.rules.text.clone(),
        day: found.day.to_string(),
        day_word: when.day(found.day),
        before: match found.day > today {
            true => beside(found.day.yesterday()),
            false => String::new(),
        },
        after: beside(found.day.tomorrow()),
        is_open: !open.is_empty(),
        free: told(&when, &found, &open, Slot::Free),
        taken: told(&when, &found, &open, Slot::Taken),
        may: match (visit.visitor.is_some(), found.room.rules.who) {
            _ if is_staff => May::Book,
            (_, Who::Staff) => May::Ask,
            (true, Who::Everybody) => May::Book,
            (false, Who::Everybody) => May::SignIn,
        },
        form: form_view(visit, &page, typed, (&when, &found, &open)),
        wrong,
        address,
        page: &page,
    };
    html_as(status, &drawn)
}

/// The sentences of the rules.
fn rules(page: &Page, found: &RoomDay) -> Vec<String> {
    let rules = &found.room.rules;
    let mut said = vec![
        page.tn("room-seats", "count", found.room.seats)
            .into_owned(),
        page.tn("room-rule-minutes", "count", rules.minutes_max)
            .into_owned(),
        page.tn("room-rule-days", "count", rules.days_max)
            .into_owned(),
        page.tn("room-rule-open", "count", rules.open_max)
            .into_owned(),
    ];
    if rules.approval == Approval::Asked {
        said.push(page.t("room-rule-asked").into_owned());
    }
    if rules.who == Who::Staff {
        said.push(page.t("room-rule-staff").into_owned());
    }
    said
}

/// A quarter of an hour in which the venue is open.
struct Quarter {
    from: Timestamp,
    to: Timestamp,
    slot: Slot,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Free,
    Taken,
}

fn open_slots(found: &RoomDay) -> Vec<Quarter> {
    let (calendar, zone) = (&found.calendar, &found.zone);
    let mut quarters = Vec::new();
    for interval in calendar.day(found.day).hours.intervals() {
        let mut minute = interval.from().next_multiple_of(15);
        while minute + 15 <= interval.to() {
            let ends = (
                zone.first(found.day, minute),
                zone.first(found.day, minute + 15),
            );
            minute += 15;
            let (Some(from), Some(to)) = ends else {
                continue;
            };
            let is_taken = found
                .taken
                .iter()
                .any(|taken| taken.starts_at < to && taken.ends_at > from);
            quarters.push(Quarter {
                from,
                to,
                slot: match is_taken {
                    true => Slot::Taken,
                    false => Slot::Free,
                },
            });
        }
    }
    quarters
}

/// `09:00–11:30` for each stretch that is free or taken.
fn told(when: &When<'_>, found: &RoomDay, open: &[Quarter], slot: Slot) -> Vec<String> {
    let mut stretches: Vec<(Timestamp, Timestamp)> = Vec::new();
    for quarter in open.iter().filter(|quarter| quarter.slot == slot) {
        match stretches.last_mut() {
            Some((_, end)) if *end == quarter.from => *end = quarter.to,
            _ => stretches.push((quarter.from, quarter.to)),
        }
    }
    let when = When {
        page: when.page,
        now: when.now,
        zone: parts::clocks(&found.zone),
    };
    let said = stretches
        .into_iter()
        .map(|(from, to)| format!("{}–{}", when.clock(from), when.clock(to)));
    said.collect()
}

fn form_view(
    visit: &Visit,
    page: &Page,
    typed: &Form,
    (when, found, open): (&When<'_>, &RoomDay, &[Quarter]),
) -> FormView {
    let local = When {
        page,
        now: when.now,
        zone: parts::clocks(&found.zone),
    };
    let choice = |at: Timestamp, field: &str| {
        let clock = local.clock(at);
        Choice {
            chosen: typed.text(field) == clock,
            label: clock.clone(),
            value: clock,
        }
    };
    let ahead = open
        .iter()
        .filter(|quarter| quarter.slot == Slot::Free && quarter.from > when.now);
    let ahead: Vec<&Quarter> = ahead.collect();
    let patterns = Pattern::ALL.iter().map(|pattern| pattern.word());
    let text = |field: &str, usual: &str| match typed.text(field) {
        "" => usual.to_owned(),
        text => text.to_owned(),
    };
    FormView {
        id: text(
            "id",
            &BookingId::from_raw(visit.state.app.mint()).to_string(),
        ),
        starts: ahead.iter().map(|one| choice(one.from, "from")).collect(),
        ends: ahead.iter().map(|one| choice(one.to, "to")).collect(),
        heads: typed.text("heads").to_owned(),
        purpose: typed.text("purpose").to_owned(),
        patterns: parts::choices(page, "repeat", patterns, typed.text("repeat")),
        times: text("times", "4"),
        leaves_out: typed.get("leave_out").is_some(),
        may_for_another: may_somewhere(&visit.actor, Action::VenuesEdit),
        for_another: typed.get("another").is_some(),
    }
}

pub async fn book(
    visit: Visit,
    Path((venue, room)): Path<(VenueId, RoomId)>,
    form: Form,
) -> Answer {
    let app = &visit.state.app;
    let found = look::room(app, room, None).await?;
    let booked = match request(&found, room, &form) {
        Ok(request) => book::book(app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    let reply = match booked {
        Ok(reply) => reply,
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            return draw(&visit, (venue, room), &form, wrong).await;
        }
    };
    let waits = reply
        .bookings
        .iter()
        .any(|one| one.state == BookingState::Asked);
    let (tone, word) = match (waits, reply.left_out.is_empty()) {
        (true, _) => (Tone::Wait, "room-asked"),
        (false, true) => (Tone::Done, "room-booked"),
        (false, false) => (Tone::Done, "room-booked-but"),
    };
    let address = match form.get("another") {
        Some(_) => format!("/desk/venues/{venue}"),
        None => "/my/plans".to_owned(),
    };
    Ok(flash::say(see(&address), tone, word, visit.transport()))
}

fn request(found: &RoomDay, room: RoomId, form: &Form) -> Result<Request, Refusal> {
    let day = form.text("day");
    let starts_at = parts::instant(&found.zone, day, form.text("from"));
    let starts_at = starts_at.ok_or_else(|| Refusal::field("from", "fault-required"))?;
    let ends_at = parts::instant(&found.zone, day, form.text("to"));
    let ends_at = ends_at.ok_or_else(|| Refusal::field("to", "fault-required"))?;
    let repeat = match form.text("repeat").parse::<Pattern>() {
        Err(()) => None,
        Ok(pattern) => {
            let times = form.text("times").parse().ok();
            let repeat = times.and_then(|times| Repeat::new(pattern, times));
            Some(repeat.ok_or_else(|| Refusal::field("times", "fault-repeat"))?)
        }
    };
    let id = form.text("id").parse();
    Ok(Request {
        id: id.map_err(|_| Refusal::field("purpose", "fault-form-old"))?,
        room,
        starts_at,
        ends_at,
        heads: parts::number(form, "heads"),
        purpose: form.text("purpose").to_owned(),
        whom: match form.get("another") {
            Some(_) => For::Another,
            None => For::Myself,
        },
        repeat,
        when_taken: match form.get("leave_out") {
            Some(_) => WhenTaken::LeaveOut,
            None => WhenTaken::Refuse,
        },
    })
}
