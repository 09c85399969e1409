//! A case, as callers see it: where it stands, how it came there, what may be done next.

use std::collections::BTreeMap;

use huiyin_app::atlas::Atlas;
use huiyin_app::cases::list;
use huiyin_app::cases::read::{CasePage, EntryView, Offer};
use huiyin_app::files::File;
use huiyin_domain::case::{self, Kind, Weight};
use huiyin_domain::id::UnitId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::kind::{FieldShape, asked};
use super::reference::{PlaceRef, UnitRef};
use crate::api::v1::tongue::Tongue;
use crate::api::v1::values::{Plain, PlainValues, plain};

/// Who is accountable for a case: a unit, or a volunteer whose name is not told.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Owner {
    Unit(UnitRef),
    Person,
}

impl Owner {
    fn of(owner: case::Owner, names: impl Fn(UnitId) -> Names, tongue: &Tongue) -> Owner {
        match owner {
            case::Owner::Person(_) => Owner::Person,
            case::Owner::Unit(id) => Owner::Unit(UnitRef {
                id: id.to_string(),
                name: tongue.name(&names(id)),
            }),
        }
    }
}

/// A case in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseRow {
    #[schema(pattern = "^[0-9a-hjkmnp-tv-z]{13}$", example = "06cgsaqmh8001")]
    pub id: String,
    /// How many entries its history has.
    #[schema(minimum = 1, example = 3)]
    pub version: i64,
    pub kind: String,
    #[schema(example = "in-hand")]
    pub stage: String,
    /// The stage in the reader's language.
    #[schema(example = "In hand")]
    pub stage_name: String,
    #[schema(example = "Our rooms have been cold since Monday")]
    pub title: String,
    pub place: PlaceRef,
    #[schema(required = true, example = "heating.indoor")]
    pub item: Option<String>,
    pub urgent: bool,
    pub owner: Owner,
    #[schema(format = DateTime, example = "2026-11-22T01:30:00Z")]
    pub opened_at: String,
    #[schema(format = DateTime, example = "2026-11-22T02:30:00Z")]
    pub changed_at: String,
    /// When the clock that runs against the owner runs out; none once it is closed.
    #[schema(required = true, format = DateTime, example = "2026-11-23T01:30:00Z")]
    pub due_at: Option<String>,
    #[schema(required = true, format = DateTime)]
    pub closed_at: Option<String>,
    /// What really happened; none before it is closed.
    #[schema(required = true, example = "solved")]
    pub outcome: Option<String>,
}

/// One page of a list of cases.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseRows {
    pub cases: Vec<CaseRow>,
    /// Hand this in as `cursor` for the next page; none on the last one.
    #[schema(required = true, pattern = "^[A-Za-z0-9_-]{22}$")]
    pub next: Option<String>,
}

impl CaseRow {
    pub fn of_list(row: &list::CaseRow, names: &list::Reply, tongue: &Tongue) -> CaseRow {
        let unit = |id| names.units.get(&id).cloned().unwrap_or_default();
        CaseRow {
            id: row.id.to_string(),
            version: row.version,
            kind: row.kind.clone(),
            stage: row.stage.clone(),
            stage_name: tongue.part_of(&row.kind, "stage", &row.stage),
            title: row.title.clone(),
            place: place_of(&row.place, &names.places, tongue),
            item: row.item.as_ref().map(ToString::to_string),
            urgent: row.urgent,
            owner: Owner::of(row.owner, unit, tongue),
            opened_at: row.opened_at.to_string(),
            changed_at: row.changed_at.to_string(),
            due_at: text(row.due_at),
            closed_at: text(row.closed_at),
            outcome: row.outcome.clone(),
        }
    }
}

fn place_of(code: &PlaceCode, names: &BTreeMap<PlaceCode, Names>, tongue: &Tongue) -> PlaceRef {
    PlaceRef {
        code: code.to_string(),
        name: names
            .get(code)
            .map(|names| tongue.name(names))
            .unwrap_or_default(),
    }
}

fn names_of(atlas: &Atlas, id: UnitId) -> Names {
    atlas
        .unit(id)
        .map(|unit| unit.names.clone())
        .unwrap_or_default()
}

fn text(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| at.to_string())
}

/// A case as its reader may see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Case {
    #[serde(flatten)]
    pub row: CaseRow,
    /// The way by which it came in.
    #[schema(example = "web")]
    pub channel: String,
    /// The places in which it lies, the widest first.
    pub places: Vec<PlaceRef>,
    #[schema(required = true)]
    pub clock: Option<Clock>,
    /// What is known of the matter, as far as the reader may see it.
    #[schema(value_type = BTreeMap<String, Plain>, example = json!({"description": "Our rooms have been cold since Monday", "place": "990121001001"}))]
    pub values: PlainValues,
    /// Units that take part beside the owner.
    pub calls: Vec<Call>,
    pub files: Vec<FileShape>,
    /// The case that answers for this one too.
    #[schema(required = true)]
    pub merged_into: Option<String>,
    /// Cases for which this one answers too.
    pub followers: Vec<String>,
}

/// The one clock that runs against the owner.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Clock {
    #[schema(example = "answer")]
    pub clock: String,
    #[schema(format = DateTime, example = "2026-11-22T01:30:00Z")]
    pub started_at: String,
    #[schema(format = DateTime, example = "2026-11-23T01:30:00Z")]
    pub due_at: String,
}

/// A unit that takes part beside the owner.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Call {
    pub unit: UnitRef,
    /// `assisting` or `summoned`.
    #[schema(example = "assisting")]
    pub role: &'static str,
    #[schema(example = "waiting")]
    pub state: &'static str,
    /// By when it must have reported in; none once it has.
    #[schema(required = true, format = DateTime)]
    pub due_at: Option<String>,
    /// One to five.
    #[schema(required = true, minimum = 1, maximum = 5)]
    pub rating: Option<u8>,
}

/// A file that came with a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = File)]
pub struct FileShape {
    #[schema(pattern = "^[0-9a-hjkmnp-tv-z]{13}$", example = "06cgsaqmh8001")]
    pub id: String,
    #[schema(example = "image/jpeg")]
    pub media_type: String,
    #[schema(minimum = 0, example = 182044)]
    pub bytes: i64,
}

impl FileShape {
    pub fn of(file: &File) -> FileShape {
        FileShape {
            id: file.id.to_string(),
            media_type: file.media_type.clone(),
            bytes: file.bytes,
        }
    }
}

impl Case {
    pub fn of(page: &CasePage, atlas: &Atlas, tongue: &Tongue) -> Case {
        let case = &page.case;
        let unit = |id| names_of(atlas, id);
        let places: Vec<PlaceRef> = page
            .places
            .iter()
            .map(|place| PlaceRef::of(place, tongue))
            .collect();
        let place = places
            .iter()
            .find(|place| place.code == case.place.as_str());
        Case {
            row: CaseRow {
                id: case.id.to_string(),
                version: case.version,
                kind: case.kind.clone(),
                stage: case.stage.clone(),
                stage_name: tongue.part(&page.kind, "stage", &case.stage),
                title: page.title.clone(),
                place: place.cloned().unwrap_or_else(|| PlaceRef {
                    code: case.place.to_string(),
                    name: String::new(),
                }),
                item: case.item.as_ref().map(ToString::to_string),
                urgent: case.urgent,
                owner: Owner::of(case.owner, unit, tongue),
                opened_at: case.opened_at.to_string(),
                changed_at: page.changed_at.to_string(),
                due_at: text(case.clock.as_ref().map(|clock| clock.due_at)),
                closed_at: text(case.closed_at),
                outcome: case.outcome.clone(),
            },
            channel: page.channel.clone(),
            clock: case.clock.as_ref().map(|clock| Clock {
                clock: clock.name.clone(),
                started_at: clock.started_at.to_string(),
                due_at: clock.due_at.to_string(),
            }),
            values: plain(&page.values),
            calls: case
                .calls
                .iter()
                .map(|call| Call {
                    unit: UnitRef {
                        id: call.unit.to_string(),
                        name: tongue.name(&unit(call.unit)),
                    },
                    role: call.role.word(),
                    state: call.state.word(),
                    due_at: text(call.due_at),
                    rating: call.rating,
                })
                .collect(),
            files: page.files.iter().map(FileShape::of).collect(),
            merged_into: case.merged_into.map(|into| into.to_string()),
            followers: page.followers.iter().map(ToString::to_string).collect(),
            places,
        }
    }
}

/// The steps that the caller may take now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Steps {
    /// Hand this in as `If-Match`, so that a step is taken on nothing newer.
    #[schema(minimum = 1, example = 3)]
    pub version: i64,
    /// The next thing to do comes first.
    pub steps: Vec<Offered>,
}

/// A step that the caller may take now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Offered {
    #[schema(example = "answer")]
    pub step: String,
    /// What stands on its button.
    #[schema(example = "Answer")]
    pub name: String,
    /// `main`, `plain` or `quiet`.
    #[schema(example = "main")]
    pub weight: &'static str,
    pub fields: Vec<FieldShape>,
}

impl Offered {
    pub fn of(kind: &Kind, offer: &Offer, tongue: &Tongue) -> Offered {
        Offered {
            step: offer.step.clone(),
            name: tongue.part(kind, "step", &offer.step),
            weight: match offer.weight {
                Weight::Main => "main",
                Weight::Plain => "plain",
                Weight::Quiet => "quiet",
            },
            fields: asked(kind, &offer.asked, tongue),
        }
    }
}

/// How a case came where it stands, the first entry first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct History {
    pub entries: Vec<Entry>,
}

/// One line of a history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Entry {
    #[schema(minimum = 1, example = 2)]
    pub number: i64,
    #[schema(format = DateTime, example = "2026-11-22T02:30:00Z")]
    pub at: String,
    #[schema(example = "accept")]
    pub step: String,
    /// What happened, in the reader's language.
    #[schema(example = "Taken on")]
    pub done: String,
    /// In which capacity somebody acted: `petitioner`, `post`, `person`, `service`, `clock`…
    #[schema(example = "post")]
    pub acting: String,
    /// The unit for which they acted.
    #[schema(required = true)]
    pub unit: Option<UnitRef>,
    #[schema(required = true, example = "dispatched")]
    pub from: Option<String>,
    #[schema(example = "in-hand")]
    pub to: String,
    /// What was said, as far as the reader may see it.
    #[schema(value_type = BTreeMap<String, Plain>)]
    pub says: PlainValues,
}

impl Entry {
    pub fn of(entry: &EntryView, atlas: &Atlas, tongue: &Tongue) -> Entry {
        Entry {
            number: entry.number,
            at: entry.at.to_string(),
            done: tongue.part(&entry.kind, "done", &entry.step),
            step: entry.step.clone(),
            acting: entry.acting.clone(),
            unit: entry.unit.map(|id| UnitRef {
                id: id.to_string(),
                name: tongue.name(&names_of(atlas, id)),
            }),
            from: entry.from.clone(),
            to: entry.to.clone(),
            says: plain(&entry.says),
        }
    }
}
