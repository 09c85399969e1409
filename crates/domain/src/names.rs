//! The name of a thing in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Language tag → name, e.g. `{"zh": "阳光社区", "en": "Sunshine community"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub BTreeMap<String, String>);

impl Names {
    /// A name known in one language only.
    pub fn one(lang: &str, name: &str) -> Names {
        Names(BTreeMap::from([(lang.to_owned(), name.to_owned())]))
    }

    /// A name in Chinese and English.
    pub fn both(zh: &str, en: &str) -> Names {
        Names(BTreeMap::from([
            ("zh".to_owned(), zh.to_owned()),
            ("en".to_owned(), en.to_owned()),
        ]))
    }

    /// The name in `lang`, else in Chinese, else in any language, else nothing.
    pub fn in_lang(&self, lang: &str) -> &str {
        self.0
            .get(lang)
            .or_else(|| self.0.get("zh"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Whether no language has a name that a person could read.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|name| name.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_to_chinese_then_to_anything() {
        assert_eq!(Names::both("水", "water").in_lang("en"), "water");
        assert_eq!(Names::both("水", "water").in_lang("ug"), "水");
        assert_eq!(Names::one("kk", "су").in_lang("en"), "су");
        assert!(Names::one("zh", " ").is_empty());
    }
}
