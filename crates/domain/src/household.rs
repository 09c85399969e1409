//! Households: addresses, not files on people. A household has a door in a place and, if its
//! people wish, a contact that is kept apart for a year; nothing else.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::id::HouseholdId;
use crate::place::PlaceCode;

/// The longest number of a door.
pub const DOOR_CHARS_MAX: usize = 30;
/// So many doors are made at once.
pub const RUN_MAX: usize = 300;
/// No house has more entrances, floors, or doors on a floor.
const COUNT_MAX: i64 = 99;
/// Digits are filled up to so many, so that 2 comes before 10.
const DIGITS_SORTED: usize = 6;
/// So much of the name of a place goes before a door, when two are called the same.
const TOLD_BY_CHARS: usize = 16;
/// Room for the number behind it, when even so two are called the same.
const NUMBER_CHARS: usize = 5;

/// A door in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Household {
    pub id: HouseholdId,
    /// Any place of the tree: a building, a unit of it, a micro-grid, a village grid.
    pub place: PlaceCode,
    pub door: Door,
    pub closed_at: Option<Timestamp>,
}

/// What stands on a door, in one form: `3-201`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Door(String);

/// Why a text is no door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDoor {
    #[error("nothing is written on it")]
    Empty,
    #[error("it has more than {DOOR_CHARS_MAX} characters")]
    TooLong,
    #[error("it has neither a digit nor a letter, or a sign that no door has")]
    Signs,
}

impl std::str::FromStr for Door {
    type Err = BadDoor;

    fn from_str(text: &str) -> Result<Door, BadDoor> {
        let door = in_one_form(text);
        let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | ' ' | '/' | '#' | '.');
        match door.chars().count() {
            0 => Err(BadDoor::Empty),
            count if count > DOOR_CHARS_MAX => Err(BadDoor::TooLong),
            _ if !door.chars().all(is_sign) => Err(BadDoor::Signs),
            _ if !door.chars().any(char::is_alphanumeric) => Err(BadDoor::Signs),
            _ => Ok(Door(door)),
        }
    }
}

impl std::fmt::Display for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Door {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// By which doors are sorted and told apart: `3-201`, `03-201` and `3-0201` are one door.
    pub fn sorted(&self) -> String {
        let mut sorted = String::new();
        let mut digits = String::new();
        for c in self.0.chars().chain([' ']) {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            if !digits.is_empty() {
                let number = digits.trim_start_matches('0');
                sorted.push_str(&format!("{number:0>DIGITS_SORTED$}"));
                digits.clear();
            }
            sorted.extend(c.to_uppercase());
        }
        sorted.trim_end().to_owned()
    }

    /// The same door under a name that is free, when two places become one: told by the place
    /// in which it lay, and by a number if need be.
    pub fn told_apart(&self, by: &str, taken: &BTreeSet<String>) -> Door {
        let by: String = by.chars().take(TOLD_BY_CHARS).collect();
        let named = in_one_form(&format!("{by} {}", self.0));
        let head: String = named.chars().take(DOOR_CHARS_MAX - NUMBER_CHARS).collect();
        let numbered = (2..).map(|number: u32| format!("{head}/{number}"));
        let texts = [self.0.clone(), named].into_iter().chain(numbered);
        let mut doors = texts.filter_map(|text| text.parse::<Door>().ok());
        let free = doors.find(|door| !taken.contains(&door.sorted()));
        free.unwrap_or_else(|| self.clone())
    }
}

/// Half-width, one sort of dash, and no space where nobody would speak one.
fn in_one_form(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).expect("the signs of ASCII")
        }
        c if c.is_whitespace() || c.is_control() => ' ',
        '—' | '–' | '‐' | '‑' | '−' | '―' | '~' | '_' => '-',
        c => c,
    });
    let seen = plain.filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
    let words: String = seen.collect();
    let mut form = String::new();
    for word in words.split_whitespace() {
        let speaks = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if speaks(form.chars().last()) && speaks(word.chars().next()) {
            form.push(' ');
        }
        form.push_str(word);
    }
    form
}

/// From a number to a number, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: i64,
    pub last: i64,
}

impl Span {
    fn is_sound(self) -> bool {
        1 <= self.first && self.first <= self.last && self.last <= COUNT_MAX
    }
}

/// A run of doors: so many on each floor, of each entrance if the house has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub entrances: Option<Span>,
    pub floors: Span,
    /// On each floor.
    pub doors: i64,
}

/// Why a run cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunFault {
    Entrances,
    Floors,
    Doors,
    /// More than [`RUN_MAX`].
    TooMany,
}

impl Run {
    /// The doors in their order: `1-101` is the first on the first floor of the first entrance.
    pub fn doors(&self) -> Result<Vec<Door>, Vec<RunFault>> {
        let mut faults = Vec::new();
        if !self.entrances.is_none_or(Span::is_sound) {
            faults.push(RunFault::Entrances);
        }
        if !self.floors.is_sound() {
            faults.push(RunFault::Floors);
        }
        if !(1..=COUNT_MAX).contains(&self.doors) {
            faults.push(RunFault::Doors);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let entrances: Vec<Option<i64>> = match self.entrances {
            Some(span) => (span.first..=span.last).map(Some).collect(),
            None => vec![None],
        };
        let mut doors = Vec::new();
        for entrance in entrances {
            for floor in self.floors.first..=self.floors.last {
                for door in 1..=self.doors {
                    if doors.len() == RUN_MAX {
                        return Err(vec![RunFault::TooMany]);
                    }
                    doors.push(Door(match entrance {
                        Some(entrance) => format!("{entrance}-{floor}{door:02}"),
                        None => format!("{floor}{door:02}"),
                    }));
                }
            }
        }
        Ok(doors)
    }
}

/// Until when a contact is kept whose people agreed on this day: a year, that day counted.
pub fn kept_until(agreed_on: Date) -> Date {
    agreed_on.saturating_add(1.year()).saturating_sub(1.day())
}

/// Whose contact is kept until this day and no longer is asked again by now.
pub fn asked_again_until(today: Date) -> Date {
    today.saturating_add(30.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(text: &str) -> Door {
        text.parse().unwrap()
    }

    #[test]
    fn one_door_however_it_is_written() {
        for text in [
            "3-201",
            " ３－２０１ ",
            "3 - 201",
            "3—201",
            "3\u{a0}-\u{3000}201",
        ] {
            assert_eq!(door(text).as_str(), "3-201", "{text}");
        }
        assert_eq!(door("3 单元 ２０１ 室").as_str(), "3单元201室");
        assert_eq!(door("Unit  3  201").as_str(), "Unit 3 201");
        assert_eq!(door("三组15号").as_str(), "三组15号");
        for (text, fault) in [
            ("", BadDoor::Empty),
            (" \u{200b} ", BadDoor::Empty),
            ("---", BadDoor::Signs),
            ("3-201;", BadDoor::Signs),
            ("<b>1", BadDoor::Signs),
            (&"1".repeat(31), BadDoor::TooLong),
        ] {
            assert_eq!(text.parse::<Door>(), Err(fault), "{text}");
        }
    }

    #[test]
    fn two_comes_before_ten_and_a_nought_in_front_is_no_other_door() {
        let mut doors = ["10-101", "2-1001", "2-201", "a-1", "A-2"].map(door);
        doors.sort_by_key(Door::sorted);
        let sorted: Vec<&str> = doors.iter().map(Door::as_str).collect();
        assert_eq!(sorted, ["2-201", "2-1001", "10-101", "a-1", "A-2"]);
        assert_eq!(door("03-0201").sorted(), door("3-201").sorted());
        assert_eq!(door("b-1").sorted(), door("B-1").sorted());
        assert_ne!(door("0").sorted(), door("1").sorted());
    }

    #[test]
    fn a_run_is_counted_out_and_has_an_end() {
        let span = |first, last| Span { first, last };
        let run = Run {
            entrances: Some(span(1, 6)),
            floors: span(1, 3),
            doors: 4,
        };
        let doors = run.doors().unwrap();
        assert_eq!(doors.len(), 72);
        assert_eq!((doors[0].as_str(), doors[71].as_str()), ("1-101", "6-304"));
        let plain = Run {
            entrances: None,
            floors: span(10, 10),
            doors: 2,
        };
        let plain: Vec<String> = plain.doors().unwrap().iter().map(Door::to_string).collect();
        assert_eq!(plain, ["1001", "1002"]);
        let many = Run { doors: 18, ..run };
        assert_eq!(many.doors(), Err(vec![RunFault::TooMany]));
        let wrong = Run {
            entrances: Some(span(3, 2)),
            floors: span(0, 3),
            doors: 100,
        };
        let all = vec![RunFault::Entrances, RunFault::Floors, RunFault::Doors];
        assert_eq!(wrong.doors(), Err(all));
        let endless = Run {
            entrances: Some(span(1, i64::MAX)),
            floors: span(1, i64::MAX),
            doors: i64::MAX,
        };
        assert!(endless.doors().is_err());
    }

    #[test]
    fn a_contact_is_kept_for_a_year_and_asked_for_before() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(kept_until(day("2026-03-02")), day("2027-03-01"));
        assert_eq!(kept_until(day("2028-02-29")), day("2029-02-27"));
        assert_eq!(asked_again_until(day("2027-01-30")), day("2027-03-01"));
    }

    #[test]
    fn when_two_places_become_one_no_door_is_lost() {
        let mut taken = BTreeSet::from([door("1-101").sorted()]);
        let apart = door("1-101").told_apart("2号楼", &taken);
        assert_eq!(apart.as_str(), "2号楼1-101");
        assert_eq!(door("1-102").told_apart("2号楼", &taken).as_str(), "1-102");
        taken.insert(apart.sorted());
        let third = door("1-101").told_apart("2号楼", &taken);
        assert_eq!(third.as_str(), "2号楼1-101/2");
        let long = door(&"长".repeat(30));
        taken.insert(long.sorted());
        let cut = long.told_apart("2号楼", &taken);
        assert!(cut.as_str().ends_with("/2") && cut.as_str().chars().count() <= DOOR_CHARS_MAX);
    }
}
