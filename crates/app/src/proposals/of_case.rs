//! Who was asked about a case and why, and who could be asked besides: for staff who look after
//! it.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, may};
use huiyin_domain::id::{CaseId, VolunteerId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_insight::matching::{Reason, propose_at_once};
use huiyin_store::proposals::{self, Proposal};
use huiyin_store::{Tx, places, volunteers};

use super::known::Known;
use super::{own, reasons};
use crate::cases::advance::standing;
use crate::cases::read::find;
use crate::{App, Error, Refusal};

const ASKED_MAX: i64 = 50;
const COULD_MAX: usize = 6;

/// Somebody who was asked, or could be.
#[derive(Debug, Clone)]
pub struct Line {
    pub volunteer: VolunteerId,
    /// None when they have left.
    pub name: Option<String>,
    pub place: Option<PlaceCode>,
    pub cost: i64,
    pub reasons: Vec<Reason>,
    /// None for whoever could be asked.
    pub asked: Option<Proposal>,
}

#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub title: String,
    /// Whether the case looks for somebody now.
    pub looks: bool,
    pub asked: Vec<Line>,
    pub could: Vec<Line>,
    pub places: BTreeMap<PlaceCode, Names>,
    pub skills: BTreeMap<String, Names>,
}

/// Who was asked and who could be.
pub async fn list(app: &App, actor: &Actor, id: CaseId) -> Result<Reply, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| run(&inner, tx, &actor, id);
    app.store.read(read).await.map_err(Error::from)
}

fn run(app: &App, tx: &mut Tx<'_>, actor: &Actor, id: CaseId) -> Result<Reply, Error> {
    let (held, _) = find(tx, actor, id)?;
    if !may(actor, Action::ProposalMake, Some(&standing(&held.view))) {
        return Err(Refusal::NotPermitted.into());
    }
    let mut reply = Reply {
        title: held.title,
        ..Reply::default()
    };
    for proposal in proposals::of_case(tx, id, ASKED_MAX)? {
        let known = reasons::read(&proposal.reasons)?;
        let line = Line {
            volunteer: proposal.volunteer,
            name: None,
            place: None,
            cost: proposal.cost,
            reasons: known,
            asked: Some(proposal),
        };
        reply.asked.push(line);
    }
    let mut known = Known::helpers(app, tx)?;
    known.add_one(app, tx, id)?;
    if let Some(need) = known.needs.first() {
        reply.looks = true;
        let found = propose_at_once(&app.config.matching, need, &known.helpers, COULD_MAX);
        reply.could.extend(found.into_iter().map(|found| Line {
            volunteer: VolunteerId::from_raw(found.helper.0),
            name: None,
            place: None,
            cost: found.cost,
            reasons: found.reasons,
            asked: None,
        }));
    }
    for line in reply.asked.iter_mut().chain(&mut reply.could) {
        let Some(volunteer) = volunteers::by_id(tx, line.volunteer)? else {
            continue;
        };
        reply.skills.extend(own::skill_names(tx, &volunteer)?);
        line.name = Some(volunteer.offer.name);
        if let Some(place) = places::read(tx, &volunteer.offer.place)? {
            reply.places.insert(place.code, place.names);
        }
        line.place = Some(volunteer.offer.place);
    }
    Ok(reply)
}
