//! The three rates of a period: by unit, place, item or kind, each with how many of how many.
//! Rows stand in the order of their names, never in that of their figures.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use huiyin_app::atlas::Atlas;
use huiyin_app::supervision::rates::{self, By, Group, Reply, Request};
use huiyin_domain::rates::{Fraction, Rate, RateRules, Rates};
use jiff::civil::Date;

use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as};

use super::inbox::Tab;
use super::{saying, show};

#[derive(Template)]
#[template(path = "pages/desk/rates.html")]
struct RatesPage<'a> {
    page: &'a Page,
    days: [Day; 3],
    tabs: Vec<Tab>,
    sentence: String,
    rules: String,
    what: String,
    total: Row,
    rows: Vec<Row>,
    csv: String,
}

/// A day of the form.
struct Day {
    name: &'static str,
    label: &'static str,
    value: Date,
}

/// One line of the table.
struct Row {
    name: String,
    cells: Vec<Cell>,
    score: String,
}

struct Cell {
    label: String,
    /// Empty where nothing counts.
    percent: String,
    fraction: String,
    is_few: bool,
}

/// What stands in the address.
struct Asked {
    first: Date,
    last: Date,
    as_of: Date,
    by: By,
}

const BY: [(By, &str); 4] = [
    (By::Unit, "unit"),
    (By::Place, "place"),
    (By::Item, "item"),
    (By::Kind, "kind"),
];

impl Asked {
    fn read(visit: &Visit, query: Option<&str>) -> Result<Asked, Problem> {
        let form = Form::from_query(query.unwrap_or_default()).map_err(Problem::Form)?;
        let today = visit.state.app.config.day(visit.state.now());
        let day = |name: &str, usual: Date| form.text(name).parse::<Date>().unwrap_or(usual);
        let as_of = day("as_of", today);
        let last = day("to", as_of);
        let by = BY.iter().find(|(_, word)| *word == form.text("by"));
        Ok(Asked {
            first: day("from", last.first_of_month()),
            last,
            as_of,
            by: by.map_or(By::Unit, |(by, _)| *by),
        })
    }

    fn request(&self) -> Request {
        Request {
            first: self.first,
            last: self.last,
            as_of: self.as_of,
            by: self.by,
        }
    }

    fn days(&self) -> [Day; 3] {
        let day = |name, label, value| Day { name, label, value };
        [
            day("from", "rates-from", self.first),
            day("to", "rates-to", self.last),
            day("as_of", "rates-as_of", self.as_of),
        ]
    }

    fn query(&self, by: By) -> String {
        let word = BY.iter().find(|(known, _)| *known == by);
        let word = word.map_or("unit", |(_, word)| word);
        let Asked {
            first, last, as_of, ..
        } = self;
        format!("from={first}&to={last}&as_of={as_of}&by={word}")
    }
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Asked::read(&visit, query.as_deref())?;
    let page = visit.page();
    let found = match rates::rates(&visit.state.app, &visit.actor, asked.request()).await {
        Ok(found) => found,
        Err(error) => return refused(&page, &asked, error),
    };
    let atlas = visit.state.app.atlas_now().await?;
    let when = show::when(&visit, &page);
    let numbers = [
        ("first", when.day(asked.first).into()),
        ("last", when.day(asked.last).into()),
        ("asof", when.day(asked.as_of).into()),
        ("due", found.total.response.of.into()),
        ("met", found.total.response.hits.into()),
        ("closed", found.total.resolution.of.into()),
        ("solved", found.total.resolution.hits.into()),
        ("judged", found.total.satisfaction.of.into()),
        ("content", found.total.satisfaction.hits.into()),
    ];
    let tabs = BY.iter().map(|&(by, word)| Tab {
        href: format!("/desk/rates?{}", asked.query(by)),
        label: page.t(&format!("rates-by-{word}")).into_owned(),
        here: by == asked.by,
    });
    let word = BY.iter().find(|(by, _)| *by == asked.by);
    html(&RatesPage {
        tabs: tabs.collect(),
        sentence: page.ta("rates-sentence", &numbers).into_owned(),
        rules: rules_in_words(&page, &found.rules),
        what: word.map_or_else(String::new, |(_, word)| {
            page.t(&format!("rates-one-{word}")).into_owned()
        }),
        total: row(
            &page,
            page.t("rates-all").into_owned(),
            &found.total,
            &found.rules,
        ),
        rows: rows(&page, &atlas, &found),
        csv: format!("/desk/rates.csv?{}", asked.query(asked.by)),
        days: asked.days(),
        page: &page,
    })
}

/// The form again, with the sentence that says what is wrong with the days.
fn refused(page: &Page, asked: &Asked, error: huiyin_app::Error) -> Answer {
    let (status, said) = saying::refused(page, error)?;
    let rules = RateRules::default();
    let nothing = RatesPage {
        page,
        days: asked.days(),
        tabs: Vec::new(),
        sentence: said.text,
        rules: String::new(),
        what: String::new(),
        total: row(page, String::new(), &Rates::default(), &rules),
        rows: Vec::new(),
        csv: String::new(),
    };
    html_as(status, &nothing)
}

/// How the score is weighed, and what counts as few.
pub fn rules_in_words(page: &Page, rules: &RateRules) -> String {
    let args = [
        ("response", rules.weights.response.into()),
        ("resolution", rules.weights.resolution.into()),
        ("satisfaction", rules.weights.satisfaction.into()),
        ("sample", rules.sample_min.into()),
        ("hours", rules.response_hours.into()),
    ];
    page.ta("rates-rules", &args).into_owned()
}

fn rows(page: &Page, atlas: &Atlas, found: &Reply) -> Vec<Row> {
    let named = found.groups.iter();
    let mut rows: Vec<Row> = named
        .map(|(group, rates)| row(page, name(page, atlas, found, group), rates, &found.rules))
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

fn name(page: &Page, atlas: &Atlas, found: &Reply, group: &Group) -> String {
    let lang = page.lang.as_str();
    let known = match group {
        Group::Unit(None) => return page.t("desk-a-volunteer").into_owned(),
        Group::Item(None) => return page.t("rates-no-item").into_owned(),
        Group::Kind(kind) => return show::kind_word(page, kind),
        Group::Unit(Some(unit)) => atlas.unit(*unit).map(|unit| &unit.names),
        Group::Item(Some(item)) => atlas.item(item).map(|item| &item.names),
        Group::Place(place) => found.places.get(place),
    };
    let known = known.map(|names| names.in_lang(lang).to_owned());
    known.unwrap_or_else(|| match group {
        Group::Place(place) => place.to_string(),
        Group::Item(Some(item)) => item.to_string(),
        _ => page.t("desk-some-unit").into_owned(),
    })
}

fn row(page: &Page, name: String, rates: &Rates, rules: &RateRules) -> Row {
    let cells = Rate::ALL.map(|rate| {
        let fraction = rates.of(rate);
        Cell {
            label: page.t(&format!("rates-{}", rate.word())).into_owned(),
            percent: percent(fraction.permille()),
            fraction: format!("{}/{}", fraction.hits, fraction.of),
            is_few: fraction.is_small(rules),
        }
    });
    Row {
        name,
        cells: cells.into(),
        score: tenths(rates.score(rules)),
    }
}

/// `91.7 %`, empty when there is none.
fn percent(permille: Option<u64>) -> String {
    permille.map_or_else(String::new, |_| format!("{} %", tenths(permille)))
}

fn tenths(permille: Option<u64>) -> String {
    permille.map_or_else(String::new, |tenths| {
        format!("{}.{}", tenths / 10, tenths % 10)
    })
}

/// The same as a table for a spreadsheet.
pub async fn csv(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Asked::read(&visit, query.as_deref())?;
    let page = visit.page();
    let found = rates::rates(&visit.state.app, &visit.actor, asked.request()).await?;
    let atlas = visit.state.app.atlas_now().await?;
    let mut head = vec![page.t("rates-name").into_owned()];
    for rate in Rate::ALL {
        for part in ["hits", "of", "percent"] {
            let of = |word: &str| page.t(&format!("rates-{word}")).into_owned();
            head.push(format!("{} {}", of(rate.word()), of(part)));
        }
    }
    head.push(page.t("rates-score").into_owned());
    let mut text = String::from('\u{feff}');
    line(&mut text, &head);
    for (group, rates) in &found.groups {
        let mut cells = vec![name(&page, &atlas, &found, group)];
        for rate in Rate::ALL {
            let Fraction { hits, of } = rates.of(rate);
            cells.push(hits.to_string());
            cells.push(of.to_string());
            cells.push(tenths(rates.of(rate).permille()));
        }
        cells.push(tenths(rates.score(&found.rules)));
        line(&mut text, &cells);
    }
    let mut answer = text.into_response();
    let headers = answer.headers_mut();
    let media = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, media);
    let attached = HeaderValue::from_static("attachment; filename=\"rates.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, attached);
    Ok(answer)
}

pub(super) fn line(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell_of(cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula.
fn cell_of(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = match is_formula {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (text, cell) in [
            ("=1+2", "'=1+2"),
            ("-3", "'-3"),
            ("@x,y", "\"'@x,y\""),
            ("\"Sun\", the", "\"\"\"Sun\"\", the\""),
            ("阳光社区", "阳光社区"),
        ] {
            assert_eq!(cell_of(text), cell);
        }
    }

    #[test]
    fn tenths_of_a_per_cent_are_written_with_one_place() {
        assert_eq!(percent(Some(917)), "91.7 %");
        assert_eq!(percent(Some(1000)), "100.0 %");
        assert_eq!(percent(Some(5)), "0.5 %");
        assert_eq!(percent(None), "");
    }
}
