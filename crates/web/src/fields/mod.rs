//! The fields of all forms: each type is drawn and read in its own file, with its
//! template beside it. The forms of all kinds come from here.
//!
//! A handler reads what was handed in with [`read`], and draws the fields with [`draw`],
//! filled with whatever was entered and with every fault at its field. To add a type: its
//! `<type>.rs` and `<type>.html`, its line in the list below and its arm in [`draw_one`];
//! what was entered is understood by the type itself, in the domain.

mod address;
mod case;
mod choice;
mod choices;
mod contact;
mod date;
mod emergency;
mod item;
mod known;
mod line;
mod number;
mod papers;
mod person;
mod phone;
mod photos;
pub mod place;
mod procedure;
mod rating;
mod service;
mod signature;
mod sounds;
mod text;
mod unit;
mod units;
mod yes_no;

use huiyin_domain::case::{Asked, Field, FieldFault, FieldType, Kind, Value, Values};
use huiyin_domain::words::Value as Word;

use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

use known::Known;
pub use known::Suggested;

/// Which fields of a kind a form asks for.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    pub kind: &'a Kind,
    pub asked: &'a [Asked],
    /// Keeps the ids of several forms on one page apart.
    pub prefix: &'a str,
    /// What is proposed, first in its list.
    pub suggested: &'a Suggested,
}

/// What a form said.
#[derive(Debug, Default)]
pub struct Read {
    /// What was entered, with the photos that are stored by now.
    pub form: Form,
    pub values: Values,
    /// What could not be understood at all; rules are checked by the operation.
    pub faults: Vec<FieldFault>,
    /// Nothing is to be done yet: a button within a field was pressed, such as the
    /// search for a place.
    pub only_redraw: bool,
}

/// Name of the buttons within fields, which draw the form anew.
pub const ACT: &str = "act";

/// One field of a form on its page.
pub(crate) struct Frame<'a> {
    pub page: &'a Page,
    pub kind: &'a Kind,
    pub field: &'a Field,
    pub form: &'a Form,
    pub known: &'a Known,
    pub id: String,
    pub name: String,
    pub label: String,
    pub help: String,
    pub error: String,
    /// For `aria-describedby`.
    pub described: String,
    pub required: bool,
}

impl<'a> Frame<'a> {
    fn new(
        page: &'a Page,
        sheet: Sheet<'a>,
        (field, asked): (&'a Field, &'a Asked),
        entered: (&'a Form, &'a Known),
    ) -> Self {
        let id = format!("{}f-{}", sheet.prefix, field.name);
        let word = |key: &str| {
            page.words
                .find(page.lang, key, &[])
                .map(|word| word.into_owned())
        };
        let key = format!("{}-field-{}", sheet.kind.slug, field.name);
        Frame {
            page,
            kind: sheet.kind,
            field,
            form: entered.0,
            known: entered.1,
            name: input_name(&field.name),
            label: word(&key).unwrap_or_else(|| field.name.clone()),
            help: word(&format!("{key}-help")).unwrap_or_default(),
            error: String::new(),
            described: String::new(),
            required: asked.required,
            id,
        }
    }

    fn with_faults(mut self, faults: &[FieldFault]) -> Self {
        let own = faults.iter().filter(|fault| fault.field == self.field.name);
        let said: Vec<String> = own.map(|fault| sentence(self.page, fault)).collect();
        self.error = said.join(" ");
        let mut described = Vec::new();
        if !self.help.is_empty() {
            described.push(format!("{}-help", self.id));
        }
        if !self.error.is_empty() {
            described.push(format!("{}-error", self.id));
        }
        self.described = described.join(" ");
        self
    }

    /// The first text entered.
    pub fn entered(&self) -> &'a str {
        self.form.get(&self.name).unwrap_or_default()
    }

    /// Whether this value was entered.
    pub fn has(&self, value: &str) -> bool {
        self.form.all(&self.name).any(|entered| entered == value)
    }

    /// The kind's word for one of its choices.
    pub fn choice(&self, choice: &str) -> String {
        let slug = &self.kind.slug;
        let keys = [
            format!("{slug}-choice-{}-{choice}", self.field.name),
            format!("{slug}-outcome-{choice}"),
        ];
        let found = keys
            .iter()
            .find_map(|key| self.page.words.find(self.page.lang, key, &[]));
        found.map_or_else(|| choice.to_owned(), |word| word.into_owned())
    }
}

/// The name under which a browser hands in a field.
pub fn input_name(field: &str) -> String {
    format!("f-{field}")
}

/// The sentence of a fault.
pub fn sentence(page: &Page, fault: &FieldFault) -> String {
    let words = fault.words();
    let args: Vec<(&str, Word<'_>)> = words
        .iter()
        .map(|(name, word)| (*name, Word::from(word.as_str())))
        .collect();
    page.ta(fault.key, &args).into_owned()
}

/// Draws all fields of a form: HTML, to be put into a page as it is.
pub async fn draw(
    visit: &Visit,
    page: &Page,
    sheet: Sheet<'_>,
    form: &Form,
    faults: &[FieldFault],
) -> Result<String, Problem> {
    let known = Known::load(visit, sheet, form).await?;
    let mut html = String::new();
    for asked in sheet.asked {
        let Some(field) = sheet.kind.field(&asked.field) else {
            continue;
        };
        let frame = Frame::new(page, sheet, (field, asked), (form, &known)).with_faults(faults);
        html.push_str(&draw_one(&frame).map_err(Problem::Template)?);
    }
    Ok(html)
}

fn draw_one(frame: &Frame<'_>) -> Result<String, askama::Error> {
    match &frame.field.kind {
        FieldType::Text(_) => text::draw(frame),
        FieldType::Choice(_) => choice::draw(frame),
        FieldType::Choices(_) => choices::draw(frame),
        FieldType::Number(_) => number::draw(frame),
        FieldType::Date(_) => date::draw(frame),
        FieldType::Place(_) => place::draw(frame),
        FieldType::Item(_) => item::draw(frame),
        FieldType::Unit(_) => unit::draw(frame),
        FieldType::Units(_) => units::draw(frame),
        FieldType::Photos(_) => photos::draw(frame),
        FieldType::Signature(_) => signature::draw(frame),
        FieldType::Sounds(_) => sounds::draw(frame),
        FieldType::Phone(_) => phone::draw(frame),
        FieldType::Contact(_) => contact::draw(frame),
        FieldType::Address(_) => address::draw(frame),
        FieldType::Person(_) => person::draw(frame),
        FieldType::YesNo(_) => yes_no::draw(frame),
        FieldType::Rating(_) => rating::draw(frame),
        FieldType::Case(_) => case::draw(frame),
        FieldType::Emergency(_) => emergency::draw(frame),
        FieldType::Service(_) => service::draw(frame),
        FieldType::Procedure(_) => procedure::draw(frame),
        FieldType::Papers(_) => papers::draw(frame),
    }
}

/// Reads all fields of a form; files are stored at once, so that they outlive a fault.
pub async fn read(visit: &Visit, sheet: Sheet<'_>, mut form: Form) -> Result<Read, Problem> {
    let mut read = Read {
        only_redraw: place::act(&mut form),
        ..Read::default()
    };
    for asked in sheet.asked {
        let Some(field) = sheet.kind.field(&asked.field) else {
            continue;
        };
        let name = input_name(&field.name);
        let value = match &field.kind {
            FieldType::Photos(_) | FieldType::Signature(_) | FieldType::Sounds(_) => {
                photos::read(visit, field, &name, &mut form).await?
            }
            _ => read_one(field, &name, &form),
        };
        match value {
            Ok(Some(value)) => drop(read.values.insert(field.name.clone(), value)),
            Ok(None) => {}
            Err(fault) => read.faults.push(fault),
        }
    }
    read.faults.extend(nobody_asks(&sheet, &form));
    read.form = form;
    Ok(read)
}

/// What was handed in although nobody asks for it: a page that is out of date, or somebody's hand.
fn nobody_asks(sheet: &Sheet<'_>, form: &Form) -> Vec<FieldFault> {
    let named = form.texts().filter_map(|(name, _)| name.strip_prefix("f-"));
    let fields = named.map(|name| name.split("--").next().unwrap_or(name));
    let is_asked = |field: &str| sheet.asked.iter().any(|asked| asked.field == field);
    let unknown: std::collections::BTreeSet<&str> = match sheet.asked {
        // A step that asks for nothing, or is gone: that is told better elsewhere.
        [] => Default::default(),
        _ => fields.filter(|field| !is_asked(field)).collect(),
    };
    unknown
        .into_iter()
        .map(|field| FieldFault::new(field, "fault-unknown-field"))
        .collect()
}

/// A value, nothing, or what is wrong.
type Got = Result<Option<Value>, FieldFault>;

fn read_one(field: &Field, name: &str, form: &Form) -> Got {
    if matches!(field.kind, FieldType::Place(_)) && place::is_open(name, form) {
        return Err(FieldFault::new(&field.name, "fault-place-not-chosen"));
    }
    let entered: Vec<&str> = match &field.kind {
        FieldType::Case(_) => case::entered(name, form).into_iter().collect(),
        _ => form.all(name).collect(),
    };
    let raw: Vec<String> = entered
        .into_iter()
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
        .collect();
    match raw.is_empty() {
        true => Ok(None),
        false => field
            .kind
            .read(&raw)
            .map(Some)
            .map_err(|trouble| trouble.of(&field.name)),
    }
}

/// Enters a value into a form, so that its field is drawn with it.
pub fn enter(form: &mut Form, field: &str, value: &Value) {
    let texts: Vec<String> = match value {
        Value::Text(text) | Value::Choice(text) => vec![text.clone()],
        Value::Choices(choices) => choices.clone(),
        Value::Number(number) => vec![number.to_string()],
        Value::Date(date) => vec![date.to_string()],
        Value::Place(place) => vec![place.to_string()],
        Value::Item(item) => vec![item.to_string()],
        Value::Unit(unit) => vec![unit.to_string()],
        Value::Units(units) => units.iter().map(ToString::to_string).collect(),
        Value::Files(files) => files.iter().map(ToString::to_string).collect(),
        Value::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Value::Rating(rating) => vec![rating.to_string()],
        Value::Case(case) => vec![case.to_string()],
        Value::Service(service) => vec![service.to_string()],
    };
    form.put(&input_name(field), texts);
}
