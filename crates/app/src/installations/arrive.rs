//! Open here what another installation has handed over. Who brought it in stays there, behind
//! its seal; what the matter is comes with it.

use huiyin_domain::id::CaseId;
use huiyin_domain::words::Lang;
use huiyin_store::{Tx, installations};

use crate::cases::open::{self, Request};
use crate::cases::{Channel, IdempotencyKey};
use crate::{App, Error};

use super::relay::refused;
use super::remote::{Case, Remote};
use super::{Ready, actor, said};

/// The number of the entry with which a case begins.
const OPENING: i64 = 1;

/// The case here, opened now or before; none when our own rules refuse it.
pub(super) async fn open_here(
    app: &App,
    (ready, remote): (&Ready, &Remote),
    case: &Case,
) -> Result<Option<CaseId>, Error> {
    let (handed, theirs) = (&ready.handed, ready.handed.theirs);
    let Some(kind) = app.kinds().by_slug(&case.kind).cloned() else {
        refused(app, handed, Some("no-kind")).await?;
        return Ok(None);
    };
    let place = said::place(app, (&case.place.code, &ready.installation.place)).await?;
    let asked = (&*kind, &kind.open.fields[..]);
    let values = said::here(app, asked, (remote, theirs), (&case.values, &place)).await?;
    let caller = format!("installation {}", ready.installation.id);
    let token = format!("open {theirs}");
    let request = Request {
        id: CaseId::from_raw(app.mint()),
        kind: kind.slug.clone(),
        values,
        language: Lang::ZH,
        channel: Channel::Partner,
        // Files have other numbers each time that they are brought: the case is what counts.
        key: Some(IdempotencyKey::new(&caller, &token, token.as_bytes())),
        at: None,
    };
    let opened = match open::open(app, &actor(&ready.installation), request).await {
        Ok(reply) => reply.id,
        Err(Error::Refused(refusal)) => {
            refused(app, handed, Some(&refusal.key())).await?;
            return Ok(None);
        }
        Err(fault) => return Err(fault),
    };
    // With the opening comes how the case stands. What was done since is still to be heard: words
    // and photos that were added, for one.
    let id = handed.id;
    let write = move |tx: &mut Tx<'_>| installations::opened(tx, id, (opened, OPENING));
    app.store
        .write(opened.get(), write)
        .await
        .map_err(Error::from)?;
    Ok(Some(opened))
}
