//! Who acts, and how a post stands towards a case.

use crate::id::{CaseId, PersonId, PostId, TokenId, UnitId};
use crate::person::Role;
use crate::place::PlaceCode;

use super::matrix::{Action, Relation};

/// Who is acting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Somebody whom we do not know.
    Anyone,
    /// Whoever brought in this case, shown by its tracking code.
    Petitioner(CaseId),
    /// A person who has signed in.
    Person(PersonId),
    /// A machine with a service token.
    Service(TokenId),
    /// Time: a clock ran out.
    Clock,
    /// The product itself: a follow-up of something that somebody did.
    System,
}

/// A post that the actor holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    pub post: PostId,
    pub unit: UnitId,
    pub role: Role,
    pub place: PlaceCode,
    /// Places that are no more, from which this one took over: what is open there belongs to
    /// whoever holds the post.
    pub took_over: Vec<PlaceCode>,
}

impl HeldPost {
    /// Whether a place lies where the post is held, or did.
    pub fn covers(&self, place: &PlaceCode) -> bool {
        place.is_within(&self.place) || self.took_over.iter().any(|old| place.is_within(old))
    }
}

/// Who acts, with the posts that count for this request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub who: Who,
    pub posts: Vec<HeldPost>,
}

impl Actor {
    /// Somebody whom we do not know.
    pub fn anyone() -> Actor {
        Actor {
            who: Who::Anyone,
            posts: Vec::new(),
        }
    }

    /// Whoever brought in this case.
    pub fn petitioner(case: CaseId) -> Actor {
        Actor {
            who: Who::Petitioner(case),
            posts: Vec::new(),
        }
    }

    /// A clock that ran out.
    pub fn clock() -> Actor {
        Actor {
            who: Who::Clock,
            posts: Vec::new(),
        }
    }

    /// The product itself.
    pub fn system() -> Actor {
        Actor {
            who: Who::System,
            posts: Vec::new(),
        }
    }

    /// The person, when somebody has signed in.
    pub fn person(&self) -> Option<PersonId> {
        match self.who {
            Who::Person(person) => Some(person),
            _ => None,
        }
    }

    /// Whether the actor holds any post, and so belongs to the desk.
    pub fn is_staff(&self) -> bool {
        !self.posts.is_empty()
    }

    /// The same person, acting for themselves and from no post: a neighbour like any other.
    pub fn privately(&self) -> Actor {
        Actor {
            who: self.who,
            posts: Vec::new(),
        }
    }

    /// The unit for which the actor speaks first.
    pub fn unit(&self) -> Option<UnitId> {
        self.posts.first().map(|post| post.unit)
    }
}

/// What permission needs to know of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    pub place: PlaceCode,
    pub owner_unit: Option<UnitId>,
    pub opened_unit: Option<UnitId>,
    /// Units that take part beside the owner, or did.
    pub called_units: Vec<UnitId>,
}

impl Thing {
    /// Something that lies in a place, and with no unit.
    pub fn lying_in(place: &PlaceCode) -> Thing {
        Thing {
            place: place.clone(),
            owner_unit: None,
            opened_unit: None,
            called_units: Vec::new(),
        }
    }
}

/// Whether a post stands in this relation to the case.
pub(super) fn stands(
    (post, action): (&HeldPost, Action),
    relation: Relation,
    thing: &Thing,
) -> bool {
    match relation {
        Relation::Any => true,
        Relation::Own => thing.owner_unit == Some(post.unit),
        Relation::Called => thing.called_units.contains(&post.unit),
        Relation::Opened => thing.opened_unit == Some(post.unit),
        Relation::Place if action.is_about_what_is_open() => post.covers(&thing.place),
        Relation::Place => thing.place.is_within(&post.place),
    }
}
