//! The grids of the reader's area with their teams, those that lack somebody first.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::teams::list::{self, Row};
use huiyin_app::teams::look::Gap;
use huiyin_domain::team::Function;

use super::function_word;
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/teams/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    rows: Vec<Line>,
    /// How many have no grid worker.
    lacking: i64,
    older: String,
}

struct Line {
    href: String,
    name: String,
    gaps: Vec<String>,
    /// In the order of the functions; empty where nobody is.
    names: Vec<String>,
    helpers: String,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let behind = match asked.text("after") {
        "" => None,
        code => Some(code.parse().map_err(|_| Problem::Malformed)?),
    };
    let found = list::desk(&visit.state.app, &visit.actor, behind).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let lacks = |row: &&Row| row.gaps.iter().any(|gap| gap.function.must_be_kept());
    let lacking = found.rows.iter().filter(lacks).count();
    let rows = found.rows.iter().map(|row| Line {
        href: format!("/desk/teams/{}", row.place),
        name: row.names.in_lang(page.lang.as_str()).to_owned(),
        gaps: row.gaps.iter().map(|gap| gap_word(&when, gap)).collect(),
        names: Function::SINGLE
            .iter()
            .map(|one| who(&page, row, *one))
            .collect(),
        helpers: row.helpers.to_string(),
    });
    html(&ListPage {
        rows: rows.collect(),
        lacking: i64::try_from(lacking).unwrap_or(i64::MAX),
        older: found
            .next
            .map_or_else(String::new, |next| format!("/desk/teams?after={next}")),
        page: &page,
    })
}

fn who(page: &Page, row: &Row, function: Function) -> String {
    let line = row
        .lines
        .iter()
        .find(|line| line.member.function == function);
    line.map_or_else(String::new, |line| match &line.substitute {
        None => line.member.shown.name.clone(),
        Some(substitute) => {
            let args = [
                ("name", line.member.shown.name.as_str().into()),
                ("other", substitute.shown.name.as_str().into()),
            ];
            page.ta("team-name-stood-in", &args).into_owned()
        }
    })
}

/// Whom a grid lacks, and since when.
pub(crate) fn gap_word(when: &When<'_>, gap: &Gap) -> String {
    let page = when.page;
    let function = function_word(page, gap.function);
    match gap.since {
        None => page.ts("team-gap", "function", &function).into_owned(),
        Some(since) => {
            let args = [
                ("function", function.as_str().into()),
                ("day", when.day_of(since).into()),
            ];
            page.ta("team-gap-since", &args).into_owned()
        }
    }
}
