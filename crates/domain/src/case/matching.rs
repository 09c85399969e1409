//! Which cases of a kind look for a helper: at which stages, by which step somebody takes one on,
//! and what its fields say of skills, of what not everybody wants to do, of time and language.
//! A kind says so in `[matching]`; for one that does not, nobody is proposed.

use jiff::civil::Date;

use super::value::{Value, Values};

/// The letter that a kind with `[matching]` writes to whoever is proposed.
pub const PROPOSED: &str = "proposed";

/// What each word of a choice means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    pub field: String,
    /// A word of the field, and what it means: codes of skills, words of what may be avoided.
    pub of: Vec<(String, Vec<String>)>,
}

impl Meaning {
    /// What these values mean.
    fn read(&self, values: &Values) -> Vec<String> {
        let chosen = match values.get(&self.field) {
            Some(Value::Choice(word)) => std::slice::from_ref(word),
            Some(Value::Choices(words)) => words,
            _ => return Vec::new(),
        };
        let meant = self.of.iter().filter(|(word, _)| chosen.contains(word));
        meant.flat_map(|(_, means)| means.iter().cloned()).collect()
    }
}

/// What `[matching]` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// Where a case looks for a helper.
    pub stages: Vec<String>,
    /// The step by which a helper takes it on: one tap, so it asks for nothing.
    pub accept: String,
    /// The steps that say that a helper did not come.
    pub missed: Vec<String>,
    pub skills: Option<Meaning>,
    pub avoids: Option<Meaning>,
    /// The field with the day on which somebody is needed.
    pub when: Option<String>,
    /// The choice field with the language that is wanted.
    pub language: Option<String>,
}

impl Matching {
    /// Whether cases at this stage look for a helper.
    pub fn looks(&self, stage: &str) -> bool {
        self.stages.iter().any(|known| known == stage)
    }

    pub fn is_missed(&self, step: &str) -> bool {
        self.missed.iter().any(|known| known == step)
    }

    /// The skills that are wanted, by their codes.
    pub fn skills(&self, values: &Values) -> Vec<String> {
        let skills = self.skills.as_ref();
        skills.map(|skills| skills.read(values)).unwrap_or_default()
    }

    /// What helpers may rather not do in it.
    pub fn avoids(&self, values: &Values) -> Vec<String> {
        let avoids = self.avoids.as_ref();
        avoids.map(|avoids| avoids.read(values)).unwrap_or_default()
    }

    pub fn day(&self, values: &Values) -> Option<Date> {
        match values.get(self.when.as_ref()?)? {
            Value::Date(day) => Some(*day),
            _ => None,
        }
    }

    pub fn language(&self, values: &Values) -> Option<String> {
        match values.get(self.language.as_ref()?)? {
            Value::Choice(language) => Some(language.clone()),
            _ => None,
        }
    }

    /// Every step that it names.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        let named = self.missed.iter().map(String::as_str);
        std::iter::once(self.accept.as_str()).chain(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_means_what_the_kind_says() {
        let meaning = |of: &[(&str, &[&str])]| Meaning {
            field: "thing".to_owned(),
            of: of
                .iter()
                .map(|(word, means)| {
                    let means = means.iter().map(|&means| means.to_owned());
                    ((*word).to_owned(), means.collect())
                })
                .collect(),
        };
        let matching = Matching {
            stages: vec!["open".to_owned()],
            accept: "claim".to_owned(),
            missed: Vec::new(),
            skills: Some(meaning(&[
                ("lamp", &["repair.electric"]),
                ("talk", &["company"]),
            ])),
            avoids: Some(meaning(&[("lamp", &["alone", "homes"])])),
            when: Some("day".to_owned()),
            language: None,
        };
        let mut values = Values::new();
        assert_eq!(matching.skills(&values), Vec::<String>::new());
        values.insert("thing".to_owned(), Value::Choice("lamp".to_owned()));
        let day = jiff::civil::date(2026, 11, 28);
        values.insert("day".to_owned(), Value::Date(day));
        assert_eq!(matching.skills(&values), ["repair.electric"]);
        assert_eq!(matching.avoids(&values), ["alone", "homes"]);
        assert_eq!(matching.day(&values), Some(day));
        assert_eq!(matching.language(&values), None);
        let both = ["talk", "lamp"].map(str::to_owned).to_vec();
        values.insert("thing".to_owned(), Value::Choices(both));
        assert_eq!(matching.skills(&values), ["repair.electric", "company"]);
    }
}
