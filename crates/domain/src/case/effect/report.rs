//! `report = "present"`, or `{ state = "coming", minutes = "minutes" }`: the actor's unit says
//! how far it has come; coming, it is due when it said.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::moment::after_minutes;
use crate::case::{CallState, Value};

/// The actor's unit reports in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub state: CallState,
    /// The field that says in how many minutes it will be there.
    pub minutes: Option<String>,
}

const STATES: &[(&str, CallState)] = &[
    ("coming", CallState::Coming),
    ("present", CallState::Present),
    ("objecting", CallState::Objecting),
    ("done", CallState::Done),
];

impl EffectWord for Report {
    const WORD: &'static str = "report";

    fn parse(node: &Node<'_, '_>) -> Option<Report> {
        if !node.is_table() {
            let state = node.one_of("report", STATES)?;
            return Some(Report { state, minutes: None });
        }
        let table = node.table("report")?;
        let state = table.need("state", "\"coming\"").and_then(|node| node.one_of("state", STATES));
        let minutes = table.need("minutes", "\"minutes\"").and_then(|node| node.text("minutes"));
        table.done();
        Some(Report { state: state?, minutes: Some(minutes?) })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        match (&self.minutes, self.state) {
            (Some(field), _) => checking.asked(field, &["number"]),
            (None, CallState::Coming) => checking.say(
                "nobody knows when the unit will be there".to_owned(),
                Some("write report = { state = \"coming\", minutes = \"…\" }".to_owned()),
            ),
            _ => {}
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let unit = moment.acting.unit().ok_or(Refusal::NotCalled)?;
        let calls = &mut draft.decision.after.calls;
        let call = calls.iter_mut().find(|call| call.unit == unit).ok_or(Refusal::NotCalled)?;
        let minutes = self.minutes.as_ref().and_then(|field| moment.values.get(field));
        call.state = self.state;
        call.due_at = match minutes {
            Some(Value::Number(minutes)) => Some(after_minutes(moment.now, *minutes)),
            _ => None,
        };
        Ok(())
    }
}
