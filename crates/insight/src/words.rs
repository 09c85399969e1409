//! Words of a text for the search index, and words of a query to look up in it.
//!
//! Both sides use the dictionary only, without the statistical guess at unknown words:
//! such a guess depends on the neighbours, so the same name would be cut one way in the
//! text and another way in the query. The index holds *every* dictionary word that occurs,
//! so each word of a query that is part of the text is found; long words, and characters
//! that no dictionary word covers (names of places and people), are kept as overlapping pairs too.

use std::collections::HashSet;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use crate::fold::fold;

/// More different words than this add nothing to finding a text again.
const INDEX_WORDS_MAX: usize = 1_000;
/// A query is a few words; the rest of a pasted page is ignored.
const QUERY_WORDS_MAX: usize = 12;
/// Longer runs of letters or digits are cut here, on both sides alike.
const WORD_CHARS_MAX: usize = 24;
/// Text beyond this is not read for words (the text itself is kept whole elsewhere).
const TEXT_CHARS_MAX: usize = 20_000;
const QUERY_CHARS_MAX: usize = 200;

static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Loads the dictionary (a few hundred milliseconds) so that no visitor waits for it.
pub fn warm_up() {
    LazyLock::force(&DICTIONARY);
}

/// Every word of `text`, each once, in order of first appearance.
pub fn index_words(text: &str) -> Vec<String> {
    let folded = fold_up_to(text, TEXT_CHARS_MAX);
    let mut words = Collector::new(INDEX_WORDS_MAX);
    for run in runs(&folded) {
        match run {
            Run::Han(han) => every_word(han, &mut words),
            Run::Letters(letters) => words.add(letters),
        }
    }
    words.found
}

/// The words that a text must hold to answer `query`.
pub fn query_words(query: &str) -> Vec<String> {
    let folded = fold_up_to(query, QUERY_CHARS_MAX);
    let mut words = Collector::new(QUERY_WORDS_MAX);
    let mut lone = Vec::new();
    for run in runs(&folded) {
        match run {
            Run::Han(han) => coarse_words(han, &mut words, &mut lone),
            Run::Letters(letters) => words.add(letters),
        }
    }
    // A single character beside whole words narrows nothing and misses much.
    if words.found.is_empty() {
        lone.into_iter().for_each(|c| words.add(c));
    }
    words.found
}

/// What [`query_words`] says of a whole text, not only of its beginning.
pub(crate) fn query_words_of_all(text: &str) -> Vec<String> {
    let folded = fold_up_to(text, TEXT_CHARS_MAX);
    let mut words = Collector::new(INDEX_WORDS_MAX);
    for run in runs(&folded) {
        match run {
            Run::Han(han) => coarse_words(han, &mut words, &mut Vec::new()),
            Run::Letters(letters) => words.add(letters),
        }
    }
    words.found
}

/// The text cut once into its words, repeated ones repeated: for comparing texts.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    let folded = fold_up_to(text, TEXT_CHARS_MAX);
    let mut words = Vec::new();
    for run in runs(&folded) {
        match run {
            Run::Han(han) => words.extend(
                DICTIONARY
                    .cut(han, false)
                    .into_iter()
                    .map(|token| token.word.to_owned()),
            ),
            Run::Letters(letters) => words.push(clip(letters).to_owned()),
        }
    }
    words
}

/// A word of a text, with what the dictionary says of it.
pub(crate) struct Tagged<'a> {
    pub text: &'a str,
    /// As in the dictionary: `nr` for names of people.
    pub tag: &'a str,
    /// Whether it stands in the dictionary.
    pub is_known: bool,
}

/// The text cut once into its words, each with its tag.
pub(crate) fn tagged(text: &str) -> Vec<Tagged<'_>> {
    let words = DICTIONARY.tag(text, false).into_iter();
    words
        .map(|word| Tagged {
            text: word.word,
            tag: word.tag,
            is_known: DICTIONARY.has_word(word.word),
        })
        .collect()
}

fn fold_up_to(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => fold(&text[..end]),
        None => fold(text),
    }
}

struct Collector {
    found: Vec<String>,
    seen: HashSet<String>,
    max: usize,
}

impl Collector {
    fn new(max: usize) -> Self {
        Self {
            found: Vec::new(),
            seen: HashSet::new(),
            max,
        }
    }

    fn add(&mut self, word: &str) {
        let word = clip(word);
        if self.found.len() < self.max && !self.seen.contains(word) {
            self.seen.insert(word.to_owned());
            self.found.push(word.to_owned());
        }
    }
}

fn clip(word: &str) -> &str {
    match word.char_indices().nth(WORD_CHARS_MAX) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

enum Run<'a> {
    Han(&'a str),
    Letters(&'a str),
}

/// Cuts a text into runs of Han characters and runs of other letters and digits.
fn runs(text: &str) -> Vec<Run<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let class = class_of(first);
        let end = rest.find(|c| class_of(c) != class).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match class {
            Class::Han => found.push(Run::Han(run)),
            Class::Letters => found.push(Run::Letters(run)),
            Class::Other => {}
        }
        rest = after;
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    Letters,
    Other,
}

fn class_of(c: char) -> Class {
    match c {
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Class::Han,
        _ if c.is_alphanumeric() => Class::Letters,
        _ => Class::Other,
    }
}

/// Every dictionary word inside the run, then pairs over what none of them covers.
fn every_word(run: &str, words: &mut Collector) {
    let mut covered_to = 0;
    let mut bare_from = 0;
    for token in DICTIONARY.cut_all(run) {
        let start = token.word.as_ptr() as usize - run.as_ptr() as usize;
        if token.word.chars().nth(1).is_none() {
            continue;
        }
        if start >= covered_to {
            pairs(&run[bare_from..start], words);
        }
        words.add(token.word);
        if token.word.chars().nth(2).is_some() {
            pairs(token.word, words);
        }
        covered_to = covered_to.max(start + token.word.len());
        bare_from = covered_to;
    }
    pairs(&run[bare_from..], words);
}

/// The run cut once into its likeliest words, pairs over single characters.
fn coarse_words<'a>(run: &'a str, words: &mut Collector, lone: &mut Vec<&'a str>) {
    let mut covered = vec![false; run.len()];
    for token in DICTIONARY.cut_all(run) {
        if token.word.chars().nth(1).is_some() {
            let start = token.word.as_ptr() as usize - run.as_ptr() as usize;
            covered[start..start + token.word.len()].fill(true);
        }
    }
    let mut bare_from = 0;
    for token in DICTIONARY.cut(run, false) {
        let start = token.word.as_ptr() as usize - run.as_ptr() as usize;
        let end = start + token.word.len();
        let is_word = token.word.chars().nth(1).is_some();
        if is_word || covered[start] {
            bare(&run[bare_from..start], words, lone);
            bare_from = end;
        }
        if is_word {
            words.add(token.word);
        }
    }
    bare(&run[bare_from..], words, lone);
}

fn bare<'a>(run: &'a str, words: &mut Collector, lone: &mut Vec<&'a str>) {
    if run.chars().nth(1).is_some() {
        pairs(run, words);
    } else if !run.is_empty() {
        lone.push(run);
    }
}

/// Overlapping pairs of characters; a single character stands alone.
fn pairs(run: &str, words: &mut Collector) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    match starts.len() {
        0 => {}
        1 => {
            if !is_particle(run) {
                words.add(run);
            }
        }
        n => {
            for i in 0..n - 1 {
                let end = starts.get(i + 2).copied().unwrap_or(run.len());
                words.add(&run[starts[i]..end]);
            }
        }
    }
}

/// Single characters so common that a list of all their texts helps nobody.
fn is_particle(run: &str) -> bool {
    "的了是在我有和就不人都一上也很到说要去你会着没看好这他她它们与及或被把从向对为以于之其而但并请能可将已还又再吗呢吧啊个"
        .contains(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(text: &str, query: &str) -> bool {
        let index: HashSet<String> = index_words(text).into_iter().collect();
        let words = query_words(query);
        !words.is_empty() && words.iter().all(|word| index.contains(word))
    }

    const TEXT: &str = "反映A7县春华镇金鼎村水泥路、自来水到户的问题，中华人民共和国，WiFi 信号差，\
        电话13912345678，暖气不热，王小明家3号楼２单元";

    #[test]
    fn parts_of_a_text_find_it() {
        for query in [
            "水泥路",
            "自来水",
            "水泥 暖气",
            "暖气不热",
            "金鼎村",
            "金鼎",
            "春华镇",
            "人民",
            "共和国",
            "wifi",
            "ＷＩＦＩ",
            "13912345678",
            "a7县",
            "3号楼2单元",
            "小明",
        ] {
            assert!(finds(TEXT, query), "{query}: {:?}", query_words(query));
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for query in ["路灯", "水泥 路灯", "金鼎镇", "b7", ""] {
            assert!(!finds(TEXT, query), "{query}: {:?}", query_words(query));
        }
    }

    #[test]
    fn words_carry_nothing_a_search_engine_could_misread() {
        let hostile = "a\" OR b* NEAR(c) 'x':y \0\u{202e}水管-爆裂;DROP TABLE";
        for word in index_words(hostile).iter().chain(&query_words(hostile)) {
            assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
        }
    }

    #[test]
    fn size_is_bounded_and_the_answer_repeats() {
        let long: String = (0..50_000)
            .map(|i| char::from_u32(0x4e00 + i % 20_000).expect("a Han character"))
            .collect();
        assert_eq!(index_words(&long).len(), INDEX_WORDS_MAX);
        assert!(query_words(&long).len() <= QUERY_WORDS_MAX);
        let run = "x".repeat(5_000);
        assert_eq!(index_words(&run), ["x".repeat(WORD_CHARS_MAX)]);
        assert_eq!(query_words(&run), index_words(&run));
        assert_eq!(index_words(TEXT), index_words(TEXT));
    }

    #[test]
    fn other_scripts_are_words_too() {
        assert!(finds("سۇ كەلمەيدۇ", "كەلمەيدۇ"));
        assert!(finds("Су жоқ, жылу жоқ", "ЖЫЛУ"));
    }
}
