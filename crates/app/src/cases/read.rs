//! Read a case: where it stands, how it came here, and what its reader may do next.

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor, Scope, Who, may, scope};
use huiyin_domain::case::{
    self, Asked, CaseView, Facts, Input, Kind, Scene, Value, Values, Weight,
};
use huiyin_domain::id::{CaseId, FileId, MenuServiceId, PersonId, PostId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_store::cases::Loaded;
use huiyin_store::{Tx, cases, entries, erasures, files, looks, menus, petitioners};
use jiff::Timestamp;

use super::names::named_places;
use crate::atlas::SuggestedItem;
use crate::errands::{self, Errand};
use crate::error::Thing;
use crate::installations::chain::{self, FarPart};
use crate::supervision::opened;
use crate::{App, Error, Refusal};

use super::advance::standing;
use super::facts::{About, gather};
use super::guess;
use super::reader::{Reader, Seal};
use super::spoken;

/// A case as its reader sees it.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// Without `values`: what the reader may see of them stands in [`CasePage::values`].
    pub case: CaseView,
    pub kind: Arc<Kind>,
    pub reader: Reader,
    pub title: String,
    pub channel: String,
    pub changed_at: Timestamp,
    /// What is known of the matter, as far as the reader may see it.
    pub values: Values,
    /// The history, first entry first.
    pub entries: Vec<EntryView>,
    /// What happened to it at other installations that share it.
    pub elsewhere: Vec<FarPart>,
    /// The steps that the reader may take now, the main one first.
    pub offers: Vec<Offer>,
    pub files: Vec<files::File>,
    /// The place's path, the widest first.
    pub places: Vec<Place>,
    /// The places that its history speaks of besides, with those around them.
    pub places_before: Vec<Place>,
    /// The services that it names.
    pub services: BTreeMap<MenuServiceId, Names>,
    /// What it is doing for somebody at an office, and where their papers are.
    pub errand: Option<Errand>,
    /// Cases for which this one answers too.
    pub followers: Vec<CaseId>,
    /// Whether the reader may open the seal on who brought it in.
    pub may_unseal: bool,
    /// Whether the reader may take away what is personal in it, now that it is closed.
    pub may_erase: bool,
    /// When that was done.
    pub erased_at: Option<Timestamp>,
    /// Who looked behind the seal: for whoever brought it in.
    pub looks: Vec<looks::Look>,
    /// What the rules know of the world around the case: the suggested unit and its reason.
    pub facts: Facts,
    /// What it seems to be about, as long as nobody has said so; the facts count with it.
    pub guess: Option<SuggestedItem>,
    /// Units of the reader that are to act on it and have not opened it since it last moved.
    pub unread_by: Vec<UnitId>,
}

/// A step that the reader may take now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub step: String,
    pub weight: Weight,
    /// What the step asks of this reader.
    pub asked: Vec<Asked>,
}

/// One line of the history.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// The kind that the case was of when it was written.
    pub kind: Arc<Kind>,
    pub number: i64,
    pub at: Timestamp,
    pub step: String,
    /// In which capacity somebody acted.
    pub acting: String,
    pub post: Option<PostId>,
    pub unit: Option<UnitId>,
    pub person: Option<PersonId>,
    pub from: Option<String>,
    pub to: String,
    /// What was said, as far as the reader may see it.
    pub says: Values,
    /// What happened, without personal text.
    pub shape: serde_json::Value,
}

/// Reads a case.
pub async fn read(app: &App, actor: &Actor, id: CaseId) -> Result<CasePage, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| page(&inner, tx, &actor, id, now);
    app.store.read(read).await.map_err(Error::from)
}

/// The kind of a case, for whoever may know of it: all that is needed to understand a form.
pub async fn kind(app: &App, actor: &Actor, id: CaseId) -> Result<Arc<Kind>, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let (held, _) = find(tx, &actor, id)?;
        inner.kind_of(tx, held.view.kind_hash)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The case, when the actor may know of it, and as what.
pub(crate) fn find(tx: &mut Tx<'_>, actor: &Actor, id: CaseId) -> Result<(Loaded, Reader), Error> {
    let held = cases::load(tx, &reach(actor, id), id)?.ok_or(Refusal::NotFound(Thing::Case))?;
    let petitioner = match actor.who {
        Who::Person(_) => petitioners::person_of(tx, id)?,
        _ => None,
    };
    let reader = Reader::of(actor, &held.view, petitioner);
    Ok((held, reader.ok_or(Refusal::NotFound(Thing::Case))?))
}

/// Within what the case must lie for the actor to reach it. Machines reach it by their posts;
/// people may have brought it in, or help with it, whatever posts they hold: they reach single
/// cases, and [`Reader::of`] says as what.
pub(crate) fn reach(actor: &Actor, id: CaseId) -> Scope {
    match actor.who {
        Who::Service(_) => scope(actor, Action::CaseRead),
        _ => Scope::one_case(id),
    }
}

fn page(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CaseId,
    now: Timestamp,
) -> Result<CasePage, Error> {
    let (held, reader) = find(tx, actor, id)?;
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let atlas = app.atlas(tx)?;
    let guess = match actor.is_staff() {
        true => guess::of_case(&atlas, &kind, &held.view),
        false => None,
    };
    let facts = facts_now(app, tx, actor, (&kind, &held.view, now), guess.as_ref())?;
    let scene = Scene {
        kind: &kind,
        actor,
        facts: &facts,
        now,
    };
    let offers = offers(&scene, &held.view);
    let seal = Seal::of(actor, &held.view);
    let entries = history(app, tx, &kind, (&held, reader, seal))?;
    let mut files = files::of_case(tx, id)?;
    files.retain(|file| is_said(&entries, file.id));
    let looks = match reader {
        Reader::Petitioner => looks::of_case(tx, id)?,
        _ => Vec::new(),
    };
    let values = reader.visible(&kind, &held.view.values, seal);
    let stands = standing(&held.view);
    let calls = facts.awaits_call && may(actor, Action::FollowUpCall, Some(&stands));
    let may_unseal = calls || may(actor, Action::PetitionerRead, Some(&stands));
    let erased_at = match held.view.closed_at {
        Some(_) => erasures::at(tx, id)?,
        None => None,
    };
    let is_ripe = held.view.closed_at.is_some() && erased_at.is_none();
    let may_erase = is_ripe && may(actor, Action::CaseErase, Some(&stands));
    let unread_by = opened::unread_by(tx, actor, &held.view, held.changed_at)?;
    let (places, places_before) = places(tx, &held.view.place, &entries)?;
    let services = services(tx, &values, &entries)?;
    let errand = match kind.procedure_field() {
        Some(_) => errands::of_case(tx, id)?,
        None => None,
    };
    Ok(CasePage {
        files,
        elsewhere: chain::parts(tx, actor, id)?,
        followers: cases::merged_into(tx, id, FOLLOWERS_MAX)?,
        title: held.title,
        channel: held.channel,
        changed_at: held.changed_at,
        case: CaseView {
            values: Values::new(),
            ..held.view
        },
        kind,
        reader,
        values,
        entries,
        offers,
        places,
        places_before,
        services,
        errand,
        may_unseal,
        may_erase,
        erased_at,
        looks,
        facts,
        guess,
        unread_by,
    })
}

/// Whether a file is among what the reader sees of a history.
fn is_said(entries: &[EntryView], file: FileId) -> bool {
    entries.iter().any(|entry| holds(&entry.says, file))
}

fn holds(values: &Values, file: FileId) -> bool {
    let mut values = values.values();
    values.any(|value| matches!(value, Value::Files(files) if files.contains(&file)))
}

/// What an entry says, as it was written.
pub(crate) fn said(entry: &entries::Entry) -> Result<Values, Error> {
    match &entry.text {
        Some(text) => serde_json::from_str(text)
            .map_err(|fault| Error::broken("reading an entry's text", fault)),
        None => Ok(Values::new()),
    }
}

/// Whether the actor may see a file of the case: it came with something that they may read.
pub(crate) fn shows(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    (case, file): (CaseId, FileId),
) -> Result<bool, Error> {
    let (held, reader) = find(tx, actor, case)?;
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let seal = Seal::of(actor, &held.view);
    let written = entries::list(tx, &held)?;
    let spoken = spoken::kinds(app, &kind, &written)?;
    let named = file.to_string();
    let names = |entry: &&entries::Entry| {
        let text = entry.text.as_deref();
        text.is_some_and(|text| text.contains(&named))
    };
    let mut with = spoken.iter().zip(&written);
    // Only the entry that the file came with is taken apart.
    let Some((kind, entry)) = with.find(|(_, entry)| names(entry)) else {
        return Ok(false);
    };
    let says = reader.visible(kind, &said(entry)?, seal);
    Ok(holds(&says, file))
}

const FOLLOWERS_MAX: i64 = 200;

/// The path of the place, and the places that the history names besides.
fn places(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    entries: &[EntryView],
) -> Result<(Vec<Place>, Vec<Place>), Error> {
    let path = place.with_ancestors();
    let mut places = named_places(tx, &path)?;
    places.sort_by_key(|place| place.code.as_str().len());
    let before = spoken_of(entries).filter(|code| !path.contains(code));
    let before = named_places(tx, &before.collect::<Vec<_>>())?;
    Ok((places, before))
}

/// What the services are called that a case and its history name.
fn services(
    tx: &mut Tx<'_>,
    values: &Values,
    entries: &[EntryView],
) -> Result<BTreeMap<MenuServiceId, Names>, Error> {
    let said = entries.iter().flat_map(|entry| entry.says.values());
    let mut named = BTreeMap::new();
    for value in values.values().chain(said) {
        if let Value::Service(id) = value
            && !named.contains_key(id)
            && let Some(service) = menus::read(tx, *id)?
        {
            named.insert(*id, service.says.name);
        }
    }
    Ok(named)
}

/// The places that a history names, with those around them.
fn spoken_of(entries: &[EntryView]) -> impl Iterator<Item = PlaceCode> {
    let values = entries.iter().flat_map(|entry| entry.says.values());
    values
        .filter_map(|value| match value {
            Value::Place(code) => Some(code.with_ancestors()),
            _ => None,
        })
        .flatten()
}

/// The facts as they stand before anything is handed in.
fn facts_now(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    (kind, case, now): (&Kind, &CaseView, Timestamp),
    guess: Option<&SuggestedItem>,
) -> Result<Facts, Error> {
    let mut input = Input::default();
    if let (Some(field), Some(guess)) = (&kind.item_field, guess) {
        input = input.with(field, Value::Item(guess.item.clone()));
    }
    let about = About {
        kind,
        case: Some(case),
        step: &kind.open,
        input: &input,
        actor,
        now,
    };
    gather(app, tx, &about)
}

fn offers(scene: &Scene<'_>, case: &CaseView) -> Vec<Offer> {
    // What an occasion does is done there, to many at once.
    let occasion = scene.kind.occasion.as_ref();
    let by_occasion = |step: &str| occasion.is_some_and(|own| own.steps().contains(&step));
    case::steps_for(scene, case)
        .into_iter()
        .filter(|offer| !by_occasion(&offer.step.name))
        .map(|offer| Offer {
            step: offer.step.name.clone(),
            weight: offer.weight,
            asked: offer.fields(scene.actor).into_iter().cloned().collect(),
        })
        .collect()
}

/// The history, as far as its reader may see it.
fn history(
    app: &App,
    tx: &mut Tx<'_>,
    kind: &Arc<Kind>,
    (held, reader, seal): (&Loaded, Reader, Seal),
) -> Result<Vec<EntryView>, Error> {
    let written = entries::list(tx, held)?;
    let spoken = spoken::kinds(app, kind, &written)?;
    let views = spoken.into_iter().zip(written);
    views
        .map(|(kind, entry)| entry_view(kind, (reader, seal), entry))
        .collect()
}

fn entry_view(
    kind: Arc<Kind>,
    (reader, seal): (Reader, Seal),
    entry: entries::Entry,
) -> Result<EntryView, Error> {
    let says = reader.visible(&kind, &said(&entry)?, seal);
    Ok(EntryView {
        kind,
        number: entry.number,
        at: entry.at,
        step: entry.step,
        acting: entry.acting,
        post: entry.post,
        unit: entry.unit,
        person: entry.person,
        from: entry.from,
        to: entry.to,
        says,
        shape: serde_json::from_str(&entry.shape)
            .map_err(|fault| Error::broken("reading an entry's shape", fault))?,
    })
}
