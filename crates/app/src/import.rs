//! Lists that come in as CSV files: read whatever a spreadsheet writes, say of every line
//! that cannot be used why, and do the same thing twice without doing it twice.
//!
//! One more list: an `import.rs` beside its noun that asks a [`Table`] for its rows and
//! answers a [`Report`].

use std::collections::HashMap;
use std::sync::Arc;

use huiyin_domain::case::{Args, Class};
use huiyin_domain::names::Names;

use crate::error::Refusal;
use crate::places::cover::Warning;

/// A list larger than this is not one that people keep by hand.
const BYTES_MAX: u64 = 32 * 1024 * 1024;
const VALUE_CHARS_MAX: usize = 60;

/// Whether to write, or only to say what would be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    DryRun,
    Real,
}

/// Why a line was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Of the files that were handed in together, which one; the first is 0.
    pub file: usize,
    /// As an editor counts, the header being line 1.
    pub line: u64,
    pub column: String,
    /// What stood there, cut short.
    pub value: String,
    /// The key of the sentence: `fault-…`.
    pub key: &'static str,
    /// What the sentence is filled with.
    pub args: Args,
}

/// What became of the lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub lines: usize,
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub faults: Vec<LineFault>,
    /// What to know about the borders that came in; they came in all the same.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// The bad lines as somebody reads the files.
    pub(crate) fn in_order(&mut self) {
        self.faults.sort_by_key(|fault| (fault.file, fault.line));
    }

    pub(crate) fn note(&mut self, what: Became) {
        match what {
            Became::Added => self.added += 1,
            Became::Changed => self.changed += 1,
            Became::Unchanged => self.unchanged += 1,
        }
    }

    /// The figures, for the log of administration.
    pub(crate) fn shape(&self) -> serde_json::Value {
        serde_json::json!({
            "lines": self.lines, "added": self.added, "changed": self.changed,
            "unchanged": self.unchanged, "faults": self.faults.len(),
        })
    }
}

/// What a line does to what is known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Became {
    Added,
    Changed,
    Unchanged,
}

impl Became {
    pub fn of<T: PartialEq>(old: Option<&T>, new: &T) -> Self {
        match old {
            None => Self::Added,
            Some(old) if old == new => Self::Unchanged,
            Some(_) => Self::Changed,
        }
    }
}

/// Where each column of a file stands.
type Columns = HashMap<String, usize>;

/// CSV files of one sort, read as if they were one.
#[derive(Debug)]
pub struct Table {
    heads: Vec<Arc<Columns>>,
    rows: Vec<Row>,
}

/// One line of them.
#[derive(Debug, Clone)]
pub struct Row {
    pub file: usize,
    pub line: u64,
    columns: Arc<Columns>,
    fields: Vec<String>,
}

impl Table {
    /// Reads files in UTF-8, or as Chinese spreadsheets write them (GB 18030), separated
    /// by commas, semicolons or tabs. Lines that are no CSV go into the report.
    pub fn read(files: &[&[u8]], report: &mut Report) -> Result<Table, Refusal> {
        too_large(files)?;
        let mut table = Table {
            heads: Vec::new(),
            rows: Vec::new(),
        };
        for (file, bytes) in files.iter().enumerate() {
            table.add(file, &decode(bytes), report)?;
        }
        report.lines = table.rows.len() + report.faults.len();
        Ok(table)
    }

    fn add(&mut self, file: usize, text: &str, report: &mut Report) -> Result<(), Refusal> {
        let head = text.lines().next().unwrap_or_default();
        let separator = *[b',', b'\t', b';']
            .iter()
            .max_by_key(|separator| head.bytes().filter(|byte| byte == *separator).count())
            .expect("there are three to choose from");
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let unreadable = || Refusal::rule(Class::Invalid, "import-no-table");
        let columns: Columns = reader
            .headers()
            .map_err(|_| unreadable())?
            .iter()
            .enumerate()
            .map(|(at, name)| (name.to_lowercase(), at))
            .collect();
        let columns = Arc::new(columns);
        self.heads.push(columns.clone());
        for record in reader.records() {
            match record {
                Ok(record) if record.iter().all(str::is_empty) => {}
                Ok(record) => self.rows.push(Row {
                    file,
                    line: record.position().map_or(0, csv::Position::line),
                    columns: columns.clone(),
                    fields: record.iter().map(str::to_owned).collect(),
                }),
                Err(error) => report.faults.push(LineFault {
                    file,
                    line: error.position().map_or(0, csv::Position::line),
                    column: String::new(),
                    value: String::new(),
                    key: "fault-line",
                    args: Args::new(),
                }),
            }
        }
        Ok(())
    }

    /// Refuses files of which one lacks one of these columns.
    pub fn need(&self, columns: &[&str]) -> Result<(), Refusal> {
        let lacks = |column: &&&str| self.heads.iter().any(|head| !head.contains_key(**column));
        match columns.iter().find(lacks) {
            None => Ok(()),
            Some(missing) => Err(Refusal::Rule {
                class: Class::Invalid,
                key: "import-column",
                args: vec![("column", (*missing).to_owned())],
            }),
        }
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What stands in a column; nothing if the file has no such column.
    pub fn get<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        row.columns
            .get(column)
            .and_then(|&at| row.fields.get(at))
            .map_or("", String::as_str)
    }

    /// The names in `name` (Chinese), and in `name_zh`, `name_en`, `name_<language>`.
    pub fn names(&self, row: &Row) -> Names {
        let mut names = Names::default();
        for column in row.columns.keys() {
            let lang = match column.as_str() {
                "name" => "zh",
                other => match other.strip_prefix("name_") {
                    Some(lang) => lang,
                    None => continue,
                },
            };
            let name = clean(self.get(row, column));
            if !name.is_empty() {
                names.0.insert(lang.to_owned(), name);
            }
        }
        names
    }

    /// The fault of a row, with what stood in the column.
    pub fn fault(&self, row: &Row, column: &str, key: &'static str) -> LineFault {
        let value = self.get(row, column);
        LineFault {
            file: row.file,
            line: row.line,
            column: column.to_owned(),
            value: value.chars().take(VALUE_CHARS_MAX).collect(),
            key,
            args: Args::new(),
        }
    }
}

/// Refuses more than anybody keeps by hand.
pub(crate) fn too_large(files: &[&[u8]]) -> Result<(), Refusal> {
    let bytes: usize = files.iter().map(|bytes| bytes.len()).sum();
    match bytes as u64 > BYTES_MAX {
        true => Err(Refusal::TooLarge {
            bytes_max: BYTES_MAX,
        }),
        false => Ok(()),
    }
}

/// One line of text without what cannot be seen.
pub(crate) fn clean(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same for what may have several lines: empty ones go.
pub(crate) fn clean_lines(text: &str) -> String {
    let lines = text.lines().map(clean).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// UTF-8, else what Chinese spreadsheets write.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0,
    };
    // One end of line, so that lines are counted as editors count them.
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Table, Report) {
        let mut report = Report::default();
        (Table::read(&[bytes], &mut report).unwrap(), report)
    }

    #[test]
    fn whatever_a_spreadsheet_writes() {
        let text = "Code,name,name_en\r\n6529,\"阿克苏\n地区\",Aksu\r\n\r\n,,\r\n6523, 昌吉 ,\r\n";
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let tabs = text.replace(',', "\t");
        for bytes in [text.as_bytes(), &gb, &bom, tabs.as_bytes()] {
            let (table, report) = read(bytes);
            assert_eq!((report.lines, table.rows().len()), (2, 2));
            let [aksu, changji] = table.rows() else {
                panic!("two rows")
            };
            assert_eq!((aksu.line, changji.line), (2, 6));
            assert_eq!(table.get(aksu, "code"), "6529");
            assert_eq!(table.names(aksu), Names::both("阿克苏 地区", "Aksu"));
            assert_eq!(table.names(changji), Names::one("zh", "昌吉"));
            assert_eq!(table.get(changji, "shape"), "");
        }
    }

    #[test]
    fn short_long_and_empty_files() {
        let (table, _) = read(b"code,name\n6529\n6523,a,b,c\n");
        assert_eq!(table.get(&table.rows()[0], "name"), "");
        let (empty, report) = read(b"");
        assert_eq!(report.lines, 0);
        assert!(empty.need(&["code"]).is_err());
        assert!(table.need(&["code", "name"]).is_ok());
        let huge = vec![b' '; 33 * 1024 * 1024];
        let refused = Table::read(&[&huge], &mut Report::default()).unwrap_err();
        assert!(matches!(refused, Refusal::TooLarge { .. }));
    }
}
