//! Doors go along when their place becomes another one. Those of a place that is split go to its
//! first part, as shifts do, and are told from there where they belong.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::household::Door;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, households, places};

use crate::Error;

/// The doors of these places and of all that lies in them. Two that are called the same in one
/// place are told apart by the place from which each came.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    from: &[PlaceCode],
    heirs: &BTreeMap<PlaceCode, Vec<PlaceCode>>,
) -> Result<(), Error> {
    for root in from {
        for old in households::places_within(tx, root)? {
            if let Some(heir) = heirs.get(&old).and_then(|heirs| heirs.first()) {
                go(tx, &old, heir)?;
            }
        }
    }
    Ok(())
}

fn go(tx: &mut Tx<'_>, old: &PlaceCode, heir: &PlaceCode) -> Result<(), Error> {
    let was = places::read(tx, old)?;
    let was = was.map_or_else(String::new, |was| was.names.in_lang("zh").to_owned());
    let there = households::of_place(tx, heir)?;
    let mut taken: BTreeSet<String> = there.iter().map(|one| one.door.sorted()).collect();
    for household in households::of_place(tx, old)? {
        let door: Door = household.door.told_apart(&was, &taken);
        taken.insert(door.sorted());
        households::change(tx, household.id, (heir, &door))?;
    }
    Ok(())
}
