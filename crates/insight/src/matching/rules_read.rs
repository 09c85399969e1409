//! Reading a file of rules: every fault with its line, all at once.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::model::Ring;
use super::rules::{RuleFault, Rules};

/// Points are whole, and small enough that millions of them can be added up.
const POINTS_MAX: i64 = 1_000_000;

/// Where a value of the file goes.
enum Place<'a> {
    Points(&'a mut i64),
    Count(&'a mut u32, u32),
    Flag(&'a mut bool),
}

/// Every key there is: table, key, where it goes.
fn places(rules: &mut Rules) -> Vec<(&'static str, &'static str, Place<'_>)> {
    use Place::{Count, Flag, Points};
    let Rules {
        ask,
        must,
        distance,
        kilometre,
        cost,
        same_helper,
        wait,
    } = rules;
    let mut places = vec![
        ("ask", "at_once_max", Count(&mut ask.at_once_max, 50)),
        ("ask", "answer_hours", Count(&mut ask.answer_hours, 720)),
        (
            "ask",
            "answer_hours_urgent",
            Count(&mut ask.answer_hours_urgent, 720),
        ),
        (
            "ask",
            "again_after_hours",
            Count(&mut ask.again_after_hours, 10_000),
        ),
        ("ask", "urgent_helpers", Count(&mut ask.urgent_helpers, 20)),
        ("ask", "batch_minutes", Count(&mut ask.batch_minutes, 1440)),
        ("must", "have_skills", Flag(&mut must.have_skills)),
        ("must", "speak_language", Flag(&mut must.speak_language)),
        ("must", "be_free", Flag(&mut must.be_free)),
        ("must", "be_within_reach", Flag(&mut must.be_within_reach)),
        ("must", "be_willing", Flag(&mut must.be_willing)),
        ("must", "hold_at_most", Count(&mut must.hold_at_most, 1000)),
        ("must", "miss_at_most", Count(&mut must.miss_at_most, 1000)),
        ("distance", "kilometre", Points(kilometre)),
        (
            "cost",
            "free_time_unknown",
            Points(&mut cost.free_time_unknown),
        ),
        (
            "cost",
            "language_unknown",
            Points(&mut cost.language_unknown),
        ),
        ("cost", "skill_missing", Points(&mut cost.skill_missing)),
        ("cost", "rather_not", Points(&mut cost.rather_not)),
        ("cost", "held", Points(&mut cost.held)),
        ("cost", "asked", Points(&mut cost.asked)),
        ("cost", "missed", Points(&mut cost.missed)),
        ("gain", "same_helper", Points(same_helper)),
        ("wait", "first_day", Points(&mut wait.first_day)),
        ("wait", "day", Points(&mut wait.day)),
        ("wait", "urgent", Points(&mut wait.urgent)),
    ];
    for (slot, (_, word, _)) in distance.iter_mut().zip(Ring::ALL) {
        places.push(("distance", word, Points(slot)));
    }
    places
}

/// Puts what the file says into the rules; every fault.
pub fn read(rules: &mut Rules, file: &str, text: &str) -> Vec<RuleFault> {
    let mut found = Faults {
        file,
        text,
        faults: Vec::new(),
    };
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let message = error.message().replace('\n', ", ");
        found.add(&error.span().unwrap_or(0..0), message, None);
    }
    let mut places = places(rules);
    for (table, value) in document.get_ref() {
        let name: &str = table.get_ref();
        let known: Vec<&str> = places.iter().map(|(table, _, _)| *table).collect();
        if !known.contains(&name) {
            let what = format!("there is no table `{name}`");
            found.add(&table.span(), what, Some(one_of(&known)));
            continue;
        }
        let Some(entries) = value.get_ref().as_table() else {
            let what = format!("`{name}` is a {}", value.get_ref().type_str());
            found.add(&value.span(), what, Some(format!("write [{name}]")));
            continue;
        };
        for (key, value) in entries {
            let word: &str = key.get_ref();
            let mut all = places.iter_mut();
            let place = all.find(|(table, key, _)| *table == name && *key == word);
            match place {
                Some((_, _, place)) => found.put(word, place, value.get_ref(), &value.span()),
                None => {
                    let known = places.iter().filter(|(table, _, _)| *table == name);
                    let known: Vec<&str> = known.map(|(_, key, _)| *key).collect();
                    let what = format!("[{name}] has no `{word}`");
                    found.add(&key.span(), what, Some(one_of(&known)));
                }
            }
        }
    }
    drop(places);
    found.rings_grow(rules);
    found.faults.sort();
    found.faults
}

struct Faults<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<RuleFault>,
}

impl Faults<'_> {
    fn add(&mut self, at: &Range<usize>, what: String, instead: Option<String>) {
        let before = &self.text.as_bytes()[..at.start.min(self.text.len())];
        self.faults.push(RuleFault {
            file: self.file.to_owned(),
            line: 1 + before.iter().filter(|&&byte| byte == b'\n').count(),
            what,
            instead,
        });
    }

    fn put(&mut self, word: &str, place: &mut Place<'_>, value: &DeValue<'_>, at: &Range<usize>) {
        let most = match place {
            Place::Flag(flag) => {
                match value.as_bool() {
                    Some(said) => **flag = said,
                    None => {
                        let what = format!("`{word}` is a {}", value.type_str());
                        self.add(at, what, Some("write true or false".to_owned()));
                    }
                }
                return;
            }
            Place::Points(_) => POINTS_MAX,
            Place::Count(_, most) => i64::from(*most),
        };
        let number = value.as_integer();
        let number = number.and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        // Never to ask anybody, or to wait no minute for a new batch, is not a rule.
        let least = i64::from(matches!(place, Place::Count(..)) && !word.ends_with("at_most"));
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => match place {
                Place::Points(points) => **points = number,
                Place::Count(count, _) => **count = u32::try_from(number).unwrap_or(u32::MAX),
                Place::Flag(_) => {}
            },
            None => {
                let what = match value.as_integer() {
                    Some(_) => format!("`{word}` is out of range"),
                    None => format!("`{word}` is a {}", value.type_str()),
                };
                let instead = format!("write a whole number from {least} to {most}");
                self.add(at, what, Some(instead));
            }
        }
    }

    /// What is nearer never costs more: the search goes outwards and stops where it may.
    fn rings_grow(&mut self, rules: &Rules) {
        for (wide, near) in Ring::ALL.iter().zip(&Ring::ALL[1..]) {
            if rules.ring(near.0) > rules.ring(wide.0) {
                let says = |line: &str| {
                    let key = line.split('=').next().unwrap_or_default().trim();
                    key == near.1 || key == wide.1
                };
                let mut starts = 0;
                let mut lines = self.text.split_inclusive('\n').map(|line| {
                    starts += line.len();
                    (starts - line.len(), line)
                });
                let at = lines.find(|(_, line)| says(line)).map_or(0, |(at, _)| at);
                let what = format!("`{}` costs more than `{}`", near.1, wide.1);
                let instead = "what is nearer may not cost more".to_owned();
                self.add(&(at..at), what, Some(instead));
            }
        }
    }
}

fn one_of(known: &[&str]) -> String {
    let mut known = known.to_vec();
    known.sort_unstable();
    known.dedup();
    format!("write one of {}", known.join(", "))
}
