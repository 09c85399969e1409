//! Say how a line of a checklist looks when it is right and when it is wrong: another version of
//! the checklist. Rounds that were begun show what they showed.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::{ChecklistId, FileId};
use huiyin_domain::round::Line;
use huiyin_domain::sample::{Pictured, Sample, Side};
use huiyin_store::Tx;
use huiyin_store::checklists;

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::samples::{self, Of};
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const SAYS_CHARS_MAX: usize = 120;

/// The pictures of a line as somebody filled them in.
#[derive(Debug, Clone)]
pub struct Request {
    pub checklist: ChecklistId,
    /// The version that was seen.
    pub version: i64,
    /// The code of the line.
    pub line: String,
    pub right: Option<Sample>,
    pub wrong: Option<Sample>,
}

/// The field in which a picture is asked for, and its words in a language.
fn picture_field(side: Side) -> String {
    format!("{}-picture", side.word())
}

pub fn says_field(side: Side, lang: &str) -> String {
    format!("{}-says-{lang}", side.word())
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::RoundsKeep)?;
    let record = Record::new(app, actor, "checklist-pictured", request.checklist);
    let (key, actor, now) = (request.checklist.get(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let before = checklists::read(tx, request.checklist)?;
        let mut checklist = before.ok_or(Refusal::NotFound(Thing::Checklist))?;
        if post_for(&actor, Action::RoundsKeep, &checklist.place).is_err() {
            return Err(Refusal::NotFound(Thing::Checklist).into());
        }
        let version = checklist.version;
        let mut lines = checklist.lines.iter_mut();
        let line = lines.find(|line| line.code == request.line);
        let line = line.ok_or(Refusal::NotFound(Thing::Checklist))?;
        let faults = faults(line, &request);
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        // Sent again: it says so already.
        if line.right_picture == request.right && line.wrong_picture == request.wrong {
            return Ok(());
        }
        if request.version != version {
            return Err(Refusal::Stale { version }.into());
        }
        let of = Of::Checklist(request.checklist);
        let new = samples::check(tx, &of, &photos(&request))?;
        line.right_picture = request.right.clone();
        line.wrong_picture = request.wrong.clone();
        checklist.version += 1;
        // --- everything is checked; from here on we write ---
        samples::keep(tx, &of, &new, now)?;
        checklists::insert_version(tx, &checklist, now)?;
        record.keep(tx)
    };
    app.store.write(key, write).await.map_err(Error::from)
}

fn sides(request: &Request) -> [(Side, Option<&Sample>); 2] {
    [
        (Side::Right, request.right.as_ref()),
        (Side::Wrong, request.wrong.as_ref()),
    ]
}

fn photos(request: &Request) -> Vec<(FileId, String)> {
    let photo = |(side, sample): (Side, Option<&Sample>)| {
        Some((sample?.picture.photo()?, picture_field(side)))
    };
    sides(request).into_iter().filter_map(photo).collect()
}

fn faults(line: &Line, request: &Request) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (side, sample) in sides(request) {
        let Some(sample) = sample else {
            continue;
        };
        if let Pictured::Drawing(key) = &sample.picture
            && !side.has(key)
        {
            faults.push(FieldFault::new(&picture_field(side), "fault-unknown"));
        }
        for lang in sample.unsaid(&line.check) {
            faults.push(FieldFault::new(&says_field(side, lang), "fault-required"));
        }
        for (lang, said) in &sample.says.0 {
            if said.chars().count() > SAYS_CHARS_MAX {
                let fault = FieldFault::new(&says_field(side, lang), "fault-too-long");
                faults.push(fault.with("max", SAYS_CHARS_MAX));
            }
        }
    }
    faults
}
