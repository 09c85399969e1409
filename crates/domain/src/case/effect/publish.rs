//! `publish = ["public_text", "thing"]`: the public sees these fields from now on.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::value::Values;
use crate::case::{Publication, kind::See};

/// The public sees these fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publish {
    pub fields: Vec<String>,
}

impl EffectWord for Publish {
    const WORD: &'static str = "publish";

    fn parse(node: &Node<'_, '_>) -> Option<Publish> {
        let list = node.list("publish").into_iter();
        let fields: Vec<String> = list.filter_map(|node| node.text("a field")).collect();
        (!fields.is_empty()).then_some(Publish { fields })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        for field in &self.fields {
            checking.known(field, &[]);
            if checking.kind.field(field).is_some_and(|field| field.see != See::Public) {
                let instead = format!("write see = \"public\" at the field `{field}`, or publish another");
                checking.say(format!("`{field}` is not for the public"), Some(instead));
            }
            if !checking.kind.public.fields.contains(field) {
                let instead = "name it in the fields of [public]".to_owned();
                checking.say(format!("[public] does not show `{field}`"), Some(instead));
            }
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let shown = self.fields.iter().filter_map(|field| {
            let value = moment.value(field)?;
            Some((field.clone(), value.clone()))
        });
        let shown: Values = shown.collect();
        match &mut draft.decision.publication {
            Some(Publication::Show(values)) => values.extend(shown),
            other => *other = Some(Publication::Show(shown)),
        }
        Ok(())
    }
}
