//! The rules by which pairings are priced, as operators write them.

use super::model::Ring;
use super::rules_read::read;

/// The rules that come with the product.
pub const MATCHING_RULES: &str = include_str!("rules.toml");

/// What is wrong with a file of rules: where, what, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleFault {
    pub file: String,
    /// From one.
    pub line: usize,
    pub what: String,
    pub instead: Option<String>,
}

impl std::fmt::Display for RuleFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)?;
        match &self.instead {
            Some(instead) => write!(f, "; {instead}"),
            None => Ok(()),
        }
    }
}

/// How people are asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    pub at_once_max: u32,
    pub answer_hours: u32,
    pub answer_hours_urgent: u32,
    pub again_after_hours: u32,
    pub urgent_helpers: u32,
    pub batch_minutes: u32,
}

/// What must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Must {
    pub have_skills: bool,
    pub speak_language: bool,
    pub be_free: bool,
    pub be_within_reach: bool,
    pub be_willing: bool,
    pub hold_at_most: u32,
    pub miss_at_most: u32,
}

/// What it costs, in points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Costs {
    pub free_time_unknown: i64,
    pub language_unknown: i64,
    pub skill_missing: i64,
    pub rather_not: i64,
    pub held: i64,
    pub asked: i64,
    pub missed: i64,
}

/// What waiting costs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wait {
    pub first_day: i64,
    pub day: i64,
    pub urgent: i64,
}

/// All rules of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    pub ask: Ask,
    pub must: Must,
    /// By [`Ring`], widest first.
    pub distance: [i64; 8],
    pub kilometre: i64,
    pub cost: Costs,
    pub same_helper: i64,
    pub wait: Wait,
}

impl Rules {
    /// The rules that come with the product.
    pub fn shipped() -> Rules {
        let mut rules = Rules::default();
        let faults = read(&mut rules, "matching/rules.toml", MATCHING_RULES);
        assert!(faults.is_empty(), "the file that comes with it: {faults:?}");
        rules
    }

    /// An operator's own rules: what their file does not say is as in the shipped one.
    /// Otherwise every fault of the file.
    pub fn read(file: &str, text: &str) -> Result<Rules, Vec<RuleFault>> {
        let mut rules = Rules::shipped();
        let faults = read(&mut rules, file, text);
        match faults.is_empty() {
            true => Ok(rules),
            false => Err(faults),
        }
    }

    /// What it costs to be in the same place of this level, and no nearer.
    pub fn ring(&self, ring: Ring) -> i64 {
        self.distance[ring as usize]
    }
}
