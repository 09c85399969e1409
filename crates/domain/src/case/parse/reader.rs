//! Reads tables of a definition, and notes every fault with its line instead of stopping at
//! the first.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::fault::{Fault, Severity};

/// The faults of one file, collected while it is read.
#[derive(Clone)]
pub(super) struct Notes<'i> {
    file: Rc<str>,
    text: &'i str,
    faults: Rc<RefCell<Vec<Fault>>>,
}

impl<'i> Notes<'i> {
    pub fn new(file: &str, text: &'i str) -> Notes<'i> {
        Notes {
            file: file.into(),
            text,
            faults: Rc::default(),
        }
    }

    /// Notes a fault at a place in the text; `instead` says what to write, or nothing.
    pub fn note(&self, at: &Range<usize>, what: impl Into<String>, instead: &str) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        self.faults.borrow_mut().push(Fault {
            file: self.file.to_string(),
            line: before.matches('\n').count() + 1,
            severity: Severity::Error,
            what: what.into(),
            instead: (!instead.is_empty()).then(|| instead.to_owned()),
        });
    }

    pub fn take(&self) -> Vec<Fault> {
        self.faults.take()
    }
}

/// A table of which every key must be asked for; the rest is unknown.
pub(super) struct Table<'a, 'i> {
    pub notes: Notes<'i>,
    /// Where the table begins.
    pub at: Range<usize>,
    /// What it is called in faults: `steps.accept`.
    pub name: String,
    table: &'a DeTable<'i>,
    asked: RefCell<BTreeSet<String>>,
}

/// A value with its place.
pub(super) type Found<'a, 'i> = &'a Spanned<DeValue<'i>>;

impl<'a, 'i> Table<'a, 'i> {
    pub fn new(
        notes: &Notes<'i>,
        name: &str,
        table: &'a DeTable<'i>,
        at: Range<usize>,
    ) -> Table<'a, 'i> {
        let asked = RefCell::default();
        Table {
            notes: notes.clone(),
            at,
            name: name.to_owned(),
            table,
            asked,
        }
    }

    /// The value of a key, if it is there.
    pub fn find(&self, key: &str) -> Option<Found<'a, 'i>> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table
            .iter()
            .find(|(known, _)| known.get_ref() == key)
            .map(|(_, value)| value)
    }

    pub fn wrong(&self, found: Found<'_, '_>, key: &str, wanted: &str) {
        let what = format!("{}.{key} is {}", self.name, found.get_ref().type_str());
        self.notes
            .note(&found.span(), what, &format!("write {wanted}"));
    }

    fn missing(&self, key: &str, wanted: &str) {
        let what = format!("{} has no {key}", self.name);
        self.notes
            .note(&self.at, what, &format!("write {key} = {wanted}"));
    }

    pub fn text_maybe(&self, key: &str) -> Option<String> {
        let found = self.find(key)?;
        match found.get_ref().as_str() {
            Some(text) => Some(text.to_owned()),
            None => {
                self.wrong(found, key, "a text in quotes");
                None
            }
        }
    }

    /// A text that must be there; empty after its absence was noted.
    pub fn text(&self, key: &str) -> String {
        if self.find(key).is_none() {
            self.missing(key, "\"…\"");
        }
        self.text_maybe(key).unwrap_or_default()
    }

    pub fn yes(&self, key: &str) -> bool {
        let Some(found) = self.find(key) else {
            return false;
        };
        found.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(found, key, "true or false");
            false
        })
    }

    pub fn number(&self, key: &str, otherwise: i64) -> i64 {
        let Some(found) = self.find(key) else {
            return otherwise;
        };
        let number = found
            .get_ref()
            .as_integer()
            .and_then(|number| number.as_str().parse().ok());
        number.unwrap_or_else(|| {
            self.wrong(found, key, "a whole number");
            otherwise
        })
    }

    /// Texts with their places; a single text counts as a list of one.
    pub fn texts(&self, key: &str) -> Vec<(String, Range<usize>)> {
        let Some(found) = self.find(key) else {
            return Vec::new();
        };
        if let Some(text) = found.get_ref().as_str() {
            return vec![(text.to_owned(), found.span())];
        }
        let Some(array) = found.get_ref().as_array() else {
            self.wrong(found, key, "a list of texts: [\"…\"]");
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|one| match one.get_ref().as_str() {
                Some(text) => Some((text.to_owned(), one.span())),
                None => {
                    self.wrong(one, key, "a text in quotes");
                    None
                }
            })
            .collect()
    }

    pub fn words(&self, key: &str) -> Vec<String> {
        self.texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// A table inside this one.
    pub fn table(&self, key: &str) -> Option<Table<'a, 'i>> {
        let found = self.find(key)?;
        self.as_table(found, key)
    }

    /// A list of tables inside this one: `rules`, `effects`.
    pub fn tables(&self, key: &str) -> Vec<Table<'a, 'i>> {
        let Some(found) = self.find(key) else {
            return Vec::new();
        };
        let Some(array) = found.get_ref().as_array() else {
            self.wrong(found, key, "a list of tables: [{ … }]");
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|one| self.as_table(one, key))
            .collect()
    }

    fn as_table(&self, found: Found<'a, 'i>, key: &str) -> Option<Table<'a, 'i>> {
        let name = match self.name.is_empty() {
            true => key.to_owned(),
            false => format!("{}.{key}", self.name),
        };
        match found.get_ref().as_table() {
            Some(table) => Some(Table::new(&self.notes, &name, table, found.span())),
            None => {
                self.wrong(found, key, "a table");
                None
            }
        }
    }

    /// The tables inside this one with their names, in the order of the file.
    pub fn named(&self) -> Vec<(String, Table<'a, 'i>)> {
        let mut keys: Vec<_> = self.table.iter().collect();
        keys.sort_by_key(|(key, _)| key.span().start);
        keys.into_iter()
            .filter_map(|(key, value)| {
                let name = key.get_ref().to_string();
                self.asked.borrow_mut().insert(name.clone());
                self.check_name(&name, &key.span());
                let mut table = self.as_table(value, &name)?;
                table.at = key.span();
                Some((name, table))
            })
            .collect()
    }

    /// Every key with its text, in the order of the file: the branches of a step.
    pub fn all_texts(&self) -> Vec<(String, String)> {
        let mut keys: Vec<_> = self.table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        keys.into_iter()
            .map(|key| (key.get_ref().to_string(), self.text(key.get_ref())))
            .collect()
    }

    fn check_name(&self, name: &str, at: &Range<usize>) {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || name.len() > 40 || !name.bytes().all(good) {
            let what = format!("{name:?} is no name");
            self.notes.note(
                at,
                what,
                "write small letters, digits and hyphens, at most 40",
            );
        }
    }

    /// Notes every key that nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !asked.contains(name) {
                let what = format!("{} knows no {name}", self.name);
                self.notes.note(
                    &key.span(),
                    what,
                    &nearest(name, asked.iter().map(String::as_str)),
                );
            }
        }
    }
}

/// "did you mean" for a word that is not known.
pub(super) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> String {
    let known: Vec<&str> = known.collect();
    let near = known
        .iter()
        .map(|other| (distance(word, other), other))
        .min();
    match near {
        Some((steps, other)) if steps <= 3 && steps < word.len() => {
            format!("did you mean {other}?")
        }
        _ => format!("known here: {}", known.join(", ")),
    }
}

/// How many letters must be changed, added or left out (Levenshtein 1966).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[other.len()]
}
