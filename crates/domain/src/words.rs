//! What is said, in each language: Fluent sources, layered, with a fallback.
//!
//! A text is asked for by its key and never fails: what a language lacks is
//! taken from the next one in its chain, and at worst the key itself is shown.
//! `missing` tells which keys that would happen to, so that a test can refuse.
//!
//! To add a language: hand its sources to [`Words::load`]; nothing else here
//! changes. To add a text: a line in the `.ftl` file of every language.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;
use serde::{Deserialize, Serialize};

/// What a placeable in a text is filled with: a word or a number.
pub type Value<'a> = fluent_bundle::FluentValue<'a>;

/// The longest tag kept: `xxx-Xxxx-XX` (language, script, region).
const LANG_BYTES_MAX: usize = 11;

/// A language tag such as `zh`, `en`, `ug` or `kk-Arab`, in canonical case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang {
    bytes: [u8; LANG_BYTES_MAX],
    len: u8,
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of the HTML attribute `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language tag; write it like zh, en or kk-Arab")]
pub struct NotALang(String);

impl Lang {
    pub const ZH: Lang = Lang::short(*b"zh");
    pub const EN: Lang = Lang::short(*b"en");

    const fn short(tag: [u8; 2]) -> Lang {
        let mut bytes = [0; LANG_BYTES_MAX];
        bytes[0] = tag[0];
        bytes[1] = tag[1];
        Lang { bytes, len: 2 }
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)])
            .expect("a tag is checked to be ASCII when it is made")
    }

    /// The language without script and region: `kk` of `kk-Arab`.
    pub fn base(self) -> Lang {
        let base = self.as_str().split('-').next().unwrap_or_default();
        base.parse().expect("the first part of a tag is a tag")
    }

    /// Right-to-left for languages usually written so, unless the script says otherwise.
    pub fn direction(self) -> Direction {
        let mut parts = self.as_str().split('-');
        let base = parts.next().unwrap_or_default();
        let rtl = match parts.find(|part| part.len() == 4) {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Thaa" | "Syrc"),
            None => matches!(base, "ug" | "ar" | "fa" | "ur" | "ps" | "he" | "ckb"),
        };
        if rtl {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        }
    }

    /// The value of the HTML attribute `dir`.
    pub fn dir(self) -> &'static str {
        self.direction().as_str()
    }

    /// Where a text is looked for, first to last.
    fn chain(self) -> impl Iterator<Item = Lang> {
        let chain = [self, self.base(), Lang::ZH, Lang::EN];
        (0..chain.len()).filter_map(move |at| {
            let lang = chain[at];
            (!chain[..at].contains(&lang)).then_some(lang)
        })
    }

    fn identifier(self) -> unic_langid::LanguageIdentifier {
        self.as_str().parse().unwrap_or_default()
    }
}

impl FromStr for Lang {
    type Err = NotALang;

    fn from_str(text: &str) -> Result<Lang, NotALang> {
        let refuse = || NotALang(text.chars().take(40).collect());
        if text.len() > LANG_BYTES_MAX || !text.is_ascii() {
            return Err(refuse());
        }
        let mut tag = String::with_capacity(text.len());
        for (at, part) in text.split('-').enumerate() {
            let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
            let lower = part.to_ascii_lowercase();
            match (at, part.len()) {
                (0, 2 | 3) if letters => tag.push_str(&lower),
                (1, 4) if letters => {
                    tag.push('-');
                    tag.push_str(&lower[..1].to_ascii_uppercase());
                    tag.push_str(&lower[1..]);
                }
                (1 | 2, 2) if letters => {
                    tag.push('-');
                    tag.push_str(&lower.to_ascii_uppercase());
                }
                _ => return Err(refuse()),
            }
        }
        let mut bytes = [0; LANG_BYTES_MAX];
        bytes[..tag.len()].copy_from_slice(tag.as_bytes());
        let len = u8::try_from(tag.len()).expect("a tag has at most eleven bytes");
        Ok(Lang { bytes, len })
    }
}

impl TryFrom<String> for Lang {
    type Error = NotALang;

    fn try_from(text: String) -> Result<Lang, NotALang> {
        text.parse()
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> String {
        lang.as_str().to_owned()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Lang({})", self.as_str())
    }
}

/// One `.ftl` file: where it comes from, the language it is in, what it says.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub name: &'a str,
    pub lang: Lang,
    pub text: &'a str,
}

/// A line of a source that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}:{line}: {says}")]
pub struct Fault {
    pub name: String,
    pub line: usize,
    pub says: String,
}

/// All texts in all languages.
pub struct Words {
    books: BTreeMap<Lang, Book>,
}

struct Book {
    bundle: FluentBundle<FluentResource>,
    keys: BTreeSet<String>,
}

impl Words {
    /// Reads all sources; a later one may say anew what an earlier one said,
    /// so an operator's own words come after the built-in ones. All faults are
    /// reported at once.
    pub fn load<'a>(sources: impl IntoIterator<Item = Source<'a>>) -> Result<Words, Vec<Fault>> {
        let mut books = BTreeMap::new();
        let mut faults = Vec::new();
        for source in sources {
            let book = books
                .entry(source.lang)
                .or_insert_with(|| Book::empty(source.lang));
            book.add(source, &mut faults);
        }
        if faults.is_empty() {
            Ok(Words { books })
        } else {
            Err(faults)
        }
    }

    /// The text of `key` (`message` or `message.attribute`), or the key itself.
    pub fn get<'w>(&'w self, lang: Lang, key: &'w str, args: &[(&str, Value<'_>)]) -> Cow<'w, str> {
        self.find(lang, key, args).unwrap_or(Cow::Borrowed(key))
    }

    /// The text of `key` in the first language of the chain that has it.
    pub fn find(&self, lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> Option<Cow<'_, str>> {
        lang.chain()
            .find_map(|lang| self.books.get(&lang)?.say(key, args))
    }

    /// Whether this very language has the key.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.books
            .get(&lang)
            .is_some_and(|book| book.keys.contains(key))
    }

    pub fn languages(&self) -> impl Iterator<Item = Lang> {
        self.books.keys().copied()
    }

    /// What some other language says and this one does not, in order of key.
    pub fn missing(&self, lang: Lang) -> Vec<&str> {
        let all: BTreeSet<&str> = self
            .books
            .values()
            .flat_map(|book| book.keys.iter().map(String::as_str))
            .collect();
        all.into_iter().filter(|key| !self.has(lang, key)).collect()
    }
}

impl Book {
    fn empty(lang: Lang) -> Book {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
        // Isolation marks would end up in copied codes, in mail and in files;
        // pages isolate foreign text with `<bdi>` instead.
        bundle.set_use_isolating(false);
        Book {
            bundle,
            keys: BTreeSet::new(),
        }
    }

    fn add(&mut self, source: Source<'_>, faults: &mut Vec<Fault>) {
        let resource = match FluentResource::try_new(source.text.to_owned()) {
            Ok(resource) => resource,
            Err((_, errors)) => {
                faults.extend(errors.iter().map(|error| Fault {
                    name: source.name.to_owned(),
                    line: line_of(source.text, error.pos.start),
                    says: error.kind.to_string(),
                }));
                return;
            }
        };
        for entry in resource.entries() {
            if let Entry::Message(message) = entry {
                let key = message.id.name;
                if message.value.is_some() {
                    self.keys.insert(key.to_owned());
                }
                for attribute in &message.attributes {
                    self.keys.insert(format!("{key}.{}", attribute.id.name));
                }
            }
        }
        self.bundle.add_resource_overriding(resource);
    }

    fn say(&self, key: &str, args: &[(&str, Value<'_>)]) -> Option<Cow<'_, str>> {
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        // A placeable that cannot be filled is shown by its name; the rest of
        // the sentence still serves.
        let mut unfilled = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut unfilled);
        Some(Cow::Owned(text.into_owned()))
    }
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        tag.parse().unwrap()
    }

    fn source(lang: Lang, text: &str) -> Source<'_> {
        Source {
            name: "ui.ftl",
            lang,
            text,
        }
    }

    fn house() -> Words {
        Words::load([
            source(
                Lang::ZH,
                "only-zh = 只有中文\nboth = 收到了\n    .help = 周四前答复您\n",
            ),
            source(
                Lang::EN,
                "only-en = English only\nboth = We have it\nleft = { $days ->\n    [one] { $days } day left\n   *[other] { $days } days left\n }\n",
            ),
        ])
        .unwrap()
    }

    #[test]
    fn tags_are_checked_and_put_in_canonical_case() {
        assert_eq!(lang("ZH").as_str(), "zh");
        assert_eq!(lang("KK-arab").as_str(), "kk-Arab");
        assert_eq!(lang("zh-hans-cn").as_str(), "zh-Hans-CN");
        for wrong in [
            "",
            "z",
            "中文",
            "zh_CN",
            "zh-",
            "zh-Hans-CN-x",
            "../zh",
            "e n",
        ] {
            assert!(wrong.parse::<Lang>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn direction_follows_the_script() {
        assert_eq!(lang("ug").dir(), "rtl");
        assert_eq!(lang("kk-Arab").dir(), "rtl");
        assert_eq!(lang("kk").dir(), "ltr");
        assert_eq!(lang("ug-Latn").dir(), "ltr");
        assert_eq!(Lang::ZH.dir(), "ltr");
    }

    #[test]
    fn a_tag_survives_json() {
        let json = serde_json::to_string(&lang("kk-Arab")).unwrap();
        assert_eq!(json, "\"kk-Arab\"");
        assert_eq!(
            serde_json::from_str::<Lang>(&json).unwrap(),
            lang("kk-Arab")
        );
        assert!(serde_json::from_str::<Lang>("\"<script>\"").is_err());
    }

    #[test]
    fn what_a_language_lacks_comes_from_the_next() {
        let words = house();
        assert_eq!(words.get(Lang::EN, "only-zh", &[]), "只有中文");
        assert_eq!(words.get(Lang::ZH, "only-en", &[]), "English only");
        assert_eq!(words.get(lang("ug"), "both", &[]), "收到了");
        assert_eq!(words.get(lang("en-GB"), "both", &[]), "We have it");
        assert_eq!(words.get(Lang::ZH, "nowhere", &[]), "nowhere");
        assert_eq!(words.find(Lang::ZH, "nowhere", &[]), None);
    }

    #[test]
    fn attributes_and_arguments() {
        let words = house();
        assert_eq!(words.get(Lang::ZH, "both.help", &[]), "周四前答复您");
        assert_eq!(
            words.get(Lang::EN, "left", &[("days", 1.into())]),
            "1 day left"
        );
        assert_eq!(
            words.get(Lang::EN, "left", &[("days", 3.into())]),
            "3 days left"
        );
    }

    #[test]
    fn later_sources_speak_last() {
        let words = Words::load([
            source(Lang::ZH, "town = 本地\n"),
            source(Lang::ZH, "town = 和静县\n"),
        ])
        .unwrap();
        assert_eq!(words.get(Lang::ZH, "town", &[]), "和静县");
    }

    #[test]
    fn missing_lists_keys_and_attributes() {
        let words = house();
        assert_eq!(words.missing(Lang::EN), ["both.help", "only-zh"]);
        assert_eq!(words.missing(Lang::ZH), ["left", "only-en"]);
        assert_eq!(words.missing(lang("ug")).len(), 5);
    }

    #[test]
    fn every_fault_has_its_line() {
        let faults = Words::load([source(Lang::ZH, "good = 好\nbad { = \n\nworse = { $\n")])
            .err()
            .unwrap();
        let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 4]);
        assert!(faults[0].to_string().starts_with("ui.ftl:2: "));
    }

    #[test]
    fn words_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&house());
    }
}
