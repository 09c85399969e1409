//! What operations say: refusals, faults of fields, letters of the house.
//!
//! To add a text: a line in the `.zh.ftl` and in the `.en.ftl` of its area. To add an
//! area: its two files and one line in [`SOURCES`]. A refusal's key is `refused-<key>`,
//! a field's is `fault-<what>`.

use huiyin_domain::case::{Kinds, REFUSAL_WORDS};
use huiyin_domain::words::{Lang, Source};

pub mod dates;

/// Both languages of one area, named by its files.
macro_rules! area {
    ($name:literal) => {
        [
            Source {
                name: concat!("app/words/", $name, ".zh.ftl"),
                lang: Lang::ZH,
                text: include_str!(concat!($name, ".zh.ftl")),
            },
            Source {
                name: concat!("app/words/", $name, ".en.ftl"),
                lang: Lang::EN,
                text: include_str!(concat!($name, ".en.ftl")),
            },
        ]
    };
}

/// Every text that is built in, area by area.
pub const SOURCES: &[[Source<'static>; 2]] = &[
    area!("refusals"),
    area!("households"),
    area!("identity"),
    area!("administration"),
    area!("dates"),
    area!("telling"),
    area!("orders"),
    area!("volunteers"),
    area!("associations"),
    area!("civic_posts"),
    area!("meals"),
    area!("pairings"),
    area!("venues"),
    area!("occasions"),
    area!("land"),
    area!("teams"),
    area!("tasks"),
    area!("procedures"),
    area!("rounds"),
    area!("windows"),
];

/// What `Words::load` reads; an operator's own sources come after.
pub fn sources() -> impl Iterator<Item = Source<'static>> {
    let of_rules = REFUSAL_WORDS.iter().filter_map(|&(lang, text)| {
        Some(Source {
            name: "domain/case/refusals",
            lang: lang.parse().ok()?,
            text,
        })
    });
    of_rules.chain(SOURCES.iter().flatten().copied())
}

/// The words of all kinds in force. A kind's language that is no language is passed over:
/// the check of kinds tells it.
pub fn of_kinds(kinds: &Kinds) -> impl Iterator<Item = Source<'_>> {
    kinds.current().iter().flat_map(|kind| {
        kind.files.words().filter_map(|(lang, text)| {
            Some(Source {
                name: &kind.slug,
                lang: lang.parse().ok()?,
                text,
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use huiyin_domain::words::Words;

    #[test]
    fn every_text_is_there_in_both_languages() {
        let words = Words::load(sources()).expect("the built-in words are well-formed");
        assert_eq!(words.missing(Lang::ZH), Vec::<&str>::new());
        assert_eq!(words.missing(Lang::EN), Vec::<&str>::new());
    }
}
