//! What a venue cooks: the week, and one meal with the form to ask for it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::Refusal;
use huiyin_app::limits::Purpose;
use huiyin_app::meals::ask::{self, Request};
use huiyin_app::meals::look::{self, Cooked, Line, Page as Found};
use huiyin_domain::id::{KitchenDayId, MealId, VenueId};
use huiyin_domain::meal::{Bringing, Handing, Portions};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::meal_parts::{allergens, contents, price, sitting};
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/meals.html")]
struct WeekPage<'a> {
    page: &'a Page,
    venue: String,
    venue_href: String,
    cards: Vec<Card>,
    before: String,
    after: String,
}

struct Card {
    href: String,
    title: String,
    dishes: String,
    state: String,
    tone: &'static str,
    sign: &'static str,
}

pub async fn week(visit: Visit, Path(venue): Path<VenueId>, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let day: Option<Date> = query.text("day").parse().ok();
    let found = look::week(&visit.state.app, venue, day).await?;
    let page = visit.page();
    let when = local(&visit, &page, &found.zone);
    let address = format!("/venues/{venue}/meals");
    let beside = |days: i64| {
        let monday = found.monday.checked_add(days.days());
        monday.map_or_else(|_| String::new(), |day| format!("{address}?day={day}"))
    };
    html(&WeekPage {
        venue: found.venue.names.in_lang(page.lang.as_str()).to_owned(),
        venue_href: format!("/venues/{venue}"),
        cards: found.cooked.iter().map(|one| card(&when, one)).collect(),
        before: beside(-7),
        after: beside(7),
        page: &page,
    })
}

/// The clocks of the venue.
pub fn local<'p>(visit: &Visit, page: &'p Page, zone: &huiyin_domain::calendar::Zone) -> When<'p> {
    When {
        zone: parts::clocks(zone),
        ..When::of(visit, page)
    }
}

fn card(when: &When<'_>, cooked: &Cooked) -> Card {
    let dishes = cooked.dishes.iter().map(|dish| dish.name.as_str());
    let dishes: Vec<&str> = dishes.collect();
    let (state, tone, sign) = state(when, cooked);
    Card {
        href: format!("/meals/{}", cooked.day.id),
        title: sitting(when, cooked),
        dishes: dishes.join(&when.page.t("desk-and")),
        state,
        tone,
        sign,
    }
}

/// Until when it can be asked for, or why not any more.
fn state(when: &When<'_>, cooked: &Cooked) -> (String, &'static str, &'static str) {
    let (page, day) = (when.page, &cooked.day);
    let said = |key: &str| page.t(key).into_owned();
    let is_gone = cooked.dishes.iter().all(|dish| dish.left() <= 0);
    match day.called_off_at {
        Some(_) => (said("meal-off"), "late", "ban"),
        None if day.ends_at <= when.now => (said("meal-past"), "quiet", "check"),
        None if day.until <= when.now => (said("meal-too-late"), "quiet", "clock"),
        None if is_gone => (said("meal-gone"), "wait", "hourglass"),
        None => {
            let until = when.moment(day.until);
            let until = page.ts("meal-until", "moment", &until).into_owned();
            (until, "new", "clock")
        }
    }
}

#[derive(Template)]
#[template(path = "pages/public/meal.html")]
struct MealPage<'a> {
    page: &'a Page,
    id: String,
    title: String,
    venue: String,
    venue_href: String,
    week_href: String,
    note: String,
    state: String,
    tone: &'static str,
    sign: &'static str,
    dishes: Vec<DishRow>,
    own: Vec<OwnRow>,
    stand: Stand,
    form: FormView,
    wrong: Wrong,
}

/// What the reader may do about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    SignIn,
    MayAsk,
    Over,
}

struct DishRow {
    field: String,
    name: String,
    price: String,
    allergens: String,
    left: String,
    /// All of this in one line.
    help: String,
    value: String,
}

struct OwnRow {
    href: String,
    what: String,
    whom: String,
}

struct FormView {
    meal: String,
    is_change: bool,
    /// Empty where a kitchen brings nothing.
    handings: Vec<Choice>,
    whom: String,
    address: String,
    note: String,
}

pub async fn show(visit: Visit, Path(id): Path<KitchenDayId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let found = look::show(&visit.state.app, &visit.actor, id).await?;
    let meal: Option<MealId> = query.text("meal").parse().ok();
    let held = found.own.iter().find(|line| Some(line.meal.id) == meal);
    let typed = held.map_or_else(Form::default, form_of);
    draw(&visit, &found, &typed, Wrong::default())
}

/// A meal as its form would have been filled in.
fn form_of(line: &Line) -> Form {
    let mut form = Form::default();
    let mut put = |name: &str, text: &str| form.put(name, [text.to_owned()]);
    put("meal", &line.meal.id.to_string());
    put("change", "yes");
    put("handing", line.meal.handing.word());
    put("whom", &line.meal.whom);
    put("address", &line.meal.address);
    put("note", &line.meal.note);
    for (dish, portions) in &line.portions {
        put(&field_of(*dish), &portions.to_string());
    }
    form
}

fn field_of(dish: i64) -> String {
    format!("dish-{dish}")
}

fn draw(visit: &Visit, found: &Found, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let when = local(visit, &page, &found.zone);
    let (cooked, day) = (&found.cooked, &found.cooked.day);
    let (state, tone, sign) = state(&when, cooked);
    let is_over = day.called_off_at.is_some() || day.until <= when.now;
    let own = found.own.iter().map(|line| OwnRow {
        href: format!("/my/meals#meal-{}", line.meal.id),
        what: contents(&page, cooked, &line.portions)
            .0
            .join(&page.t("desk-and")),
        whom: line.meal.whom.clone(),
    });
    let status = wrong.status;
    let drawn = MealPage {
        id: day.id.to_string(),
        title: sitting(&when, cooked),
        venue: found.venue.names.in_lang(page.lang.as_str()).to_owned(),
        venue_href: format!("/venues/{}", day.venue),
        week_href: format!("/venues/{}/meals?day={}", day.venue, day.day),
        note: day.note.clone(),
        state,
        tone,
        sign,
        dishes: dish_rows(&page, cooked, typed),
        own: own.collect(),
        stand: match (is_over, visit.visitor.is_some()) {
            (true, _) => Stand::Over,
            (false, true) => Stand::MayAsk,
            (false, false) => Stand::SignIn,
        },
        form: form_view(visit, &page, cooked, typed),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn dish_rows(page: &Page, cooked: &Cooked, typed: &Form) -> Vec<DishRow> {
    let rows = cooked.dishes.iter().map(|dish| {
        let price = price(page, dish.price_fen);
        let allergens = allergens(page, dish);
        let left = page.tn("meal-left", "count", dish.left()).into_owned();
        DishRow {
            field: field_of(dish.number),
            name: dish.name.clone(),
            help: format!("{price} · {allergens} · {left}"),
            price,
            allergens,
            left,
            value: typed.text(&field_of(dish.number)).to_owned(),
        }
    });
    rows.collect()
}

fn form_view(visit: &Visit, page: &Page, cooked: &Cooked, typed: &Form) -> FormView {
    let chosen = match typed.text("handing") {
        "" => Handing::PickUp.word(),
        word => word,
    };
    let handings = match cooked.day.bringing {
        Bringing::Offered => {
            let words = Handing::ALL.iter().map(|one| one.word());
            parts::choices(page, "handing", words, chosen)
        }
        Bringing::Not => Vec::new(),
    };
    FormView {
        meal: match typed.text("meal") {
            "" => MealId::from_raw(visit.state.app.mint()).to_string(),
            meal => meal.to_owned(),
        },
        is_change: typed.get("change").is_some(),
        handings,
        whom: typed.text("whom").to_owned(),
        address: typed.text("address").to_owned(),
        note: typed.text("note").to_owned(),
    }
}

pub async fn ask(visit: Visit, Path(id): Path<KitchenDayId>, form: Form) -> Answer {
    let app = &visit.state.app;
    let found = look::show(app, &visit.actor, id).await?;
    let asked = match request(&found, &form) {
        Ok(request) => ask::ask(app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    match asked {
        Ok(meal) => {
            let answer = see(&format!("/my/meals#meal-{}", meal.id));
            let word = "meal-asked";
            Ok(flash::say(answer, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            // Somebody else may have taken the last portion since the page was drawn.
            let found = look::show(app, &visit.actor, id).await?;
            draw(&visit, &found, &form, wrong)
        }
    }
}

fn request(found: &Found, form: &Form) -> Result<Request, Refusal> {
    let mut portions = Portions::new();
    for dish in &found.cooked.dishes {
        let field = field_of(dish.number);
        match form.text(&field) {
            "" => {}
            _ => {
                portions.insert(dish.number, parts::number(form, &field));
            }
        }
    }
    let id = form.text("meal").parse();
    let handing = match form.text("handing") {
        "" => Ok(Handing::PickUp),
        word => word.parse(),
    };
    let handing = handing.map_err(|()| Refusal::field("handing", "fault-not-choice"))?;
    Ok(Request {
        id: id.map_err(|_| Refusal::field("dishes", "fault-form-old"))?,
        kitchen_day: found.cooked.day.id,
        handing,
        whom: form.text("whom").to_owned(),
        address: match handing {
            Handing::Brought => form.text("address").to_owned(),
            Handing::PickUp => String::new(),
        },
        note: form.text("note").to_owned(),
        portions,
    })
}
