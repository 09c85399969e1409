//! What somebody is asked, as they themselves read it: no more of a case than everybody may see.

use std::collections::BTreeMap;

use huiyin_domain::access::Actor;
use huiyin_domain::id::{CaseId, ProposalId};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::volunteer::Volunteer;
use huiyin_insight::matching::Reason;
use huiyin_store::proposals::{self, Proposal};
use huiyin_store::{Tx, public_cases, skills, volunteers};
use jiff::Timestamp;

use super::reasons;
use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// Something that somebody is asked.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: ProposalId,
    pub case: CaseId,
    pub kind: String,
    /// What everybody may read of it.
    pub title: String,
    pub place: PlaceCode,
    pub answer_by: Timestamp,
    pub reasons: Vec<Reason>,
}

#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// Whether they offer to help at all.
    pub volunteers: bool,
    pub lines: Vec<Line>,
    pub places: BTreeMap<PlaceCode, Names>,
    pub skills: BTreeMap<String, Names>,
}

/// What the actor is asked now, the oldest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Reply, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        let Some(volunteer) = volunteers::of_person(tx, person)? else {
            return Ok(Reply::default());
        };
        let mut lines = Vec::new();
        for proposal in proposals::open_of_volunteer(tx, volunteer.id)? {
            lines.extend(line(&inner, tx, proposal)?);
        }
        let codes: Vec<PlaceCode> = lines.iter().map(|line| line.place.clone()).collect();
        let places = named_places(tx, &codes)?;
        Ok(Reply {
            volunteers: true,
            places: places.into_iter().map(|p| (p.code, p.names)).collect(),
            skills: skill_names(tx, &volunteer)?,
            lines,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

fn line(app: &App, tx: &mut Tx<'_>, proposal: Proposal) -> Result<Option<Line>, Error> {
    let Some(public) = public_cases::read(tx, proposal.case)? else {
        return Ok(None);
    };
    let kinds = app.kinds();
    let shown = kinds.by_slug(&public.kind);
    let level = shown.map_or(Level::Street, |kind| kind.public.place);
    let reasons = reasons::read(&proposal.reasons)?;
    Ok(Some(Line {
        id: proposal.id,
        case: proposal.case,
        kind: public.kind,
        title: public.title,
        place: public.place,
        answer_by: proposal.answer_by,
        reasons: reasons::for_the_asked(reasons, level),
    }))
}

/// The names of the skills that are asked for where they are.
pub(super) fn skill_names(
    tx: &mut Tx<'_>,
    volunteer: &Volunteer,
) -> Result<BTreeMap<String, Names>, Error> {
    let Some(community) = volunteer.offer.community() else {
        return Ok(BTreeMap::new());
    };
    let all = skills::list(tx, &community)?;
    let named = all
        .into_iter()
        .map(|skill| (skill.code.to_string(), skill.names));
    Ok(named.collect())
}

/// A proposal that the actor may answer, with whom it asks. Somebody else's does not exist.
pub(super) fn find(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ProposalId,
) -> Result<(Proposal, Volunteer), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let nothing = Refusal::NotFound(Thing::Proposal);
    let volunteer = volunteers::of_person(tx, person)?.ok_or_else(|| nothing.clone())?;
    let proposal = proposals::by_id(tx, id)?.ok_or_else(|| nothing.clone())?;
    match proposal.volunteer == volunteer.id {
        true => Ok((proposal, volunteer)),
        false => Err(nothing.into()),
    }
}
