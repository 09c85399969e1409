//! A case as whoever brought it in sees it: where it stands, who has it and until when,
//! what was said, and what they may do now.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::cases::Reader;
use huiyin_app::cases::read::{self, CasePage, EntryView, Offer};
use huiyin_domain::access::Who;
use huiyin_domain::case::{Effect, FieldFault, Kind, Owner, Value, Weight};
use huiyin_domain::id::CaseId;

use crate::fields::{self, Sheet, Suggested};
use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::case_history::HistoryLine;
use crate::pages::desk::case_papers::Papers;
use crate::pages::desk::case_photos::Signed;
use crate::pages::desk::case_view::{Letter, Line};
use crate::pages::desk::show;
use crate::problem::{Problem, Refused};
use crate::visit::{Answer, Visit, html_as};
use crate::when::{Left, When};

use super::new_form::found;
use super::series::Row;

#[derive(Template)]
#[template(path = "pages/resident/case.html")]
struct CaseAsked<'a> {
    page: &'a Page,
    id: CaseId,
    version: i64,
    title: &'a str,
    kind: String,
    stage: String,
    tone: &'static str,
    sign: &'static str,
    outcome: String,
    next: String,
    clock: Option<Left>,
    refused: Option<&'a Refused>,
    steps: Vec<StepForm>,
    place: String,
    since: String,
    facts: Vec<Line>,
    papers: Papers,
    signed: Vec<Signed>,
    history: Vec<HistoryLine>,
    looks: Vec<LookLine>,
    /// That it comes back.
    series: Option<Row>,
    by_code: bool,
    /// Whoever brought it in, and not somebody who helps them.
    is_own: bool,
}

impl CaseAsked<'_> {
    /// What was said to whoever is now asked for the next step: an answer is read before it
    /// is judged.
    fn last_word(&self) -> Option<&HistoryLine> {
        let is_asked = self.is_own && self.steps.iter().any(|step| step.is_main);
        let mut said = self.history.iter().rev();
        let last = said.find(|line| line.kind != "mine" && !line.says.is_empty());
        last.filter(|_| is_asked)
    }
}

/// A step that may be taken now.
struct StepForm {
    step: String,
    verb: String,
    help: String,
    fields: String,
    is_main: bool,
    is_open: bool,
}

/// Somebody who looked at name and contact.
struct LookLine {
    when: String,
    who: String,
    why: String,
}

/// What was entered for a step that was refused.
pub(super) struct Entered<'a> {
    pub step: &'a str,
    pub form: &'a Form,
    pub faults: &'a [FieldFault],
    pub refused: Option<&'a Refused>,
}

pub async fn show(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    page(&visit, case, None).await
}

/// The page, with a form as it was entered when it comes back.
pub(super) async fn page(visit: &Visit, id: CaseId, entered: Option<Entered<'_>>) -> Answer {
    let app = &visit.state.app;
    let actor = visit.acting_on(id);
    let case = read::read(app, &actor, id).await?;
    let atlas = app.atlas_now().await?;
    let shell = visit.page();
    let when = When::of(visit, &shell);
    let letter = Letter {
        page: &shell,
        case: &case,
        atlas: &atlas,
        when: &when,
        actor: &actor,
    };
    let series = huiyin_app::series::read::read(app, &actor, id).await?;
    let refused = entered.as_ref().and_then(|entered| entered.refused);
    let (head, steps) = (
        letter.head(),
        steps(visit, &shell, &case, entered.as_ref()).await?,
    );
    let facts = letter
        .facts()
        .into_iter()
        .filter(|line| !line.text.is_empty())
        .collect();
    let papers = letter.papers();
    let drawn = CaseAsked {
        papers,
        signed: letter.signed(),
        id,
        version: case.case.version,
        title: &case.title,
        kind: head.kind,
        stage: head.stage,
        tone: head.tone,
        sign: head.sign,
        outcome: head.outcome,
        next: next_sentence(visit, &shell, &case).await?,
        // The sentence above it has said until when.
        clock: letter.clock().map(|left| match case.case.closed_at {
            Some(_) => left,
            None => Left {
                by: String::new(),
                ..left
            },
        }),
        refused,
        steps,
        place: place_in_words(&letter),
        since: when.day_of(case.case.opened_at),
        facts,
        history: history(&shell, &letter),
        looks: looks(&shell, &letter),
        series: series.as_ref().map(|row| Row::of(&shell, &when, row)),
        is_own: case.reader == Reader::Petitioner,
        by_code: matches!(actor.who, Who::Petitioner(_)),
        page: &shell,
    };
    html_as(
        refused.map_or(StatusCode::OK, |refused| refused.status),
        &drawn,
    )
}

/// Who has it and until when, in one sentence; or that it is done.
pub(super) async fn next_sentence(
    visit: &Visit,
    page: &Page,
    case: &CasePage,
) -> Result<String, Problem> {
    let view = &case.case;
    if view.closed_at.is_some() {
        return Ok(settled(page, case));
    }
    let now = visit.state.now();
    let unit = match view.owner {
        Owner::Unit(unit) => {
            let atlas = visit.state.app.atlas_now().await?;
            let unit = atlas.unit(unit);
            unit.map(|unit| unit.names.in_lang(page.lang.as_str()).to_owned())
        }
        Owner::Person(_) => Some(page.t("case-a-neighbour").into_owned()),
    };
    let unit = unit.unwrap_or_else(|| page.t("case-a-unit").into_owned());
    // What waits for whoever brought it in is not promised by anybody else.
    let own_step = case
        .offers
        .iter()
        .find(|offer| offer.weight == Weight::Main);
    // A kind may say better than we what somebody waits for.
    let who = if own_step.is_some() { "yours" } else { "next" };
    let own = format!("{}-stage-{}-{who}", case.kind.slug, view.stage);
    let Some(clock) = &view.clock else {
        return Ok(unit);
    };
    if let Some(pause) = &clock.paused {
        let until = When::of(visit, page).moment(pause.until);
        let args = [("unit", unit.into()), ("when", until.into())];
        return Ok(page.ta("case-next-paused", &args).into_owned());
    }
    let is_late = clock.due_at < now;
    let verb = own_step.map(|offer| step_word(page, &case.kind, &offer.step));
    let key = match page.words.find(page.lang, &own, &[]) {
        _ if is_late => "case-next-late",
        Some(_) => own.as_str(),
        None if own_step.is_some() => "case-next-yours",
        None => "case-next",
    };
    let moment = When::of(visit, page).moment(clock.due_at);
    let args = [
        ("unit", unit.into()),
        ("when", moment.into()),
        ("step", verb.unwrap_or_default().into()),
    ];
    Ok(page.ta(key, &args).into_owned())
}

fn step_word(page: &Page, kind: &Kind, step: &str) -> String {
    page.t(&format!("{}-step-{step}", kind.slug)).into_owned()
}

/// That it is settled, and how whoever is not content goes on.
fn settled(page: &Page, case: &CasePage) -> String {
    let reopens = |offer: &&Offer| {
        let step = case.kind.step(&offer.step);
        let mut effects = step.into_iter().flat_map(|step| &step.effects);
        effects.any(|effect| matches!(effect.what, Effect::Reopen(_)))
    };
    match case.offers.iter().find(reopens) {
        Some(offer) => {
            let verb = step_word(page, &case.kind, &offer.step);
            page.ts("case-next-again", "step", &verb).into_owned()
        }
        None => page.t("case-next-done").into_owned(),
    }
}

async fn steps(
    visit: &Visit,
    page: &Page,
    case: &CasePage,
    entered: Option<&Entered<'_>>,
) -> Result<Vec<StepForm>, Problem> {
    let mut forms = Vec::with_capacity(case.offers.len());
    for offer in &case.offers {
        let entered = entered.filter(|entered| entered.step == offer.step);
        forms.push(step_form(visit, page, case, (offer, entered)).await?);
    }
    forms.sort_by_key(|form: &StepForm| !form.is_main);
    forms
        .iter_mut()
        .skip(1)
        .for_each(|form| form.is_main = false);
    Ok(forms)
}

async fn step_form(
    visit: &Visit,
    page: &Page,
    case: &CasePage,
    (offer, entered): (&Offer, Option<&Entered<'_>>),
) -> Result<StepForm, Problem> {
    let asked = &offer.asked;
    let errand = case.errand.as_ref();
    let suggested = Suggested {
        papers: errand
            .map(|errand| errand.papers.clone())
            .unwrap_or_default(),
        ..Suggested::default()
    };
    let prefix = format!("{}-", offer.step);
    let sheet = Sheet {
        kind: &case.kind,
        asked,
        prefix: &prefix,
        suggested: &suggested,
    };
    let empty = Form::default();
    let (form, faults) = match entered {
        Some(entered) => (entered.form, entered.faults),
        None => (&empty, [].as_slice()),
    };
    let key = format!("{}-step-{}", case.kind.slug, offer.step);
    Ok(StepForm {
        step: offer.step.clone(),
        verb: page.t(&key).into_owned(),
        help: found(page, &format!("{key}-help")),
        fields: fields::draw(visit, page, sheet, form, faults).await?,
        is_main: offer.weight == Weight::Main,
        is_open: entered.is_some(),
    })
}

/// Where it is, from the wider to the nearer.
fn place_in_words(letter: &Letter<'_>) -> String {
    let place = letter.place();
    match place.small.is_empty() {
        true => place.text,
        false => format!("{} · {}", place.small, place.text),
    }
}

/// The history as a conversation with whoever reads it.
fn history(page: &Page, letter: &Letter<'_>) -> Vec<HistoryLine> {
    let mut lines = letter.history();
    // The conversation begins with what was said; the heading may be all of it.
    if let Some(first) = lines.first_mut() {
        let said = letter.prose().into_iter();
        first.says = said.map(|said| Line::new(String::new(), said)).collect();
        first.photos = letter.photos();
        if first.kind == "machine" && !first.says.is_empty() {
            first.kind = "said";
        }
    }
    for (line, entry) in lines.iter_mut().zip(&letter.case.entries) {
        line.took = String::new();
        let is_mine = match (entry.acting.as_str(), letter.case.reader) {
            ("petitioner" | "anyone", reader) => reader == Reader::Petitioner,
            ("person", _) => {
                matches!(letter.actor.who, Who::Person(me) if entry.person == Some(me))
            }
            _ => false,
        };
        match entry.acting.as_str() {
            _ if is_mine => {
                line.kind = "mine";
                line.who = page.t("entry-you").into_owned();
            }
            _ if line.kind == "mine" => line.kind = "said",
            _ => {}
        }
        let inner = inner_labels(page, entry, is_mine);
        line.says.retain(|said| !inner.contains(&said.label));
        if line.kind == "said" && line.says.is_empty() && line.photos.is_empty() {
            line.kind = "machine";
        }
    }
    lines
}

/// The labels of what only whoever sorts and passes it on has a use for.
fn inner_labels(page: &Page, entry: &EntryView, is_mine: bool) -> Vec<String> {
    let is_inner = |value: &Value| match value {
        Value::Place(_)
        | Value::Item(_)
        | Value::Unit(_)
        | Value::Units(_)
        | Value::Case(_)
        | Value::Service(_) => true,
        Value::YesNo(_) => !is_mine,
        _ => false,
    };
    let told = entry.says.iter().filter(|(_, value)| is_inner(value));
    told.map(|(name, _)| show::field_word(page, &entry.kind.slug, name))
        .collect()
}

fn looks(page: &Page, letter: &Letter<'_>) -> Vec<LookLine> {
    let looks = letter.case.looks.iter();
    looks
        .map(|look| LookLine {
            when: letter.when.moment(look.at),
            who: look.unit.map_or_else(
                || page.t("case-a-unit").into_owned(),
                |unit| letter.unit(unit),
            ),
            why: match look.purpose.as_str() {
                // The look-up of a caller has one purpose, which nobody types.
                "" => page.t("look-caller").into_owned(),
                typed => typed.to_owned(),
            },
        })
        .collect()
}
