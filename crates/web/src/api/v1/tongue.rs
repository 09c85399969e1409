//! The words of kinds in the language in which somebody reads.

use std::sync::Arc;

use huiyin_domain::case::Kind;
use huiyin_domain::names::Names;
use huiyin_domain::words::{Lang, Words};

use crate::visit::Visit;

/// All words, and the language of the reader.
#[derive(Clone)]
pub struct Tongue {
    words: Arc<Words>,
    pub lang: Lang,
}

impl Tongue {
    pub fn of(visit: &Visit) -> Tongue {
        Tongue {
            words: Arc::clone(&visit.state.app.words),
            lang: visit.taste.lang,
        }
    }

    /// What a kind is called.
    pub fn kind(&self, slug: &str) -> String {
        self.find(&format!("{slug}--name"))
            .unwrap_or_else(|| slug.to_owned())
    }

    /// What a part of a kind is called: a field, a stage, a step, an outcome.
    pub fn part(&self, kind: &Kind, family: &str, name: &str) -> String {
        self.part_of(&kind.slug, family, name)
    }

    /// The same, for a kind of which only the name is at hand.
    pub fn part_of(&self, slug: &str, family: &str, name: &str) -> String {
        self.find(&format!("{slug}-{family}-{name}"))
            .unwrap_or_else(|| name.to_owned())
    }

    /// The help beside a field, where there is one.
    pub fn help(&self, kind: &Kind, field: &str) -> Option<String> {
        self.find(&format!("{}-field-{field}-help", kind.slug))
    }

    /// What one of several choices is called; choosing an outcome has the outcome's name.
    pub fn choice(&self, kind: &Kind, field: &str, choice: &str) -> String {
        let slug = &kind.slug;
        self.find(&format!("{slug}-choice-{field}-{choice}"))
            .or_else(|| self.find(&format!("{slug}-outcome-{choice}")))
            .unwrap_or_else(|| choice.to_owned())
    }

    /// The name of a thing that has names.
    pub fn name(&self, names: &Names) -> String {
        names.in_lang(self.lang.as_str()).to_owned()
    }

    fn find(&self, key: &str) -> Option<String> {
        let found = self.words.find(self.lang, key, &[]);
        found.map(std::borrow::Cow::into_owned)
    }
}
