//! What can become of a place: split into several, merged with its neighbours, moved into
//! another place. A code is the path, so each of these closes places and makes new ones; what
//! lies inside goes along and gets a code of its own there.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::Names;
use crate::place::{Place, PlaceCode};
use crate::worded::worded;

/// So many places go along at once.
pub const INSIDE_MAX: usize = 5_000;
/// So many places one is split into, or merged out of.
pub const PARTS_MAX: usize = 20;
/// Below each place there are so many numbers.
const NUMBER_MAX: u32 = 999;

worded! {
    /// What is done.
    Sort {
        Split = "split",
        Merge = "merge",
        Move = "move",
    }
}

/// A place as it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub names: Names,
    pub shape: Option<String>,
}

/// A place that changes, with every open place inside it, in the order of codes.
#[derive(Debug, Clone)]
pub struct Old {
    pub place: Place,
    pub inside: Vec<Place>,
}

/// One place took over from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heir {
    pub old: PlaceCode,
    pub heir: PlaceCode,
    /// The place that was changed, when this one only lay inside it.
    pub inside_of: Option<PlaceCode>,
}

/// Everything that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub from: Vec<PlaceCode>,
    pub to: Vec<PlaceCode>,
    pub closed: Vec<PlaceCode>,
    pub made: Vec<Place>,
    pub heirs: Vec<Heir>,
}

/// Why it cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Only grids, micro-grids and buildings change so.
    Level,
    /// It has been closed already.
    Closed,
    /// Splitting and merging take at least two.
    TooFew,
    TooMany,
    /// What is merged lies side by side.
    NotBesideEachOther,
    /// It lies there already, or that place is not one level above.
    NotThere,
    /// All numbers below that place are used.
    Full,
}

impl Fault {
    /// The key of the refusal.
    pub fn key(self) -> &'static str {
        match self {
            Fault::Level => "place-change-level",
            Fault::Closed => "place-change-closed",
            Fault::TooFew => "place-change-too-few",
            Fault::TooMany => "place-change-too-many",
            Fault::NotBesideEachOther => "place-change-not-beside",
            Fault::NotThere => "place-change-not-there",
            Fault::Full => "place-change-full",
        }
    }
}

/// Splits a place. What lay inside goes to the part it is given to, else to the first.
pub fn split(
    old: &Old,
    parts: &[Part],
    goes: &BTreeMap<PlaceCode, usize>,
    taken: &BTreeSet<PlaceCode>,
) -> Result<Plan, Fault> {
    may_change(old)?;
    count(parts.len())?;
    let parent = old.place.code.parent().ok_or(Fault::Level)?;
    let mut numbers = Numbers::after(&parent, taken);
    let mut plan = Plan::of([old]);
    for part in parts {
        plan.make(numbers.next()?, part.clone());
    }
    for root in children(old) {
        let part = goes.get(&root.code).copied().unwrap_or_default();
        let to = plan.to.get(part).ok_or(Fault::TooFew)?.clone();
        plan.carry(old, &root.code, under(&to, last_number(&root.code)));
    }
    for to in plan.to.clone() {
        plan.inherit(&old.place.code, &to);
    }
    Ok(plan)
}

/// Makes one place out of several that lie side by side.
pub fn merge(olds: &[Old], whole: Part, taken: &BTreeSet<PlaceCode>) -> Result<Plan, Fault> {
    count(olds.len())?;
    olds.iter().try_for_each(may_change)?;
    let parents: BTreeSet<_> = olds.iter().map(|old| old.place.code.parent()).collect();
    let different: BTreeSet<_> = olds.iter().map(|old| &old.place.code).collect();
    if parents.len() != 1 || different.len() != olds.len() {
        return Err(Fault::NotBesideEachOther);
    }
    let parent = parents.into_iter().next().flatten().ok_or(Fault::Level)?;
    let to = Numbers::after(&parent, taken).next()?;
    let mut plan = Plan::of(olds);
    plan.make(to.clone(), whole);
    let mut numbers = Numbers::after(&to, &BTreeSet::new());
    for old in olds {
        for root in children(old) {
            plan.carry(old, &root.code, numbers.next()?);
        }
        plan.inherit(&old.place.code, &to);
    }
    Ok(plan)
}

/// Moves a place, and all that lies in it, into another one.
pub fn shift(
    old: &Old,
    there: &PlaceCode,
    part: Part,
    taken: &BTreeSet<PlaceCode>,
) -> Result<Plan, Fault> {
    may_change(old)?;
    let parent = old.place.code.parent().ok_or(Fault::Level)?;
    if *there == parent || there.level() != parent.level() {
        return Err(Fault::NotThere);
    }
    let to = Numbers::after(there, taken).next()?;
    let mut plan = Plan::of([old]);
    plan.make(to.clone(), part);
    for root in children(old) {
        plan.carry(old, &root.code, under(&to, last_number(&root.code)));
    }
    plan.inherit(&old.place.code, &to);
    Ok(plan)
}

fn may_change(old: &Old) -> Result<(), Fault> {
    let level = old.place.code.level();
    if !level.changes() {
        return Err(Fault::Level);
    }
    if old.place.closed_at.is_some() {
        return Err(Fault::Closed);
    }
    match old.inside.len() > INSIDE_MAX {
        true => Err(Fault::TooMany),
        false => Ok(()),
    }
}

fn count(parts: usize) -> Result<(), Fault> {
    match parts {
        0 | 1 => Err(Fault::TooFew),
        2..=PARTS_MAX => Ok(()),
        _ => Err(Fault::TooMany),
    }
}

/// The places right inside.
fn children(old: &Old) -> impl Iterator<Item = &Place> {
    let is_child = |place: &&Place| place.code.parent().as_ref() == Some(&old.place.code);
    old.inside.iter().filter(is_child)
}

/// The last three digits of a code below the community.
fn last_number(code: &PlaceCode) -> &str {
    &code.as_str()[code.as_str().len() - 3..]
}

fn under(parent: &PlaceCode, rest: &str) -> PlaceCode {
    let code = format!("{parent}{rest}");
    code.parse()
        .expect("three digits below a place are a place")
}

/// The numbers below a place that were never given.
struct Numbers {
    parent: PlaceCode,
    used: BTreeSet<u32>,
}

impl Numbers {
    fn after(parent: &PlaceCode, taken: &BTreeSet<PlaceCode>) -> Numbers {
        let used = taken
            .iter()
            .filter(|code| code.parent().as_ref() == Some(parent));
        Numbers {
            parent: parent.clone(),
            used: used
                .filter_map(|code| last_number(code).parse().ok())
                .collect(),
        }
    }

    fn next(&mut self) -> Result<PlaceCode, Fault> {
        // Behind all that were given; when those are used up, one that was left out.
        let behind = self.used.last().map_or(1, |last| last + 1);
        let mut free = std::iter::once(behind).chain(1..=NUMBER_MAX);
        let free = free.find(|number| *number <= NUMBER_MAX && !self.used.contains(number));
        let number = free.ok_or(Fault::Full)?;
        self.used.insert(number);
        Ok(under(&self.parent, &format!("{number:03}")))
    }
}

impl Plan {
    fn of<'a>(olds: impl IntoIterator<Item = &'a Old>) -> Plan {
        let (mut from, mut closed) = (Vec::new(), Vec::new());
        for old in olds {
            from.push(old.place.code.clone());
            closed.push(old.place.code.clone());
            closed.extend(old.inside.iter().map(|place| place.code.clone()));
        }
        Plan {
            from,
            to: Vec::new(),
            closed,
            made: Vec::new(),
            heirs: Vec::new(),
        }
    }

    fn make(&mut self, code: PlaceCode, part: Part) {
        self.to.push(code.clone());
        self.made.push(Place {
            code,
            names: part.names,
            shape: part.shape,
            closed_at: None,
        });
    }

    fn inherit(&mut self, old: &PlaceCode, heir: &PlaceCode) {
        self.heirs.push(Heir {
            old: old.clone(),
            heir: heir.clone(),
            inside_of: None,
        });
    }

    /// Takes a place inside `old` and all within it to a code of its own.
    fn carry(&mut self, old: &Old, root: &PlaceCode, to: PlaceCode) {
        for place in old.inside.iter().filter(|place| place.code.is_within(root)) {
            let rest = &place.code.as_str()[root.as_str().len()..];
            let code = under(&to, rest);
            self.heirs.push(Heir {
                old: place.code.clone(),
                heir: code.clone(),
                inside_of: Some(old.place.code.clone()),
            });
            self.made.push(Place {
                code,
                ..place.clone()
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> PlaceCode {
        text.parse().unwrap()
    }

    fn place(text: &str) -> Place {
        Place {
            code: code(text),
            names: Names::one("zh", text),
            shape: None,
            closed_at: None,
        }
    }

    fn old(text: &str, inside: &[&str]) -> Old {
        let inside = inside.iter().map(|rest| place(&format!("{text}{rest}")));
        Old {
            place: place(text),
            inside: inside.collect(),
        }
    }

    fn part(name: &str) -> Part {
        Part {
            names: Names::one("zh", name),
            shape: None,
        }
    }

    fn taken(codes: &[&str]) -> BTreeSet<PlaceCode> {
        codes.iter().map(|text| code(text)).collect()
    }

    const GRID: &str = "652901001001001";

    #[test]
    fn a_split_gives_each_place_inside_to_one_part() {
        let old = old(GRID, &["001", "001001", "001001002", "002"]);
        let goes = BTreeMap::from([(code("652901001001001002"), 1)]);
        let taken = taken(&[GRID, "652901001001007"]);
        let plan = split(&old, &[part("a"), part("b")], &goes, &taken).unwrap();
        assert_eq!(plan.to, [code("652901001001008"), code("652901001001009")]);
        let made: Vec<&str> = plan.made.iter().map(|place| place.code.as_str()).collect();
        assert_eq!(
            made,
            [
                "652901001001008",
                "652901001001009",
                "652901001001008001",
                "652901001001008001001",
                "652901001001008001001002",
                "652901001001009002",
            ]
        );
        assert_eq!((plan.closed.len(), plan.heirs.len()), (5, 6));
        let outer = plan.heirs.iter().filter(|heir| heir.inside_of.is_none());
        assert_eq!(outer.count(), 2);
    }

    #[test]
    fn a_merge_numbers_anew_what_lay_inside() {
        let olds = [
            old(GRID, &["001", "001003"]),
            old("652901001001002", &["001"]),
        ];
        let taken = taken(&[GRID, "652901001001002"]);
        let plan = merge(&olds, part("whole"), &taken).unwrap();
        assert_eq!(plan.to, [code("652901001001003")]);
        let made: Vec<&str> = plan.made.iter().map(|place| place.code.as_str()).collect();
        assert_eq!(
            made,
            [
                "652901001001003",
                "652901001001003001",
                "652901001001003001003",
                "652901001001003002",
            ]
        );
    }

    #[test]
    fn a_move_takes_all_along() {
        let old = old(GRID, &["004", "004001"]);
        let there = code("652901001002");
        let plan = shift(&old, &there, part("a"), &taken(&["652901001002001"])).unwrap();
        assert_eq!(plan.to, [code("652901001002002")]);
        let last = plan.made.last().unwrap();
        assert_eq!(last.code, code("652901001002002004001"));
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        let none = BTreeSet::new();
        let two = [part("a"), part("b")];
        let goes = BTreeMap::new();
        let grid = old(GRID, &[]);
        let split = |old: &Old, parts: &[Part], taken: &BTreeSet<PlaceCode>| {
            split(old, parts, &goes, taken).unwrap_err()
        };
        assert_eq!(split(&old("652901001001", &[]), &two, &none), Fault::Level);
        assert_eq!(split(&grid, &two[..1], &none), Fault::TooFew);
        assert_eq!(split(&grid, &vec![part("a"); 21], &none), Fault::TooMany);
        let all =
            (1..=NUMBER_MAX).map(|number| under(&code("652901001001"), &format!("{number:03}")));
        let mut full: BTreeSet<PlaceCode> = all.collect();
        full.remove(&code("652901001001500"));
        assert_eq!(split(&grid, &two, &full), Fault::Full);
        // One that was left out is given when those behind are used up.
        let taken = taken(&[GRID, "652901001001998"]);
        let plan = super::split(&grid, &two, &goes, &taken).unwrap();
        assert_eq!(plan.to, [code("652901001001999"), code("652901001001002")]);
        let mut closed = grid.clone();
        closed.place.closed_at = Some(jiff::Timestamp::UNIX_EPOCH);
        assert_eq!(split(&closed, &two, &none), Fault::Closed);
        let far = [grid.clone(), old("652901001002001", &[])];
        assert_eq!(
            merge(&far, part("a"), &none),
            Err(Fault::NotBesideEachOther)
        );
        let twice = [grid.clone(), grid.clone()];
        assert_eq!(
            merge(&twice, part("a"), &none),
            Err(Fault::NotBesideEachOther)
        );
        for there in ["652901001001", "652901001", GRID] {
            let moved = shift(&grid, &code(there), part("a"), &none);
            assert_eq!(moved, Err(Fault::NotThere), "{there}");
        }
    }
}
