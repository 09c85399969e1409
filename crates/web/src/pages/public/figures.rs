//! The figures of a month: for places and kinds, never for groups of people.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::public::figures::{self, CELL_MIN, Cell};
use jiff::civil::Date;

use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/public/figures.html")]
struct FiguresPage<'a> {
    page: &'a Page,
    month: String,
    total: Option<Total>,
    kinds: Vec<Line>,
    places: Vec<Line>,
    cell_min: i64,
    earlier: String,
    later: String,
}

/// The whole month in one sentence and three figures.
struct Total {
    sentence: String,
    opened: String,
    closed: String,
    solved: String,
    of: String,
}

/// One row of figures.
struct Line {
    name: String,
    /// None: fewer cases than are shown.
    cell: Option<Cell>,
    solved: String,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let app = &visit.state.app;
    let today = app.config.day(visit.state.now());
    let day = match query.text("month") {
        "" => today,
        month => format!("{month}-01")
            .parse::<Date>()
            .map_err(|_| Problem::NotFound)?,
    };
    let found = figures::figures(app, day).await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let line = |name: String, cell: Option<Cell>| Line {
        solved: cell
            .and_then(|cell| cell.solved_percent())
            .map(|share| share.to_string())
            .unwrap_or_default(),
        name,
        cell,
    };
    let kinds = found
        .by_kind
        .iter()
        .map(|(slug, cell)| line(page.t(&format!("{slug}--name")).into_owned(), *cell));
    let places = found.by_street.iter().map(|(code, cell)| {
        let name = found
            .places
            .get(code)
            .map(|names| names.in_lang(lang).to_owned());
        line(name.unwrap_or_else(|| code.to_string()), *cell)
    });
    let month_name = page.t(&format!("when-month-{}", day.month())).into_owned();
    let args = [
        ("year", day.year().to_string().into()),
        ("month", month_name.into()),
    ];
    html(&FiguresPage {
        month: page.ta("figures-month", &args).into_owned(),
        total: found.total.map(|cell| total(&page, cell)),
        kinds: kinds.collect(),
        places: places.collect(),
        cell_min: CELL_MIN,
        earlier: neighbour(day.first_of_month().yesterday().ok(), today),
        later: neighbour(day.last_of_month().tomorrow().ok(), today),
        page: &page,
    })
}

/// The address of another month, if there is anything to see there.
fn neighbour(day: Option<Date>, today: Date) -> String {
    let day = day.filter(|day| day.first_of_month() <= today && day.year() >= 2000);
    day.map(|day| format!("/figures?month={}", day.strftime("%Y-%m")))
        .unwrap_or_default()
}

fn total(page: &Page, cell: Cell) -> Total {
    let args = [
        ("opened", cell.opened.into()),
        ("closed", cell.closed.into()),
        ("solved", cell.solved.into()),
    ];
    Total {
        sentence: page.ta("figures-sentence", &args).into_owned(),
        of: page.ta("figures-of", &args).into_owned(),
        opened: cell.opened.to_string(),
        closed: cell.closed.to_string(),
        solved: cell
            .solved_percent()
            .map_or_else(String::new, |share| share.to_string()),
    }
}
