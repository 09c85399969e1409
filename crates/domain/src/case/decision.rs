//! What follows from a step: the case as it is afterwards, and what else must be done.

use jiff::Timestamp;

use crate::access::HeldPost;
use crate::id::{CaseId, PersonId, TokenId, UnitId};
use crate::person::Role;
use crate::procedure::{Move, PaperState};
use crate::series::Repeats;
use crate::volunteer::Whom;

use super::kind::KindHash;
use super::value::Values;
use super::view::{Call, CaseView};

/// In which capacity somebody took a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acting {
    Anyone,
    Petitioner,
    Person(PersonId),
    Post(HeldPost),
    Service(TokenId),
    Clock,
    System,
}

impl Acting {
    /// The word for it in the history.
    pub fn word(&self) -> &'static str {
        match self {
            Acting::Anyone => "anyone",
            Acting::Petitioner => "petitioner",
            Acting::Person(_) => "person",
            Acting::Post(_) => "post",
            Acting::Service(_) => "service",
            Acting::Clock => "clock",
            Acting::System => "system",
        }
    }

    /// The unit for which they acted.
    pub fn unit(&self) -> Option<UnitId> {
        match self {
            Acting::Post(post) => Some(post.unit),
            _ => None,
        }
    }

    /// The role in which they acted for it.
    pub fn role(&self) -> Option<Role> {
        match self {
            Acting::Post(post) => Some(post.role),
            _ => None,
        }
    }
}

/// Who gets a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipient {
    /// Whoever brought the case in, by whatever contact they left.
    Petitioner,
    Unit(UnitId),
    Person(PersonId),
}

/// A letter to write; its words are the kind's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeDraft {
    pub whom: Recipient,
    pub letter: String,
}

/// What happens to the public page of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publication {
    /// Shown, with these values beside those shown already.
    Show(Values),
    /// These values are no longer shown; the rest stays.
    Less(Vec<String>),
    /// Taken down.
    Hide,
}

/// Something done for somebody, in coarse terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    pub whom: Whom,
    /// In words that the public may read, when there are any.
    pub what: Option<String>,
    pub minutes: u32,
}

/// A procedure in the version that holds for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrandBegun {
    pub procedure: String,
    pub version: i64,
}

/// A paper came into other hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperMoved {
    pub paper: u32,
    pub what: Move,
    pub to: PaperState,
}

/// A step in which the case goes on as another kind, with its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    pub from_kind: String,
    pub to_kind: String,
    pub to_hash: KindHash,
}

/// What follows from a step. The store writes `after`, the entry and the rest in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub step: String,
    pub acting: Acting,
    /// The stage before; none at opening.
    pub from: Option<String>,
    /// The case as it is afterwards (its version is one higher).
    pub after: CaseView,
    /// All that was handed in with this step, cleaned: the text of the entry.
    pub says: Values,
    /// Of `says`, what belongs to the matter: already merged into `after.values`.
    pub values_set: Values,
    /// Name and contact, handed in at opening: for the sealed record only, nowhere else.
    pub petitioner: Values,
    /// Calls that are new or changed.
    pub calls_changed: Vec<Call>,
    pub notices: Vec<NoticeDraft>,
    pub publication: Option<Publication>,
    pub conversion: Option<Conversion>,
    /// The step that the cases merged into this one must take now (by the system).
    pub followers: Option<String>,
    /// The unit for which somebody above has ruled.
    pub ruled_for: Option<UnitId>,
    /// That it shall come back.
    pub repeats: Option<Repeats>,
    /// What the owner did for somebody, to be counted among a volunteer's services.
    pub credit: Option<Credit>,
    /// That it is an errand from here on, under a version of a procedure.
    pub errand: Option<ErrandBegun>,
    /// Papers that came into other hands, in their order.
    pub papers_moved: Vec<PaperMoved>,
    /// What came out of the errand, with its number among the papers.
    pub paper_received: Option<(u32, String)>,
    /// What happened without any personal text: part of the hashed entry.
    pub shape: serde_json::Value,
}

impl Decision {
    /// The stage afterwards.
    pub fn to(&self) -> &str {
        &self.after.stage
    }

    /// The case that answers for this one from now on.
    pub fn merged_into(&self) -> Option<CaseId> {
        self.after.merged_into
    }

    /// When the owner must have moved, from now on.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.after.clock.as_ref().map(|clock| clock.due_at)
    }
}
