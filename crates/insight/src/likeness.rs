//! How alike two texts are, and because of which words.
//!
//! Used to offer duplicates before something is sent. Common words count little, long
//! words count more, and a short text inside a long one counts as alike.

use std::collections::BTreeSet;

use crate::words::{plain_words, query_words_of_all};

/// Words that nearly every message holds.
const COMMON: &[&str] = &[
    "我们",
    "你们",
    "他们",
    "领导",
    "您好",
    "你好",
    "请问",
    "希望",
    "问题",
    "反映",
    "尊敬",
    "小区",
    "业主",
    "居民",
    "情况",
    "政府",
    "部门",
    "相关",
    "有关",
    "能否",
    "是否",
    "为什么",
    "什么",
    "怎么",
    "如何",
    "解决",
    "处理",
    "现在",
    "一个",
    "一直",
    "已经",
    "没有",
    "不能",
    "可以",
    "因为",
    "所以",
    "但是",
    "这个",
    "那个",
    "目前",
    "感谢",
    "谢谢",
    "非常",
    "严重",
    "多次",
    "这样",
    "那样",
    "这种",
    "那种",
    "这些",
    "那些",
    "一半",
    "两个",
    "几个",
    "几天",
    "多天",
    "每天",
    "天天",
    "今天",
    "昨天",
    "明天",
    "晚上",
    "早上",
    "上午",
    "下午",
    "时候",
    "之后",
    "以后",
    "之前",
    "以前",
    "今年",
    "去年",
    "多年",
    "地方",
    "东西",
    "里面",
    "外面",
    "旁边",
    "附近",
    "大家",
    "有人",
    "家里",
    "自己",
    "还是",
    "还有",
    "就是",
    "都是",
    "不是",
    "一下",
    "一点",
    "有点",
    "起来",
    "出来",
    "应该",
    "需要",
    "要求",
    "麻烦",
    "尽快",
    "the",
    "and",
    "is",
    "of",
    "to",
    "in",
    "my",
    "please",
    "hello",
    "there",
    "has",
    "not",
    "a",
    "it",
    "our",
    "for",
    "on",
    "we",
    "this",
    "that",
    "are",
    "be",
    "with",
    "was",
    "have",
    "at",
    "from",
    "by",
    "since",
    "but",
    "they",
    "you",
    "very",
    "an",
    "so",
    "no",
    "all",
    "can",
    "would",
    "when",
    "which",
    "where",
    "who",
    "what",
    "day",
    "days",
    "every",
    "one",
    "been",
    "were",
];
/// How many shared words are named as the reason.
const REASONS_MAX: usize = 6;
/// Texts that share less than this many weights are never alike, however short they are.
const SHARED_MIN: f32 = 2.0;

/// The words of one text that say what it is about; cheap to keep and to compare.
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    words: BTreeSet<String>,
    weight: f32,
}

impl WordSet {
    pub fn of(text: &str) -> Self {
        let words: BTreeSet<String> = plain_words(text)
            .into_iter()
            .filter(|word| weight(word) > 0.0)
            .collect();
        let weight = words.iter().map(|word| weight(word)).sum();
        Self { words, weight }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    pub(crate) fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// The words of a text that tell most about it, as the search index holds them: by them
/// texts that may be alike are looked up before they are compared.
pub fn telling_words(text: &str, count: usize) -> Vec<String> {
    let mut words: Vec<String> = query_words_of_all(text);
    words.retain(|word| weight(word) >= 1.0 && !is_number(word));
    // The longest first; among equals the one that was said first.
    words.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    words.truncate(count);
    words
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// How alike two texts are.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// 0 (nothing in common) to 1 (the same words).
    pub score: f32,
    /// The shared words that weigh most, heaviest first.
    pub because: Vec<String>,
}

/// Compares two texts; `None` when they share too little to say anything.
pub fn likeness(one: &WordSet, other: &WordSet) -> Option<Likeness> {
    let mut shared: Vec<&String> = one.words.intersection(&other.words).collect();
    let common: f32 = shared.iter().map(|word| weight(word)).sum();
    let smaller = one.weight.min(other.weight);
    if common < SHARED_MIN.min(smaller) || common <= 0.0 || smaller < 1.0 {
        return None;
    }
    let contained = common / smaller;
    let overlap = common / (one.weight + other.weight - common);
    shared.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.cmp(b)));
    Some(Likeness {
        score: (0.6 * contained + 0.4 * overlap).clamp(0.0, 1.0),
        because: shared.into_iter().take(REASONS_MAX).cloned().collect(),
    })
}

/// What a word says about the matter: nothing if common, more the longer it is.
pub(crate) fn weight(word: &str) -> f32 {
    if COMMON.contains(&word) {
        return 0.0;
    }
    let chars = word.chars().count();
    let is_plain = word.is_ascii();
    match (is_plain, chars) {
        (_, 0) => 0.0,
        (false, 1) => 0.0,
        (true, 1) => 0.2,
        (true, n) => 0.4 + 0.15 * n.min(8) as f32,
        (false, 2) => 1.0,
        (false, 3) => 1.5,
        (false, _) => 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(one: &str, other: &str) -> f32 {
        likeness(&WordSet::of(one), &WordSet::of(other)).map_or(0.0, |found| found.score)
    }

    #[test]
    fn the_same_complaint_in_other_words_is_alike() {
        let one = "幸福小区3号楼暖气不热，已经三天了，家里有老人，请尽快处理";
        let other = "您好，幸福小区三号楼的暖气一直不热，希望供热公司处理";
        let third = "学校门口的路灯坏了，孩子晚上回家看不见路";
        assert!(score(one, other) > 0.3, "{}", score(one, other));
        assert!(score(one, third) < 0.1, "{}", score(one, third));
    }

    #[test]
    fn a_short_text_inside_a_long_one_is_alike_and_says_why() {
        let long = WordSet::of(
            "人民路与建设路交叉口井盖破损，自行车经过十分危险，已有两人摔倒受伤，请市政修复",
        );
        let short = WordSet::of("人民路井盖破损");
        let found = likeness(&short, &long).expect("they share words");
        assert!(found.score > 0.5);
        assert!(
            found.because.iter().any(|word| word == "井盖"),
            "{:?}",
            found.because
        );
    }

    #[test]
    fn greetings_alone_make_nothing_alike() {
        assert_eq!(
            score("尊敬的领导您好，希望解决问题", "您好领导，请问能否解决"),
            0.0
        );
        assert_eq!(score("", "暖气不热"), 0.0);
    }

    #[test]
    fn telling_words_are_not_greetings() {
        let text = "尊敬的领导您好，我们小区3号楼暖气不热，供热公司一直没有解决，电话13912345678";
        let words = telling_words(text, 3);
        assert_eq!(words.len(), 3);
        assert!(words.iter().any(|word| word == "暖气"), "{words:?}");
        assert!(
            words.iter().all(|word| !COMMON.contains(&word.as_str())),
            "{words:?}"
        );
        assert!(telling_words("您好", 3).is_empty());
    }

    #[test]
    fn the_order_of_the_two_does_not_matter() {
        let (one, other) = ("水管爆裂漏水 pipe burst", "漏水 水管 坏了");
        assert_eq!(score(one, other), score(other, one));
        assert!((score(one, one) - 1.0).abs() < 1e-6);
    }
}
