//! What people of the town say and write: templates with slots, from `texts/*.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use huiyin_domain::unit::ItemCode;
use rand::Rng;
use rand::seq::IndexedRandom;

/// A text with slots, and what it speaks of.
#[derive(Debug, Clone)]
pub struct Template {
    pub language: &'static str,
    /// The item of the duty list, when the text clearly speaks of one.
    pub item: Option<ItemCode>,
    pub is_urgent: bool,
    pub has_photo: bool,
    text: String,
}

/// All texts of the town.
#[derive(Debug)]
pub struct Texts {
    /// What residents bring in.
    pub appeals: Vec<Template>,
    pub wishes: Vec<Template>,
    pub whistles: Vec<Template>,
    /// What is written into the boxes of steps: pool and language → texts.
    pools: BTreeMap<(&'static str, &'static str), Vec<&'static str>>,
}

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    let mut appeals = paragraphs(include_str!("../../texts/appeals.zh.txt"), Some("zh"));
    appeals.extend(paragraphs(
        include_str!("../../texts/appeals.en.txt"),
        Some("en"),
    ));
    Texts {
        appeals,
        wishes: paragraphs(include_str!("../../texts/wishes.txt"), None),
        whistles: paragraphs(include_str!("../../texts/whistles.txt"), None),
        pools: pools(),
    }
});

impl Texts {
    /// The texts, read once.
    pub fn get() -> &'static Texts {
        &TEXTS
    }

    /// Something that people write in this situation: `answer`, `unhappy`, `send-back`…
    pub fn say(&self, pool: &str, language: &str, rng: &mut impl Rng) -> String {
        let text = self
            .pools
            .iter()
            .find(|((name, lang), _)| *name == pool && *lang == language)
            .and_then(|(_, texts)| texts.choose(rng))
            .unwrap_or_else(|| panic!("texts/words.txt has no `{pool}.{language}`"));
        (*text).to_owned()
    }
}

impl Template {
    /// The text with its slots filled.
    pub fn fill(&self, rng: &mut impl Rng) -> String {
        let mut text = self.text.clone();
        while let Some(start) = text.find('{') {
            let end = text[start..].find('}').map(|end| start + end);
            let end = end.expect("slots in texts are closed");
            let word = self.slot(&text[start + 1..end], rng);
            text.replace_range(start..=end, &word);
        }
        text
    }

    fn slot(&self, slot: &str, rng: &mut impl Rng) -> String {
        let in_chinese = self.language == "zh";
        let mut count = |from: u32, to: u32| rng.random_range(from..=to);
        match slot {
            "n" => count(2, 9).to_string(),
            "days" => count(3, 20).to_string(),
            "cold" => count(11, 15).to_string(),
            "floor" => count(3, 18).to_string(),
            "hour" => count(9, 12).to_string(),
            "money" => (count(12, 480) * 10).to_string(),
            "bld" if in_chinese => format!("{}号楼", count(1, 12)),
            "bld" => format!("building {}", count(1, 12)),
            "door" => format!("{}单元", count(1, 3)),
            "estate" => pick(if in_chinese { "estates" } else { "estates.en" }, rng),
            "road" => pick(if in_chinese { "roads" } else { "roads.en" }, rng),
            other => panic!("a text has an unknown slot {{{other}}}"),
        }
    }
}

/// The name of an estate, in Chinese and in English.
pub(super) fn estate(rng: &mut impl Rng) -> (&'static str, &'static str) {
    let [zh, en] = ["estates", "estates.en"].map(list);
    let at = rng.random_range(0..zh.len().min(en.len()));
    (zh[at], en[at])
}

fn pick(name: &str, rng: &mut impl Rng) -> String {
    (*list(name).choose(rng).expect("the lists are not empty")).to_owned()
}

/// One list of `texts/people.txt`.
pub(super) fn list(name: &str) -> Vec<&'static str> {
    include_str!("../../texts/people.txt")
        .split("\n= ")
        .find_map(|part| part.strip_prefix(name)?.strip_prefix('\n'))
        .map(|body| body.lines().filter(|line| !line.is_empty()).collect())
        .unwrap_or_default()
}

/// Paragraphs that begin with `= item language urgent photo`, each word where it applies.
fn paragraphs(text: &'static str, language: Option<&'static str>) -> Vec<Template> {
    text.split("= ")
        .filter_map(|part| part.split_once('\n'))
        .map(|(head, body)| {
            let words: Vec<&str> = head.split_whitespace().collect();
            let spoken = ["zh", "en"].into_iter().find(|lang| words.contains(lang));
            Template {
                language: spoken.or(language).expect("every text has its language"),
                item: words
                    .first()
                    .filter(|word| word.contains('.'))
                    .map(|word| word.parse().expect("texts name items of items.txt")),
                is_urgent: words.contains(&"urgent"),
                has_photo: words.contains(&"photo"),
                text: body.trim().to_owned(),
            }
        })
        .collect()
}

fn pools() -> BTreeMap<(&'static str, &'static str), Vec<&'static str>> {
    let mut pools: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in super::lines(include_str!("../../texts/words.txt")) {
        let parts = line.split_once('|').and_then(|(head, text)| {
            let (pool, language) = head.trim().split_once('.')?;
            Some(((pool, language), text.trim()))
        });
        let (key, text) = parts.expect("lines of words.txt are `pool.language | text`");
        pools.entry(key).or_default().push(text);
    }
    pools
}
