//! Who is cheapest for one need, without pricing everybody: outwards through the tree of places,
//! until those farther away cannot be cheap enough.

use std::collections::BinaryHeap;
use std::ops::Range;

use super::model::{Helper, HelperId, Ring};
use super::price::{KnownHelper, KnownNeed, Pair, WordBook};
use super::rules::Rules;

/// All helpers who may be asked, by place.
pub(super) struct Index<'a> {
    pub rules: &'a Rules,
    pub words: WordBook,
    pub helpers: Vec<KnownHelper>,
}

/// A helper, by their place in the index, and what the pairing costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub cost: i64,
    pub helper: u32,
}

impl<'a> Index<'a> {
    pub fn new(rules: &'a Rules, helpers: &[Helper]) -> Index<'a> {
        let mut words = WordBook::default();
        let known = helpers
            .iter()
            .map(|helper| KnownHelper::new(helper, &mut words));
        let mut helpers: Vec<KnownHelper> = known
            .filter(|helper| helper.may_be_asked(rules).is_ok())
            .collect();
        helpers.sort_unstable_by(|a, b| (&a.place, a.id).cmp(&(&b.place, b.id)));
        Index {
            rules,
            words,
            helpers,
        }
    }

    pub fn pair<'b>(&'b self, need: &'b KnownNeed, helper: u32) -> Pair<'b> {
        Pair {
            rules: self.rules,
            need,
            helper: &self.helpers[helper as usize],
        }
    }

    /// Those whose place begins so.
    fn within(&self, prefix: &str) -> Range<usize> {
        let all = &self.helpers;
        let from = all.partition_point(|helper| helper.place.as_str() < prefix);
        let len = all[from..].partition_point(|helper| helper.place.starts_with(prefix));
        from..from + len
    }

    /// The cheapest for a need whose pairing, with `extra` for the helper, costs less than
    /// `below`: at most `count`, cheapest first.
    pub fn cheapest(
        &self,
        need: &KnownNeed,
        (below, count): (i64, usize),
        extra: impl Fn(u32) -> i64,
    ) -> Vec<Found> {
        let mut best: BinaryHeap<Found> = BinaryHeap::new();
        // Whoever is asked for costs less than their way, wherever they are.
        let gain = match need.prefers.is_empty() {
            true => 0,
            false => self.rules.same_helper,
        };
        let mut seen = 0..0;
        for (ring, _, len) in Ring::ALL.iter().rev() {
            let Some(prefix) = need.place.get(..*len) else {
                continue;
            };
            let least = self.rules.ring(*ring) - gain;
            let worst = |best: &BinaryHeap<Found>| match best.peek() {
                Some(worst) if best.len() == count => worst.cost,
                _ => below,
            };
            if least >= worst(&best) {
                break;
            }
            let ring = self.within(prefix);
            let inner = match seen.is_empty() {
                true => ring.start..ring.start,
                false => seen,
            };
            for at in (ring.start..inner.start).chain(inner.end..ring.end) {
                let helper = u32::try_from(at).expect("nobody has so many helpers");
                let Ok(cost) = self.pair(need, helper).cost() else {
                    continue;
                };
                let cost = cost + extra(helper);
                if cost < worst(&best) {
                    if best.len() == count {
                        best.pop();
                    }
                    best.push(Found { cost, helper });
                }
            }
            seen = ring;
        }
        best.into_sorted_vec()
    }

    /// Who it is.
    pub fn id(&self, helper: u32) -> HelperId {
        self.helpers[helper as usize].id
    }
}
