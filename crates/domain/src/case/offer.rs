//! Which steps somebody may take now: for pages, API and whoever asks what is possible.

use crate::access::Actor;

use super::decide::{Scene, is_due};
use super::decision::Acting;
use super::kind::{Asked, Step, Weight};
use super::moment::Moment;
use super::value::Values;
use super::view::CaseView;
use super::who::capacity;

/// A step that somebody may take now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<'a> {
    pub step: &'a Step,
    pub weight: Weight,
}

impl<'a> Offer<'a> {
    /// What this actor is asked with it: staff more than others.
    pub fn fields(&self, actor: &Actor) -> Vec<&'a Asked> {
        let fields = self.step.fields.iter();
        fields
            .filter(|asked| actor.is_staff() || !asked.staff_only)
            .collect()
    }
}

/// The steps that the actor may take now, in the order of the kind, the main one first.
pub fn steps_for<'a>(scene: &Scene<'a>, case: &CaseView) -> Vec<Offer<'a>> {
    let Scene {
        kind,
        actor,
        facts,
        now,
    } = *scene;
    let nothing = Values::new();
    let mut offers: Vec<Offer<'a>> = Vec::new();
    for step in kind
        .steps
        .iter()
        .filter(|step| step.from.contains(&case.stage))
    {
        let acting = capacity(&step.by, actor, Some(case), Some(&case.place), facts);
        let Some(acting) = acting else { continue };
        let due = acting != Acting::Clock || is_due(kind, case, step, now);
        let moment = Moment {
            kind,
            step,
            case: Some(case),
            actor,
            acting: &acting,
            values: &nothing,
            place: &case.place,
            facts,
            now,
        };
        let allowed = step.rules.iter().all(|rule| {
            rule.what.needs_input() || rule.when.is_some() || rule.what.holds(&moment).is_ok()
        });
        if due && allowed {
            offers.push(Offer {
                step,
                weight: step.weight,
            });
        }
    }
    offers.sort_by_key(|offer| offer.weight);
    offers
}
