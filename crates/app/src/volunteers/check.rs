//! Anybody checks the code of a certificate. They learn what the paper in their hand says, with
//! the name hidden but for its first sign: enough to compare, not enough to find somebody.

use huiyin_domain::code::TrackingCode;
use huiyin_domain::volunteer::{Certificate, CertificateState, veiled_name};
use huiyin_store::{Tx, certificates};

use crate::{App, Error};

/// What the code stands for; none when it stands for nothing.
pub async fn check(app: &App, code: &TrackingCode) -> Result<Option<Certificate>, Error> {
    let code = code.as_str().to_owned();
    let read = move |tx: &mut Tx<'_>| certificates::by_code(tx, &code);
    let found = app.store.read(read).await.map_err(Error::from)?;
    Ok(found.map(|mut found| {
        if let CertificateState::Valid(content) = &mut found.state {
            content.name = veiled_name(&content.name);
            // What was done, day by day, is for whoever the volunteer shows the paper.
            content.lines.clear();
        }
        found
    }))
}
