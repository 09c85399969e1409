//! One meal of a day at the desk: what is asked for, its dishes to change, and calling it off.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::meals::look::{self, Kitchen, Week};
use huiyin_app::meals::{call_off, put};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{KitchenDayId, VenueId};
use huiyin_domain::meal::MealState;
use jiff::ToSpan;
use jiff::civil::Date;

use super::form::{self, FormView};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::meal_parts::{price, sitting};
use crate::pages::public::meals::local;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/kitchen/day.html")]
struct DayPage<'a> {
    page: &'a Page,
    venue: String,
    venue_href: String,
    week_href: String,
    /// Empty for one that is being made.
    title: String,
    action: String,
    id: String,
    is_off: bool,
    may_change: bool,
    may_call_off: bool,
    rows: Vec<Row>,
    counts: String,
    form: FormView,
    wrong: Wrong,
}

struct Row {
    name: String,
    price: String,
    gone: String,
    portions: String,
}

pub async fn new(visit: Visit, Path(venue): Path<VenueId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let found = look::week(&visit.state.app, venue, None).await?;
    let tomorrow = found.zone.date(visit.state.now()).saturating_add(1.days());
    let asked: Option<Date> = query.text("day").parse().ok();
    let day = asked.unwrap_or(tomorrow).max(tomorrow);
    draw_new(&visit, &found, &form::usual(day), Wrong::default())
}

fn draw_new(visit: &Visit, found: &Week, typed: &Form, wrong: Wrong) -> Answer {
    huiyin_app::venues::look::permit(&visit.actor, &found.venue)?;
    let page = visit.page();
    let venue = found.venue.id;
    let id = match typed.text("id") {
        "" => KitchenDayId::from_raw(visit.state.app.mint()).to_string(),
        id => id.to_owned(),
    };
    let status = wrong.status;
    let drawn = DayPage {
        venue: found.venue.names.in_lang(page.lang.as_str()).to_owned(),
        venue_href: format!("/desk/venues/{venue}"),
        week_href: format!("/desk/venues/{venue}/meals"),
        title: String::new(),
        action: format!("/desk/venues/{venue}/meals"),
        id: id.clone(),
        is_off: false,
        may_change: true,
        may_call_off: false,
        rows: Vec::new(),
        counts: String::new(),
        form: form::view(&page, typed, id),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn add(visit: Visit, Path(venue): Path<VenueId>, form: Form) -> Answer {
    let found = look::week(&visit.state.app, venue, None).await?;
    let id = form.text("id").parse().ok();
    let made = match form::read(&found.zone, (venue, id), &form) {
        Ok(request) => {
            let id = request.id;
            let made = put::put(&visit.state.app, &visit.actor, request).await;
            made.map(|()| id)
        }
        Err(refusal) => Err(Error::from(refusal)),
    };
    match made {
        Ok(id) => Ok(said(&visit, id, "kitchen-kept")),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw_new(&visit, &found, &form, wrong)
        }
    }
}

fn said(visit: &Visit, id: KitchenDayId, word: &str) -> axum::response::Response {
    let answer = see(&format!("/desk/meals/{id}"));
    flash::say(answer, Tone::Done, word, visit.transport())
}

pub async fn show(visit: Visit, Path(id): Path<KitchenDayId>) -> Answer {
    draw(&visit, id, None, Wrong::default()).await
}

async fn draw(visit: &Visit, id: KitchenDayId, typed: Option<&Form>, wrong: Wrong) -> Answer {
    let found = look::kitchen(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let (cooked, zone) = (&found.page.cooked, &found.page.zone);
    let when = local(visit, &page, zone);
    let held = form::form_of(zone, cooked);
    let day = &cooked.day;
    let rows = cooked.dishes.iter().map(|dish| Row {
        name: dish.name.clone(),
        price: price(&page, dish.price_fen),
        gone: dish.gone.to_string(),
        portions: dish.portions.to_string(),
    });
    let is_off = day.called_off_at.is_some();
    let status = wrong.status;
    let drawn = DayPage {
        venue: found
            .page
            .venue
            .names
            .in_lang(page.lang.as_str())
            .to_owned(),
        venue_href: format!("/desk/venues/{}", day.venue),
        week_href: format!("/desk/venues/{}/meals?day={}", day.venue, day.day),
        title: sitting(&when, cooked),
        action: format!("/desk/meals/{id}"),
        id: id.to_string(),
        is_off,
        may_change: !is_off && day.ends_at > when.now,
        may_call_off: !is_off && day.starts_at > when.now,
        rows: rows.collect(),
        counts: counts(&page, &found),
        form: form::view(&page, typed.unwrap_or(&held), id.to_string()),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn counts(page: &Page, found: &Kitchen) -> String {
    let of = |state: MealState| {
        let lines = found.lines.iter();
        lines.filter(|line| line.meal.state == state).count() as i64
    };
    let handed = of(MealState::Handed);
    let args = [
        ("meals", (handed + of(MealState::Asked)).into()),
        ("brought", (found.brought().count() as i64).into()),
        ("handed", handed.into()),
    ];
    page.ta("kitchen-counts", &args).into_owned()
}

pub async fn change(visit: Visit, Path(id): Path<KitchenDayId>, mut form: Form) -> Answer {
    let found = look::kitchen(&visit.state.app, &visit.actor, id).await?;
    let day = &found.page.cooked.day;
    // Which meal it is stays what it was.
    form.put("day", [day.day.to_string()]);
    form.put("sitting", [day.sitting.word().to_owned()]);
    let request = form::read(&found.page.zone, (day.venue, Some(id)), &form);
    let done = match request {
        Ok(request) => put::put(&visit.state.app, &visit.actor, request).await,
        Err(refusal) => Err(Error::from(refusal)),
    };
    after(&visit, id, Some(&form), (done, "kitchen-kept")).await
}

pub async fn off(visit: Visit, Path(id): Path<KitchenDayId>, form: Form) -> Answer {
    let done = match form.get("sure") {
        Some(_) => call_off::call_off(&visit.state.app, &visit.actor, id).await,
        None => Err(Refusal::field("sure", "fault-sure").into()),
    };
    after(&visit, id, None, (done, "kitchen-off")).await
}

async fn after(
    visit: &Visit,
    id: KitchenDayId,
    form: Option<&Form>,
    (done, word): (Result<(), Error>, &str),
) -> Answer {
    match done {
        Ok(()) => Ok(said(visit, id, word)),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, id, form, wrong).await
        }
    }
}
