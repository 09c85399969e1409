//! How a file is to be read. What is wrong with the plan itself is told once and at the
//! beginning, not again with every line.

use huiyin_domain::case::{FieldFault, Kind, Step};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::words::Lang;

use crate::Refusal;
use crate::import::Mode;

/// What a column of the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// What tells this line from all others, in every file of the same sort.
    Source,
    /// When it came in.
    At,
    /// When it was answered: only lines that have it are taken through the steps.
    AnsweredAt,
    /// A field of the kind; several columns of one field are joined.
    Field(String),
}

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct Plan {
    pub kind: String,
    /// Columns by their names in the first line.
    pub map: Vec<(String, Target)>,
    /// Where a line belongs that names no place.
    pub place: PlaceCode,
    pub language: Lang,
    /// The steps that answered lines are taken through, in this order.
    pub then: Vec<String>,
    /// What the fields of these steps hold when no column does.
    pub set: Vec<(String, String)>,
    pub mode: Mode,
}

impl Plan {
    /// Refuses a plan that names what its kind does not know, or that would lose a column.
    pub(super) fn check(&self, kind: &Kind) -> Result<(), Refusal> {
        let mut faults = Vec::new();
        let mut steps = Vec::new();
        for name in &self.then {
            match kind.step(name) {
                Some(step) => steps.push(step),
                None => faults.push(FieldFault::new(name, "fault-no-step")),
            }
        }
        let mapped = self.map.iter().filter_map(|(_, target)| match target {
            Target::Field(field) => Some(field),
            Target::Source | Target::At | Target::AnsweredAt => None,
        });
        let opening = |field: &&String| kind.open.asks(field).is_some();
        faults.extend(mapped.filter_map(|field| match opening(&field) {
            true => None,
            false => fault(kind, &steps, field),
        }));
        for (field, text) in &self.set {
            let unfit = || {
                let known = kind.field(field)?;
                let read = known.kind.read(std::slice::from_ref(text));
                let read = read.and_then(|value| known.kind.check(value));
                read.err().map(|trouble| trouble.of(field))
            };
            faults.extend(fault(kind, &steps, field).or_else(unfit));
        }
        match faults.is_empty() {
            true => Ok(()),
            false => Err(Refusal::Invalid(faults)),
        }
    }
}

/// What is wrong with a field that is meant for the steps which follow.
fn fault(kind: &Kind, steps: &[&Step], field: &str) -> Option<FieldFault> {
    let is_asked = steps.iter().any(|step| step.asks(field).is_some());
    match (kind.field(field), is_asked) {
        (None, _) => Some(FieldFault::new(field, "fault-no-field")),
        (Some(_), false) => Some(FieldFault::new(field, "fault-nobody-asks")),
        (Some(_), true) => None,
    }
}
