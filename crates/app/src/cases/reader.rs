//! As what somebody reads a case, and which values that lets them see.

use huiyin_domain::access::{Action, Actor, Who, may};
use huiyin_domain::case::{CaseView, Kind, Owner, See, Values};
use huiyin_domain::id::PersonId;

use super::advance::standing;

/// As what somebody reads a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Whoever brought it in.
    Petitioner,
    /// The unit or person accountable for it now.
    Owner,
    /// Staff who take part in it or watch over its place.
    Handler,
}

/// Whether somebody may open the seal on who brought a case in: to them, and to nobody else of
/// those who work on it, is shown who signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    MayOpen,
    Closed,
}

impl Seal {
    pub fn of(actor: &Actor, case: &CaseView) -> Seal {
        match may(actor, Action::PetitionerRead, Some(&standing(case))) {
            true => Seal::MayOpen,
            false => Seal::Closed,
        }
    }
}

impl Reader {
    /// As what `actor` may read the case; none when they may not know of it.
    /// `petitioner` is the signed-in person who brought it in, if known.
    pub fn of(actor: &Actor, case: &CaseView, petitioner: Option<PersonId>) -> Option<Reader> {
        match actor.who {
            Who::Petitioner(own) => (own == case.id).then_some(Reader::Petitioner),
            Who::Person(person) if case.owner == Owner::Person(person) => Some(Reader::Owner),
            Who::Person(person) if petitioner == Some(person) => Some(Reader::Petitioner),
            Who::Person(_) | Who::Service(_) => {
                let standing = standing(case);
                if !may(actor, Action::CaseRead, Some(&standing)) {
                    return None;
                }
                let owns = actor
                    .posts
                    .iter()
                    .any(|post| case.owner == Owner::Unit(post.unit));
                Some(if owns { Reader::Owner } else { Reader::Handler })
            }
            Who::Anyone | Who::Clock | Who::System => None,
        }
    }

    /// Whether a value marked `see` may be shown.
    pub fn sees(self, see: See) -> bool {
        match see {
            See::Owner => self == Reader::Owner,
            See::Handlers => self != Reader::Petitioner,
            See::Petitioner | See::Public => true,
        }
    }

    /// The values that may be shown. What the kind does not know is not shown.
    pub fn visible(self, kind: &Kind, values: &Values, seal: Seal) -> Values {
        let is_shown = |name: &str| match kind.signature_of(name) {
            Some(signature) if self == Reader::Petitioner => self.sees(signature.see),
            // Whoever brought it in has signed: their name is the unit's alone that acts for them.
            Some(signature) if signature.see == See::Petitioner => {
                seal == Seal::MayOpen && self == Reader::Owner
            }
            Some(_) => seal == Seal::MayOpen,
            None => kind.field(name).is_some_and(|field| self.sees(field.see)),
        };
        values
            .iter()
            .filter(|(name, _)| is_shown(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}

#[cfg(test)]
#[path = "signed_tests.rs"]
mod tests;
