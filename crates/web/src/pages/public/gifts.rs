//! The public account of gifts: what came, and where each went.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::gifts::list;
use huiyin_app::limits::Purpose;
use huiyin_app::places::look;
use huiyin_domain::gift::{Gift, Line, Sort, left};
use huiyin_domain::place::PlaceCode;

use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/gifts.html")]
struct GiftsPage<'a> {
    page: &'a Page,
    /// The place to which the account is narrowed.
    place: String,
    totals: Vec<String>,
    cards: Vec<Card>,
    next: String,
}

struct Card {
    number: String,
    what: String,
    amount: String,
    donor: String,
    place: String,
    received: String,
    lines: Vec<GiftLine>,
    left: String,
}

/// Where a part of it went.
pub struct GiftLine {
    pub line: i64,
    pub when: String,
    pub amount: String,
    pub toward: String,
    pub takes_back: bool,
    /// Whether a later line took it back.
    pub is_taken_back: bool,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let place: Option<PlaceCode> = query.text("place").parse().ok();
    let app = &visit.state.app;
    let before = query.text("after").parse().ok();
    let found = list::list(app, place.clone(), before).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let lang = page.lang.as_str();
    let named = match &place {
        Some(code) => look::path(app, code.clone()).await?,
        None => None,
    };
    let totals = found.totals.iter().map(|total| {
        let sort: Sort = total.sort.parse().unwrap_or(Sort::Goods);
        let key = format!("gifts-total-{}", sort.word());
        let args = [
            ("count", total.count.into()),
            ("received", sort.show(total.received).into()),
            ("given", sort.show(total.given).into()),
            ("left", sort.show(total.received - total.given).into()),
        ];
        page.ta(&key, &args).into_owned()
    });
    let cards = found.gifts.iter().map(|(gift, told)| {
        let names = found.places.get(&gift.place);
        Card {
            number: number(gift),
            what: gift.what.clone(),
            amount: amount(&page, gift.sort, gift.amount),
            donor: match &gift.donor_shown {
                Some(donor) => donor.clone(),
                None => page.t("gifts-somebody").into_owned(),
            },
            place: names.map_or("", |names| names.in_lang(lang)).to_owned(),
            received: when.day(gift.received_on),
            lines: lines(&page, &when, (gift, told)),
            left: rest(&page, gift, told),
        }
    });
    html(&GiftsPage {
        totals: totals.collect(),
        cards: cards.collect(),
        next: found.next.map_or_else(String::new, |next| {
            let place = place.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("/gifts?place={place}&after={next}")
        }),
        place: named
            .map(|found| found.place.names.in_lang(lang).to_owned())
            .unwrap_or_default(),
        page: &page,
    })
}

/// The number on the receipt.
pub fn number(gift: &Gift) -> String {
    format!("{}-{:05}", gift.year, gift.number)
}

/// An amount with its unit.
pub fn amount(page: &Page, sort: Sort, amount: i64) -> String {
    let key = format!("gifts-amount-{}", sort.word());
    page.ts(&key, "amount", &sort.show(amount)).into_owned()
}

/// What is left, in a sentence.
pub fn rest(page: &Page, gift: &Gift, lines: &[Line]) -> String {
    match left(gift, lines) {
        0 => page.t("gifts-all-given").into_owned(),
        left => {
            let left = amount(page, gift.sort, left);
            page.ts("gifts-left", "amount", &left).into_owned()
        }
    }
}

/// The lines of a gift, in words.
pub fn lines(page: &Page, when: &When<'_>, (gift, lines): (&Gift, &[Line])) -> Vec<GiftLine> {
    let taken_back = |line: i64| lines.iter().any(|one| one.corrects == Some(line));
    let told = lines.iter().map(|line| GiftLine {
        line: line.line,
        when: when.day_of(line.at),
        amount: amount(page, gift.sort, line.amount),
        toward: line.toward.clone(),
        takes_back: line.corrects.is_some(),
        is_taken_back: taken_back(line.line),
    });
    told.collect()
}
