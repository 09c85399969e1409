//! How a window is set up: where it is, when it is open, single days on which it is closed.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use huiyin_app::procedures::list::{self as guide, Listed};
use huiyin_app::venues::put::Doors;
use huiyin_app::windows::preview::{self, Preview};
use huiyin_app::windows::{close_day, put, today};
use huiyin_app::{Error, Refusal};
use huiyin_domain::calendar::Hours;
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::WindowId;
use huiyin_domain::window::Setup;

use super::preview::{PreviewView, view};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::{choices, pick};
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;
use crate::pages::window_parts::{DayRow, day_row};
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

/// What the button says that shows the week.
const SEE: &str = "see";

#[derive(Template)]
#[template(path = "pages/desk/windows/setup.html")]
struct SetupPage<'a> {
    page: &'a Page,
    /// Empty for one that is being made.
    title: String,
    action: String,
    id: String,
    typed: &'a Form,
    place: String,
    hours: Vec<HoursRow>,
    procedures: Vec<Choice>,
    days: Vec<DayRow>,
    /// What the hours that were typed would give, when somebody asked.
    preview: Option<PreviewView>,
    wrong: Wrong,
}

struct HoursRow {
    number: usize,
    weekday: String,
    day: String,
    midday: String,
}

/// The form of one that is being made, with what most halls do.
pub async fn new(visit: Visit) -> Answer {
    let mut typed = Form::default();
    fill(&mut typed, &Setup::usual());
    draw(&visit, None, &typed, Wrong::default()).await
}

fn fill(form: &mut Form, setup: &Setup) {
    let mut put = |name: &str, text: String| form.put(name, [text]);
    for (number, (day, midday)) in (1..).zip(setup.week.iter().zip(&setup.midday)) {
        put(&format!("day-{number}"), day.to_string());
        put(&format!("midday-{number}"), midday.to_string());
    }
    put("location", setup.location.clone());
    put("contact", setup.contact.clone());
    put("minutes", setup.minutes.to_string());
    put("seats", setup.seats.to_string());
    put("ahead", setup.days_ahead.to_string());
    form.put("procedures", setup.procedures.clone());
}

pub async fn show(visit: Visit, Path(id): Path<WindowId>) -> Answer {
    let typed = kept_form(&visit, id).await?;
    draw(&visit, Some(id), &typed, Wrong::default()).await
}

/// A window as its form would have been filled in.
async fn kept_form(visit: &Visit, id: WindowId) -> Result<Form, Error> {
    let found = today::for_keeper(&visit.state.app, &visit.actor, id).await?;
    let window = found.window;
    let mut form = Form::default();
    fill(&mut form, &window.setup);
    form.put("zh", [choices::name_in(&window.names, "zh")]);
    form.put("en", [choices::name_in(&window.names, "en")]);
    form.put("place", [window.place.to_string()]);
    if window.closed_at.is_some() {
        form.put("shut", ["yes".to_owned()]);
    }
    Ok(form)
}

async fn draw(visit: &Visit, id: Option<WindowId>, typed: &Form, wrong: Wrong) -> Answer {
    drawn(visit, id, typed, (wrong, None)).await
}

async fn drawn(
    visit: &Visit,
    id: Option<WindowId>,
    typed: &Form,
    (wrong, preview): (Wrong, Option<Preview>),
) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let when = When::of(visit, &page);
    let lang = page.lang.as_str();
    let (title, days) = match id {
        Some(id) => {
            let found = today::for_keeper(app, &visit.actor, id).await?;
            let days = found.days.iter().map(|day| day_row(&when, day));
            let title = found.window.names.in_lang(lang).to_owned();
            (title, days.collect())
        }
        None => (String::new(), Vec::new()),
    };
    let all = guide::all(app).await?;
    let chosen = |slug: &str| typed.all("procedures").any(|one| one == slug);
    // What was withdrawn stays where it was chosen: with none chosen all are done here.
    let is_there = |row: &&Listed| row.closed_at.is_none() || chosen(&row.procedure.slug);
    let procedures = all.iter().filter(is_there).map(|row| Choice {
        value: row.procedure.slug.clone(),
        label: row.procedure.names.in_lang(lang).to_owned(),
        chosen: chosen(&row.procedure.slug),
    });
    let hours = (1..=7).map(|number| HoursRow {
        number,
        weekday: page.t(&format!("when-weekday-{number}")).into_owned(),
        day: typed.text(&format!("day-{number}")).to_owned(),
        midday: typed.text(&format!("midday-{number}")).to_owned(),
    });
    let ask = pick::Ask::where_it_is(wrong.at("place").to_owned());
    let place = match id {
        // Where a window stands never changes: what is booked there stands there too.
        Some(_) => String::new(),
        None => pick::draw(visit, &page, typed, ask).await?,
    };
    let status = wrong.status;
    let drawn = SetupPage {
        preview: preview.map(|preview| view(&when, &preview)),
        action: id.map_or_else(
            || "/desk/windows".to_owned(),
            |id| format!("/desk/windows/{id}"),
        ),
        id: match (id, typed.text("id")) {
            (Some(id), _) => id.to_string(),
            (None, "") => WindowId::from_raw(app.mint()).to_string(),
            (None, typed) => typed.to_owned(),
        },
        procedures: procedures.collect(),
        hours: hours.collect(),
        title,
        typed,
        place,
        days,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn add(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw(&visit, None, &form, Wrong::default()).await;
    }
    let id = form.text("id").parse().ok();
    if form.text("do") == SEE {
        return see_week(&visit, (None, id), &form).await;
    }
    match keep(&visit, &form, id).await {
        Ok((id, moved)) => Ok(kept(&visit, id, moved)),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, None, &form, wrong).await
        }
    }
}

pub async fn change(visit: Visit, Path(id): Path<WindowId>, mut form: Form) -> Answer {
    let before = kept_form(&visit, id).await?;
    form.put("place", [before.text("place").to_owned()]);
    if form.text("do") == SEE {
        return see_week(&visit, (Some(id), Some(id)), &form).await;
    }
    match keep(&visit, &form, Some(id)).await {
        Ok((id, moved)) => Ok(kept(&visit, id, moved)),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, Some(id), &form, wrong).await
        }
    }
}

/// The form as it was filled in, and what it would give; nothing is kept.
async fn see_week(
    visit: &Visit,
    (page, id): (Option<WindowId>, Option<WindowId>),
    form: &Form,
) -> Answer {
    let app = &visit.state.app;
    let found = match read(form, id) {
        Ok(request) => preview::preview(app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    match found {
        Ok(preview) => drawn(visit, page, form, (Wrong::default(), Some(preview))).await,
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, page, form, wrong).await
        }
    }
}

async fn keep(
    visit: &Visit,
    form: &Form,
    id: Option<WindowId>,
) -> Result<(WindowId, usize), Error> {
    let request = read(form, id)?;
    let id = request.id;
    let moved = put::put(&visit.state.app, &visit.actor, request).await?;
    Ok((id, moved))
}

fn kept(visit: &Visit, id: WindowId, moved: usize) -> Response {
    let (tone, word) = match moved {
        0 => (Tone::Done, "window-kept"),
        _ => (Tone::Wait, "window-kept-moved"),
    };
    let to = see(&format!("/desk/windows/{id}"));
    flash::say(to, tone, word, visit.transport())
}

/// The window that a form describes, or all that cannot be understood of it.
fn read(form: &Form, id: Option<WindowId>) -> Result<put::Request, Refusal> {
    let mut faults = Vec::new();
    let mut setup = Setup::usual();
    for (sort, days) in [("day", &mut setup.week), ("midday", &mut setup.midday)] {
        for (number, day) in (1..).zip(days.iter_mut()) {
            let field = format!("{sort}-{number}");
            match form.text(&field).parse::<Hours>() {
                Ok(hours) => *day = hours,
                Err(_) => faults.push(FieldFault::new(&field, "fault-hours")),
            }
        }
    }
    setup.location = form.text("location").trim().to_owned();
    setup.contact = form.text("contact").trim().to_owned();
    setup.minutes = parts::number(form, "minutes");
    setup.seats = parts::number(form, "seats");
    setup.days_ahead = parts::number(form, "ahead");
    setup.procedures = form.all("procedures").map(str::to_owned).collect();
    let place = pick::needed(form);
    if let Err(key) = place {
        faults.push(FieldFault::new("place", key));
    }
    let (Ok(place), Some(id), true) = (place, id, faults.is_empty()) else {
        return Err(Refusal::Invalid(faults));
    };
    Ok(put::Request {
        id,
        place,
        names: choices::names(form),
        setup,
        doors: match form.get("shut") {
            Some(_) => Doors::Shut,
            None => Doors::Open,
        },
    })
}

/// Closes a day, or opens it again.
pub async fn day(visit: Visit, Path(id): Path<WindowId>, form: Form) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let done = match (form.text("day").parse(), form.text("doing")) {
        (Ok(day), "open") => close_day::open(app, actor, id, day)
            .await
            .map(|()| "window-day-opened"),
        (Ok(day), _) => {
            let request = close_day::Request {
                window: id,
                day,
                reason: form.text("reason").to_owned(),
            };
            let done = close_day::close(app, actor, request).await;
            done.map(|moved| match moved {
                0 => "window-day-closed",
                _ => "window-day-closed-moved",
            })
        }
        (Err(_), _) => Err(Refusal::field("day", "fault-required").into()),
    };
    match done {
        Ok(word) => {
            let to = see(&format!("/desk/windows/{id}"));
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            let typed = kept_form(&visit, id).await?;
            draw(&visit, Some(id), &typed, wrong).await
        }
    }
}
