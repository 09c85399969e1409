//! One occasion for those who run it: what is on it, what could be put on it, the packing list,
//! ticking off on the day, and how it ends.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use huiyin_app::occasions::end::{self, Names, Request};
use huiyin_app::occasions::look::{self, Bringer, Item, Row, Wanted};
use huiyin_app::occasions::pack::{self, Packing};
use huiyin_app::occasions::put::Reply;
use huiyin_app::occasions::{LineState, cancel, off, put, tick};
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::Kind;
use huiyin_domain::id::{CaseId, GiftId, OccasionId};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::occasions::{OccasionCard, card};
use crate::pages::desk::saying;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/occasion.html")]
struct OccasionPage<'a> {
    page: &'a Page,
    id: OccasionId,
    card: OccasionCard,
    note: String,
    rows: Vec<RowView>,
    is_open: bool,
    /// The day has come.
    may_tick: bool,
    is_left: bool,
    report: String,
    cancelled_for: String,
    typed: &'a Form,
    wrong: Wrong,
    refused: Vec<String>,
}

/// A thing on the page.
struct RowView {
    case: CaseId,
    what: String,
    whom: String,
    sign: String,
    by: String,
    due: String,
    stage: String,
    tone: &'static str,
    icon: &'static str,
    state: String,
    is_ready: bool,
    is_on: bool,
    is_packed: bool,
    /// Of which gift it is taken.
    gift: Option<GiftId>,
}

pub async fn show(visit: Visit, Path(id): Path<OccasionId>) -> Answer {
    draw(&visit, id, &Form::default(), Wrong::default(), Vec::new()).await
}

async fn draw(
    visit: &Visit,
    id: OccasionId,
    typed: &Form,
    wrong: Wrong,
    refused: Vec<String>,
) -> Answer {
    let found = look::run(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let occasion = &found.listed.occasion;
    let rows: Vec<RowView> = rows(&when, &found);
    let status = match refused.is_empty() {
        true => wrong.status,
        false => StatusCode::CONFLICT,
    };
    let drawn = OccasionPage {
        id,
        card: card(&when, &found.listed, "/desk/occasions"),
        note: occasion.note.clone(),
        is_open: occasion.is_open(),
        may_tick: occasion.is_open() && when.now >= tick::opens_at(occasion),
        is_left: rows.iter().any(|row| row.is_on),
        rows,
        report: occasion.report.clone().unwrap_or_default(),
        cancelled_for: occasion.cancelled_for.clone().unwrap_or_default(),
        typed,
        wrong,
        refused,
        page: &page,
    };
    html_as(status, &drawn)
}

fn rows(when: &When<'_>, found: &look::Page) -> Vec<RowView> {
    let kind = found.listed.occasion.kind.as_str();
    let rows = found.rows.iter();
    rows.map(|row| {
        let (tone, icon, key) = match (row.line.state, row.is_ready) {
            (LineState::Delivered, _) => ("done", "circle-check", "occasion-line-delivered"),
            (LineState::Off, _) => ("quiet", "arrow-back", "occasion-line-off"),
            (LineState::On, true) => ("new", "gift", "occasion-line-on"),
            (LineState::On, false) => ("wait", "alert-circle", "occasion-line-moved"),
        };
        RowView {
            tone,
            icon,
            state: when.page.t(key).into_owned(),
            is_ready: row.is_ready,
            is_on: row.line.state == LineState::On,
            is_packed: row.line.packed_at.is_some(),
            gift: row.line.gift,
            ..view(when, kind, &row.thing)
        }
    })
    .collect()
}

fn view(when: &When<'_>, kind: &str, item: &Item) -> RowView {
    let page = when.page;
    RowView {
        case: item.case,
        what: item.what.clone(),
        whom: item.whom.clone(),
        sign: item.sign.clone(),
        by: match &item.bringer {
            Bringer::Unit(names) => names.in_lang(page.lang.as_str()).to_owned(),
            Bringer::Person(name) => name.clone(),
        },
        due: item.due_at.map(|at| when.day_of(at)).unwrap_or_default(),
        stage: page.t(&format!("{kind}-stage-{}", item.stage)).into_owned(),
        tone: "quiet",
        icon: "gift",
        state: String::new(),
        is_ready: false,
        is_on: false,
        is_packed: false,
        gift: None,
    }
}

/// Back to the page with what was done, or the page again with what was refused.
async fn after(
    visit: &Visit,
    id: OccasionId,
    form: &Form,
    (done, word): (Result<(), Error>, &str),
) -> Answer {
    match done {
        Ok(()) => {
            let to = see(&format!("/desk/occasions/{id}"));
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, id, form, wrong, Vec::new()).await
        }
    }
}

/// The same for many: those that were refused are told, each with its reason.
async fn after_many(
    visit: &Visit,
    id: OccasionId,
    form: &Form,
    (done, word): (Result<Reply, Error>, &str),
) -> Answer {
    let reply = match done {
        Ok(reply) => reply,
        Err(error) => return after(visit, id, form, (Err(error), word)).await,
    };
    if reply.iter().all(|(_, done)| done.is_ok()) {
        return after(visit, id, form, (Ok(()), word)).await;
    }
    let page = visit.page();
    let found = look::run(&visit.state.app, &visit.actor, id).await?;
    let called = |case: CaseId| {
        let row = found.rows.iter().find(|row: &&Row| row.line.case == case);
        row.map_or_else(String::new, |row| format!("{}: ", row.thing.what))
    };
    let mut refused = Vec::new();
    for (case, done) in reply {
        match done {
            Ok(()) => {}
            Err(Error::Refused(refusal)) => {
                refused.push(format!("{}{}", called(case), why(&page, &refusal)));
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    draw(visit, id, form, Wrong::default(), refused).await
}

fn why(page: &Page, refusal: &Refusal) -> String {
    match refusal.faults().first() {
        Some(fault) => saying::filled(page, fault.key, &fault.words()),
        None => saying::sentence(page, refusal),
    }
}

fn cases(form: &Form) -> Vec<CaseId> {
    form.all("case")
        .filter_map(|case| case.parse().ok())
        .collect()
}

#[derive(Template)]
#[template(path = "pages/desk/occasion_add.html")]
struct AddPage<'a> {
    page: &'a Page,
    id: OccasionId,
    title: String,
    stages: Vec<Choice>,
    sorts: Vec<Choice>,
    rows: Vec<RowView>,
    wrong: String,
}

/// What could be put on it.
pub async fn add(visit: Visit, Path(id): Path<OccasionId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw_add(&visit, id, &query, Wrong::default()).await
}

async fn draw_add(visit: &Visit, id: OccasionId, query: &Form, wrong: Wrong) -> Answer {
    let some = |field: &str| Some(query.text(field).to_owned()).filter(|word| !word.is_empty());
    let wanted = Wanted {
        stage: some("stage"),
        sort: some("sort"),
    };
    let (occasion, found) =
        look::candidates(&visit.state.app, &visit.actor, id, wanted.clone()).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let kinds = visit.state.app.kinds();
    let kind = kinds.by_slug(&occasion.kind).ok_or(Problem::NotFound)?;
    let status = wrong.status;
    let drawn = AddPage {
        id,
        title: occasion.title,
        stages: stages(&page, kind, wanted.stage.as_deref()),
        sorts: sorts(&page, kind, wanted.sort.as_deref()),
        rows: found
            .iter()
            .map(|item| view(&when, &kind.slug, item))
            .collect(),
        wrong: match wrong.at("case") {
            "" => wrong.above.clone(),
            _ => page.t("occasion-add-none").into_owned(),
        },
        page: &page,
    };
    html_as(status, &drawn)
}

fn stages(page: &Page, kind: &Kind, chosen: Option<&str>) -> Vec<Choice> {
    let stages = kind.occasion.iter().flat_map(|own| &own.stages);
    let stages = stages.map(|stage| Choice {
        value: stage.clone(),
        label: page.t(&format!("{}-stage-{stage}", kind.slug)).into_owned(),
        chosen: chosen == Some(stage),
    });
    stages.collect()
}

fn sorts(page: &Page, kind: &Kind, chosen: Option<&str>) -> Vec<Choice> {
    let field = kind.public_sort().and_then(|field| kind.field(field));
    let Some(field) = field else {
        return Vec::new();
    };
    let words = field.kind.words().into_iter();
    let words = words.map(|word| Choice {
        value: word.to_owned(),
        label: page.t(&kind.choice_key(&field.name, word)).into_owned(),
        chosen: chosen == Some(word),
    });
    words.collect()
}

pub async fn put(visit: Visit, Path(id): Path<OccasionId>, form: Form) -> Answer {
    let done = put::put(&visit.state.app, &visit.actor, id, cases(&form)).await;
    if let Err(Error::Refused(refusal @ Refusal::Invalid(_))) = done {
        let wrong = Wrong::of(&visit.page(), refusal.into())?;
        return draw_add(&visit, id, &form, wrong).await;
    }
    after_many(&visit, id, &form, (done, "occasion-put")).await
}

pub async fn tick(visit: Visit, Path(id): Path<OccasionId>, form: Form) -> Answer {
    let says = form.text("says").to_owned();
    let done = tick::tick(&visit.state.app, &visit.actor, id, (cases(&form), says)).await;
    after_many(&visit, id, &form, (done, "occasion-ticked")).await
}

pub async fn off(visit: Visit, Path((id, case)): Path<(OccasionId, CaseId)>, form: Form) -> Answer {
    let why = form.text("why").to_owned();
    let done = off::off(&visit.state.app, &visit.actor, (id, case), why).await;
    after(&visit, id, &form, (done, "occasion-off")).await
}

pub async fn cancel(visit: Visit, Path(id): Path<OccasionId>, form: Form) -> Answer {
    let why = form.text("why").to_owned();
    let done = cancel::cancel(&visit.state.app, &visit.actor, id, why).await;
    after(&visit, id, &form, (done, "occasion-cancelled")).await
}

pub async fn end(visit: Visit, Path(id): Path<OccasionId>, form: Form) -> Answer {
    let request = Request {
        id,
        report: form.text("report").to_owned(),
        why: form.text("rest").to_owned(),
        names: match form.text("sure") {
            "yes" => Names::AreNone,
            _ => Names::NotLookedAt,
        },
    };
    let done = end::end(&visit.state.app, &visit.actor, request).await;
    after(&visit, id, &form, (done, "occasion-ended")).await
}

#[derive(Template)]
#[template(path = "pages/desk/packing.html")]
struct PackingPage<'a> {
    page: &'a Page,
    id: OccasionId,
    card: OccasionCard,
    rows: Vec<RowView>,
    /// Gifts of which something is left, and what each is called.
    gifts: Vec<(GiftId, String)>,
    is_open: bool,
    wrong: Wrong,
}

pub async fn packing(visit: Visit, Path(id): Path<OccasionId>) -> Answer {
    draw_packing(&visit, id, Wrong::default()).await
}

async fn draw_packing(visit: &Visit, id: OccasionId, wrong: Wrong) -> Answer {
    let found = look::run(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let stock = look::stock(&visit.state.app, &visit.actor, id).await?;
    let stock = stock.into_iter();
    let mut rows = rows(&when, &found);
    rows.retain(|row| row.is_on);
    let status = wrong.status;
    let drawn = PackingPage {
        id,
        card: card(&when, &found.listed, "/desk/occasions"),
        is_open: found.listed.occasion.is_open(),
        gifts: stock
            .map(|(gift, rest)| (gift.id, format!("{} ({rest})", gift.what)))
            .collect(),
        rows,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn pack(visit: Visit, Path(id): Path<OccasionId>, form: Form) -> Answer {
    let list: BTreeMap<CaseId, Packing> = cases(&form)
        .into_iter()
        .map(|case| {
            let packing = Packing {
                gift: form.text(&format!("gift-{case}")).parse().ok(),
                is_ready: form.text(&format!("ready-{case}")) == "yes",
            };
            (case, packing)
        })
        .collect();
    match pack::pack(&visit.state.app, &visit.actor, id, list).await {
        Ok(()) => {
            let to = see(&format!("/desk/occasions/{id}/packing"));
            Ok(flash::say(
                to,
                Tone::Done,
                "occasion-packed",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw_packing(&visit, id, wrong).await
        }
    }
}
