//! Photos: taken or chosen, several at once. They are stored as soon as they arrive and
//! travel on by their ids, so that a fault elsewhere in the form loses none of them. Signatures
//! and voice notes are read like them.

use askama::Template;
use bytes::Bytes;
use huiyin_app::Error;
use huiyin_app::files::upload;
use huiyin_domain::case::{Class, Field, FieldFault, FieldType, Value};
use huiyin_domain::id::FileId;

use crate::form::{FILE_BYTES_MAX, Form};
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

use super::{Frame, Got};

#[derive(Template)]
#[template(path = "fields/photos.html")]
struct Photos<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    kept: Vec<&'a str>,
    count_max: usize,
    megabytes: usize,
}

pub(super) fn count_max(field: &Field) -> usize {
    match &field.kind {
        FieldType::Photos(photos) => photos.max,
        FieldType::Sounds(sounds) => sounds.max,
        _ => 1,
    }
}

/// The files of a field that have arrived.
pub(super) fn kept<'f>(frame: &Frame<'f>) -> Vec<&'f str> {
    let named = frame.form.all(&frame.name);
    named.filter(|id| id.parse::<FileId>().is_ok()).collect()
}

/// What is said when there are too many, when one is too large, and when it is none.
fn faults(field: &Field) -> (&'static str, &'static str, &'static str) {
    match field.kind {
        FieldType::Sounds(_) => ("sound-too-many", "sound-too-large", "sound-not-one"),
        _ => ("photo-too-many", "photo-too-large", "photo-not-one"),
    }
}

async fn store(visit: &Visit, field: &Field, name: &str, bytes: Bytes) -> Result<FileId, Error> {
    let (app, peer) = (&visit.state.app, visit.peer);
    match field.kind {
        FieldType::Sounds(_) => upload::sound(app, bytes, peer, name).await,
        _ => upload::photo(app, bytes, peer, name).await,
    }
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    Photos {
        page: frame.page,
        frame,
        kept: kept(frame),
        count_max: count_max(frame.field),
        megabytes: FILE_BYTES_MAX >> 20,
    }
    .render()
}

/// Stores what was sent; the form then holds the ids of all photos.
pub(super) async fn read(
    visit: &Visit,
    field: &Field,
    name: &str,
    form: &mut Form,
) -> Result<Got, Problem> {
    let named: Vec<_> = form
        .all(name)
        .filter(|id| !id.is_empty())
        .map(str::parse::<FileId>)
        .collect();
    let mut fault = named.iter().any(Result::is_err).then_some("fault-not-file");
    let mut kept: Vec<FileId> = named.into_iter().flatten().collect();
    let dropped: Vec<FileId> = form
        .all(&format!("{name}--drop"))
        .filter_map(|id| id.parse().ok())
        .collect();
    kept.retain(|id| !dropped.contains(id));
    kept.dedup();
    let (too_many, too_large, not_one) = faults(field);
    let uploads: Vec<_> = form.files(name).cloned().collect();
    for upload in uploads {
        let Some(bytes) = upload.bytes else {
            fault = Some(too_large);
            continue;
        };
        let max = count_max(field);
        if max > 1 && kept.len() >= max {
            fault = Some(too_many);
            break;
        }
        match store(visit, field, name, bytes).await {
            // Where one has its place, a new one takes it.
            Ok(stored) if max == 1 => kept = vec![stored],
            Ok(stored) => kept.push(stored),
            Err(Error::Refused(refusal)) if refusal.class() == Class::Invalid => {
                let own = refusal.faults().first();
                fault = Some(own.map_or(not_one, |fault| fault.key));
            }
            Err(error) => return Err(error.into()),
        }
    }
    form.put(name, kept.iter().map(ToString::to_string));
    Ok(match fault {
        Some(fault) => Err(FieldFault::new(&field.name, fault)),
        None => Ok((!kept.is_empty()).then_some(Value::Files(kept))),
    })
}
