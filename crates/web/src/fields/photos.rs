//! Photos: taken or chosen, several at once. They are stored as soon as they arrive and
//! travel on by their ids, so that a fault elsewhere in the form loses none of them.

use askama::Template;
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

fn count_max(field: &Field) -> usize {
    match &field.kind {
        FieldType::Photos(photos) => photos.max,
        _ => 1,
    }
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    Photos {
        page: frame.page,
        frame,
        kept: frame
            .form
            .all(&frame.name)
            .filter(|id| id.parse::<FileId>().is_ok())
            .collect(),
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
    let uploads: Vec<_> = form.files(name).cloned().collect();
    for upload in uploads {
        let Some(bytes) = upload.bytes else {
            fault = Some("photo-too-large");
            continue;
        };
        if kept.len() >= count_max(field) {
            fault = Some("photo-too-many");
            break;
        }
        match upload::photo(&visit.state.app, bytes, visit.peer, name).await {
            Ok(stored) => kept.push(stored),
            Err(Error::Refused(refusal)) if refusal.class() == Class::Invalid => {
                let own = refusal.faults().first();
                fault = Some(own.map_or("photo-not-one", |fault| fault.key));
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
