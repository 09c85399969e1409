//! Hang pictures: all that were sent, or none.

use bytes::Bytes;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_store::Tx;
use huiyin_store::pictures::{self, Of, Picture};

use super::{action, permit, subject};
use crate::administration::Record;
use crate::files::upload;
use crate::limits::Peer;
use crate::{App, Error, Refusal};

/// So many hang in one place.
pub const COUNT_MAX: usize = 12;
const SAYS_CHARS_MAX: usize = 200;

/// Photos as somebody sent them.
pub struct Request {
    pub of: Of,
    pub photos: Vec<Bytes>,
    /// What is to be seen, for those who cannot see it.
    pub says: String,
    /// Whoever can be recognised has agreed that everybody sees it.
    pub agreed: bool,
    pub peer: Peer,
}

pub async fn hang(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    crate::administration::permit(actor, action(request.of))?;
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let (of, says, inner, by) = (request.of, request.says, app.clone(), actor.clone());
    let count = request.photos.len();
    let may = move |tx: &mut Tx<'_>| room_for(tx, &by, of, count);
    app.store.read(may).await.map_err(Error::from)?;
    let mut hung = Vec::new();
    for bytes in request.photos {
        hung.push(Picture {
            file: upload::photo(app, bytes, request.peer, "file").await?,
            says: says.clone(),
        });
    }
    let record = Record::new(app, actor, "pictures-hung", subject(of));
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| {
        room_for(tx, &actor, of, hung.len())?;
        // --- everything is checked; from here on we write ---
        for picture in &hung {
            pictures::hang(tx, of, picture, inner.now())?;
        }
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn faults(request: &Request) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if request.photos.is_empty() {
        faults.push(FieldFault::new("file", "fault-required"));
    }
    match request.says.chars().count() {
        0 => faults.push(FieldFault::new("says", "fault-required")),
        1..=SAYS_CHARS_MAX => {}
        _ => {
            let fault = FieldFault::new("says", "fault-too-long");
            faults.push(fault.with("max", SAYS_CHARS_MAX));
        }
    }
    if !request.agreed {
        faults.push(FieldFault::new("agreed", "fault-required"));
    }
    faults
}

fn room_for(tx: &mut Tx<'_>, actor: &Actor, of: Of, count: usize) -> Result<(), Error> {
    permit(tx, actor, of)?;
    match pictures::list(tx, of)?.len() + count <= COUNT_MAX {
        true => Ok(()),
        false => Err(Refusal::rule(Class::Conflict, "pictures-many").into()),
    }
}
