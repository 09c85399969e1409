//! A batch: for all who need something and all who would help, the cheapest pairings together;
//! or at once, for one that cannot wait.

use super::assign::{Assignment, Edge, Graph, assign};
use super::model::{Helper, HelperId, Need, NeedId, Urgency};
use super::price::KnownNeed;
use super::reason::Reason;
use super::rules::Rules;
use super::search::{Found, Index};

/// So many of the cheapest helpers of each need are looked at first. More only where prices
/// show that it may be worth it.
const FIRST: usize = 16;
/// So many more at once.
const MORE: usize = 8;

/// Who is proposed for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub need: NeedId,
    pub helper: HelperId,
    /// In points of the rules; waiting is not in it.
    pub cost: i64,
    pub reasons: Vec<Reason>,
}

/// What came of a batch.
#[derive(Debug, Clone)]
pub struct Batch {
    pub proposals: Vec<Proposal>,
    /// Over all needs: what the pairings cost, and leaving the others.
    pub cost: i64,
    /// The graph that was solved last, and its solution: for checks and for the bench.
    pub graph: Graph,
    pub assignment: Assignment,
    /// How often it was solved until no pairing that had been left out was worth it.
    pub rounds: u32,
}

/// The cheapest pairings of all needs and all helpers: each need has one helper at most, and
/// each helper one new proposal.
pub fn propose(rules: &Rules, needs: &[Need], helpers: &[Helper]) -> Batch {
    let mut index = Index::new(rules, helpers);
    let known: Vec<KnownNeed> = needs
        .iter()
        .map(|need| KnownNeed::new(need, rules, &mut index.words))
        .collect();
    let mut graph = Graph::new(index.helpers.len());
    for need in &known {
        let found = index.cheapest(need, (need.price, FIRST), |_| 0);
        graph.row(need.price, found.into_iter().map(edge));
    }
    let mut rounds = 1;
    let mut assignment = assign(&graph);
    while widen(&index, &known, &mut graph, &assignment) > 0 {
        assignment = assign(&graph);
        rounds += 1;
    }
    let seats = needs.iter().zip(&known).zip(&assignment.columns);
    let proposals = seats.filter_map(|((need, known), column)| {
        let proposal = proposal(&index, need, known, (*column)?);
        Some(proposal)
    });
    Batch {
        proposals: proposals.collect(),
        cost: assignment.cost,
        graph,
        assignment,
        rounds,
    }
}

/// Adds the pairings that were left out and would be cheaper at the prices found; how many.
/// When there are none, the solution is the cheapest over all pairings, and not only over those
/// that were looked at.
fn widen(index: &Index<'_>, needs: &[KnownNeed], graph: &mut Graph, found: &Assignment) -> usize {
    let before = graph.edges();
    for (row, need) in needs.iter().enumerate() {
        let price = |helper: u32| found.column_prices[helper as usize];
        // Those it has already cost exactly this or more, so none of them is found.
        let better = index.cheapest(need, (found.row_prices[row], MORE), price);
        let better = better.into_iter().map(|better| Found {
            cost: better.cost - price(better.helper),
            ..better
        });
        graph.widen(row, better.map(edge));
    }
    graph.edges() - before
}

/// The best helpers for one need that cannot wait, at most `count`, the best first.
pub fn propose_at_once(
    rules: &Rules,
    need: &Need,
    helpers: &[Helper],
    count: usize,
) -> Vec<Proposal> {
    let mut index = Index::new(rules, helpers);
    let known = KnownNeed::new(need, rules, &mut index.words);
    let found = index.cheapest(&known, (known.price, count), |_| 0);
    let found = found.into_iter();
    found
        .map(|found| proposal(&index, need, &known, found.helper))
        .collect()
}

fn edge(found: Found) -> Edge {
    Edge {
        column: found.helper,
        cost: found.cost,
    }
}

fn proposal(index: &Index<'_>, need: &Need, known: &KnownNeed, helper: u32) -> Proposal {
    let pairing = index.pair(known, helper).reasons(&index.words);
    let pairing = pairing.expect("only pairings that may be were looked at");
    let mut reasons = pairing.reasons;
    let days = need.waited_hours / 24;
    reasons.extend((days > 0).then_some(Reason::Waited { days }));
    reasons.extend((need.urgent == Urgency::Urgent).then_some(Reason::Urgent));
    Proposal {
        need: need.id,
        helper: index.id(helper),
        cost: pairing.cost,
        reasons,
    }
}
