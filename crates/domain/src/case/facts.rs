//! What the rules must be told of the world around a case. Loaded by the operation,
//! handed over whole, so that deciding needs no I/O.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use crate::access::HeldPost;
use crate::calendar::{Calendar, Week, Zone};
use crate::id::{CaseId, MenuServiceId, PersonId, UnitId};
use crate::menu::{Pairs, Venue};
use crate::norm::Norms;
use crate::place::PlaceCode;
use crate::procedure::PaperState;
use crate::unit::{Duty, ItemCode, UnitCategory};

use super::kind::{Kind, Step};
use super::kinds::Kinds;
use super::value::{Input, Value};
use super::view::CaseView;

/// What the rules need to know of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFacts {
    pub category: UnitCategory,
    pub place: PlaceCode,
    /// Its own calendar for the place of the case, when it has special days of its own.
    pub calendar: Option<Arc<Calendar>>,
}

/// What the rules need to know of a service that is named: it can be ordered where the case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceFacts {
    pub venue: Venue,
    pub pairs: Pairs,
}

/// What the rules need to know of a procedure that is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcedureFacts {
    /// The version that holds now.
    pub version: i64,
}

/// An errand under way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrandFacts {
    /// How many working days its procedure promises.
    pub days: i64,
    /// Where each paper is, by its number.
    pub papers: BTreeMap<u32, PaperState>,
}

/// The case into which another is to be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetCase {
    pub id: CaseId,
    pub kind: String,
    pub is_open: bool,
    pub merged_into: Option<CaseId>,
}

/// The world around a case, as far as its rules ask.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The line of the duty list that holds, see [`item_and_place`].
    pub duty: Option<Duty>,
    /// The community that answers for the place; else the nearest unit above it that does.
    pub place_unit: Option<UnitId>,
    /// The unit one level above the owner (or above `place_unit`, at opening).
    pub above_unit: Option<UnitId>,
    /// Partner units that may be asked for help in this place.
    pub partner_units: Vec<UnitId>,
    /// Every post that the acting person holds, those by which they do not act now too.
    pub actor_posts: Vec<HeldPost>,
    /// How many cases the acting person owns now.
    pub actor_open_claims: u32,
    /// The signed-in person who brought the case in, if known.
    pub petitioner_person: Option<PersonId>,
    /// Units that the matter complains of: never made its owner.
    pub accused_units: Vec<UnitId>,
    /// Every unit named by case, input and duty (see [`units_named`]); closed units are left out.
    pub units: BTreeMap<UnitId, UnitFacts>,
    /// The case named by a field of type `case`, when there is one that the actor may see.
    pub target: Option<TargetCase>,
    /// The service that the input names, when it is on the menu of the place now.
    pub service: Option<ServiceFacts>,
    /// The procedure that the input names, when it is in the catalogue now.
    pub procedure: Option<ProcedureFacts>,
    /// What the case is doing for somebody at an office, and where their papers are.
    pub errand: Option<ErrandFacts>,
    /// Whether the case waits for a follow-up call: chosen by rule, and nobody reached yet.
    pub awaits_call: bool,
    /// All kinds, for a step that converts a case into another kind.
    pub kinds: Option<Arc<Kinds>>,
    /// The calendar of the place.
    pub calendar: Option<Arc<Calendar>>,
    /// The published norms of the house.
    pub norms: Option<Arc<Norms>>,
}

/// What holds where nobody has said when people work.
static USUAL: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::new(Zone::china(), Week::usual(), &[]));

impl Facts {
    /// The calendar by which time counts for a unit, or for nobody's but the place.
    pub fn calendar(&self, unit: Option<UnitId>) -> &Calendar {
        let unit = unit.and_then(|unit| self.units.get(&unit));
        let own = unit.and_then(|unit| unit.calendar.as_deref());
        own.or(self.calendar.as_deref()).unwrap_or(&USUAL)
    }
}

/// Which item and place the duty list must be asked about: what is handed in counts first.
pub fn item_and_place(
    kind: &Kind,
    case: Option<&CaseView>,
    step: &Step,
    input: &Input,
) -> (Option<ItemCode>, Option<PlaceCode>) {
    let mut item = case.and_then(|case| case.item.clone());
    let mut place = case.map(|case| case.place.clone());
    for asked in &step.fields {
        match input.values.get(&asked.field) {
            Some(Value::Item(handed)) if kind.item_field == Some(asked.field.clone()) => {
                item = Some(handed.clone());
            }
            Some(Value::Place(handed)) if kind.place_field == asked.field => {
                place = Some(handed.clone());
            }
            _ => {}
        }
    }
    (item, place)
}

/// Every unit whose facts deciding may ask for, as far as case and input name them.
pub fn units_named(case: Option<&CaseView>, input: &Input) -> BTreeSet<UnitId> {
    let mut named = BTreeSet::new();
    if let Some(case) = case {
        named.extend(case.owner.unit());
        named.extend(case.previous_owner.and_then(|owner| owner.unit()));
        named.extend(case.opened_unit);
        named.extend(case.calls.iter().map(|call| call.unit));
    }
    for value in input.values.values() {
        match value {
            Value::Unit(unit) => {
                named.insert(*unit);
            }
            Value::Units(units) => named.extend(units),
            _ => {}
        }
    }
    named
}

/// The service that is handed in.
pub fn service_named(input: &Input) -> Option<MenuServiceId> {
    input.values.values().find_map(|value| match value {
        Value::Service(service) => Some(*service),
        _ => None,
    })
}

/// The procedure that is handed in, by the field of the kind that names one.
pub fn procedure_named<'i>(step: &Step, input: &'i Input) -> Option<&'i str> {
    match input.values.get(step.procedure_field()?) {
        Some(Value::Choice(slug)) => Some(slug),
        _ => None,
    }
}

/// The units that the matter complains of: what is handed in counts first.
pub fn accused_units(kind: &Kind, case: Option<&CaseView>, input: &Input) -> Vec<UnitId> {
    let Some(field) = &kind.accused_field else {
        return Vec::new();
    };
    let known = case.and_then(|case| case.values.get(field));
    match input.values.get(field).or(known) {
        Some(Value::Units(units)) => units.clone(),
        _ => Vec::new(),
    }
}
