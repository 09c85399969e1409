//! Which item of the list of items a text speaks of.
//!
//! Built once from the names and aliases of all items. A word that few items use counts
//! more than one that many use; a whole alias found in the text counts most.

use std::collections::{BTreeMap, HashMap};

use crate::fold::fold;
use crate::likeness::{WordSet, weight};

/// An item as the suggester needs it: its code, and everything it may be called.
#[derive(Debug, Clone)]
pub struct ItemNames {
    pub code: String,
    pub names: Vec<String>,
}

/// One item that fits, how well, and the words that say so.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub code: String,
    /// Comparable between suggestions for one text; 1 is one telling word.
    pub score: f32,
    pub because: Vec<String>,
}

/// Suggests items for texts.
#[derive(Debug, Default)]
pub struct ItemSuggester {
    codes: Vec<String>,
    /// Word → the items that use it.
    words: HashMap<String, Vec<usize>>,
    /// Whole names (folded, without spaces) with the item they name.
    phrases: Vec<(String, usize)>,
}

impl ItemSuggester {
    pub fn new(items: &[ItemNames]) -> Self {
        let mut suggester = Self::default();
        for item in items {
            let number = suggester.codes.len();
            suggester.codes.push(item.code.clone());
            for name in &item.names {
                let phrase = squeeze(name);
                if phrase.chars().count() >= 2 {
                    suggester.phrases.push((phrase, number));
                }
                for word in WordSet::of(name).iter() {
                    let users = suggester.words.entry(word.to_owned()).or_default();
                    if users.last() != Some(&number) {
                        users.push(number);
                    }
                }
            }
        }
        suggester
    }

    /// The items that fit `text` best, best first, at most `count`.
    pub fn suggest(&self, text: &str, count: usize) -> Vec<Suggestion> {
        let words = WordSet::of(text);
        let squeezed = squeeze(text);
        let mut fits: BTreeMap<usize, BTreeMap<&str, f32>> = BTreeMap::new();
        for (word, users) in &self.words {
            if words.contains(word) {
                let rarity = rarity(self.codes.len(), users.len());
                for user in users {
                    let reasons = fits.entry(*user).or_default();
                    reasons.insert(word, weight(word) * rarity);
                }
            }
        }
        for (phrase, item) in &self.phrases {
            if squeezed.contains(phrase.as_str()) {
                let length = phrase.chars().count().min(8) as f32;
                let reasons = fits.entry(*item).or_default();
                let score = reasons.entry(phrase).or_default();
                *score = score.max(length);
            }
        }
        let mut suggestions: Vec<Suggestion> = fits
            .into_iter()
            .map(|(item, reasons)| self.suggestion(item, reasons))
            .collect();
        suggestions.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.code.cmp(&b.code))
        });
        suggestions.truncate(count);
        suggestions
    }

    fn suggestion(&self, item: usize, reasons: BTreeMap<&str, f32>) -> Suggestion {
        let mut reasons: Vec<(&str, f32)> = reasons.into_iter().collect();
        reasons.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        Suggestion {
            code: self.codes[item].clone(),
            score: reasons.iter().map(|(_, score)| score).sum(),
            because: reasons
                .into_iter()
                .take(4)
                .map(|(word, _)| word.to_owned())
                .collect(),
        }
    }
}

fn squeeze(text: &str) -> String {
    fold(text).split_whitespace().collect()
}

/// 1 for a word that one item uses, falling towards 0 for one that all use.
fn rarity(items: usize, users: usize) -> f32 {
    let all = items as f32 + 1.0;
    ((all / users as f32).ln() / all.ln()).clamp(0.05, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggester() -> ItemSuggester {
        let item = |code: &str, names: &[&str]| ItemNames {
            code: code.to_owned(),
            names: names.iter().map(|&name| name.to_owned()).collect(),
        };
        ItemSuggester::new(&[
            item(
                "heating.indoor",
                &["室内不热", "暖气不热", "Cold radiators", "供热"],
            ),
            item("heating.leak", &["供热管道漏水", "暖气漏水"]),
            item(
                "water.leak",
                &["自来水漏水", "水管爆裂", "Burst water pipe"],
            ),
            item("light.street", &["路灯不亮", "路灯损坏", "Street lamp"]),
            item("noise.building", &["夜间施工噪音", "施工扰民"]),
        ])
    }

    #[test]
    fn a_text_finds_its_item_and_the_reason() {
        let suggester = suggester();
        for (text, code) in [
            ("我家暖气不热三天了", "heating.indoor"),
            ("小区门口的路灯坏了好几个", "light.street"),
            ("楼上水管爆裂，水流了一地", "water.leak"),
            ("工地夜间施工，吵得睡不着", "noise.building"),
            (
                "The street lamp in front of my house is dark",
                "light.street",
            ),
        ] {
            let found = suggester.suggest(text, 3);
            assert_eq!(
                found.first().map(|s| s.code.as_str()),
                Some(code),
                "{text}: {found:?}"
            );
            assert!(!found[0].because.is_empty());
        }
    }

    #[test]
    fn nothing_fits_nothing() {
        assert!(
            suggester()
                .suggest("孩子上学报名需要什么材料", 3)
                .is_empty()
        );
        assert!(suggester().suggest("", 3).is_empty());
        assert!(ItemSuggester::new(&[]).suggest("暖气", 3).is_empty());
    }

    #[test]
    fn no_more_than_asked_and_always_the_same() {
        let suggester = suggester();
        let once = suggester.suggest("暖气漏水，供热管道", 2);
        assert_eq!(once.len(), 2);
        assert_eq!(once, suggester.suggest("暖气漏水，供热管道", 2));
    }
}
