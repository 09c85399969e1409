//! My meals: what I asked for, the code to fetch it with, and giving it back.

use askama::Template;
use axum::extract::Path;
use huiyin_app::meals::cancel;
use huiyin_app::meals::look::{self, Mine};
use huiyin_domain::id::MealId;
use huiyin_domain::meal::{Handing, MealState};

use crate::flash;
use crate::layout::{Page, Tone};
use crate::pages::meal_parts::{contents, sitting};
use crate::pages::wrong::Wrong;
use crate::qr;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

const PATH: &str = "/my/meals";

#[derive(Template)]
#[template(path = "pages/resident/meals.html")]
struct MealsPage<'a> {
    page: &'a Page,
    coming: Vec<Row>,
    past: Vec<Row>,
    wrong: Wrong,
}

struct Row {
    id: String,
    day_href: String,
    change_href: String,
    venue: String,
    when: String,
    dishes: Vec<String>,
    price: String,
    whom: String,
    address: String,
    note: String,
    state: String,
    tone: &'static str,
    sign: &'static str,
    /// Empty when there is nothing to fetch any more.
    code: String,
    qr: String,
    is_brought: bool,
    may_change: bool,
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, Wrong::default()).await
}

async fn draw(visit: &Visit, wrong: Wrong) -> Answer {
    let mine = look::mine(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let (mut coming, past): (Vec<&Mine>, Vec<&Mine>) = mine.iter().partition(|one| {
        one.line.meal.state == MealState::Asked && one.cooked.day.ends_at > when.now
    });
    coming.sort_by_key(|one| one.cooked.day.starts_at);
    let row = |one: &Mine| row(visit, &when, one);
    let status = wrong.status;
    let drawn = MealsPage {
        coming: coming.into_iter().map(row).collect(),
        past: past.into_iter().map(row).collect(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn row(visit: &Visit, when: &When<'_>, one: &Mine) -> Row {
    let (page, meal, day) = (when.page, &one.line.meal, &one.cooked.day);
    let (dishes, price) = contents(page, &one.cooked, &one.line.portions);
    let said = |key: &str| page.t(key).into_owned();
    let is_off = day.called_off_at.is_some();
    let (state, tone, sign) = match meal.state {
        MealState::Cancelled => (said("meal-state-cancelled"), "quiet", "ban"),
        MealState::Handed => (said("meal-state-handed"), "done", "circle-check"),
        MealState::Asked if is_off => (said("meal-off"), "late", "ban"),
        MealState::Asked if day.ends_at <= when.now => (said("meal-past"), "quiet", "clock"),
        MealState::Asked => (said("meal-state-asked"), "new", "ticket"),
    };
    let waits = meal.state == MealState::Asked && !is_off && day.ends_at > when.now;
    let code = match (&meal.code, waits) {
        (Some(code), true) => code.clone(),
        _ => String::new(),
    };
    Row {
        id: meal.id.to_string(),
        day_href: format!("/meals/{}", day.id),
        change_href: format!("/meals/{}?meal={}", day.id, meal.id),
        venue: one.venue.names.in_lang(page.lang.as_str()).to_owned(),
        when: sitting(when, &one.cooked),
        dishes,
        price,
        whom: meal.whom.clone(),
        address: meal.address.clone(),
        note: meal.note.clone(),
        state,
        tone,
        sign,
        qr: match code.is_empty() {
            true => String::new(),
            false => {
                let link = format!("{}/desk/meals/{}/hand?code={code}", visit.origin, day.id);
                qr::svg(&link, &page.t("meal-qr"))
            }
        },
        code,
        is_brought: meal.handing == Handing::Brought,
        may_change: waits && day.until > when.now,
    }
}

/// Gives a meal back.
pub async fn cancel(visit: Visit, Path(meal): Path<MealId>) -> Answer {
    match cancel::cancel(&visit.state.app, &visit.actor, meal).await {
        Ok(()) => {
            let word = "meal-cancelled";
            Ok(flash::say(see(PATH), Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, wrong).await
        }
    }
}
