//! The form of a step: its fields, what is proposed and why, what was typed when it comes
//! back. The fields themselves are drawn and read by `crate::fields`.

use huiyin_app::atlas::Atlas;
use huiyin_app::cases::read::CasePage;
use huiyin_app::supervision::precedents;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{
    Asked, Call, CallState, Effect, FieldFault, FieldType, Kind, Rule, Step, Value, Weight,
};
use huiyin_domain::id::UnitId;
use huiyin_domain::unit::{Duty, ItemCode, Unit, UnitCategory};

use crate::fields::{self, Read, Sheet, Suggested};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

use super::case_view::{Letter, Line};
use super::show;

/// A step that can be taken now, as the case page shows it.
pub struct StepForm {
    pub step: String,
    pub verb: String,
    pub help: String,
    /// Why a unit is proposed.
    pub why: String,
    /// What was ruled before in such a case.
    pub precedents: Vec<String>,
    pub fields: String,
    pub is_main: bool,
    pub open: bool,
}

/// What somebody typed into the form of a step, and what is wrong with it.
pub struct Typed<'a> {
    pub step: &'a str,
    pub form: &'a Form,
    pub faults: Vec<FieldFault>,
}

/// The forms of all steps that are offered, the main one first.
pub async fn forms(
    visit: &Visit,
    letter: &Letter<'_>,
    typed: Option<&Typed<'_>>,
) -> Result<Vec<StepForm>, Problem> {
    let mut forms = Vec::with_capacity(letter.case.offers.len());
    let ruled = ruled(visit, letter).await?;
    for offer in &letter.case.offers {
        let Some(step) = letter.case.kind.step(&offer.step) else {
            continue;
        };
        let typed = typed.filter(|typed| typed.step == step.name);
        let mut form = form(visit, letter, (step, &offer.asked), typed).await?;
        if !sent_to(step).is_empty() {
            form.precedents.clone_from(&ruled);
        }
        forms.push(form);
    }
    if let Some(at) = forms.iter().position(|form| form.is_main) {
        forms[..=at].rotate_right(1);
    }
    // Only one step is the next one.
    forms
        .iter_mut()
        .skip(1)
        .for_each(|form| form.is_main = false);
    Ok(forms)
}

async fn form(
    visit: &Visit,
    letter: &Letter<'_>,
    (step, asked): (&Step, &[Asked]),
    typed: Option<&Typed<'_>>,
) -> Result<StepForm, Problem> {
    let (page, kind) = (letter.page, &letter.case.kind);
    let suggested = suggested(letter.case, step, letter);
    let prefix = format!("{}-", step.name);
    let sheet = Sheet {
        kind,
        asked,
        prefix: &prefix,
        suggested: &suggested,
    };
    let fields = match typed {
        Some(typed) => fields::draw(visit, page, sheet, typed.form, &typed.faults).await?,
        None => fields::draw(visit, page, sheet, &prefilled(letter, step), &[]).await?,
    };
    let help = format!("{}-step-{}-help", kind.slug, step.name);
    let names_unit = !sent_to(step).is_empty();
    Ok(StepForm {
        verb: show::step_word(page, &kind.slug, &step.name),
        help: page
            .words
            .find(page.lang, &help, &[])
            .unwrap_or_default()
            .into_owned(),
        why: if names_unit {
            why(letter)
        } else {
            String::new()
        },
        precedents: Vec::new(),
        is_main: step.weight == Weight::Main,
        open: typed.is_some(),
        step: step.name.clone(),
        fields,
    })
}

/// What was ruled for the same item in the same place, when a step of this case may send it
/// to a unit.
async fn ruled(visit: &Visit, letter: &Letter<'_>) -> Result<Vec<String>, Problem> {
    let case = &letter.case.case;
    let steps = letter.case.offers.iter();
    let mut steps = steps.filter_map(|offer| letter.case.kind.step(&offer.step));
    let (Some(item), true) = (&case.item, steps.any(|step| !sent_to(step).is_empty())) else {
        return Ok(Vec::new());
    };
    let (app, actor) = (&visit.state.app, &visit.actor);
    let beside = precedents::beside(app, actor, item, &case.place).await?;
    let precedents = beside.precedents.iter();
    Ok(precedents
        .map(|precedent| {
            let teller = super::precedents::Teller {
                page: letter.page,
                when: letter.when,
                atlas: letter.atlas,
                places: &beside.places,
            };
            teller.sentence(precedent)
        })
        .collect())
}

/// The fields of a step that name who shall act: the new owner, whoever helps, whoever is
/// called. Units named for another reason are nobody's to propose.
pub fn sent_to(step: &Step) -> Vec<&str> {
    let effects = step.effects.iter();
    effects
        .filter_map(|effect| match &effect.what {
            Effect::Assign(assign) => assign.field.as_deref(),
            Effect::Assist(assist) => Some(assist.units.as_str()),
            Effect::Call(call) => Some(call.units.as_str()),
            _ => None,
        })
        .filter(|field| step.asks(field).is_some())
        .collect()
}

/// The units that a step is likely to be about: those called, where it judges or settles
/// their part; else those that the duty list names and that this actor may send to.
/// Whoever is complained of is left out.
fn suggested(case: &CasePage, step: &Step, letter: &Letter<'_>) -> Suggested {
    let facts = &case.facts;
    let called = called(case, step);
    let only = called.clone().filter(|units| !units.is_empty());
    let units = called.unwrap_or_else(|| {
        let duty = facts.duty.iter();
        let listed = duty.flat_map(|duty| std::iter::once(&duty.unit).chain(&duty.assisting));
        let mut units: Vec<UnitId> = Vec::new();
        for unit in listed.chain(&facts.place_unit) {
            let fits = !facts.accused_units.contains(unit) && reaches(step, letter, *unit);
            if fits && !units.contains(unit) {
                units.push(*unit);
            }
        }
        units
    });
    Suggested {
        papers: case
            .errand
            .as_ref()
            .map(|errand| errand.papers.clone())
            .unwrap_or_default(),
        units,
        only: only.or_else(|| callable(step, letter.actor, letter.atlas)),
        items: item(case).into_iter().collect(),
        near: Some(case.case.place.clone()),
        case: Some(case.case.id),
    }
}

/// The called units whose part a step judges or settles; none when it is no such step.
fn called(case: &CasePage, step: &Step) -> Option<Vec<UnitId>> {
    let mut is_about_calls = false;
    let mut units = Vec::new();
    for effect in &step.effects {
        let fits = |call: &&Call| match &effect.what {
            Effect::Rate(_) => call.state != CallState::Released,
            Effect::Settle(settle) => settle.from.contains(&call.state),
            _ => false,
        };
        is_about_calls |= matches!(effect.what, Effect::Rate(_) | Effect::Settle(_));
        let mut calls: Vec<&Call> = case.case.calls.iter().filter(fits).collect();
        // Whoever has no rating yet comes first; a rating may be put right.
        calls.sort_by_key(|call| call.rating.is_some());
        for call in calls {
            if !units.contains(&call.unit) && !is_own(case, step, call.unit) {
                units.push(call.unit);
            }
        }
    }
    is_about_calls.then_some(units)
}

/// Whether a rule keeps the reader from judging this unit, because they sit in it.
fn is_own(case: &CasePage, step: &Step, unit: UnitId) -> bool {
    step.rules.iter().any(|rule| match &rule.what {
        Rule::NotOwnUnit(rule) => rule.is_theirs(&case.facts.actor_posts, unit),
        _ => false,
    })
}

/// Whether the rules of a step let this actor call the unit.
fn reaches(step: &Step, letter: &Letter<'_>, unit: UnitId) -> bool {
    let category = letter.atlas.unit(unit).map(|unit| unit.category);
    may_call(step, letter.actor, category)
}

/// Whether somebody with these posts may call units of this category in this step.
pub fn may_call(step: &Step, actor: &Actor, category: Option<UnitCategory>) -> bool {
    step.rules.iter().all(|rule| match &rule.what {
        Rule::Reach(reach) => actor.posts.iter().any(|post| {
            let called = reach.may_call.get(&post.role);
            called.is_some_and(|called| category.is_some_and(|own| called.contains(&own)))
        }),
        _ => true,
    })
}

/// The units that somebody with these posts may call in this step; none when no rule of it
/// says how far they are heard.
pub fn callable(step: &Step, actor: &Actor, atlas: &Atlas) -> Option<Vec<UnitId>> {
    let mut rules = step.rules.iter();
    let is_bounded = rules.any(|rule| matches!(rule.what, Rule::Reach(_)));
    let may = |unit: &&Unit| may_call(step, actor, Some(unit.category));
    is_bounded.then(|| atlas.units().filter(may).map(|unit| unit.id).collect())
}

/// What stands in the form before anybody typed: the proposed unit, what is known already.
fn prefilled(letter: &Letter<'_>, step: &Step) -> Form {
    let case = letter.case;
    let mut form = Form::default();
    let proposed = suggested(case, step, letter).units;
    let owner = case.case.owner.unit();
    let sent_to = sent_to(step);
    for asked in &step.fields {
        let Some(field) = case.kind.field(&asked.field) else {
            continue;
        };
        let duty = case.facts.duty.as_ref();
        let value = match &field.kind {
            FieldType::Unit(_) if sent_to.contains(&asked.field.as_str()) => proposed
                .first()
                .filter(|unit| Some(**unit) != owner)
                .map(|unit| Value::Unit(*unit)),
            FieldType::Units(_) if sent_to.contains(&asked.field.as_str()) => duty
                .map(|duty| duty.assisting.clone())
                .filter(|units| !units.is_empty())
                .map(Value::Units),
            FieldType::Item(_) => item(case).map(Value::Item),
            FieldType::Place(_) => Some(Value::Place(case.case.place.clone())),
            _ => None,
        };
        if let Some(value) = value {
            fields::enter(&mut form, &field.name, &value);
        }
    }
    form
}

/// What the case is about, or seems to be.
fn item(case: &CasePage) -> Option<ItemCode> {
    let guessed = || case.guess.as_ref().map(|guess| guess.item.clone());
    case.case.item.clone().or_else(guessed)
}

/// Why a unit is proposed, in words; first, by which words its item was guessed.
fn why(letter: &Letter<'_>) -> String {
    let Some(guess) = &letter.case.guess else {
        return why_unit(letter);
    };
    let (page, item) = (letter.page, letter.atlas.item(&guess.item));
    let item = item.map_or("", |item| item.names.in_lang(page.lang.as_str()));
    let words = guess.because.join(&page.t("list-and"));
    let args = [("item", item.into()), ("words", words.into())];
    format!("{} {}", page.ta("desk-why-guess", &args), why_unit(letter))
}

fn why_unit(letter: &Letter<'_>) -> String {
    let (page, facts) = (letter.page, &letter.case.facts);
    if let Some(duty) = &facts.duty {
        if facts.accused_units.contains(&duty.unit) {
            return page
                .ts("desk-why-accused", "unit", &letter.unit(duty.unit))
                .into_owned();
        }
        return why_duty(letter, duty);
    }
    match facts.place_unit {
        Some(unit) => page
            .ts("desk-why-place", "unit", &letter.unit(unit))
            .into_owned(),
        None => page.t("desk-why-nobody").into_owned(),
    }
}

fn why_duty(letter: &Letter<'_>, duty: &Duty) -> String {
    let page = letter.page;
    let lang = page.lang.as_str();
    let item = letter.atlas.item(&duty.item);
    let item = item.map_or_else(
        || duty.item.to_string(),
        |item| item.names.in_lang(lang).to_owned(),
    );
    let place = letter.place_word(&duty.place);
    let limit = duty.limit.map(|limit| show::limit(page, limit));
    let key = if limit.is_some() {
        "desk-why-duty-limit"
    } else {
        "desk-why-duty"
    };
    let args = [
        ("item", item.into()),
        ("place", place.into()),
        ("unit", letter.unit(duty.unit).into()),
        ("limit", limit.unwrap_or_default().into()),
    ];
    page.ta(key, &args).into_owned()
}

/// The texts that somebody typed for a step, with their labels.
pub fn texts(letter: &Letter<'_>, typed: &Typed<'_>) -> Vec<Line> {
    let kind = &letter.case.kind;
    let asked = kind.step(typed.step).map_or(&[][..], |step| &step.fields);
    let written = asked.iter().filter_map(|asked| {
        let field = kind.field(&asked.field)?;
        let text = typed.form.text(&fields::input_name(&field.name));
        let is_text = matches!(field.kind, FieldType::Text(_)) && !text.is_empty();
        let label = show::field_word(letter.page, &kind.slug, &field.name);
        is_text.then(|| Line::new(label, text.to_owned()))
    });
    written.collect()
}

/// Reads the form of a step.
pub async fn read(visit: &Visit, kind: &Kind, step: &str, form: Form) -> Result<Read, Problem> {
    let step = kind.step(step).ok_or(Problem::NotFound)?;
    let sheet = Sheet {
        kind,
        asked: &step.fields,
        prefix: "",
        suggested: &Suggested::default(),
    };
    fields::read(visit, sheet, form).await
}

/// The form of a step for many cases, with nothing proposed.
pub async fn for_many(
    visit: &Visit,
    page: &Page,
    kind: &Kind,
    step: &Step,
    typed: Option<&Typed<'_>>,
) -> Result<String, Problem> {
    let suggested = Suggested::default();
    let sheet = Sheet {
        kind,
        asked: &step.fields,
        prefix: "",
        suggested: &suggested,
    };
    match typed {
        Some(typed) => fields::draw(visit, page, sheet, typed.form, &typed.faults).await,
        None => fields::draw(visit, page, sheet, &Form::default(), &[]).await,
    }
}
