//! `repeat = { every = "every", on = "wanted_on", again = "again", ended = "ended" }`: the
//! case comes back, every week, every other week or every month from the day named. Those that
//! follow are opened some days before, by themselves, with the answer yes to `again`; when that
//! is no longer possible, the letter `ended` says so.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::refusal::FieldFault;
use crate::case::Value;
use crate::series::{Every, Repeats};

/// The case comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The choice that says how often: `week`, `fortnight`, `month`; every other word is once.
    pub every: String,
    /// The day from which it does.
    pub on: String,
    /// Answered with yes in those that follow.
    pub again: String,
    /// The letter by which it is told that it comes no more.
    pub ended: String,
}

impl EffectWord for Repeat {
    const WORD: &'static str = "repeat";

    fn parse(node: &Node<'_, '_>) -> Option<Repeat> {
        let table = node.table("repeat")?;
        let every = table.need("every", "\"every\"")?.text("a field");
        let on = table.need("on", "\"wanted_on\"")?.text("a field");
        let again = table.need("again", "\"again\"")?.text("a field");
        let ended = table.need("ended", "\"ended\"")?.text("a letter");
        table.done();
        Some(Repeat { every: every?, on: on?, again: again?, ended: ended? })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.every, &["choice"]);
        checking.asked(&self.on, &["date"]);
        checking.asked(&self.again, &["yes-no"]);
        if checking.step.name != "open" {
            let instead = Some("write it at [open]".to_owned());
            checking.say("only what is being opened can come back".to_owned(), instead);
        }
        let field = checking.kind.field(&self.every);
        let words = field.map(|field| field.kind.words()).unwrap_or_default();
        if !words.iter().any(|word| word.parse::<Every>().is_ok()) {
            let words = Every::ALL.map(Every::word).join(", ");
            let what = format!("`{}` never says how often", self.every);
            checking.say(what, Some(format!("give it one of the choices {words}")));
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let every = moment.values.get(&self.every).and_then(Value::word);
        let Some(every) = every.and_then(|word| word.parse().ok()) else {
            return Ok(());
        };
        let Some(Value::Date(first_on)) = moment.values.get(&self.on) else {
            let fault = FieldFault::new(&self.on, "fault-required");
            return Err(Refusal::Invalid(vec![fault]));
        };
        draft.decision.repeats = Some(Repeats { every, first_on: *first_on });
        Ok(())
    }
}
