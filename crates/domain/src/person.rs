//! People who can sign in, and the posts they hold.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{PersonId, PostId, UnitId};
use crate::place::PlaceCode;

/// What a post is for. The permission table says what each role may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Hotline operator 话务员.
    Operator,
    /// Grid worker 网格员, building head, unit head.
    GridWorker,
    /// Community or village staff 社区(村)工作者.
    Community,
    /// Dispatch centre of a street or county 派单员.
    Dispatcher,
    /// Somebody of a department who handles cases 承办人.
    Handler,
    /// Somebody of a partner unit 共建单位联系人.
    Partner,
    /// Supervisor 督办员.
    Supervisor,
    /// Prefecture or county office 州县办公室.
    Office,
    /// System administrator: runs it, sees no content.
    System,
    /// Security administrator: gives posts, sees no content.
    Security,
    /// Auditor: reads logs, changes nothing.
    Auditor,
}

impl Role {
    pub const ALL: [Role; 11] = [
        Role::Operator,
        Role::GridWorker,
        Role::Community,
        Role::Dispatcher,
        Role::Handler,
        Role::Partner,
        Role::Supervisor,
        Role::Office,
        Role::System,
        Role::Security,
        Role::Auditor,
    ];

    /// The word for this role in files, URLs and word keys.
    pub fn word(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::GridWorker => "grid-worker",
            Role::Community => "community",
            Role::Dispatcher => "dispatcher",
            Role::Handler => "handler",
            Role::Partner => "partner",
            Role::Supervisor => "supervisor",
            Role::Office => "office",
            Role::System => "system",
            Role::Security => "security",
            Role::Auditor => "auditor",
        }
    }

    /// Whether this is one of the three administrators, who see no content.
    pub fn is_administrator(self) -> bool {
        matches!(self, Role::System | Role::Security | Role::Auditor)
    }

    /// Whether one person may hold both roles at once: an administrator holds nothing else.
    pub fn goes_with(self, other: Role) -> bool {
        self == other || !(self.is_administrator() || other.is_administrator())
    }
}

impl std::str::FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Role::ALL
            .into_iter()
            .find(|role| role.word() == text)
            .ok_or(())
    }
}

/// A role held by a person in a unit for a place, between two dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub id: PostId,
    pub person: PersonId,
    pub unit: UnitId,
    pub role: Role,
    pub place: PlaceCode,
    pub starts_at: Timestamp,
    pub ends_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn administrators_hold_nothing_else() {
        assert!(Role::Community.goes_with(Role::Dispatcher));
        assert!(Role::System.goes_with(Role::System));
        assert!(!Role::System.goes_with(Role::Security));
        assert!(!Role::Auditor.goes_with(Role::Handler));
        for role in Role::ALL {
            assert_eq!(role.word().parse(), Ok(role));
        }
    }
}
