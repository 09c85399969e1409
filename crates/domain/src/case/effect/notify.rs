//! `notify = { petitioner = "answered", owner = "new" }`: letters. To `petitioner`, `owner`,
//! `previous` (owner), `above` (the unit a level above), `called` (all units that take part),
//! `awaited` (those that have not come), `late` (those that should have by now), `partners`, `opener` (the unit that opened it).

use super::{Draft, EffectWord, Moment, Node, Refusal};
use crate::case::{CallState, NoticeDraft, Owner, Recipient};

/// To whom a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    Petitioner,
    Owner,
    Previous,
    Above,
    Called,
    Awaited,
    Late,
    Partners,
    Opener,
}

const WHOM: &[(&str, Whom)] = &[
    ("petitioner", Whom::Petitioner),
    ("owner", Whom::Owner),
    ("previous", Whom::Previous),
    ("above", Whom::Above),
    ("called", Whom::Called),
    ("awaited", Whom::Awaited),
    ("late", Whom::Late),
    ("partners", Whom::Partners),
    ("opener", Whom::Opener),
];

/// Letters are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    pub letters: Vec<(Whom, String)>,
}

impl Notify {
    /// Whether whoever brought the case in gets one.
    pub fn tells_petitioner(&self) -> bool {
        self.letters.iter().any(|(whom, _)| *whom == Whom::Petitioner)
    }
}

impl EffectWord for Notify {
    const WORD: &'static str = "notify";

    fn parse(node: &Node<'_, '_>) -> Option<Notify> {
        let table = node.table("notify")?;
        let mut letters = Vec::new();
        for &(word, whom) in WHOM {
            let letter = table.get(word).and_then(|node| node.text("a letter"));
            letters.extend(letter.map(|letter| (whom, letter)));
        }
        table.done();
        Some(Notify { letters })
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        for (whom, letter) in &self.letters {
            for whom in recipients(*whom, moment, draft) {
                let notice = NoticeDraft { whom, letter: letter.clone() };
                if !draft.decision.notices.contains(&notice) {
                    draft.decision.notices.push(notice);
                }
            }
        }
        Ok(())
    }
}

fn recipients(whom: Whom, moment: &Moment<'_>, draft: &Draft) -> Vec<Recipient> {
    let after = &draft.decision.after;
    let somebody = |owner: Owner| match owner {
        Owner::Unit(unit) => Recipient::Unit(unit),
        Owner::Person(person) => Recipient::Person(person),
    };
    let taking_part = after.calls.iter().filter(|call| call.state != CallState::Released);
    let units: Vec<_> = match whom {
        Whom::Petitioner => return vec![Recipient::Petitioner],
        Whom::Owner => return vec![somebody(after.owner)],
        Whom::Previous => return after.previous_owner.map(somebody).into_iter().collect(),
        Whom::Above => moment.facts.above_unit.into_iter().collect(),
        Whom::Called => taking_part.map(|call| call.unit).collect(),
        Whom::Awaited => taking_part
            .filter(|call| call.state.is_awaited())
            .map(|call| call.unit)
            .collect(),
        Whom::Late => taking_part
            .filter(|call| call.is_overdue(moment.now))
            .map(|call| call.unit)
            .collect(),
        Whom::Partners => moment.facts.partner_units.clone(),
        Whom::Opener => after.opened_unit.into_iter().collect(),
    };
    units.into_iter().map(Recipient::Unit).collect()
}
