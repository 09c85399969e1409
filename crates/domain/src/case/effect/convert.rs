//! `convert = { to = "appeal", with = { description = "wish" } }`: the case goes on as another
//! kind, with its history and its tracking code. `with` says which new field takes the value
//! of which old one; the place goes along by itself.

use std::collections::BTreeMap;

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::kind::{Kind, Target};
use crate::case::value::{Value, Values};
use crate::case::view::CallState;
use crate::case::{Conversion, Publication};

/// The case goes on as another kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convert {
    pub to: String,
    /// New field ← old field.
    pub with: BTreeMap<String, String>,
}

impl EffectWord for Convert {
    const WORD: &'static str = "convert";

    fn parse(node: &Node<'_, '_>) -> Option<Convert> {
        let table = node.table("convert")?;
        let to = table.need("to", "\"appeal\"")?.text("to");
        let mut with = BTreeMap::new();
        let fields = table.get("with").and_then(|node| node.table("with"));
        for (new, _, old) in fields.map(|table| table.entries()).unwrap_or_default() {
            if let Some(old) = old.text("a field") {
                with.insert(new, old);
            }
        }
        table.done();
        Some(Convert { to: to?, with })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        for old in self.with.values() {
            checking.known(old, &[]);
        }
        if self.to == checking.kind.slug {
            checking.say("a case cannot be converted into its own kind".to_owned(), None);
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let cannot = || Refusal::CannotConvert { to: self.to.clone() };
        let kinds = moment.facts.kinds.as_ref().ok_or_else(cannot)?;
        let kind = kinds.by_slug(&self.to).ok_or_else(cannot)?;
        let values = self.carried(moment, kind).ok_or_else(cannot)?;
        let Target::Stage(stage) = &kind.open.to else {
            return Err(cannot());
        };
        let after = &mut draft.decision.after;
        after.kind = kind.slug.clone();
        after.kind_hash = kind.hash;
        after.stage = stage.clone();
        after.counts.clear();
        after.values = values.clone();
        after.calls.iter_mut().for_each(|call| {
            call.state = CallState::Released;
            call.due_at = None;
        });
        draft.decision.publication = Some(Publication::Hide);
        draft.decision.conversion = Some(Conversion {
            from_kind: moment.kind.slug.clone(),
            to_kind: kind.slug.clone(),
            to_hash: kind.hash,
        });
        let opening = Moment { kind, step: &kind.open, values: &values, ..*moment };
        let effects = kind.open.effects.iter();
        for effect in effects.filter(|effect| opening.holds(effect.when.as_ref())) {
            effect.what.apply(&opening, draft)?;
        }
        Ok(())
    }
}

impl Convert {
    /// What the new kind is given, checked as if it had been handed in; none when it lacks something.
    fn carried(&self, moment: &Moment<'_>, kind: &Kind) -> Option<Values> {
        let place = Value::Place(moment.place.clone());
        let mut values = Values::from([(kind.place_field.clone(), place)]);
        for (new, old) in &self.with {
            if let Some(value) = moment.value(old) {
                values.insert(new.clone(), kind.field(new)?.kind.check(value.clone()).ok()?);
            }
        }
        let lacks = |asked: &&crate::case::kind::Asked| {
            asked.required && !values.contains_key(&asked.field)
        };
        kind.open.fields.iter().find(lacks).is_none().then_some(values)
    }
}
