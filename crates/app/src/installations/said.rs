//! What was said on one side, as it can be said on the other: texts, choices and numbers as they
//! are, files brought over, places and items as far as both know them. Units and cases of one
//! installation mean nothing in another.

use std::collections::BTreeMap;

use huiyin_domain::case::{Asked, Kind, Value, Values};
use huiyin_domain::id::{CaseId, FileId};
use huiyin_domain::place::PlaceCode;
use huiyin_store::files;
use huiyin_store::{Tx, places};
use serde_json::Value as Json;

use crate::files::fetch::{self, Size};
use crate::files::upload;
use crate::outside::Part;
use crate::{App, Error};

use super::remote::{Answer, Kept, Plain, Remote};

/// What was said there, as fields that a step here asks for. `place` is where the case lies here.
pub(super) async fn here(
    app: &App,
    (kind, asked): (&Kind, &[Asked]),
    (remote, theirs): (&Remote, CaseId),
    (says, place): (&Plain, &PlaceCode),
) -> Result<Values, Error> {
    let atlas = app.atlas_now().await?;
    let mut values = Values::new();
    for name in asked.iter().map(|asked| &asked.field) {
        let field = kind.field(name).zip(says.get(name));
        let value = field.and_then(|(field, json)| field.kind.read_json(json).ok());
        let value = match value {
            Some(Value::Place(_)) => Value::Place(place.clone()),
            Some(Value::Item(item)) if atlas.item(&item).is_some() => Value::Item(item),
            Some(Value::Files(files)) => {
                Value::Files(fetch_all(app, (remote, theirs), &files).await?)
            }
            Some(value) if is_plain(&value) => value,
            _ => continue,
        };
        values.insert(name.clone(), value);
    }
    Ok(values)
}

/// Whether a value means the same everywhere.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Text(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::YesNo(_)
        | Value::Rating(_) => true,
        Value::Place(_)
        | Value::Item(_)
        | Value::Unit(_)
        | Value::Units(_)
        | Value::Files(_)
        | Value::Case(_)
        | Value::Service(_) => false,
    }
}

async fn fetch_all(
    app: &App,
    (remote, theirs): (&Remote, CaseId),
    files: &[FileId],
) -> Result<Vec<FileId>, Error> {
    let mut brought = Vec::with_capacity(files.len());
    for file in files {
        let path = format!("/api/v1/cases/{theirs}/files/{file}");
        let Some(bytes) = remote.file(path).await? else {
            continue;
        };
        match upload::fetched(app, bytes).await {
            Ok(kept) => brought.push(kept.id),
            // What is not taken from anybody is not taken from them.
            Err(Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(brought)
}

/// What was said here, in the plain form that a step there asks for; its files are sent first.
pub(super) async fn there(
    app: &App,
    remote: &Remote,
    (values, asked): (&Values, &[String]),
) -> Result<Plain, Error> {
    let mut plain = BTreeMap::new();
    for (name, value) in values.iter().filter(|(name, _)| asked.contains(name)) {
        let json = match value {
            Value::Text(text) | Value::Choice(text) => Json::from(text.as_str()),
            Value::Choices(choices) => Json::from(choices.as_slice()),
            Value::Number(number) => Json::from(*number),
            Value::Rating(rating) => Json::from(*rating),
            Value::YesNo(yes) => Json::from(*yes),
            Value::Date(day) => Json::from(day.to_string()),
            Value::Item(item) => Json::from(item.to_string()),
            Value::Files(files) => Json::from(send_all(app, remote, files).await?),
            Value::Place(_)
            | Value::Unit(_)
            | Value::Units(_)
            | Value::Case(_)
            | Value::Service(_) => continue,
        };
        plain.insert(name.clone(), json);
    }
    Ok(plain)
}

async fn send_all(app: &App, remote: &Remote, files: &[FileId]) -> Result<Vec<String>, Error> {
    let mut sent = Vec::with_capacity(files.len());
    for &id in files {
        let read = move |tx: &mut Tx<'_>| files::by_id(tx, id);
        let Some(file) = app.store.read(read).await.map_err(Error::from)? else {
            continue;
        };
        let bytes = match fetch::fetch(app, &file, Size::Display).await {
            Ok(bytes) => bytes,
            Err(Error::Refused(_)) => continue,
            Err(fault) => return Err(fault),
        };
        let part = Part::File(bytes, file.media_type);
        if let Answer::Is(Kept { id }) = remote
            .post("/api/v1/files".to_owned(), (None, part))
            .await?
        {
            sent.push(id.to_string());
        }
    }
    Ok(sent)
}

/// Where a case of theirs lies here: the nearest place that we know, else where all of them lie.
pub(super) async fn place(app: &App, (code, all): (&str, &PlaceCode)) -> Result<PlaceCode, Error> {
    let all = all.clone();
    let Some(code) = code
        .parse::<PlaceCode>()
        .ok()
        .filter(|code| code.is_within(&all))
    else {
        return Ok(all);
    };
    let find = move |tx: &mut Tx<'_>| -> Result<PlaceCode, Error> {
        let mut around = code.with_ancestors();
        around.sort_by_key(|place| std::cmp::Reverse(place.as_str().len()));
        for place in around.into_iter().filter(|place| place.is_within(&all)) {
            if places::read(tx, &place)?.is_some_and(|known| known.closed_at.is_none()) {
                return Ok(place);
            }
        }
        Ok(all.clone())
    };
    app.store.read(find).await.map_err(Error::from)
}
