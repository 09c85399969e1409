//! Handing out: a code comes in, by the keyboard or by the link in a QR code, the meal is shown,
//! and is ticked as handed out. Never twice.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::Error;
use huiyin_app::meals::hand;
use huiyin_app::meals::look::{self, Kitchen, Line};
use huiyin_domain::id::KitchenDayId;
use huiyin_domain::meal::{Handing, MealState};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::meal_parts::{contents, sitting};
use crate::pages::public::meals::local;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/kitchen/hand.html")]
struct HandPage<'a> {
    page: &'a Page,
    id: String,
    title: String,
    code: String,
    meal: Option<MealView>,
    waiting: String,
    wrong: Wrong,
}

struct MealView {
    whom: String,
    dishes: Vec<String>,
    price: String,
    note: String,
    address: String,
    /// Why it cannot be handed out; empty when it can.
    over: String,
}

pub async fn show(visit: Visit, Path(id): Path<KitchenDayId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let code = query.text("code").to_owned();
    let found = match code.as_str() {
        "" => Ok(None),
        code => {
            let (app, actor) = (&visit.state.app, &visit.actor);
            let found = look::by_code(app, actor, id, code.to_owned()).await;
            found.map(Some)
        }
    };
    draw(&visit, (id, code), found).await
}

async fn draw(
    visit: &Visit,
    (id, code): (KitchenDayId, String),
    found: Result<Option<Line>, Error>,
) -> Answer {
    let kitchen = look::kitchen(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = local(visit, &page, &kitchen.page.zone);
    let (line, wrong) = match found {
        Ok(line) => (line, Wrong::default()),
        Err(error) => (None, Wrong::of(&page, error)?),
    };
    let waiting = kitchen.lines.iter();
    let waiting = waiting.filter(|line| line.meal.state == MealState::Asked);
    let status = wrong.status;
    let drawn = HandPage {
        id: id.to_string(),
        title: sitting(&when, &kitchen.page.cooked),
        code,
        meal: line.map(|line| meal_view(&when, &kitchen, &line)),
        waiting: page
            .tn("hand-waiting", "count", waiting.count() as i64)
            .into_owned(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn meal_view(when: &When<'_>, kitchen: &Kitchen, line: &Line) -> MealView {
    let (page, meal) = (when.page, &line.meal);
    let (dishes, price) = contents(page, &kitchen.page.cooked, &line.portions);
    let at = meal.ended_at.map(|at| when.moment(at)).unwrap_or_default();
    MealView {
        whom: meal.whom.clone(),
        dishes,
        price: page.ts("meal-pay", "price", &price).into_owned(),
        note: meal.note.clone(),
        address: match meal.handing {
            Handing::Brought => meal.address.clone(),
            Handing::PickUp => String::new(),
        },
        over: match meal.state {
            MealState::Asked => String::new(),
            MealState::Handed => page.ts("hand-handed-at", "moment", &at).into_owned(),
            MealState::Cancelled => page.ts("hand-cancelled-at", "moment", &at).into_owned(),
        },
    }
}

/// Ticks the meal of a code as handed out.
pub async fn tick(visit: Visit, Path(id): Path<KitchenDayId>, form: Form) -> Answer {
    let code = form.text("code").to_owned();
    match hand::hand(&visit.state.app, &visit.actor, id, code.clone()).await {
        Ok(_) => {
            let answer = see(&format!("/desk/meals/{id}/hand"));
            let word = "meal-handed";
            Ok(flash::say(answer, Tone::Done, word, visit.transport()))
        }
        Err(error) => draw(&visit, (id, code), Err(error)).await,
    }
}
