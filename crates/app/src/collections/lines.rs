//! The lines of a list, as somebody typed them, pasted them out of a table, or saved them as a
//! file: what, for whom in coarse terms, and a sign of the bringer's own.

use huiyin_domain::case::FieldFault;
use huiyin_insight::{Sign, names_somebody};

use crate::import::{clean, decode};

/// So many lines are one list.
pub const LINES_MAX: usize = 200;

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// As an editor counts.
    pub number: usize,
    pub what: String,
    pub whom: String,
    pub sign: String,
    pub faults: Vec<FieldFault>,
}

/// The text of a file that a spreadsheet wrote.
pub fn of_file(bytes: &[u8]) -> String {
    decode(bytes)
}

/// Reads the lines; empty ones and a first line of headings (one that begins so) are left out.
pub fn read(text: &str, headings: &[String]) -> Vec<Line> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let cells = cells(line);
        let is_empty = cells.iter().all(String::is_empty);
        let is_heading =
            lines.is_empty() && cells.first().is_some_and(|cell| headings.contains(cell));
        if !is_empty && !is_heading {
            lines.push(read_line(number, cells));
        }
    }
    lines
}

/// What stands between tabs, else between commas, half or full, or semicolons.
fn cells(line: &str) -> Vec<String> {
    let separators: &[char] = match line.contains('\t') {
        true => &['\t'],
        false => &[',', '，', ';', '；', '|', '｜'],
    };
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if separators.contains(&c) && !quoted => cells.push(String::new()),
            c => cells
                .last_mut()
                .expect("there is one from the beginning")
                .push(c),
        }
    }
    cells.iter().map(|cell| clean(cell)).collect()
}

fn read_line(number: usize, cells: Vec<String>) -> Line {
    let mut faults = Vec::new();
    let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
    if cells.iter().skip(3).any(|cell| !cell.is_empty()) {
        faults.push(FieldFault::new("line", "fault-line-cells"));
    }
    if cell(0).is_empty() {
        faults.push(FieldFault::new("what", "fault-line-what"));
    }
    for (at, field) in [(0, "what"), (1, "whom"), (2, "sign")] {
        if let Some((sign, words)) = names_somebody(&cell(at)) {
            let key = match sign {
                Sign::Name => "fault-line-name",
                Sign::Number | Sign::Mail => "fault-line-contact",
            };
            faults.push(FieldFault::new(field, key).with("words", words));
        }
    }
    Line {
        number,
        what: cell(0),
        whom: cell(1),
        sign: cell(2),
        faults,
    }
}
