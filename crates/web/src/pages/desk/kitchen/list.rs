//! The list for the kitchen, to be printed: how much of each dish, and what goes to which door.

use askama::Template;
use axum::extract::Path;
use huiyin_app::meals::look::{self, Line};
use huiyin_domain::id::KitchenDayId;
use huiyin_domain::meal::Handing;

use crate::layout::Page;
use crate::pages::meal_parts::{allergens, contents, sitting};
use crate::pages::public::meals::local;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/kitchen/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    venue: String,
    title: String,
    /// Until then the counts may change; empty when they cannot any more.
    until: String,
    dishes: Vec<DishRow>,
    brought: Vec<MealRow>,
    fetched: Vec<MealRow>,
    printed: String,
}

struct DishRow {
    name: String,
    allergens: String,
    brought: i64,
    fetched: i64,
    all: i64,
}

struct MealRow {
    whom: String,
    address: String,
    dishes: Vec<String>,
    note: String,
    code: String,
}

pub async fn print(visit: Visit, Path(id): Path<KitchenDayId>) -> Answer {
    let found = look::kitchen(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = local(&visit, &page, &found.page.zone);
    let cooked = &found.page.cooked;
    let count = |dish: i64, handing: Handing| -> i64 {
        let lines = found.lines.iter();
        let lines = lines.filter(|line| line.meal.handing == handing);
        lines.filter_map(|line| line.portions.get(&dish)).sum()
    };
    let dishes = cooked.dishes.iter().map(|dish| {
        let brought = count(dish.number, Handing::Brought);
        let fetched = count(dish.number, Handing::PickUp);
        DishRow {
            name: dish.name.clone(),
            allergens: allergens(&page, dish),
            brought,
            fetched,
            all: brought + fetched,
        }
    });
    let rows = |handing: Handing| -> Vec<MealRow> {
        let lines = found.lines.iter();
        let lines = lines.filter(|line| line.meal.handing == handing);
        let row = |line: &Line| MealRow {
            whom: line.meal.whom.clone(),
            address: line.meal.address.clone(),
            dishes: contents(&page, cooked, &line.portions).0,
            note: line.meal.note.clone(),
            // Whoever reads the list at the counter must not be able to fetch with it.
            code: match &line.meal.code {
                Some(code) => format!("…{}", &code[code.len() - 2..]),
                None => String::new(),
            },
        };
        lines.map(row).collect()
    };
    html(&ListPage {
        venue: found
            .page
            .venue
            .names
            .in_lang(page.lang.as_str())
            .to_owned(),
        title: sitting(&when, cooked),
        until: match cooked.day.until > when.now {
            true => when.moment(cooked.day.until),
            false => String::new(),
        },
        dishes: dishes.collect(),
        brought: rows(Handing::Brought),
        fetched: rows(Handing::PickUp),
        printed: when.moment(when.now),
        page: &page,
    })
}
