//! Small things that the pages of meals share: prices, dishes in words, the time of a meal.

use huiyin_app::meals::look::{Cooked, Dish};
use huiyin_domain::gift::Sort;
use huiyin_domain::meal::Portions;

use crate::layout::Page;
use crate::pages::parts;
use crate::when::When;

/// `¥8.50`, or that it is free.
pub fn price(page: &Page, fen: i64) -> String {
    match fen {
        0 => page.t("meal-free").into_owned(),
        fen => format!("¥{}", Sort::Money.show(fen)),
    }
}

/// What is in a dish that some people must not eat.
pub fn allergens(page: &Page, dish: &Dish) -> String {
    let words = dish.allergens.iter();
    let words: Vec<String> = words
        .map(|one| page.t(&format!("allergen-{}", one.word())).into_owned())
        .collect();
    match words.is_empty() {
        true => page.t("meal-allergens-none").into_owned(),
        false => {
            let words = words.join(&page.t("desk-and"));
            page.ts("meal-allergens-of", "words", &words).into_owned()
        }
    }
}

/// `lunch, today 11:00–13:00`.
pub fn sitting(when: &When<'_>, cooked: &Cooked) -> String {
    let day = &cooked.day;
    let sitting = format!("sitting-{}", day.sitting.word());
    let span = parts::span(when, day.starts_at, day.ends_at);
    format!("{} · {span}", when.page.t(&sitting))
}

/// `Noodles × 2` for each dish of a meal, and what is paid for all of it.
pub fn contents(page: &Page, cooked: &Cooked, portions: &Portions) -> (Vec<String>, String) {
    let mut lines = Vec::new();
    let mut fen = 0;
    for dish in &cooked.dishes {
        if let Some(count) = portions.get(&dish.number) {
            lines.push(format!("{} × {count}", dish.name));
            fen += dish.price_fen * count;
        }
    }
    (lines, price(page, fen))
}
