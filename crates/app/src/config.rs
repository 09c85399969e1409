//! What an operator sets: the name of the house, its address, its clock.

use std::sync::Arc;

use huiyin_domain::names::Names;
use huiyin_domain::partner::Agreement;
use huiyin_insight::matching::Rules;
use jiff::tz::TimeZone;

use crate::base_map::BaseMap;
use crate::identity::Cost;
use crate::limits::Strictness;

/// Whether this is the town that is only played: letters go to a page anyone can look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Demo {
    #[default]
    Off,
    /// Nobody acts but whoever looks.
    Quiet,
    /// Played people go on acting meanwhile.
    Lives,
}

impl Demo {
    pub fn is_on(self) -> bool {
        self != Demo::Off
    }

    pub fn lives(self) -> bool {
        self == Demo::Lives
    }
}

/// What an operator sets, as far as operations ask for it.
#[derive(Debug, Clone)]
pub struct Config {
    /// How the installation calls itself, on every page.
    pub name: Names,
    /// Where people reach it, without a slash at the end: `https://huiyin.example`.
    pub base_url: String,
    /// In which days, and opening hours, are told.
    pub time_zone: TimeZone,
    pub demo: Demo,
    /// How much hashing a password costs.
    pub password_cost: Cost,
    /// Whether tries are counted.
    pub limits: Strictness,
    /// How many pieces of work go on at once: letters wait for mail servers.
    pub jobs_at_once: usize,
    /// What partner units and volunteers agree to do in a year, at least.
    pub agreement: Agreement,
    /// Who is proposed to whom.
    pub matching: Arc<Rules>,
    /// What lies under maps.
    pub base_map: BaseMap,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            name: Names::both("回音", "Huiyin"),
            base_url: "http://127.0.0.1:8080".to_owned(),
            time_zone: TimeZone::fixed(jiff::tz::offset(8)),
            demo: Demo::Off,
            password_cost: Cost::Real,
            limits: Strictness::Kept,
            jobs_at_once: 16,
            agreement: Agreement::default(),
            matching: Arc::new(Rules::shipped()),
            base_map: BaseMap::None,
        }
    }
}

impl Config {
    /// The day of an instant, as people here count days.
    pub fn day(&self, at: jiff::Timestamp) -> jiff::civil::Date {
        at.to_zoned(self.time_zone.clone()).date()
    }
}
