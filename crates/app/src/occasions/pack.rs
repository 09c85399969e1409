//! Pack: of which gift each thing is taken, and what lies ready.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::gift::{Sort, left};
use huiyin_domain::id::{CaseId, GiftId, OccasionId};
use huiyin_store::occasions::{self, LineState};
use huiyin_store::{Tx, gifts};

use super::open;
use crate::administration::permit;
use crate::{App, Error, Refusal};

/// What is said of one thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Packing {
    pub gift: Option<GiftId>,
    pub is_ready: bool,
}

/// Keeps the packing list as it was filled in.
pub async fn pack(
    app: &App,
    actor: &Actor,
    id: OccasionId,
    list: BTreeMap<CaseId, Packing>,
) -> Result<(), Error> {
    permit(actor, Action::OccasionsRun)?;
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let occasion = open(tx, &actor, id)?;
        let lines = occasions::lines(tx, id)?.into_iter();
        let lines = lines.filter(|line| line.state == LineState::On);
        let lines: Vec<_> = lines
            .filter_map(|line| Some((list.get(&line.case).copied()?, line)))
            .collect();
        let mut wanted: BTreeMap<GiftId, i64> = BTreeMap::new();
        for (packing, _) in &lines {
            if let Some(gift) = packing.gift {
                *wanted.entry(gift).or_default() += 1;
            }
        }
        for (&gift, &count) in &wanted {
            let known = gifts::read(tx, gift)?;
            let known = known.filter(|known| {
                known.sort == Sort::Goods && known.place.is_within(&occasion.place)
            });
            let known = known.ok_or_else(|| Refusal::field("gift", "fault-no-gift"))?;
            let went = gifts::lines(tx, gift)?;
            let elsewhere = occasions::promised(tx, gift, id)?;
            let rest = left(&known, &went) - elsewhere;
            if count > rest {
                let fault = FieldFault::new("gift", "fault-gift-short");
                let fault = fault.with("what", known.what).with("left", rest.max(0));
                return Err(Refusal::Invalid(vec![fault]).into());
            }
        }
        // --- everything is checked; from here on we write ---
        for (packing, line) in lines {
            let ready_at = line.packed_at.or(Some(now)).filter(|_| packing.is_ready);
            occasions::pack(tx, (id, line.case), packing.gift, ready_at)?;
        }
        Ok(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
