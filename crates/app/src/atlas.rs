//! The atlas: units, items and the duty list, held in memory because every step asks them.
//!
//! It is read from the database when its version there has moved, inside the transaction
//! that asks, so a decision never rests on an older list than the one it commits with.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use huiyin_domain::id::UnitId;
use huiyin_domain::norm::{Norm, Norms};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::{Duty, Item, ItemCode, Unit, UnitCategory};
use huiyin_insight::{ItemNames, ItemSuggester};
use huiyin_store::{DbError, Tx, duties, norms, settings, units};

/// The setting that moves whenever units, items or duties change.
pub const VERSION: &str = "atlas-version";

/// Units, items and the duty list as of one version.
#[derive(Debug, Default)]
pub struct Atlas {
    version: i64,
    units: BTreeMap<UnitId, Unit>,
    territorial: HashMap<PlaceCode, UnitId>,
    items: BTreeMap<ItemCode, Item>,
    duties: HashMap<ItemCode, Vec<Duty>>,
    norms: Arc<Norms>,
    suggester: OnceLock<ItemSuggester>,
}

/// An item that a text seems to speak of.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestedItem {
    pub item: ItemCode,
    /// Comparable between suggestions for one text; 1 is one telling word.
    pub score: f32,
    /// The words that say so.
    pub because: Vec<String>,
}

impl Atlas {
    /// Orders what was read; closed units answer for nothing.
    pub fn new(version: i64, units: Vec<Unit>, items: Vec<Item>, duties: Vec<Duty>) -> Atlas {
        let open = |unit: &&Unit| unit.closed_at.is_none();
        let territorial = units
            .iter()
            .filter(open)
            .filter(|unit| unit.category.is_territorial())
            .map(|unit| (unit.place.clone(), unit.id))
            .collect();
        let mut by_item: HashMap<ItemCode, Vec<Duty>> = HashMap::new();
        for duty in duties {
            by_item.entry(duty.item.clone()).or_default().push(duty);
        }
        Atlas {
            version,
            units: units.into_iter().map(|unit| (unit.id, unit)).collect(),
            territorial,
            items: items
                .into_iter()
                .map(|item| (item.code.clone(), item))
                .collect(),
            duties: by_item,
            norms: Arc::default(),
            suggester: OnceLock::new(),
        }
    }

    /// The open items that `text` speaks of most, the likeliest first.
    pub fn suggest_items(&self, text: &str, count: usize) -> Vec<SuggestedItem> {
        let suggester = self.suggester.get_or_init(|| {
            let open = self.items.values().filter(|item| item.closed_at.is_none());
            let names = |item: &Item| ItemNames {
                code: item.code.to_string(),
                names: item
                    .names
                    .0
                    .values()
                    .chain(&item.keywords)
                    .cloned()
                    .collect(),
            };
            ItemSuggester::new(&open.map(names).collect::<Vec<_>>())
        });
        let suggestions = suggester.suggest(text, count).into_iter();
        suggestions
            .filter_map(|found| {
                let item = found.code.parse().ok()?;
                Some(SuggestedItem {
                    item,
                    score: found.score,
                    because: found.because,
                })
            })
            .collect()
    }

    /// The same, with the published norms.
    pub fn with_norms(self, norms: Vec<Norm>) -> Atlas {
        Atlas {
            norms: Arc::new(Norms::new(norms)),
            ..self
        }
    }

    /// How long something may take, as published.
    pub fn norms(&self) -> &Arc<Norms> {
        &self.norms
    }

    /// A unit, also one that has been closed.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// All units, closed ones too.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// All items, closed ones too.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// Every line of the duty list, by item and place.
    pub fn duties(&self) -> impl Iterator<Item = &Duty> {
        let mut duties: Vec<&Duty> = self.duties.values().flatten().collect();
        duties.sort_by(|a, b| (&a.item, &a.place).cmp(&(&b.item, &b.place)));
        duties.into_iter()
    }

    /// An item, also one that has been closed.
    pub fn item(&self, code: &ItemCode) -> Option<&Item> {
        self.items.get(code)
    }

    /// The line of the duty list that holds: most special item first, then nearest place.
    pub fn duty(&self, item: &ItemCode, place: &PlaceCode) -> Option<&Duty> {
        item.with_ancestors().iter().find_map(|item| {
            let lines = self.duties.get(item)?;
            lines
                .iter()
                .filter(|duty| place.is_within(&duty.place))
                .filter(|duty| self.is_open(duty.unit))
                .max_by_key(|duty| duty.place.as_str().len())
        })
    }

    /// The community that answers for `place`, else the nearest unit above it that does.
    pub fn place_unit(&self, place: &PlaceCode) -> Option<UnitId> {
        place
            .with_ancestors()
            .iter()
            .filter(|place| place.level() <= Level::Community)
            .find_map(|place| self.territorial.get(place).copied())
    }

    /// The unit one level above `unit`: its parent, else whoever answers for the place above.
    pub fn above(&self, unit: UnitId) -> Option<UnitId> {
        let unit = self.units.get(&unit)?;
        let parent = unit.parent.filter(|&parent| self.is_open(parent));
        parent.or_else(|| self.place_unit(&unit.place.parent()?))
    }

    /// Partner units that may be asked for help in `place`.
    pub fn partners(&self, place: &PlaceCode) -> Vec<UnitId> {
        self.units
            .values()
            .filter(|unit| unit.category == UnitCategory::Partner && unit.closed_at.is_none())
            .filter(|unit| place.is_within(&unit.place))
            .map(|unit| unit.id)
            .collect()
    }

    fn is_open(&self, unit: UnitId) -> bool {
        self.units
            .get(&unit)
            .is_some_and(|unit| unit.closed_at.is_none())
    }
}

/// The atlas of this process; every transaction that uses it looks whether it is still true.
#[derive(Debug, Default)]
pub struct AtlasShelf(RwLock<Arc<Atlas>>);

impl AtlasShelf {
    /// The atlas as of this transaction.
    pub fn current(&self, tx: &mut Tx<'_>) -> Result<Arc<Atlas>, DbError> {
        let version = version(tx)?;
        let held = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if held.version == version && version != 0 {
            return Ok(held);
        }
        let fresh = Atlas::new(
            version,
            units::read_all(tx)?,
            duties::read_items(tx)?,
            duties::read_all(tx)?,
        )
        .with_norms(norms::read_all(tx)?);
        let fresh = Arc::new(fresh);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
        Ok(fresh)
    }

    /// Says that units, items or duties have changed, in the transaction that changes them.
    pub fn touch(tx: &mut Tx<'_>) -> Result<(), DbError> {
        settings::bump(tx, VERSION)
    }
}

fn version(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let kept = settings::get(tx, VERSION)?;
    Ok(kept.and_then(|text| text.parse().ok()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use huiyin_domain::names::Names;

    use super::*;

    fn unit(id: i64, category: UnitCategory, place: &str, parent: Option<i64>) -> Unit {
        Unit {
            id: UnitId::from_raw(id),
            category,
            names: Names::one("en", "unit"),
            place: place.parse().unwrap(),
            parent: parent.map(UnitId::from_raw),
            closed_at: None,
        }
    }

    fn atlas() -> Atlas {
        let units = vec![
            unit(1, UnitCategory::Street, "652901001", None),
            unit(2, UnitCategory::Community, "652901001001", None),
            unit(3, UnitCategory::Department, "652901", Some(1)),
            unit(4, UnitCategory::Partner, "652901001", None),
        ];
        let duty = Duty {
            item: "heating".parse().unwrap(),
            place: "6529".parse().unwrap(),
            unit: UnitId::from_raw(3),
            assisting: vec![],
            limit: None,
        };
        Atlas::new(1, units, vec![], vec![duty])
    }

    #[test]
    fn who_answers_for_a_place_and_who_stands_above() {
        let atlas = atlas();
        let unit = |place: &str| atlas.place_unit(&place.parse().unwrap()).map(UnitId::get);
        assert_eq!(unit("652901001001002003"), Some(2));
        assert_eq!(unit("652901001009"), Some(1));
        assert_eq!(unit("6530"), None);
        assert_eq!(atlas.above(UnitId::from_raw(2)), Some(UnitId::from_raw(1)));
        assert_eq!(atlas.above(UnitId::from_raw(3)), Some(UnitId::from_raw(1)));
        assert_eq!(atlas.above(UnitId::from_raw(1)), None);
        let here = "652901001001".parse().unwrap();
        assert_eq!(atlas.partners(&here), [UnitId::from_raw(4)]);
        let item = "heating.indoor".parse().unwrap();
        assert_eq!(
            atlas.duty(&item, &here).map(|duty| duty.unit.get()),
            Some(3)
        );
    }

    #[test]
    fn items_are_suggested_by_their_names_and_keywords() {
        let item = |code: &str, name: &str, closed_at| Item {
            code: code.parse().unwrap(),
            names: Names::one("zh", name),
            keywords: vec!["暖气".to_owned()],
            closed_at,
        };
        let closed = item("heating.old", "暖气不热", Some(jiff::Timestamp::UNIX_EPOCH));
        let items = vec![item("heating", "供热", None), closed];
        let found = Atlas::new(1, vec![], items, vec![]).suggest_items("家里暖气不热", 3);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].item.as_str(), "heating");
        assert_eq!(found[0].because, ["暖气"]);
    }

    #[test]
    fn a_closed_unit_answers_for_nothing() {
        let mut closed = unit(2, UnitCategory::Community, "652901001001", None);
        closed.closed_at = Some(jiff::Timestamp::UNIX_EPOCH);
        let atlas = Atlas::new(1, vec![closed], vec![], vec![]);
        assert_eq!(atlas.place_unit(&"652901001001".parse().unwrap()), None);
    }
}
