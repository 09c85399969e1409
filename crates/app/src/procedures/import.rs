//! Bring in many procedures at once, such as those of the product: all of them or none. What is
//! there already as it is in the file stays; what differs becomes a new version.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Fault;
use huiyin_domain::procedure::{Procedures, read_procedure};
use huiyin_store::{Tx, procedures};

use super::PROCEDURES_MAX;
use super::put::tidy;
use crate::administration::{Record, permit};
use crate::{App, Error, Refusal};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    Done { added: usize, renewed: usize },
    Faulty(Vec<Fault>),
}

pub async fn import(app: &App, actor: &Actor, files: Procedures) -> Result<Reply, Error> {
    permit(actor, Action::ProceduresEdit)?;
    let files: Vec<(String, String)> = files
        .0
        .into_iter()
        .map(|(slug, text)| (slug, tidy(&text)))
        .collect();
    let read = files.iter().map(|(slug, text)| read_procedure(slug, text));
    let faults: Vec<Fault> = read.filter_map(Result::err).flatten().collect();
    if !faults.is_empty() {
        return Ok(Reply::Faulty(faults));
    }
    let (now, person) = (app.now(), actor.person());
    let record = Record::new(app, actor, "procedures-imported", files.len());
    let write = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        let known = procedures::all(tx, i64::MAX)?;
        let kept = |slug: &str| known.iter().find(|kept| kept.slug == slug);
        let new = files.iter().filter(|(slug, _)| kept(slug).is_none());
        if known.len() + new.count() > PROCEDURES_MAX {
            return Err(Refusal::too_many("files", PROCEDURES_MAX).into());
        }
        // --- everything is checked; from here on we write ---
        let (mut added, mut renewed) = (0, 0);
        for (slug, text) in &files {
            match kept(slug) {
                Some(kept) if kept.text == *text => {}
                Some(kept) => {
                    procedures::renew(tx, (slug, text), kept.version, person, now)?;
                    renewed += 1;
                }
                None => {
                    procedures::insert(tx, (slug, text), person, now)?;
                    added += 1;
                }
            }
        }
        if added + renewed > 0 {
            record.keep(tx)?;
        }
        Ok(Reply::Done { added, renewed })
    };
    app.store.write(0, write).await.map_err(Error::from)
}
