//! Add, change, close and reopen an item.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::names::Names;
use huiyin_domain::unit::{Item, ItemCode};
use huiyin_store::{Tx, duties};

use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::error::Thing;
use crate::import::clean;
use crate::places::put::good_names;
use crate::{App, Error, Refusal};

const KEYWORDS_MAX: usize = 60;

/// An item as it should be.
pub struct Request {
    pub code: ItemCode,
    pub names: Names,
    /// Words by which people call it.
    pub keywords: Vec<String>,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<Item, Error> {
    permit(actor, Action::DutiesEdit)?;
    let names = good_names(request.names)?;
    let keywords = good_keywords(request.keywords.iter().map(String::as_str));
    let record = Record::new(app, actor, "item-put", &request.code);
    let code = request.code;
    let write = move |tx: &mut Tx<'_>| {
        let known = duties::read_item(tx, &code)?;
        let item = Item {
            code: code.clone(),
            names: names.clone(),
            keywords: keywords.clone(),
            closed_at: known.and_then(|known| known.closed_at),
        };
        // --- everything is checked; from here on we write ---
        duties::put_item(tx, &item)?;
        AtlasShelf::touch(tx)?;
        record.keep(tx)?;
        Ok::<_, Error>(item)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Nothing new is brought in under this item.
pub async fn close(app: &App, actor: &Actor, code: ItemCode) -> Result<(), Error> {
    set(app, actor, code, "item-closed").await
}

pub async fn reopen(app: &App, actor: &Actor, code: ItemCode) -> Result<(), Error> {
    set(app, actor, code, "item-reopened").await
}

async fn set(app: &App, actor: &Actor, code: ItemCode, act: &'static str) -> Result<(), Error> {
    permit(actor, Action::DutiesEdit)?;
    let record = Record::new(app, actor, act, &code);
    let closed_at = (act == "item-closed").then(|| app.now());
    let write = move |tx: &mut Tx<'_>| {
        let item = duties::read_item(tx, &code)?.ok_or(Refusal::NotFound(Thing::Item))?;
        // --- everything is checked; from here on we write ---
        duties::put_item(tx, &Item { closed_at, ..item })?;
        AtlasShelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Each once, without what cannot be seen.
pub(super) fn good_keywords<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut good: Vec<String> = Vec::new();
    for word in words.map(clean).filter(|word| !word.is_empty()) {
        if !good.contains(&word) && good.len() < KEYWORDS_MAX {
            good.push(word);
        }
    }
    good
}
