//! What stands behind the question mark: read with care, all faults at once.
//!
//! Each parameter is asked for once; whatever was not asked for by the end is a fault,
//! and so is a parameter that stands there twice.

use std::str::FromStr;

use huiyin_app::Refusal;
use huiyin_domain::case::FieldFault;

use crate::form::Form;
use crate::problem::Problem;
use crate::visit::Visit;

/// The parameters of a request, and what is wrong with them so far.
pub struct Query {
    form: Form,
    asked: Vec<&'static str>,
    faults: Vec<FieldFault>,
}

impl Query {
    /// The parameters of this request.
    pub fn of(visit: &Visit) -> Result<Query, Problem> {
        let query = visit.path.split_once('?').map_or("", |(_, query)| query);
        Query::from_text(query)
    }

    fn from_text(query: &str) -> Result<Query, Problem> {
        Ok(Query {
            form: Form::from_query(query).map_err(Problem::Form)?,
            asked: Vec::new(),
            faults: Vec::new(),
        })
    }

    /// The text of a parameter, from one to so many characters.
    pub fn text(&mut self, name: &'static str, chars_max: usize) -> Option<String> {
        self.asked.push(name);
        let text = self.form.get(name)?.to_owned();
        if text.is_empty() {
            self.fault(FieldFault::new(name, "fault-required"));
            return None;
        }
        if text.chars().count() > chars_max {
            self.fault(
                FieldFault::new(name, "fault-too-long")
                    .with("max", chars_max)
                    .with("length", text.chars().count()),
            );
        }
        Some(text)
    }

    /// A parameter that can be read as a `T`; else the fault `key`.
    pub fn parsed<T: FromStr>(&mut self, name: &'static str, key: &'static str) -> Option<T> {
        let text = self.text(name, TEXT_CHARS_MAX)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.fault(FieldFault::new(name, key));
        }
        parsed
    }

    /// A parameter that names a kind or a part of one.
    pub fn name(&mut self, name: &'static str) -> Option<String> {
        let text = self.text(name, TEXT_CHARS_MAX)?;
        let fits = text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte)
            });
        if !fits {
            self.fault(FieldFault::new(name, "fault-name"));
        }
        Some(text)
    }

    /// A parameter that is one of these words; the first one when it is not there.
    pub fn one_of<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> T {
        let text = self.text(name, TEXT_CHARS_MAX);
        let text = text.as_deref().unwrap_or(words[0].0);
        match words.iter().find(|(word, _)| *word == text) {
            Some(&(_, one)) => one,
            None => {
                self.fault(FieldFault::new(name, "fault-not-choice"));
                words[0].1
            }
        }
    }

    /// Whether `true` stands there.
    pub fn flag(&mut self, name: &'static str) -> bool {
        self.one_of(name, &[("false", false), ("true", true)])
    }

    /// How many rows are wanted, from one to `max`.
    pub fn limit(&mut self, default: usize, max: usize) -> usize {
        let limit = self.parsed::<usize>("limit", "fault-not-number");
        let fits = limit.is_none_or(|limit| (1..=max).contains(&limit));
        if !fits {
            let fault = FieldFault::new("limit", "fault-out-of-range");
            self.fault(fault.with("min", 1).with("max", max));
        }
        limit.unwrap_or(default)
    }

    /// One more thing that is wrong.
    pub fn fault(&mut self, fault: FieldFault) {
        self.faults.push(fault);
    }

    /// Nothing is wrong, and nothing stands there that nobody asked for.
    pub fn finish(self) -> Result<(), Problem> {
        let mut faults = self.faults;
        let mut seen: Vec<&str> = Vec::new();
        for (name, _) in self.form.texts() {
            if !self.asked.contains(&name) {
                faults.push(FieldFault::new(name, "fault-unknown-field"));
            } else if seen.contains(&name) {
                faults.push(FieldFault::new(name, "fault-repeated"));
            }
            seen.push(name);
        }
        match faults.is_empty() {
            true => Ok(()),
            false => Err(Refusal::Invalid(faults).into()),
        }
    }
}

/// The longest parameter that is anything but a search.
const TEXT_CHARS_MAX: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(read: impl FnOnce(&mut Query), query: &str) -> Vec<(String, &'static str)> {
        let mut query = Query::from_text(query).unwrap();
        read(&mut query);
        let Err(Problem::App(error)) = query.finish() else {
            return Vec::new();
        };
        let faults = error.refusal().unwrap().faults().iter();
        faults
            .map(|fault| (fault.field.clone(), fault.key))
            .collect()
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let read = |query: &mut Query| {
            query.flag("late");
            query.limit(20, 100);
            query.parsed::<u8>("age", "fault-not-number");
        };
        assert_eq!(faults(read, "late=true&limit=100&age=7"), []);
        assert_eq!(faults(read, ""), []);
        let all = faults(read, "late=yes&limit=0&age=&age=8&shoe=1");
        let all: Vec<_> = all
            .iter()
            .map(|(field, key)| (field.as_str(), *key))
            .collect();
        assert_eq!(
            all,
            [
                ("late", "fault-not-choice"),
                ("limit", "fault-out-of-range"),
                ("age", "fault-required"),
                ("age", "fault-repeated"),
                ("shoe", "fault-unknown-field"),
            ]
        );
    }

    #[test]
    fn what_is_not_text_is_refused_before_anything_is_read() {
        assert!(matches!(
            Query::from_text("a=%00"),
            Err(Problem::Form(crate::form::Fault::Nul))
        ));
        assert!(Query::from_text("a=%ff").is_err());
    }
}
