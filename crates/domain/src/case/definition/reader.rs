//! Reading TOML with a memory for places: every fault is kept with its line, so that all of
//! them can be told at once.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::case::fault::{Fault, Severity};

/// Where something stands in the text.
pub type At = Range<usize>;

/// One file being read, and what is wrong with it.
pub struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    faults: RefCell<Vec<Fault>>,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Reader<'a> {
        Reader {
            file,
            text,
            faults: RefCell::default(),
        }
    }

    /// The line of a place in the text, from one.
    pub fn line(&self, at: &At) -> usize {
        let before = &self.text.as_bytes()[..at.start.min(self.text.len())];
        1 + before.iter().filter(|&&byte| byte == b'\n').count()
    }

    /// Where a line begins in the text.
    pub fn start_of(&self, line: usize) -> usize {
        let lines = self.text.split_inclusive('\n');
        lines.take(line.saturating_sub(1)).map(str::len).sum()
    }

    /// Notes a fault.
    pub fn error(&self, at: &At, what: impl Into<String>, instead: Option<String>) {
        self.faults.borrow_mut().push(Fault {
            file: self.file.to_owned(),
            line: self.line(at),
            severity: Severity::Error,
            what: what.into(),
            instead,
        });
    }

    pub fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }
}

/// A value with its place.
#[derive(Clone)]
pub struct Node<'r, 'i> {
    pub reader: &'r Reader<'i>,
    value: &'r DeValue<'i>,
    pub at: At,
}

impl<'r, 'i> Node<'r, 'i> {
    fn wrong<T>(&self, what: &str, wanted: &str) -> Option<T> {
        let found = self.value.type_str();
        self.reader.error(
            &self.at,
            format!("{what} is a {found}"),
            Some(format!("write {wanted}")),
        );
        None
    }

    /// A text; `what` names it in a fault.
    pub fn text(&self, what: &str) -> Option<String> {
        match self.value.as_str() {
            Some(text) if text.chars().count() <= TEXT_CHARS_MAX => Some(text.to_owned()),
            Some(_) => {
                let fault = format!("{what} is longer than {TEXT_CHARS_MAX} characters");
                self.reader.error(&self.at, fault, None);
                None
            }
            None => self.wrong(what, "a text in quotes"),
        }
    }

    /// One of a list of words.
    pub fn one_of<T: Copy>(&self, what: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(what)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let fault = format!("{what} cannot be `{text}`");
            self.reader
                .error(&self.at, fault, Some(suggest(&text, &known)));
        }
        found.map(|&(_, meaning)| meaning)
    }

    pub fn flag(&self, what: &str) -> Option<bool> {
        match self.value.as_bool() {
            Some(flag) => Some(flag),
            None => self.wrong(what, "true or false"),
        }
    }

    /// `true`, for what can only be there or not.
    pub fn one_way(&self, what: &str) -> Option<()> {
        let flag = self.flag(what)?;
        if !flag {
            let instead = Some("leave the line out".to_owned());
            self.reader
                .error(&self.at, format!("{what} = false says nothing"), instead);
        }
        Some(())
    }

    /// A whole number between two others.
    pub fn number(&self, what: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let Some(number) = self.value.as_integer() else {
            return self.wrong(what, "a whole number");
        };
        let read = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let read = read.filter(|number| range.contains(number));
        if read.is_none() {
            let (from, to) = range.into_inner();
            let instead = Some(format!("write a number from {from} to {to}"));
            self.reader
                .error(&self.at, format!("{what} is out of range"), instead);
        }
        read
    }

    /// A duration such as `30m`, or of working time such as `5wd`.
    pub fn span(&self, what: &str) -> Option<crate::calendar::Span> {
        let text = self.text(what)?;
        let span = text.parse().ok();
        if span.is_none() {
            let fault = format!("{what} `{text}` is not a duration");
            let instead = "write a number with m, h or d, such as 30m, 4h or 3d; or with wh or wd \
                for working hours and working days";
            self.reader.error(&self.at, fault, Some(instead.to_owned()));
        }
        span
    }

    /// A part of the whole, such as `0.8`, in hundredths.
    pub fn percent(&self, what: &str) -> Option<u8> {
        let Some(number) = self.value.as_float() else {
            return self.wrong(what, "a part such as 0.8");
        };
        let part: Option<f64> = number.as_str().parse().ok();
        let percent = part.map(|part| (part * 100.0).round());
        let percent = percent.filter(|percent| (1.0..=99.0).contains(percent));
        if percent.is_none() {
            let instead = Some("write a part from 0.01 to 0.99".to_owned());
            self.reader
                .error(&self.at, format!("{what} is out of range"), instead);
        }
        // Whole and between 1 and 99.
        percent.map(|percent| percent as u8)
    }

    pub fn is_list(&self) -> bool {
        self.value.as_array().is_some()
    }

    /// A list, or one thing standing for a list of one.
    pub fn list(&self, what: &str) -> Vec<Node<'r, 'i>> {
        let Some(list) = self.value.as_array() else {
            return vec![self.clone()];
        };
        if list.len() > LIST_LEN_MAX {
            let fault = format!("{what} has more than {LIST_LEN_MAX} parts");
            self.reader.error(&self.at, fault, None);
            return Vec::new();
        }
        list.iter()
            .map(|value| self.beside(value.get_ref(), value.span()))
            .collect()
    }

    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        self.value.is_table()
    }

    pub fn table(&self, what: &str) -> Option<Table<'r, 'i>> {
        match self.value.as_table() {
            Some(table) => Some(Table::new(self.reader, table, self.at.clone(), what)),
            None => self.wrong(what, "a table: { key = value }"),
        }
    }

    fn beside(&self, value: &'r DeValue<'i>, at: At) -> Node<'r, 'i> {
        Node {
            reader: self.reader,
            value,
            at,
        }
    }
}

/// A table with its place; keys that nobody asks for are faults.
pub struct Table<'r, 'i> {
    pub reader: &'r Reader<'i>,
    table: &'r DeTable<'i>,
    pub at: At,
    /// How the table is called in faults.
    name: String,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'r, 'i> Table<'r, 'i> {
    pub fn new(reader: &'r Reader<'i>, table: &'r DeTable<'i>, at: At, name: &str) -> Self {
        Table {
            reader,
            table,
            at,
            name: name.to_owned(),
            asked: RefCell::default(),
        }
    }

    /// The value of a key, if it is there.
    pub fn get(&self, key: &'static str) -> Option<Node<'r, 'i>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key).map(|value| Node {
            reader: self.reader,
            value: value.get_ref(),
            at: value.span(),
        })
    }

    /// The value of a key that must be there; `like` is an example of what to write.
    pub fn need(&self, key: &'static str, like: &str) -> Option<Node<'r, 'i>> {
        let node = self.get(key);
        if node.is_none() {
            let fault = format!("{} lacks `{key}`", self.name);
            self.reader
                .error(&self.at, fault, Some(format!("write {key} = {like}")));
        }
        node
    }

    /// All entries in the order of the text, for tables whose keys are names.
    pub fn entries(&self) -> Vec<(String, At, Node<'r, 'i>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| {
                let node = Node {
                    reader: self.reader,
                    value: value.get_ref(),
                    at: value.span(),
                };
                (key.get_ref().to_string(), key.span(), node)
            })
            .collect();
        entries.sort_by_key(|(_, at, _)| at.start);
        if entries.len() > LIST_LEN_MAX {
            let fault = format!("{} has more than {LIST_LEN_MAX} entries", self.name);
            self.reader.error(&self.at, fault, None);
            entries.truncate(LIST_LEN_MAX);
        }
        entries
    }

    /// Says which keys nobody asked for. Call it when everything has been asked for.
    pub fn done(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table {
            let word: &str = key.get_ref();
            if !asked.contains(word) {
                let known: Vec<&str> = asked.iter().copied().collect();
                let fault = format!("{} has no `{word}`", self.name);
                self.reader
                    .error(&key.span(), fault, Some(suggest(word, &known)));
            }
        }
    }
}

const TEXT_CHARS_MAX: usize = 200;
const LIST_LEN_MAX: usize = 100;

/// What was probably meant, else what there is.
pub fn suggest(word: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|known| (distance(word, known), known))
        .min();
    match nearest {
        Some((far, known)) if far <= 1 + word.chars().count() / 3 => {
            format!("did you mean `{known}`?")
        }
        Some(_) => format!("write one of {}", known.join(", ")),
        None => "leave it out".to_owned(),
    }
}

/// How many letters must be changed to come from one word to the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(100).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested() {
        let known = ["assign", "assist", "close"];
        assert_eq!(suggest("asign", &known), "did you mean `assign`?");
        assert_eq!(suggest("clsoe", &known), "did you mean `close`?");
        assert_eq!(
            suggest("zzzzzz", &known),
            "write one of assign, assist, close"
        );
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
