//! Put a procedure into the catalogue, or a new version of it. What was begun under an earlier
//! version goes on under that.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Fault, FieldFault};
use huiyin_domain::id::FileId;
use huiyin_domain::procedure::{Procedure, is_slug, read_procedure};
use huiyin_domain::sample::Pictured;
use huiyin_store::{Tx, procedures};

use super::PROCEDURES_MAX;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::samples::{self, Of};
use crate::{App, Error, Refusal};

pub struct Request {
    pub slug: String,
    /// The file.
    pub text: String,
    /// The version that whoever changes it saw; 0 for one that is new.
    pub version: i64,
}

/// Keeps it; the version that holds from now on. The same text once more is no new version.
pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<i64, Error> {
    permit(actor, Action::ProceduresEdit)?;
    let Request {
        slug,
        text,
        version,
    } = request;
    let text = tidy(&text);
    if !is_slug(&slug) {
        return Err(Refusal::field("slug", "fault-procedure-slug").into());
    }
    let procedure = read_procedure(&slug, &text).map_err(|faults| told(&faults))?;
    let photos = photos(&procedure);
    let (now, person) = (app.now(), actor.person());
    let record = Record::new(app, actor, "procedure-put", &slug);
    let write = move |tx: &mut Tx<'_>| -> Result<i64, Error> {
        let known = procedures::read(tx, &slug)?;
        let before = match &known {
            Some(known) if known.text == text && known.closed_at.is_none() => {
                return Ok(known.version);
            }
            Some(_) if version == 0 => {
                return Err(Refusal::field("slug", "fault-procedure-taken").into());
            }
            Some(known) if known.version != version => {
                return Err(Refusal::Stale {
                    version: known.version,
                }
                .into());
            }
            Some(known) => known.version,
            None if version != 0 => return Err(Refusal::NotFound(Thing::Procedure).into()),
            None => 0,
        };
        let full = i64::try_from(PROCEDURES_MAX).unwrap_or(i64::MAX);
        if before == 0 && procedures::count(tx)? >= full {
            return Err(Refusal::too_many("slug", PROCEDURES_MAX).into());
        }
        let of = Of::Procedure(slug.clone());
        let new = samples::check(tx, &of, &photos)?;
        // --- everything is checked; from here on we write ---
        match before {
            0 => procedures::insert(tx, (&slug, &text), person, now)?,
            before => procedures::renew(tx, (&slug, &text), before, person, now)?,
        }
        samples::keep(tx, &of, &new, now)?;
        record.keep(tx)?;
        Ok(before + 1)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// The photos of its papers, at the field of the file.
pub(super) fn photos(procedure: &Procedure) -> Vec<(FileId, String)> {
    let pictures = procedure
        .papers
        .iter()
        .filter_map(|paper| paper.picture.as_ref());
    let photos = pictures.filter_map(Pictured::photo);
    photos.map(|file| (file, "text".to_owned())).collect()
}

/// Line ends and blanks at the end of lines make no new version.
pub(super) fn tidy(text: &str) -> String {
    let lines = text.lines().map(str::trim_end).collect::<Vec<_>>();
    let mut text = lines.join("\n").trim_end().to_owned();
    text.push('\n');
    text
}

/// The faults of a file, at its field, each on its line.
pub(super) fn told(faults: &[Fault]) -> Refusal {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let fault = FieldFault::new("text", "fault-procedure-file");
    Refusal::Invalid(vec![fault.with("faults", lines.join("\n"))])
}
