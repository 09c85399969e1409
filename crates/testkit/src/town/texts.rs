//! What people of the town say and write: templates with slots, from `texts/*.txt`, and below
//! each what fits it: the answer, what was brought, the thanks.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

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
    /// The step that anybody sensible takes with this one, and with no other.
    pub step: Option<&'static str>,
    /// Choices that fit it, such as the sort of thing that is wished for.
    marks: Vec<&'static str>,
    text: String,
    /// What others write who have read it: by outcome, or by the box it is written into.
    lines: Vec<(&'static str, &'static str)>,
}

/// All texts of the town.
#[derive(Debug)]
pub struct Texts {
    /// What residents bring in.
    pub appeals: Vec<Template>,
    pub wishes: Vec<Template>,
    pub whistles: Vec<Template>,
    /// What is ordered from the menu.
    pub orders: Vec<Template>,
    pools: Pools,
    /// Which template is behind a text, by its place in [`Texts::all`].
    known: Mutex<BTreeMap<String, Option<usize>>>,
}

/// What is written into the boxes of steps: pool, language, and the item or the group of items
/// that it only fits, or nothing → texts.
type Pools = BTreeMap<(&'static str, &'static str, &'static str), Vec<&'static str>>;

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
        orders: paragraphs(include_str!("../../texts/orders.txt"), None),
        pools: pools(),
        known: Mutex::default(),
    }
});

impl Texts {
    /// The texts, read once.
    pub fn get() -> &'static Texts {
        &TEXTS
    }

    /// Something that people write in this situation: `answer`, `unhappy`, `send-back`…
    pub fn say(&self, pool: &str, language: &str, rng: &mut impl Rng) -> String {
        self.say_of(pool, language, None, rng)
    }

    /// The same about an item of the duty list: what only fits this item, else what fits its
    /// group, else what always fits.
    pub fn say_of(
        &self,
        pool: &str,
        language: &str,
        item: Option<&ItemCode>,
        rng: &mut impl Rng,
    ) -> String {
        let item = item.map_or("", ItemCode::as_str);
        let group = item.split('.').next().unwrap_or_default();
        let text = [item, group, ""]
            .into_iter()
            .find_map(|scope| self.pools.get(&(pool, language, scope)))
            .and_then(|texts| texts.choose(rng))
            .unwrap_or_else(|| panic!("texts/words.txt has no `{pool}.{language}`"));
        (*text).to_owned()
    }

    /// The template that a text was made from: the one of which most is in it. People read what
    /// they have on their desk again and again, so what was found is kept.
    pub fn behind(&self, text: &str) -> Option<&Template> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let number = match known.get(text) {
            Some(number) => *number,
            None => *known.entry(text.to_owned()).or_insert(self.search(text)),
        };
        number.and_then(|number| self.all().nth(number))
    }

    fn search(&self, text: &str) -> Option<usize> {
        let all = self.all().enumerate();
        let of_it = all.filter(|(_, template)| template.is_behind(text));
        let most = of_it.max_by_key(|(_, template)| template.text.len());
        most.map(|(number, _)| number)
    }

    fn all(&self) -> impl Iterator<Item = &Template> {
        let more = self.wishes.iter().chain(&self.whistles).chain(&self.orders);
        self.appeals.iter().chain(more)
    }

    /// Whether some template calls for this step, so that the others do without it.
    pub fn call_for(&self, step: &str) -> bool {
        self.wishes.iter().any(|wish| wish.step == Some(step))
    }
}

impl Template {
    /// Whether the text is this one with its slots filled.
    fn is_behind(&self, text: &str) -> bool {
        let mut rest = text;
        let mut parts = self.text.split(['{', '}']).step_by(2);
        parts.all(|part| match rest.split_once(part) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }

    /// Whether it is marked with this word.
    pub fn is_marked(&self, word: &str) -> bool {
        self.marks.contains(&word)
    }

    /// Those of the choices that fit it.
    pub fn fitting<'c>(&self, choices: &'c [String]) -> Vec<&'c String> {
        let fits = |choice: &&String| {
            let choice = choice.as_str();
            self.marks.contains(&choice) || self.line(choice).is_some()
        };
        choices.iter().filter(fits).collect()
    }

    /// What others write about it under this name.
    pub fn line(&self, name: &str) -> Option<&'static str> {
        let mut lines = self.lines.iter();
        lines.find(|(of, _)| *of == name).map(|(_, text)| *text)
    }

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

/// Paragraphs that begin with `= item language urgent photo step=… mark…`, each word where it
/// applies; lines that begin with `> name |` hold what fits them.
fn paragraphs(text: &'static str, language: Option<&'static str>) -> Vec<Template> {
    text.split("= ")
        .filter_map(|part| part.split_once('\n'))
        .map(|(head, body)| template(head, body, language))
        .collect()
}

fn template(head: &'static str, body: &'static str, language: Option<&'static str>) -> Template {
    const LANGUAGES: [&str; 2] = ["zh", "en"];
    let words: Vec<&str> = head.split_whitespace().collect();
    let spoken = LANGUAGES.into_iter().find(|lang| words.contains(lang));
    let item = words.iter().find(|word| word.contains('.'));
    let is_plain = |word: &&&str| {
        let known = ["-", "urgent", "photo"];
        !(known.contains(*word) || LANGUAGES.contains(*word) || word.contains(['.', '=']))
    };
    let (said, told): (Vec<&str>, Vec<&str>) = body
        .lines()
        .filter(|line| !line.is_empty())
        .partition(|line| !line.starts_with("> "));
    Template {
        language: spoken.or(language).expect("every text has its language"),
        item: item.map(|word| word.parse().expect("texts name items of items.txt")),
        is_urgent: words.contains(&"urgent"),
        has_photo: words.contains(&"photo"),
        step: words.iter().find_map(|word| word.strip_prefix("step=")),
        marks: words.iter().filter(is_plain).copied().collect(),
        text: said.join("\n"),
        lines: told.into_iter().map(line).collect(),
    }
}

fn line(line: &'static str) -> (&'static str, &'static str) {
    let parts = line
        .strip_prefix("> ")
        .and_then(|line| line.split_once('|'));
    let (name, text) = parts.expect("what fits a text stands as `> name | text`");
    (name.trim(), text.trim())
}

fn pools() -> Pools {
    let mut pools = Pools::new();
    for line in super::lines(include_str!("../../texts/words.txt")) {
        let parts = line.split_once('|').and_then(|(head, text)| {
            let (pool, of) = head.trim().split_once('.')?;
            let (language, scope) = of.split_once('.').unwrap_or((of, ""));
            Some(((pool, language, scope), text.trim()))
        });
        let (key, text) = parts.expect("lines of words.txt are `pool.language | text`");
        pools.entry(key).or_default().push(text);
    }
    pools
}
