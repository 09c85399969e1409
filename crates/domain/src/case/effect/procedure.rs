//! `procedure = "procedure"`: the errand goes on under the procedure as it stands now; the papers
//! that it asks for are listed, all of them with the person.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;
use crate::case::decision::ErrandBegun;
use crate::case::refusal::FieldFault;

/// The errand is about the procedure that the field names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    pub field: String,
}

impl EffectWord for Procedure {
    const WORD: &'static str = "procedure";

    fn parse(node: &Node<'_, '_>) -> Option<Procedure> {
        let field = node.text("a field")?;
        Some(Procedure { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["procedure"]);
        checking.kept(&self.field);
        if checking.step.name != checking.kind.open.name {
            checking.say("`procedure` stands at opening only".to_owned(), None);
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let Some(Value::Choice(slug)) = moment.values.get(&self.field) else {
            return Ok(());
        };
        let fault = || FieldFault::new(&self.field, "fault-not-procedure");
        let facts = moment.facts.procedure.as_ref();
        let facts = facts.ok_or_else(|| Refusal::Invalid(vec![fault()]))?;
        draft.decision.errand = Some(ErrandBegun {
            procedure: slug.clone(),
            version: facts.version,
        });
        draft.tell("procedure", serde_json::json!([slug, facts.version]));
        Ok(())
    }
}
