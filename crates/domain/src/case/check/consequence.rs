//! What is wrong only because something else could not be read. It is not told: whoever mends
//! the one has mended the other.

use std::collections::BTreeSet;

use super::super::definition::Places;
use super::super::fault::{Fault, Severity};
use super::super::source::DEFINITION;

/// The parts of a definition of which something could not be read.
#[derive(Debug, Default)]
pub struct Unread {
    /// As in [`Places`]: `fields.item`, `steps.dispatch`, `open`; nothing for the head.
    parts: BTreeSet<String>,
}

impl Unread {
    /// The parts in whose lines these faults of reading lie.
    pub fn of(faults: &[Fault], places: &Places) -> Unread {
        let parts = faults.iter().map(|fault| part_at(fault.line, places));
        Unread {
            parts: parts.collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether a fault that was found later may be nothing but a consequence.
    pub fn explains(&self, fault: &Fault, places: &Places) -> bool {
        if self.is_empty() {
            return false;
        }
        if fault.severity == Severity::Warning {
            return true;
        }
        let named = quoted(&fault.what);
        if !fault.file.ends_with(DEFINITION) {
            return named.iter().any(|word| self.is_word_of(word));
        }
        let here = part_at(fault.line, places);
        // What is wrong within a step is its own; a field or a clock half read is not itself.
        let is_own = here.starts_with("steps.") || here == "open";
        match named.is_empty() {
            true => true,
            false => named.iter().any(|word| {
                let mut parts = self.parts.iter();
                parts.any(|part| name_of(part) == *word && !(is_own && *part == here))
            }),
        }
    }

    /// Whether a text belongs to one of these parts: `appeal-field-item` to `fields.item`. Which
    /// letters there are is said by the effects of steps.
    fn is_word_of(&self, key: &str) -> bool {
        let in_step = |part: &String| part.starts_with("steps.") || part == "open";
        let is_letter = key.contains("-letter-") && self.parts.iter().any(in_step);
        let is_named = |part: &String| {
            let name = name_of(part);
            let around = key.split(name).collect::<Vec<_>>();
            let fits = |at: usize| {
                around[at].ends_with('-')
                    && (around[at + 1].is_empty() || around[at + 1].starts_with('-'))
            };
            !name.is_empty() && (0..around.len() - 1).any(fits)
        };
        is_letter || self.parts.iter().any(is_named)
    }
}

/// The part in whose lines this one lies.
fn part_at(line: usize, places: &Places) -> String {
    let parts = places
        .iter()
        .filter(|(path, _)| path.matches('.').count() < 2);
    let before = parts.filter(|(_, at)| **at <= line);
    let last = before.max_by_key(|(_, at)| **at);
    last.map(|(path, _)| path.clone()).unwrap_or_default()
}

fn name_of(part: &str) -> &str {
    part.split_once('.').map_or(part, |(_, name)| name)
}

/// What stands in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
