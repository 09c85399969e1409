//! `stands = { wait_why = "given" }`: so it stands in the matter, from a step before. A word of
//! the field, or `given` or `missing`.

use super::{Broken, Checking, Moment, Node, RuleWord};
use crate::case::{Value, Values};

/// A field of the matter has this value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    pub field: String,
    pub value: String,
}

impl RuleWord for Stands {
    const WORD: &'static str = "stands";

    fn parse(node: &Node<'_, '_>) -> Option<Stands> {
        let entries = node.table("stands")?.entries();
        let [(field, _, value)] = entries.as_slice() else {
            let instead = Some("write stands = { field = \"given\" }".to_owned());
            node.reader.error(&node.at, "stands does not name one field", instead);
            return None;
        };
        Some(Stands { field: field.clone(), value: value.text("a value")? })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.kept(&self.field);
        let field = checking.kind.field(&self.field);
        let mut words = field.map(|field| field.kind.words()).unwrap_or_default();
        words.extend(["given", "missing"]);
        if !words.contains(&self.value.as_str()) {
            let instead = Some(super::suggest(&self.value, &words));
            checking.say(format!("`{}` is never `{}`", self.field, self.value), instead);
        }
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let nothing = Values::new();
        let values = moment.case.map_or(&nothing, |case| &case.values);
        let found = values.get(&self.field).filter(|value| !value.is_empty());
        let holds = match self.value.as_str() {
            "given" => found.is_some(),
            "missing" => found.is_none(),
            word => found.and_then(Value::word).as_deref() == Some(word),
        };
        match holds {
            true => Ok(()),
            false => Err(Broken::conflict()),
        }
    }
}
