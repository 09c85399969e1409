//! Begin a group: whoever begins it leads it, and the community looks at it first.

use huiyin_domain::access::Actor;
use huiyin_domain::association::{Entry, GroupState, Interest};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::AssociationId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::associations::{self, Association};
use huiyin_store::{Tx, places};

use crate::error::Thing;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 40;
const LINE_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 2_000;
/// So many groups that nobody has looked at yet may one person have begun.
const WAITING_MAX: usize = 3;
const GROUPS_MAX: i64 = 100;

/// What is said of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub interest: Interest,
    pub name: String,
    pub about: String,
    pub meets: String,
    pub entry: Entry,
}

/// A group that somebody would like to begin. Sent twice, it is one.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: AssociationId,
    pub place: PlaceCode,
    pub told: Told,
}

pub async fn begin(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let faults = faults(&request.told);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        if places::read(tx, &request.place)?.is_none() {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        if associations::read(tx, request.id)?.is_some() {
            let own = associations::member(tx, request.id, person)?;
            return match own {
                Some(_) => Ok(()),
                None => Err(Refusal::KeyReused.into()),
            };
        }
        let own = associations::of_person(tx, person, GROUPS_MAX)?;
        let waiting = own
            .iter()
            .filter(|(group, _)| group.state == GroupState::Asked);
        if waiting.count() >= WAITING_MAX {
            return Err(Refusal::rule(Class::Conflict, "groups-waiting").into());
        }
        let (now, told) = (inner.now(), &request.told);
        let group = Association {
            id: request.id,
            place: request.place.clone(),
            unit: None,
            interest: told.interest,
            name: told.name.clone(),
            about: told.about.clone(),
            meets: told.meets.clone(),
            entry: told.entry,
            state: GroupState::Asked,
            made_at: now,
            changed_at: now,
            ended_at: None,
        };
        // --- everything is checked; from here on we write ---
        Ok::<_, Error>(associations::insert(tx, &group, person)?)
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

pub(super) fn faults(told: &Told) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (field, text, chars_max) in [
        ("name", &told.name, NAME_CHARS_MAX),
        ("about", &told.about, TEXT_CHARS_MAX),
        ("meets", &told.meets, LINE_CHARS_MAX),
    ] {
        match text.chars().count() {
            0 => faults.push(FieldFault::new(field, "fault-required")),
            length if length > chars_max => {
                let fault = FieldFault::new(field, "fault-too-long");
                faults.push(fault.with("max", chars_max));
            }
            _ => {}
        }
    }
    faults
}
