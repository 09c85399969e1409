//! Report what was done of a part: once, with what was wanted as evidence.

use bytes::Bytes;
use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{TaskId, TaskReportId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::{Act, Report, State, decide};
use huiyin_store::{Tx, task_parts};

use super::{Held, Said, Standing, go_on, held, seen};
use crate::administration::permit;
use crate::files::upload;
use crate::limits::Peer;
use crate::{App, Error, Refusal};

/// So many photos come with one report.
pub const PHOTOS_MAX: usize = 6;

/// A report as somebody sent it, perhaps hours after it was written.
pub struct Request {
    /// Made with the form: sent twice, it is one.
    pub key: TaskReportId,
    pub task: TaskId,
    pub place: PlaceCode,
    pub says: String,
    pub amount: Option<i64>,
    pub photos: Vec<Bytes>,
    pub peer: Peer,
}

/// What came of a report.
enum Judged {
    /// It was taken before.
    Known,
    New(Box<(Held, Standing, State)>),
}

pub async fn report(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::TaskReport)?;
    if request.photos.len() > PHOTOS_MAX {
        return Err(Refusal::too_many("photo", PHOTOS_MAX).into());
    }
    let about = About {
        actor: actor.clone(),
        key: request.key,
        task: request.task,
        place: request.place,
        report: Report {
            says: request.says.trim().to_owned(),
            amount: request.amount,
            photos: request.photos.len(),
        },
    };
    // Before photos are drawn, which takes long, it is asked whether they are wanted at all.
    let first = about.clone();
    let look = move |tx: &mut Tx<'_>| first.judge(tx).map(|found| matches!(found, Judged::Known));
    if app.store.read(look).await.map_err(Error::from)? {
        return Ok(());
    }
    let mut photos = Vec::new();
    for bytes in request.photos {
        photos.push(upload::photo(app, bytes, request.peer, "photo").await?);
    }
    let now = app.now();
    let id = about.task;
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        huiyin_store::tasks::lock(tx, about.task)?;
        let Judged::New(found) = about.judge(tx)? else {
            return Ok(());
        };
        let (held, standing, state) = *found;
        let said = Said {
            state,
            post: standing.answering()?,
            says: &about.report.says,
            amount: about.report.amount,
            report: Some((about.key, standing.person)),
        };
        // --- everything is checked; from here on we write ---
        let number = go_on(tx, &held, &said, now)?;
        for photo in &photos {
            task_parts::add_photo(tx, *photo, (about.task, &about.place, number))?;
        }
        Ok(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

#[derive(Clone)]
struct About {
    actor: Actor,
    key: TaskReportId,
    task: TaskId,
    place: PlaceCode,
    report: Report,
}

impl About {
    fn judge(&self, tx: &mut Tx<'_>) -> Result<Judged, Error> {
        let held = seen(&self.actor, held(tx, self.task, &self.place)?)?;
        if let Some((task, place)) = task_parts::of_report(tx, self.key)? {
            return match task == self.task && place == self.place {
                true => Ok(Judged::Known),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let standing = held.standing(&self.actor);
        let act = Act::Report(&self.report);
        let state = decide(&held.task, &held.part, standing.side(), act)?;
        Ok(Judged::New(Box::new((held, standing, state))))
    }
}
