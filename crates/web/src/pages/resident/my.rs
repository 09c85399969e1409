//! What I brought in: the cases of this browser and, signed in, all my own.

use askama::Template;
use axum::extract::Path;
use huiyin_app::cases::list::{self, CaseRow};
use huiyin_app::cases::read::{self, CasePage};
use huiyin_app::identity::my_cases::my_cases;
use huiyin_domain::access::Actor;
use huiyin_domain::id::CaseId;
use jiff::Timestamp;

use crate::actor;
use crate::layout::Page;
use crate::pages::desk::show::{self, Look};
use crate::visit::{Answer, Visit, html, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/resident/my.html")]
struct MyPage<'a> {
    page: &'a Page,
    cases: Vec<Row>,
    claims: Vec<Row>,
    signed_in: bool,
    /// How many notices are unread, in words.
    unread: String,
}

/// One case in the list.
struct Row {
    href: String,
    title: String,
    kind: String,
    stage: String,
    tone: &'static str,
    sign: &'static str,
    when: String,
}

pub async fn show(visit: Visit) -> Answer {
    let page = visit.page();
    let mut cases = Vec::new();
    let mut claims = Vec::new();
    let mut listed: Vec<CaseId> = Vec::new();
    if let Some(person) = visit.actor.person() {
        for case in my_cases(&visit.state.app, &visit.actor, None).await? {
            listed.push(case.id);
            cases.push(row(&visit, &page, &Summary::of_row(&case)));
        }
        let claimed = list::claims(&visit.state.app, person).await?;
        claims = claimed
            .rows
            .iter()
            .map(|case| row(&visit, &page, &Summary::of_row(case)))
            .collect();
    }
    for id in visit.shown.iter().filter(|id| !listed.contains(id)) {
        // A case that is gone from the database is gone from the list.
        if let Ok(case) = read::read(&visit.state.app, &Actor::petitioner(*id), *id).await {
            cases.push(row(&visit, &page, &Summary::of_page(&case)));
        }
    }
    let unread = visit.visitor.as_ref().map_or(0, |visitor| visitor.unread);
    html(&MyPage {
        unread: page.tn("telling-unread", "count", unread).into_owned(),
        page: &page,
        cases,
        claims,
        signed_in: visit.visitor.is_some(),
    })
}

/// What a line of the list tells of a case.
struct Summary<'a> {
    id: CaseId,
    kind: &'a str,
    title: &'a str,
    stage: &'a str,
    opened_at: Timestamp,
    closed: Option<&'a str>,
}

impl<'a> Summary<'a> {
    fn of_row(row: &'a CaseRow) -> Summary<'a> {
        Summary {
            id: row.id,
            kind: &row.kind,
            title: &row.title,
            stage: &row.stage,
            opened_at: row.opened_at,
            closed: row.closed_at.and(row.outcome.as_deref()),
        }
    }

    fn of_page(page: &'a CasePage) -> Summary<'a> {
        let case = &page.case;
        Summary {
            id: case.id,
            kind: &case.kind,
            title: &page.title,
            stage: &case.stage,
            opened_at: case.opened_at,
            closed: case.closed_at.and(case.outcome.as_deref()),
        }
    }
}

fn row(visit: &Visit, page: &Page, case: &Summary<'_>) -> Row {
    let kinds = visit.state.app.kinds();
    let kind = kinds.by_slug(case.kind).map(std::sync::Arc::as_ref);
    let look = match case.closed {
        Some(_) => Look {
            tone: "done",
            sign: "circle-check",
        },
        None => show::stage_look(kind, case.stage),
    };
    let stage = match case.closed {
        Some(outcome) => format!("{}-outcome-{outcome}", case.kind),
        None => format!("{}-stage-{}", case.kind, case.stage),
    };
    Row {
        href: format!("/my/{}", case.id),
        title: case.title.to_owned(),
        kind: page.t(&format!("{}--name", case.kind)).into_owned(),
        stage: page.t(&stage).into_owned(),
        tone: look.tone,
        sign: look.sign,
        when: When::of(visit, page).day_of(case.opened_at),
    }
}

/// This browser forgets the case, as one wants on somebody else's phone.
pub async fn forget(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    Ok(actor::forget(&visit, case, see("/my")))
}
