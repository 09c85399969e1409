//! Book a time: from what is to be done to a window, to a day and a time, to a name and a number.
//! No account is needed; a code opens it afterwards.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use huiyin_app::limits::Purpose;
use huiyin_app::procedures::read;
use huiyin_app::windows::book::{self, Wanted};
use huiyin_app::windows::list::{self, Request};
use huiyin_app::windows::times::{Times, times};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{AppointmentId, WindowId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::actor;
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;
use crate::pages::public::windows::{Card, card};
use crate::pages::window_parts::{Day, free_day};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

/// So many days with something free are shown at once.
const DAYS: usize = 4;
/// So many times are offered where the chosen one is gone.
const OTHERS_MAX: usize = 9;

#[derive(Template)]
#[template(path = "pages/public/book_windows.html")]
struct WindowsPage<'a> {
    page: &'a Page,
    slug: String,
    name: String,
    text: String,
    /// A window, and when it is free first.
    cards: Vec<(Card, String)>,
    more: bool,
}

/// The windows where it is done, and when each is free first.
pub async fn windows(visit: Visit, Path(slug): Path<String>, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let app = &visit.state.app;
    let found = read::open(app, &slug).await?;
    let request = Request {
        text: query.text("text").chars().take(60).collect(),
        procedure: Some(slug.clone()),
    };
    let text = request.text.clone();
    let (lines, more) = list::list(app, request).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let cards = lines.iter().map(|line| {
        let local = When {
            page: &page,
            now: when.now,
            zone: parts::clocks(&line.zone),
        };
        let first = line.first.map(|slot| {
            let moment = local.moment(slot.starts_at);
            page.ts("book-first", "moment", &moment).into_owned()
        });
        let href = format!("/guide/{slug}/book/{}", line.window.id);
        (card(&when, line, &href), first.unwrap_or_default())
    });
    html(&WindowsPage {
        name: found.procedure.names.in_lang(page.lang.as_str()).to_owned(),
        cards: cards.collect(),
        slug,
        text,
        more,
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/public/book_times.html")]
struct TimesPage<'a> {
    page: &'a Page,
    name: String,
    window: String,
    location: String,
    days: Vec<Day>,
    /// The address before the instant of a time.
    to: String,
    back: String,
    later: String,
    first: String,
}

/// The next free times of a window, day by day.
pub async fn free(
    visit: Visit,
    Path((slug, id)): Path<(String, WindowId)>,
    RawQuery(query): RawQuery,
) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let app = &visit.state.app;
    let found = read::open(app, &slug).await?;
    let from: Option<Date> = query.text("from").parse().ok();
    let free = times(app, id, from, DAYS).await?;
    if !free.window.setup.does(&slug) {
        return Err(Problem::NotFound);
    }
    let page = visit.page();
    let lang = page.lang.as_str();
    let when = local(&visit, &page, &free);
    let here = format!("/guide/{slug}/book/{id}");
    html(&TimesPage {
        name: found.procedure.names.in_lang(lang).to_owned(),
        window: free.window.names.in_lang(lang).to_owned(),
        location: free.window.setup.location.clone(),
        days: free.days.iter().map(|day| free_day(&when, day)).collect(),
        to: format!("{here}/who?at="),
        back: format!("/guide/{slug}/book"),
        later: free
            .next
            .map_or_else(String::new, |next| format!("{here}?from={next}")),
        first: match from {
            Some(_) => here,
            None => String::new(),
        },
        page: &page,
    })
}

/// Time by the clocks of the window.
pub fn local<'p>(visit: &Visit, page: &'p Page, free: &Times) -> When<'p> {
    When {
        page,
        now: visit.state.now(),
        zone: parts::clocks(&free.zone),
    }
}

#[derive(Template)]
#[template(path = "pages/public/book_who.html")]
struct WhoPage<'a> {
    page: &'a Page,
    name: String,
    window: String,
    location: String,
    action: String,
    back: String,
    id: String,
    /// The time that was chosen, as long as it is free.
    moment: String,
    at: String,
    others: Vec<Choice>,
    typed_name: String,
    typed_contact: String,
    wrong: Wrong,
}

/// Who comes, and under which number they are reached.
pub async fn who(
    visit: Visit,
    Path((slug, id)): Path<(String, WindowId)>,
    RawQuery(query): RawQuery,
) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw(&visit, (slug, id), &query, Wrong::default()).await
}

async fn draw(
    visit: &Visit,
    (slug, id): (String, WindowId),
    typed: &Form,
    mut wrong: Wrong,
) -> Answer {
    let app = &visit.state.app;
    let found = read::open(app, &slug).await?;
    let free = times(app, id, None, usize::MAX).await?;
    if !free.window.setup.does(&slug) {
        return Err(Problem::NotFound);
    }
    let page = visit.page();
    let lang = page.lang.as_str();
    let when = local(visit, &page, &free);
    let at: Option<Timestamp> = typed.text("at").parse().ok();
    let slots = free.days.iter().flat_map(|day| &day.free);
    let chosen = slots.clone().find(|slot| Some(slot.starts_at) == at);
    if chosen.is_none() && wrong.above.is_empty() {
        wrong.above = page.t("book-gone").into_owned();
        wrong.status = StatusCode::OK;
    }
    let others = match chosen {
        Some(_) => Vec::new(),
        None => others(&when, &free, at),
    };
    let status = wrong.status;
    let drawn = WhoPage {
        name: found.procedure.names.in_lang(lang).to_owned(),
        window: free.window.names.in_lang(lang).to_owned(),
        location: free.window.setup.location.clone(),
        action: format!("/guide/{slug}/book/{id}/who"),
        back: format!("/guide/{slug}/book/{id}"),
        id: match typed.text("id") {
            "" => AppointmentId::from_raw(app.mint()).to_string(),
            id => id.to_owned(),
        },
        moment: chosen.map_or_else(String::new, |slot| when.moment(slot.starts_at)),
        at: chosen.map_or_else(String::new, |slot| slot.starts_at.to_string()),
        others,
        typed_name: typed.text("name").to_owned(),
        typed_contact: typed.text("contact").to_owned(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// The free times nearest to the one that is gone: those after it, else the first of all.
pub fn others(when: &When<'_>, free: &Times, at: Option<Timestamp>) -> Vec<Choice> {
    let slots = free.days.iter().flat_map(|day| &day.free);
    let choice = |at: Timestamp| Choice {
        value: at.to_string(),
        label: when.moment(at),
        chosen: false,
    };
    let after = slots.clone().filter(|slot| Some(slot.starts_at) >= at);
    let mut found: Vec<Choice> = after
        .take(OTHERS_MAX)
        .map(|slot| choice(slot.starts_at))
        .collect();
    if found.is_empty() {
        let first = slots.take(OTHERS_MAX);
        found.extend(first.map(|slot| choice(slot.starts_at)));
    }
    found
}

pub async fn book(visit: Visit, Path((slug, id)): Path<(String, WindowId)>, form: Form) -> Answer {
    visit.count(Purpose::OpenCase)?;
    let booked = match request(&visit, (&slug, id), &form) {
        Ok(request) => {
            let appointment = request.id;
            let done = book::book(&visit.state.app, request).await;
            done.map(|()| appointment)
        }
        Err(refusal) => Err(Error::from(refusal)),
    };
    match booked {
        Ok(appointment) => {
            let to = see(&format!("/appointments/{appointment}"));
            let to = actor::remember_appointment(&visit, appointment, to);
            let word = "appointment-made";
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, (slug, id), &form, wrong).await
        }
    }
}

fn request(
    visit: &Visit,
    (slug, window): (&str, WindowId),
    form: &Form,
) -> Result<book::Request, Refusal> {
    let id = form.text("id").parse();
    let starts_at = form.text("at").parse();
    Ok(book::Request {
        id: id.map_err(|_| Refusal::field("name", "fault-form-old"))?,
        wanted: Wanted {
            window,
            procedure: slug.to_owned(),
            starts_at: starts_at.map_err(|_| Refusal::field("at", "fault-required"))?,
        },
        name: form.text("name").to_owned(),
        contact: form.text("contact").to_owned(),
        language: visit.taste.lang,
    })
}
