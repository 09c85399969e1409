//! Add a norm with the day from which it counts. What counts already is never rewritten: who
//! wants another limit adds a line for today or later.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Allowance, FieldFault, Kind};
use huiyin_domain::norm::Norm;
use huiyin_store::{Tx, duties, norms};

use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::{App, Error, Refusal};

pub async fn add(app: &App, actor: &Actor, norm: Norm) -> Result<(), Error> {
    permit(actor, Action::DutiesEdit)?;
    let subject = format!("{} {} {}", norm.kind, norm.clock, norm.from_day);
    let record = Record::new(app, actor, "norm-added", subject);
    let (inner, now) = (app.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let faults = faults(&inner, tx, &norm)?;
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        // --- everything is checked; from here on we write ---
        norms::add(tx, &norm, now)?;
        AtlasShelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// The clocks and terms of a kind that ask for norms, with the norms that it brings along.
pub fn asking(kind: &Kind) -> impl Iterator<Item = (&str, &Allowance)> {
    let clocks = kind.clocks.iter();
    let clocks = clocks.map(|clock| (clock.name.as_str(), &clock.allowance));
    let terms = kind.terms.iter();
    let terms = terms.map(|term| (term.name.as_str(), &term.allowance));
    terms
        .chain(clocks)
        .filter(|(_, allowance)| allowance.by_norm)
}

fn faults(app: &App, tx: &mut Tx<'_>, norm: &Norm) -> Result<Vec<FieldFault>, Error> {
    let mut faults = Vec::new();
    let mut say = |field: &str, key| faults.push(FieldFault::new(field, key));
    let kinds = app.kinds();
    let kind = kinds.by_slug(&norm.kind);
    let asks = kind.is_some_and(|kind| asking(kind).any(|(name, _)| name == norm.clock));
    if !asks {
        say("clock", "fault-unknown");
    }
    let scope = &norm.line.scope;
    let field = kind.and_then(|kind| kind.field(kind.request_field.as_ref()?));
    let words = field.map(|field| field.kind.words()).unwrap_or_default();
    if scope
        .request
        .as_deref()
        .is_some_and(|word| !words.contains(&word))
    {
        say("request", "fault-unknown");
    }
    if let Some(item) = &scope.item
        && duties::read_item(tx, item)?.is_none()
    {
        say("item", "fault-unknown");
    }
    if norm.from_day < app.config.day(app.now()) {
        say("from_day", "fault-past-day");
    }
    let is_same = |known: &Norm| {
        (&known.kind, &known.clock, &known.line.scope, known.from_day)
            == (&norm.kind, &norm.clock, scope, norm.from_day)
    };
    if norms::read_all(tx)?.iter().any(is_same) {
        say("from_day", "fault-norm-stands");
    }
    Ok(faults)
}
