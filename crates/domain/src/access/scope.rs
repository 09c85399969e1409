//! The cases that an actor may see in lists, counts, searches, exports and feeds.

use crate::id::{CaseId, UnitId};
use crate::place::PlaceCode;

use super::actor::HeldPost;
use super::matrix::{Action, Relation};

/// A set of cases, told by places and units. Only this module makes one, from the
/// permission table; the store reads nothing for staff without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    places: Vec<PlaceCode>,
    units: Vec<UnitId>,
    /// In which relation the cases of a unit are in the scope.
    relations: Vec<(UnitId, Relation)>,
    case: Option<CaseId>,
    everything: bool,
}

impl Scope {
    /// No case at all.
    pub(super) fn nothing() -> Scope {
        Scope {
            places: Vec::new(),
            units: Vec::new(),
            relations: Vec::new(),
            case: None,
            everything: false,
        }
    }

    /// The one case that a tracking code opens.
    pub fn one_case(case: CaseId) -> Scope {
        Scope {
            case: Some(case),
            ..Scope::nothing()
        }
    }

    /// Every case: for sweeps, for `verify` and for jobs, which show nobody anything.
    pub fn for_the_house() -> Scope {
        Scope {
            everything: true,
            ..Scope::nothing()
        }
    }

    pub(super) fn widen(&mut self, (post, action): (&HeldPost, Action), relation: Relation) {
        match relation {
            Relation::Any => self.everything = true,
            Relation::Place => {
                self.widen_place(&post.place);
                if action.is_about_what_is_open() {
                    for place in &post.took_over {
                        self.widen_place(place);
                    }
                }
            }
            Relation::Own | Relation::Called | Relation::Opened => {
                if !self.units.contains(&post.unit) {
                    self.units.push(post.unit);
                }
                if !self.reaches(post.unit, relation) {
                    self.relations.push((post.unit, relation));
                }
            }
        }
    }

    fn widen_place(&mut self, place: &PlaceCode) {
        if !self.places.iter().any(|wide| place.is_within(wide)) {
            self.places.retain(|narrow| !narrow.is_within(place));
            self.places.push(place.clone());
        }
    }

    /// The areas whose cases are in the scope, none inside another.
    pub fn places(&self) -> &[PlaceCode] {
        &self.places
    }

    /// The units whose own, called-for or opened cases are in the scope: which of the three,
    /// says [`Scope::reaches`].
    pub fn units(&self) -> &[UnitId] {
        &self.units
    }

    /// Whether the cases that stand so to this unit are in the scope.
    pub fn reaches(&self, unit: UnitId, relation: Relation) -> bool {
        self.relations.contains(&(unit, relation))
    }

    /// The one case in the scope, when a tracking code made it.
    pub fn case(&self) -> Option<CaseId> {
        self.case
    }

    /// Whether every case is in the scope.
    pub fn is_everything(&self) -> bool {
        self.everything
    }

    /// Whether no case can be in the scope.
    pub fn is_nothing(&self) -> bool {
        !self.everything && self.places.is_empty() && self.units.is_empty() && self.case.is_none()
    }
}
