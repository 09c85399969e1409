//! Skills: a tree told by dotted codes, from the general to the special, as items are.

use serde::{Deserialize, Serialize};

use crate::names::Names;
use crate::place::PlaceCode;
use crate::unit::{BadItemCode, ItemCode};

/// The code of a skill: `repair.electric`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SkillCode(ItemCode);

/// The text is not the code of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a skill: {0}")]
pub struct BadSkillCode(BadItemCode);

impl std::str::FromStr for SkillCode {
    type Err = BadSkillCode;
    fn from_str(text: &str) -> Result<Self, BadSkillCode> {
        text.parse().map(SkillCode).map_err(BadSkillCode)
    }
}

impl std::fmt::Display for SkillCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl SkillCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The more general skill, none above the first word.
    pub fn parent(&self) -> Option<SkillCode> {
        self.0.parent().map(SkillCode)
    }

    /// Whether it is this skill or a special form of it.
    pub fn is_within(&self, general: &SkillCode) -> bool {
        let rest = self.as_str().strip_prefix(general.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// What somebody can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    pub code: SkillCode,
    pub names: Names,
    /// The community that added it; none for those that come with the product.
    pub place: Option<PlaceCode>,
}
