//! The venues that somebody looks after, and the form of one.

use askama::Template;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::venues::decide::{self, Decision};
use huiyin_app::venues::look::Venue;
use huiyin_app::venues::look::{self, BookingLine};
use huiyin_app::venues::put::{self, Doors, Request};
use huiyin_domain::calendar::{Hours, Week};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::{BookingId, VenueId};
use huiyin_domain::venue::{About, Access, BookingState, Category, Holidays};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::{choices, pick};
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/venues.html")]
struct VenuesPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    sort: String,
    place: String,
    opening: String,
}

pub async fn list(visit: Visit) -> Answer {
    let lines = look::kept(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let lang = page.lang.as_str();
    let rows = lines.iter().map(|line| Row {
        href: format!("/desk/venues/{}", line.venue.id),
        name: line.venue.names.in_lang(lang).to_owned(),
        sort: page
            .t(&format!("venue-sort-{}", line.venue.category.word()))
            .into_owned(),
        place: line.place.in_lang(lang).to_owned(),
        opening: match line.venue.closed_at {
            Some(_) => page.t("venue-closed").into_owned(),
            None => parts::opening_words(&when, line.opening).0,
        },
    });
    html(&VenuesPage {
        rows: rows.collect(),
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/desk/venue.html")]
struct VenuePage<'a> {
    page: &'a Page,
    /// Empty for one that is being made.
    title: String,
    action: String,
    id: String,
    form: VenueForm,
    rooms: Vec<(String, String)>,
    bookings: Vec<BookingRow>,
    sees_bookings: bool,
    wrong: Wrong,
}

struct VenueForm {
    zh: String,
    en: String,
    sorts: Vec<Choice>,
    place: String,
    address: String,
    text: String,
    contact: String,
    access: Vec<Choice>,
    days: Vec<(String, String, String)>,
    holidays: Vec<Choice>,
    is_shut: bool,
}

struct BookingRow {
    id: String,
    room: String,
    when: String,
    who: String,
    purpose: String,
    heads: String,
    state: String,
    waits: bool,
    may_cancel: bool,
}

/// The form of one that is being made.
pub async fn new(visit: Visit) -> Answer {
    let mut typed = Form::default();
    for day in 0..7 {
        typed.put(&day_field(day), ["09:00-12:00 14:00-18:00".to_owned()]);
    }
    draw_new(&visit, &typed, Wrong::default()).await
}

async fn draw_new(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let id = match typed.text("id") {
        "" => VenueId::from_raw(visit.state.app.mint()).to_string(),
        id => id.to_owned(),
    };
    let status = wrong.status;
    let drawn = VenuePage {
        title: String::new(),
        action: "/desk/venues".to_owned(),
        id,
        form: form_view(visit, &page, typed, &wrong).await?,
        rooms: Vec::new(),
        bookings: Vec::new(),
        sees_bookings: false,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn add(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw_new(&visit, &form, Wrong::default()).await;
    }
    match keep(&visit, &form, form.text("id").parse().ok()).await {
        Ok(id) => Ok(kept(&visit, id)),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw_new(&visit, &form, wrong).await
        }
    }
}

/// One venue: its form, its rooms, and for the unit that keeps it what is booked.
pub async fn show(visit: Visit, Path(id): Path<VenueId>) -> Answer {
    draw(&visit, id, None, Wrong::default()).await
}

async fn draw(visit: &Visit, id: VenueId, typed: Option<&Form>, wrong: Wrong) -> Answer {
    let app = &visit.state.app;
    let found = look::show(app, id).await?;
    look::permit(&visit.actor, &found.line.venue)?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let of_venue = form_of(&found.line.venue);
    let typed = typed.unwrap_or(&of_venue);
    let booked = look::booked(app, &visit.actor, id).await?;
    let when = When::of(visit, &page);
    let rooms = found.rooms.iter().map(|room| {
        let name = room.names.in_lang(lang);
        let name = match room.closed_at {
            Some(_) => format!("{name} · {}", page.t("venue-closed")),
            None => name.to_owned(),
        };
        (format!("/desk/venues/{id}/rooms/{}", room.id), name)
    });
    let status = wrong.status;
    let drawn = VenuePage {
        title: found.line.venue.names.in_lang(lang).to_owned(),
        action: format!("/desk/venues/{id}"),
        id: id.to_string(),
        form: form_view(visit, &page, typed, &wrong).await?,
        rooms: rooms.collect(),
        sees_bookings: booked.is_some(),
        bookings: booked
            .unwrap_or_default()
            .iter()
            .map(|line| booking_row(&when, line))
            .collect(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn booking_row(when: &When<'_>, line: &BookingLine) -> BookingRow {
    let (page, booking) = (when.page, &line.booking);
    let who = match (&line.name, booking.activity) {
        (_, Some(_)) => page.t("booking-of-activity").into_owned(),
        (Some(name), _) => name.clone(),
        (None, None) => page.t("booking-by-staff").into_owned(),
    };
    BookingRow {
        id: booking.id.to_string(),
        room: line.room.in_lang(page.lang.as_str()).to_owned(),
        when: parts::span(when, booking.starts_at, booking.ends_at),
        who,
        purpose: booking.purpose.clone(),
        heads: booking.heads.to_string(),
        state: page
            .t(&format!("booking-state-{}", booking.state.word()))
            .into_owned(),
        waits: booking.state == BookingState::Asked,
        may_cancel: booking.activity.is_none() && booking.starts_at > when.now,
    }
}

pub async fn change(visit: Visit, Path(id): Path<VenueId>, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw(&visit, id, Some(&form), Wrong::default()).await;
    }
    match keep(&visit, &form, Some(id)).await {
        Ok(id) => Ok(kept(&visit, id)),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, Some(&form), wrong).await
        }
    }
}

fn kept(visit: &Visit, id: VenueId) -> axum::response::Response {
    let answer = see(&format!("/desk/venues/{id}"));
    flash::say(answer, Tone::Done, "venue-kept", visit.transport())
}

async fn keep(
    visit: &Visit,
    form: &Form,
    id: Option<VenueId>,
) -> Result<VenueId, huiyin_app::Error> {
    let request = read(form, id)?;
    let id = request.id;
    put::put(&visit.state.app, &visit.actor, request).await?;
    Ok(id)
}

/// The venue that a form describes, or all that cannot be understood of it.
fn read(form: &Form, id: Option<VenueId>) -> Result<Request, Refusal> {
    let mut faults = Vec::new();
    let mut days = [const { Hours::NONE }; 7];
    for (number, day) in days.iter_mut().enumerate() {
        match form.text(&day_field(number)).parse() {
            Ok(hours) => *day = hours,
            Err(_) => faults.push(FieldFault::new(&day_field(number), "fault-hours")),
        }
    }
    let week = Week::new(days);
    if week.is_err() && faults.is_empty() {
        faults.push(FieldFault::new(&day_field(0), "fault-never-open"));
    }
    let category: Result<Category, ()> = form.text("sort").parse();
    if category.is_err() {
        faults.push(FieldFault::new("sort", "fault-not-choice"));
    }
    let place = pick::needed(form);
    if let Err(key) = place {
        faults.push(FieldFault::new("place", key));
    }
    let (Ok(week), Ok(category), Ok(place), Some(id), true) =
        (week, category, place, id, faults.is_empty())
    else {
        return Err(Refusal::Invalid(faults));
    };
    Ok(Request {
        id,
        place,
        category,
        names: choices::names(form),
        about: About {
            address: form.text("address").to_owned(),
            text: form.text("text").to_owned(),
            contact: form.text("contact").to_owned(),
            access: form
                .all("access")
                .filter_map(|word| word.parse().ok())
                .collect(),
            week,
            holidays: form.text("holidays").parse().unwrap_or(Holidays::Open),
        },
        doors: match form.get("shut") {
            Some(_) => Doors::Shut,
            None => Doors::Open,
        },
    })
}

fn day_field(number: usize) -> String {
    format!("day-{}", number + 1)
}

/// A venue as its form would have been filled in.
fn form_of(venue: &Venue) -> Form {
    let mut form = Form::default();
    let mut put = |name: &str, text: &str| form.put(name, [text.to_owned()]);
    put("zh", venue.names.0.get("zh").map_or("", String::as_str));
    put("en", venue.names.0.get("en").map_or("", String::as_str));
    put("sort", venue.category.word());
    put("place", venue.place.as_str());
    put("address", &venue.about.address);
    put("text", &venue.about.text);
    put("contact", &venue.about.contact);
    put("holidays", venue.about.holidays.word());
    for (number, day) in venue.about.week.days().iter().enumerate() {
        put(&day_field(number), &day.to_string());
    }
    if venue.closed_at.is_some() {
        put("shut", "yes");
    }
    let access = venue.about.access.iter();
    let access: Vec<String> = access.map(|one| one.word().to_owned()).collect();
    form.put("access", access);
    form
}

async fn form_view(
    visit: &Visit,
    page: &Page,
    typed: &Form,
    wrong: &Wrong,
) -> Result<VenueForm, Problem> {
    let sorts = Category::ALL.iter().map(|one| one.word());
    let holidays = Holidays::ALL.iter().map(|one| one.word());
    let access = Access::ALL.iter().map(|access| Choice {
        value: access.word().to_owned(),
        label: page
            .t(&format!("venue-access-{}", access.word()))
            .into_owned(),
        chosen: typed.all("access").any(|word| word == access.word()),
    });
    let day = |number: usize| {
        let label = page.t(&format!("when-weekday-{}", number + 1)).into_owned();
        let field = day_field(number);
        let text = typed.text(&field).to_owned();
        (field, label, text)
    };
    let ask = pick::Ask::where_it_is(wrong.at("place").to_owned());
    Ok(VenueForm {
        zh: typed.text("zh").to_owned(),
        en: typed.text("en").to_owned(),
        sorts: parts::choices(page, "venue-sort", sorts, typed.text("sort")),
        place: pick::draw(visit, page, typed, ask).await?,
        address: typed.text("address").to_owned(),
        text: typed.text("text").to_owned(),
        contact: typed.text("contact").to_owned(),
        access: access.collect(),
        days: (0..7).map(day).collect(),
        holidays: parts::choices(page, "venue-holidays", holidays, typed.text("holidays")),
        is_shut: typed.get("shut").is_some(),
    })
}

/// Gives or declines a booking that waits, or gives one back for the venue.
pub async fn decide(
    visit: Visit,
    Path((id, booking)): Path<(VenueId, BookingId)>,
    form: Form,
) -> Answer {
    use huiyin_app::venues::cancel::{Which, cancel};
    let (app, actor) = (&visit.state.app, &visit.actor);
    let (done, word) = match form.text("decision") {
        "given" => {
            let done = decide::decide(app, actor, booking, Decision::Given).await;
            (done, "booking-given")
        }
        "declined" => {
            let done = decide::decide(app, actor, booking, Decision::Declined).await;
            (done, "booking-declined")
        }
        _ => {
            let done = cancel(app, actor, booking, Which::ThisOne).await;
            (done.map(drop), "booking-cancelled")
        }
    };
    match done {
        Ok(()) => {
            let answer = see(&format!("/desk/venues/{id}"));
            Ok(flash::say(answer, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, None, wrong).await
        }
    }
}
