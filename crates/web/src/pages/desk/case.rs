//! The case page: it reads like a letter, and beside it stands what can be done next. The
//! main step is the only filled button; the others unfold below it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use huiyin_app::cases::petitioner::Petitioner;
use huiyin_app::cases::read;
use huiyin_app::supervision::opened::opened;
use huiyin_app::telling::bell::{self, Seen};
use huiyin_domain::access::{Action, may_somewhere};
use huiyin_domain::id::CaseId;

use crate::form::Form;
use crate::layout::Page;
use crate::visit::{Answer, Visit, html, html_as};
use crate::when::Left;

use super::case_elsewhere::FarView;
use super::case_history::{CallView, HistoryLine};
use super::case_papers::Papers;
use super::case_photos::{Photo, Signed};
use super::case_view::{Head, Letter, Line};
use super::saying::Said;
use super::show;
use super::step_form::{self, StepForm};

#[derive(Template)]
#[template(path = "pages/desk/case.html")]
struct CaseHtml<'a> {
    page: &'a Page,
    said: Option<Said>,
    /// What was typed for a step that cannot be taken any more.
    kept: Vec<Line>,
    head: Head,
    merged: Vec<(String, String)>,
    prose: Vec<String>,
    photos: Vec<Photo>,
    facts: Vec<Line>,
    calls: Vec<CallView>,
    papers: Papers,
    signed: Vec<Signed>,
    history: Vec<HistoryLine>,
    elsewhere: Vec<FarView>,
    clock: Option<Left>,
    main: Option<StepForm>,
    others: Vec<StepForm>,
    waits_for: String,
    sees: Vec<Line>,
    seal_open: bool,
    seal: Seal,
    erased: Option<String>,
    may_erase: bool,
    /// Whether there is a notice to whoever has to mend it.
    mends: bool,
    /// Whether somebody can be asked to help with it.
    proposes: bool,
}

#[derive(Template)]
#[template(path = "pages/desk/case_print.html")]
struct CasePrint<'a> {
    page: &'a Page,
    head: Head,
    prose: Vec<String>,
    photos: Vec<Photo>,
    facts: Vec<Line>,
    calls: Vec<CallView>,
    papers: Papers,
    history: Vec<HistoryLine>,
    clock: Option<Left>,
    printed: String,
}

/// The seal on who brought the case in.
pub enum Seal {
    /// There is nobody behind it, or this reader may not open it.
    None,
    Closed {
        error: String,
    },
    Opened {
        lines: Vec<Line>,
    },
}

/// What a page that comes back shows besides the case.
#[derive(Default)]
pub struct Back<'a> {
    pub status: StatusCode,
    pub said: Option<Said>,
    /// The step whose form lies unfolded: whoever followed a link came for it.
    pub unfolded: String,
    /// The step whose form comes back filled, with what is wrong in it.
    pub step: Option<step_form::Typed<'a>>,
    pub purpose_error: String,
    /// What lies behind the seal, once it has been opened: perhaps nobody.
    pub opened: Option<Option<Petitioner>>,
}

pub async fn show(visit: Visit, Path(case): Path<CaseId>, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let back = Back {
        unfolded: asked.text("step").to_owned(),
        ..Back::default()
    };
    let answer = draw(&visit, case, back).await?;
    // Whoever looks at the case has seen what they were told of it.
    if visit
        .visitor
        .as_ref()
        .is_some_and(|visitor| visitor.unread > 0 && !visit.is_ahead)
    {
        bell::seen(&visit.state.app, &visit.actor, Seen::Case(case)).await?;
    }
    Ok(answer)
}

/// The case as it is now, with what the reader has just tried.
pub async fn draw(visit: &Visit, id: CaseId, back: Back<'_>) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let case = read::read(app, &visit.actor, id).await?;
    if !visit.is_ahead
        && let Err(fault) = opened(app, &case).await
    {
        // It counts as unread for a while longer; the page is worth more than that.
        tracing::warn!(%fault, "it was not noted that a case was opened");
    }
    let atlas = app.atlas_now().await?;
    let when = show::when(visit, &page);
    let letter = Letter {
        page: &page,
        when: &when,
        case: &case,
        atlas: &atlas,
        actor: &visit.actor,
    };
    let mut forms = step_form::forms(visit, &letter, back.step.as_ref()).await?;
    for form in &mut forms {
        form.open |= form.step == back.unfolded;
    }
    let lost = |typed: &&step_form::Typed<'_>| forms.iter().all(|form| form.step != typed.step);
    let kept = back.step.as_ref().filter(lost);
    let kept = kept
        .map(|typed| step_form::texts(&letter, typed))
        .unwrap_or_default();
    let main = match forms.first().is_some_and(|form| form.is_main) {
        true => Some(forms.remove(0)),
        false => None,
    };
    let seal = match (&back.opened, case.may_unseal) {
        (Some(petitioner), _) => Seal::Opened {
            lines: petitioner_lines(&page, petitioner.as_ref()),
        },
        (None, true) => Seal::Closed {
            error: back.purpose_error.clone(),
        },
        (None, false) => Seal::None,
    };
    let drawn = CaseHtml {
        head: letter.head(),
        merged: letter.merged(),
        prose: letter.prose(),
        photos: letter.photos(),
        facts: letter.facts(),
        calls: letter.calls(),
        papers: letter.papers(),
        signed: letter.signed(),
        history: letter.history(),
        elsewhere: letter.elsewhere(),
        clock: letter.clock(),
        waits_for: letter.waits_for(),
        sees: letter.sees(),
        erased: letter.erased(),
        may_erase: case.may_erase,
        mends: super::mending::is_there(&case.kind, &case.values),
        proposes: case.kind.matching.is_some() && may_somewhere(&visit.actor, Action::ProposalMake),
        seal_open: back.opened.is_some() || !back.purpose_error.is_empty(),
        said: back.said,
        kept,
        others: forms,
        page: &page,
        main,
        seal,
    };
    html_as(back.status, &drawn)
}

/// The case file, on paper.
pub async fn print(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let case = read::read(app, &visit.actor, case).await?;
    let atlas = app.atlas_now().await?;
    let when = show::when(&visit, &page);
    let letter = Letter {
        page: &page,
        when: &when,
        case: &case,
        atlas: &atlas,
        actor: &visit.actor,
    };
    html(&CasePrint {
        head: letter.head(),
        prose: letter.prose(),
        photos: letter.photos(),
        facts: letter.facts(),
        calls: letter.calls(),
        papers: letter.papers(),
        history: letter.history(),
        clock: letter.clock(),
        printed: when.moment(app.now()),
        page: &page,
    })
}

fn petitioner_lines(page: &Page, petitioner: Option<&Petitioner>) -> Vec<Line> {
    let line = |label: &str, text: Option<&String>| {
        let text = text.filter(|text| !text.is_empty()).cloned();
        let none = || page.t("desk-petitioner-none").into_owned();
        Line::new(page.t(label).into_owned(), text.unwrap_or_else(none))
    };
    let mut lines = vec![
        line(
            "desk-petitioner-name",
            petitioner.and_then(|p| p.name.as_ref()),
        ),
        line(
            "desk-petitioner-contact",
            petitioner.and_then(|p| p.contact.as_ref()),
        ),
        line(
            "desk-petitioner-address",
            petitioner.and_then(|p| p.address.as_ref()),
        ),
    ];
    // Asked by few kinds only: said where it is known.
    if let Some(emergency) = petitioner.and_then(|p| p.emergency.as_ref()) {
        lines.push(line("desk-petitioner-emergency", Some(emergency)));
    }
    lines
}
