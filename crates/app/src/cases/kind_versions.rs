//! The versions of kinds under which cases were opened, kept beside them.

use huiyin_domain::case::Kinds;
use huiyin_store::kind_versions::{self, KindVersion};
use huiyin_store::{DbError, Store, Tx};

use crate::Error;

/// Keeps every version in force, so that what is opened today can go on after an upgrade.
pub(crate) fn keep(store: &Store, kinds: &Kinds) -> Result<(), Error> {
    let versions: Vec<KindVersion> = kinds
        .current()
        .iter()
        .map(|kind| KindVersion {
            slug: kind.slug.clone(),
            hash: kind.hash,
            source: kind.files.to_stored(),
        })
        .collect();
    let keep = move |tx: &mut Tx<'_>| -> Result<(), DbError> {
        for version in &versions {
            kind_versions::keep(tx, version)?;
        }
        Ok(())
    };
    store.write_blocking(0, keep).map_err(Error::from)
}

/// Adds all kept versions that `kinds` has not met.
pub(crate) fn add_kept(tx: &mut Tx<'_>, kinds: &mut Kinds) -> Result<(), Error> {
    for kept in kind_versions::read_all(tx)? {
        if kinds.by_hash(kept.hash).is_none() {
            kinds.add_stored(&kept.source).map_err(|faults| {
                Error::broken("reading a kept version of a kind", format!("{faults:?}"))
            })?;
        }
    }
    Ok(())
}
