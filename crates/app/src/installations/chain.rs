//! The two parts of one history: ours, as it is shown to the other side, and theirs, as it is
//! kept here. What was kept once stays; whoever tells it otherwise later is refused.

use huiyin_domain::access::{Action, Actor, Who, may};
use huiyin_domain::case::{Class, FieldFault, Head, Link, follow};
use huiyin_domain::id::CaseId;
use huiyin_store::elsewhere::{self, Far};
use huiyin_store::entries::{self, Entry};
use huiyin_store::installations;
use huiyin_store::{DbError, Tx};

use crate::cases::advance::standing;
use crate::cases::read::find;
use crate::{App, Error, Refusal};

/// So many entries are brought at once at most.
pub const LINKS_MAX: usize = 1_000;

/// The history of a case without its texts, from the entry after this one on.
pub async fn read(
    app: &App,
    actor: &Actor,
    (id, after): (CaseId, i64),
) -> Result<Vec<Link>, Error> {
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Vec<Link>, Error> {
        let (held, _) = find(tx, &actor, id)?;
        let entries = entries::list_from(tx, &held, after.saturating_add(1))?;
        Ok(entries.into_iter().take(LINKS_MAX).map(link).collect())
    };
    app.store.read(read).await.map_err(Error::from)
}

/// An entry without its text.
pub(super) fn link(entry: Entry) -> Link {
    Link {
        number: entry.number,
        at: entry.at,
        step: entry.step,
        acting: entry.acting,
        post: entry.post,
        unit: entry.unit,
        from: entry.from,
        to: entry.to,
        shape: entry.shape,
        text_hash: entry.text_hash,
        hash: entry.hash,
    }
}

/// Keeps what happened to a case at whoever works on it with this token; the number of the last
/// entry that is known here. Brought twice, it is kept once.
pub async fn bring(
    app: &App,
    actor: &Actor,
    (id, theirs, links): (CaseId, CaseId, Vec<Link>),
) -> Result<i64, Error> {
    let Who::Service(token) = actor.who else {
        return Err(Refusal::SignInNeeded.into());
    };
    if links.len() > LINKS_MAX {
        let fault = FieldFault::new("entries", "fault-too-many").with("max", LINKS_MAX);
        return Err(Refusal::Invalid(vec![fault]).into());
    }
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| {
        let (held, _) = find(tx, &actor, id)?;
        if !may(&actor, Action::CaseStep, Some(&standing(&held.view))) {
            return Err(Error::from(Refusal::NotPermitted));
        }
        keep(tx, (id, token.get()), (theirs, &links))
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Keeps the part of another installation, as far as it is news.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    (case, source): (CaseId, i64),
    (theirs, links): (CaseId, &[Link]),
) -> Result<i64, Error> {
    let refused = |key| Error::from(Refusal::rule(Class::Conflict, key));
    let known = elsewhere::head(tx, case, source)?;
    if known.is_some_and(|(before, _)| before != theirs) {
        return Err(refused("history-of-another"));
    }
    let head = known.map_or(Head::NONE, |(_, head)| head);
    let (before, fresh): (Vec<&Link>, Vec<&Link>) =
        links.iter().partition(|link| link.number <= head.number);
    for link in before {
        if elsewhere::hash(tx, case, (source, link.number))? != Some(link.hash) {
            return Err(refused("history-differs"));
        }
    }
    let fresh: Vec<Link> = fresh.into_iter().cloned().collect();
    let head = follow(theirs, head, &fresh).map_err(|_| refused("history-broken"))?;
    // --- everything is checked; from here on we write ---
    for link in fresh {
        let far = Far {
            case,
            source,
            theirs,
            link,
        };
        elsewhere::insert(tx, &far)?;
    }
    Ok(head.number)
}

/// What happened to a case at another installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FarPart {
    /// What the installation is called.
    pub name: String,
    /// The first entry first.
    pub links: Vec<Link>,
}

/// The parts of a case's history that others keep, for those who work on it: what was said
/// there reaches everybody as steps of our own.
pub(crate) fn parts(tx: &mut Tx<'_>, actor: &Actor, case: CaseId) -> Result<Vec<FarPart>, DbError> {
    if !actor.is_staff() {
        return Ok(Vec::new());
    }
    let mut parts: Vec<(i64, FarPart)> = Vec::new();
    for far in elsewhere::of_case(tx, case)? {
        match parts.last_mut() {
            Some((source, part)) if *source == far.source => part.links.push(far.link),
            _ => {
                let name = installations::name(tx, far.source)?.unwrap_or_default();
                let links = vec![far.link];
                parts.push((far.source, FarPart { name, links }));
            }
        }
    }
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}
