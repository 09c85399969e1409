//! The week of a kitchen: which meals are written down, how much of them is asked for, and the
//! same again a week later.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::meals::copy_week::copy_week;
use huiyin_app::meals::look::{self, Cooked};
use huiyin_domain::id::VenueId;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::meal_parts::sitting;
use crate::pages::public::meals::local;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/kitchen/week.html")]
struct WeekPage<'a> {
    page: &'a Page,
    venue: String,
    venue_href: String,
    address: String,
    monday: String,
    title: String,
    rows: Vec<Row>,
    before: String,
    after: String,
    wrong: Wrong,
}

struct Row {
    href: String,
    when: String,
    dishes: Vec<String>,
    state: String,
}

pub async fn show(visit: Visit, Path(venue): Path<VenueId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let day: Option<Date> = query.text("day").parse().ok();
    draw(&visit, (venue, day), Wrong::default()).await
}

async fn draw(visit: &Visit, (venue, day): (VenueId, Option<Date>), wrong: Wrong) -> Answer {
    let found = look::week(&visit.state.app, venue, day).await?;
    huiyin_app::venues::look::permit(&visit.actor, &found.venue)?;
    let page = visit.page();
    let when = local(visit, &page, &found.zone);
    let address = format!("/desk/venues/{venue}/meals");
    let beside = |days: i64| {
        let monday = found.monday.checked_add(days.days());
        monday.map_or_else(|_| String::new(), |day| format!("{address}?day={day}"))
    };
    let status = wrong.status;
    let drawn = WeekPage {
        venue: found.venue.names.in_lang(page.lang.as_str()).to_owned(),
        venue_href: format!("/desk/venues/{venue}"),
        monday: found.monday.to_string(),
        title: page
            .ts("meals-week-of", "day", &when.day(found.monday))
            .into_owned(),
        rows: found.cooked.iter().map(|one| row(&when, one)).collect(),
        before: beside(-7),
        after: beside(7),
        address,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn row(when: &When<'_>, cooked: &Cooked) -> Row {
    let (page, day) = (when.page, &cooked.day);
    let dishes = cooked.dishes.iter();
    Row {
        href: format!("/desk/meals/{}", day.id),
        when: sitting(when, cooked),
        dishes: dishes
            .map(|dish| format!("{} {}/{}", dish.name, dish.gone, dish.portions))
            .collect(),
        state: match day.called_off_at {
            Some(_) => page.t("meal-off").into_owned(),
            None if day.until <= when.now => page.t("meal-too-late").into_owned(),
            None => page
                .ts("meal-until", "moment", &when.moment(day.until))
                .into_owned(),
        },
    }
}

/// Writes down for a week what was cooked in the week before it.
pub async fn copy(visit: Visit, Path(venue): Path<VenueId>, form: Form) -> Answer {
    let monday: Date = match form.text("monday").parse() {
        Ok(monday) => monday,
        Err(_) => return Err(Problem::NotFound),
    };
    match copy_week(&visit.state.app, &visit.actor, venue, monday).await {
        Ok(count) => {
            let answer = see(&format!("/desk/venues/{venue}/meals?day={monday}"));
            let (tone, word) = match count {
                0 => (Tone::Info, "week-nothing"),
                _ => (Tone::Done, "week-copied"),
            };
            Ok(flash::say(answer, tone, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, (venue, Some(monday)), wrong).await
        }
    }
}
