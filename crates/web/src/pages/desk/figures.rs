//! The figures of what somebody looks after: how it stands now by unit and by kind, what
//! was closed this month, and one sentence. Units and kinds are counted, never people.

use std::collections::BTreeMap;

use askama::Template;
use huiyin_app::cases::list::{self, Filter};
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
    let units = by_unit(&visit, &page, &month).await?;
    let kinds = by_kind(&visit, &page, &month).await?;
    let open: i64 = units.iter().map(|row| row.open).sum();
    let late: i64 = units.iter().map(|row| row.late).sum();
    let args = [
        ("open", open.into()),
        ("late", late.into()),
        ("closed", month.closed.into()),
    ];
    let stat = |figure: i64, label: &str| Stat {
        figure: figure.to_string(),
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
            stat(open, "desk-figures-open"),
            stat(late, "desk-figures-late"),
            stat(month.closed, "desk-figures-closed"),
        ],
        tables: vec![
            table("desk-figures-by-unit", "desk-figures-unit", units),
            table("desk-figures-by-kind", "desk-kind", kinds),
        ],
        caption: caption.to_string(),
        page: &page,
    })
}

/// How the owners stand, those with most late cases first.
async fn by_unit(visit: &Visit, page: &Page, month: &Month) -> Result<Vec<Row>, Problem> {
    let app = &visit.state.app;
    let atlas = app.atlas_now().await?;
    let mut rows: BTreeMap<Option<UnitId>, Row> = BTreeMap::new();
    for line in list::board(app, &visit.actor).await? {
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

/// Open cases of one kind that are counted at most.
const OPEN_MAX: i64 = 20_000;

async fn by_kind(visit: &Visit, page: &Page, month: &Month) -> Result<Vec<Row>, Problem> {
    let app = &visit.state.app;
    let mut rows = Vec::new();
    for kind in app.kinds().current() {
        let filter = Filter {
            kind: Some(kind.slug.clone()),
            ..Filter::default()
        };
        let counts = list::counts(app, &visit.actor, filter, OPEN_MAX).await?;
        rows.push(Row {
            name: show::kind_word(page, &kind.slug),
            open: counts.open,
            late: counts.late,
            closed: month.by_kind.get(&kind.slug).copied().unwrap_or(0),
        });
    }
    Ok(rows)
}
