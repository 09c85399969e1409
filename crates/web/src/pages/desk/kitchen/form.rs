//! The form of one meal of a day: when, how, and its dishes, some empty rows among them.

use huiyin_app::Refusal;
use huiyin_app::meals::look::Cooked;
use huiyin_app::meals::put::{DISHES_MAX, Filled, Request};
use huiyin_domain::calendar::Zone;
use huiyin_domain::case::FieldFault;
use huiyin_domain::gift::Sort;
use huiyin_domain::id::{KitchenDayId, VenueId};
use huiyin_domain::meal::{Allergen, Bringing, Sitting};
use jiff::civil::Date;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;

/// So many empty rows follow the dishes.
const ROWS_MORE: usize = 3;
const ROWS_MIN: usize = 4;

pub struct FormView {
    pub id: String,
    pub day: String,
    pub sittings: Vec<Choice>,
    pub until_day: String,
    pub until_time: String,
    pub from: String,
    pub to: String,
    pub brings: bool,
    pub note: String,
    pub dishes: Vec<DishRow>,
}

pub struct DishRow {
    pub title: String,
    /// The names of its fields: name, price, portions, allergens.
    pub fields: [String; 4],
    pub name: String,
    pub price: String,
    pub portions: String,
    pub allergens: Vec<Choice>,
}

pub fn view(page: &Page, typed: &Form, id: String) -> FormView {
    let sittings = Sitting::ALL.iter().map(|one| one.word());
    let is_written = |number: &usize| !typed.text(&format!("name-{number}")).is_empty();
    let written = (1..=DISHES_MAX).rev().find(is_written).unwrap_or(0);
    let rows = (written + ROWS_MORE).clamp(ROWS_MIN, DISHES_MAX);
    FormView {
        id,
        day: typed.text("day").to_owned(),
        sittings: parts::choices(page, "sitting", sittings, typed.text("sitting")),
        until_day: typed.text("until_day").to_owned(),
        until_time: typed.text("until_time").to_owned(),
        from: typed.text("from").to_owned(),
        to: typed.text("to").to_owned(),
        brings: typed.get("brings").is_some(),
        note: typed.text("note").to_owned(),
        dishes: (1..=rows).map(|row| dish_row(page, typed, row)).collect(),
    }
}

fn dish_row(page: &Page, typed: &Form, number: usize) -> DishRow {
    let text = |name: &str| typed.text(&format!("{name}-{number}")).to_owned();
    let field = format!("allergens-{number}");
    let allergens = Allergen::ALL.iter().map(|one| Choice {
        value: one.word().to_owned(),
        label: page.t(&format!("allergen-{}", one.word())).into_owned(),
        chosen: typed.all(&field).any(|word| word == one.word()),
    });
    let named = page.tn("kitchen-dish-number", "number", number as i64);
    DishRow {
        title: named.into_owned(),
        fields: ["name", "price", "portions", "allergens"].map(|name| format!("{name}-{number}")),
        name: text("name"),
        price: text("price"),
        portions: text("portions"),
        allergens: allergens.collect(),
    }
}

/// What is filled in at first: the meal at noon.
pub fn usual(day: Date) -> Form {
    let mut form = Form::default();
    for (field, usual) in [
        ("day", day.to_string()),
        ("sitting", Sitting::Lunch.word().to_owned()),
        ("until_day", day.to_string()),
        ("until_time", "09:00".to_owned()),
        ("from", "11:00".to_owned()),
        ("to", "13:00".to_owned()),
    ] {
        form.put(field, [usual]);
    }
    form
}

/// A meal as its form would have been filled in.
pub fn form_of(zone: &Zone, cooked: &Cooked) -> Form {
    let mut form = usual(cooked.day.day);
    let clocks = parts::clocks(zone);
    let time = |at: jiff::Timestamp| at.to_zoned(clocks.clone()).strftime("%H:%M").to_string();
    let day = &cooked.day;
    form.put("sitting", [day.sitting.word().to_owned()]);
    form.put("until_day", [zone.date(day.until).to_string()]);
    form.put("until_time", [time(day.until)]);
    form.put("from", [time(day.starts_at)]);
    form.put("to", [time(day.ends_at)]);
    form.put("note", [day.note.clone()]);
    if day.bringing == Bringing::Offered {
        form.put("brings", ["yes".to_owned()]);
    }
    for dish in &cooked.dishes {
        let field = |name: &str| format!("{name}-{}", dish.number);
        form.put(&field("name"), [dish.name.clone()]);
        form.put(&field("price"), [Sort::Money.show(dish.price_fen)]);
        form.put(&field("portions"), [dish.portions.to_string()]);
        let allergens = dish.allergens.iter().map(|one| one.word().to_owned());
        form.put(&field("allergens"), allergens);
    }
    form
}

/// The meal that a form describes, or all that cannot be understood of it.
pub fn read(
    zone: &Zone,
    (venue, id): (VenueId, Option<KitchenDayId>),
    form: &Form,
) -> Result<Request, Refusal> {
    let mut faults = Vec::new();
    let mut need = |holds: bool, field: &str, key: &'static str| {
        if !holds {
            faults.push(FieldFault::new(field, key));
        }
    };
    let day: Option<Date> = form.text("day").parse().ok();
    let instant = |day: &str, time: &str| parts::instant(zone, form.text(day), form.text(time));
    let starts_at = instant("day", "from");
    let ends_at = instant("day", "to");
    let until = instant("until_day", "until_time");
    let sitting: Option<Sitting> = form.text("sitting").parse().ok();
    need(day.is_some(), "day", "fault-day-time");
    need(starts_at.is_some(), "starts", "fault-day-time");
    need(ends_at.is_some(), "ends", "fault-day-time");
    need(until.is_some(), "until", "fault-day-time");
    need(sitting.is_some(), "sitting", "fault-not-choice");
    need(id.is_some(), "day", "fault-form-old");
    let whole = (day, starts_at, ends_at, until, sitting, id);
    let (Some(day), Some(starts_at), Some(ends_at), Some(until), Some(sitting), Some(id)) = whole
    else {
        return Err(Refusal::Invalid(faults));
    };
    Ok(Request {
        id,
        venue,
        day,
        sitting,
        until,
        starts_at,
        ends_at,
        bringing: match form.get("brings") {
            Some(_) => Bringing::Offered,
            None => Bringing::Not,
        },
        note: form.text("note").to_owned(),
        dishes: (1..=DISHES_MAX).filter_map(|row| dish(form, row)).collect(),
    })
}

/// A dish, unless its row is empty.
fn dish(form: &Form, number: usize) -> Option<Filled> {
    let text = |name: &str| form.text(&format!("{name}-{number}"));
    let (name, price, portions) = (text("name"), text("price"), text("portions"));
    if name.is_empty() && price.is_empty() && portions.is_empty() {
        return None;
    }
    let field = format!("allergens-{number}");
    let allergens = form.all(&field).filter_map(|word| word.parse().ok());
    let mut allergens: Vec<Allergen> = allergens.collect();
    allergens.sort_unstable();
    allergens.dedup();
    Some(Filled {
        number: i64::try_from(number).unwrap_or(i64::MAX),
        name: name.to_owned(),
        price_fen: Sort::Money.read(price).unwrap_or(-1),
        allergens,
        portions: portions.parse().unwrap_or(-1),
    })
}
