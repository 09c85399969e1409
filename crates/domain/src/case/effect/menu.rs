//! `menu = { service = "service", home = "at_home", pairs = "pairs", again = "again" }`: what the
//! menu says of the service named becomes part of the matter, so that a later change of the menu
//! does not change what was ordered. Nothing is ordered that is not on the menu there and then.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::refusal::FieldFault;
use crate::case::{ServiceFacts, Value};
use crate::menu::{Pairs, Venue};

/// What the menu says belongs to the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    pub service: String,
    /// Whether somebody comes to the door.
    pub home: String,
    /// Whether they come in twos.
    pub pairs: String,
    /// By which it is known that this is not the first visit.
    pub again: String,
}

impl EffectWord for Menu {
    const WORD: &'static str = "menu";

    fn parse(node: &Node<'_, '_>) -> Option<Menu> {
        let table = node.table("menu")?;
        let field = |key: &'static str, like: &str| table.need(key, like)?.text("a field");
        let service = field("service", "\"service\"");
        let home = field("home", "\"at_home\"");
        let pairs = field("pairs", "\"pairs\"");
        let again = field("again", "\"again\"");
        table.done();
        Some(Menu {
            service: service?,
            home: home?,
            pairs: pairs?,
            again: again?,
        })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.service, &["service"]);
        checking.asked(&self.again, &["yes-no"]);
        for field in [&self.home, &self.pairs] {
            checking.kept(field);
            checking.known(field, &["yes-no"]);
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        if !moment.values.contains_key(&self.service) {
            return Ok(());
        }
        let fault = || FieldFault::new(&self.service, "fault-not-service");
        let service = moment.facts.service;
        let ServiceFacts { venue, pairs } =
            service.ok_or_else(|| Refusal::Invalid(vec![fault()]))?;
        let is_again = moment.values.get(&self.again) == Some(&Value::YesNo(true));
        let in_twos = match pairs {
            Pairs::Never => false,
            Pairs::First => !is_again,
            Pairs::Always => true,
        };
        let known = [(&self.home, venue == Venue::Home), (&self.pairs, in_twos)];
        for (field, holds) in known {
            let value = Value::YesNo(holds);
            draft
                .decision
                .after
                .values
                .insert(field.clone(), value.clone());
            draft.decision.values_set.insert(field.clone(), value);
        }
        Ok(())
    }
}
