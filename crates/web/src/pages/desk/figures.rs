//! The figures of what somebody looks after: how it stands now by unit and by kind, what
//! was closed this month, and one sentence. Units and kinds are counted, never people.

use std::collections::BTreeMap;

use askama::Template;
use huiyin_app::cases::list::{self, BoardLine};
use huiyin_app::cases::month::{self, Month};
use huiyin_domain::id::UnitId;

use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

use super::show;

#[derive(Template)]
#[template(path = "pages/desk/figures.html")]
struct FiguresPage<'a> {
    page: &'a Page,
    sentence: String,
    stats: Vec<Stat>,
    caption: String,
    is_capped: bool,
    tables: Vec<Table>,
}

struct Stat {
    figure: String,
    label: String,
}

struct Table {
    title: String,
    what: String,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    name: String,
    open: i64,
    late: i64,
    closed: i64,
}

pub async fn show(visit: Visit) -> Answer {
    let page = visit.page();
    let month = month::month(&visit.state.app, &visit.actor).await?;
    // One walk over what is open, of which both tables are made.
    let board = list::board(&visit.state.app, &visit.actor).await?;
    let units = by_unit(&visit, &page, (&board, &month)).await?;
    let kinds = by_kind(&visit, &page, (&board, &month));
    let open: i64 = board.iter().map(|line| line.open).sum();
    let late: i64 = board.iter().map(|line| line.late).sum();
    let is_capped = open >= list::BOARD_CASES_MAX;
    // What falls due first is counted first: late ones are all there, unless nothing else is.
    let counted = |count: i64| show::counted(count, is_capped && count >= open);
    let args = [
        ("open", counted(open).into()),
        ("late", counted(late).into()),
        ("closed", month.closed.into()),
    ];
    let stat = |figure: String, label: &str| Stat {
        figure,
        label: page.t(label).into_owned(),
    };
    let caption = page.ts(
        "desk-figures-caption",
        "day",
        &show::when(&visit, &page).day(month.since),
    );
    let table = |title: &str, what: &str, rows| Table {
        title: page.t(title).into_owned(),
        what: page.t(what).into_owned(),
        rows,
    };
    html(&FiguresPage {
        sentence: page.ta("desk-figures-sentence", &args).into_owned(),
        stats: vec![
            stat(counted(open), "desk-figures-open"),
            stat(counted(late), "desk-figures-late"),
            stat(month.closed.to_string(), "desk-figures-closed"),
        ],
        tables: vec![
            table("desk-figures-by-unit", "desk-figures-unit", units),
            table("desk-figures-by-kind", "desk-kind", kinds),
        ],
        caption: caption.to_string(),
        is_capped,
        page: &page,
    })
}

/// How the owners stand, those with most late cases first.
async fn by_unit(
    visit: &Visit,
    page: &Page,
    (board, month): (&[BoardLine], &Month),
) -> Result<Vec<Row>, Problem> {
    let atlas = visit.state.app.atlas_now().await?;
    let mut rows: BTreeMap<Option<UnitId>, Row> = BTreeMap::new();
    for line in board {
        let row = rows.entry(line.unit).or_default();
        row.open += line.open;
        row.late += line.late;
    }
    for (unit, closed) in &month.by_unit {
        rows.entry(Some(*unit)).or_default().closed = *closed;
    }
    let mut rows: Vec<Row> = rows
        .into_iter()
        .map(|(unit, row)| Row {
            name: match unit.and_then(|unit| atlas.unit(unit)) {
                Some(unit) => unit.names.in_lang(page.lang.as_str()).to_owned(),
                None => page.t("desk-a-volunteer").into_owned(),
            },
            ..row
        })
        .collect();
    rows.sort_by_key(|row| (-row.late, -row.open, -row.closed));
    Ok(rows)
}

/// How it stands with each kind: those that can be opened, in their order, and any other that was counted.
fn by_kind(visit: &Visit, page: &Page, (board, month): (&[BoardLine], &Month)) -> Vec<Row> {
    let kinds = visit.state.app.kinds();
    let mut slugs: Vec<&str> = kinds
        .current()
        .iter()
        .map(|kind| kind.slug.as_str())
        .collect();
    let counted = board.iter().map(|line| &line.kind);
    for slug in counted.chain(month.by_kind.keys()) {
        if !slugs.contains(&slug.as_str()) {
            slugs.push(slug);
        }
    }
    let row = |slug: &str| {
        let lines = || board.iter().filter(|line| line.kind == slug);
        Row {
            name: show::kind_word(page, slug),
            open: lines().map(|line| line.open).sum(),
            late: lines().map(|line| line.late).sum(),
            closed: month.by_kind.get(slug).copied().unwrap_or(0),
        }
    };
    slugs.into_iter().map(row).collect()
}
