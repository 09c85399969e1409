//! The texts of the pages, one pair of files per area.
//!
//! To add a text: a line in the `.zh.ftl` and in the `.en.ftl` of its area.
//! To add an area: its two files and one line in [`SOURCES`]. Keys begin with
//! the area (`shell-`, `desk-`, …) so that areas never collide.

use huiyin_domain::words::{Lang, Source};

/// Both languages of one area, named by its files.
macro_rules! area {
    ($name:literal) => {
        [
            Source {
                name: concat!("words/", $name, ".zh.ftl"),
                lang: Lang::ZH,
                text: include_str!(concat!($name, ".zh.ftl")),
            },
            Source {
                name: concat!("words/", $name, ".en.ftl"),
                lang: Lang::EN,
                text: include_str!(concat!($name, ".en.ftl")),
            },
        ]
    };
}

/// Every text that is built in, area by area.
pub const SOURCES: &[[Source<'static>; 2]] = &[
    area!("ui"),
    area!("edge"),
    area!("resident"),
    area!("public"),
    area!("desk"),
    area!("telling"),
    area!("supervision"),
    area!("rates"),
    area!("associations"),
    area!("meals"),
    area!("venues"),
    area!("admin"),
    area!("fields"),
    area!("when"),
    area!("api"),
    area!("menu"),
    area!("gifts"),
    area!("volunteers"),
    area!("proposals"),
    area!("civic_posts"),
    area!("pairings"),
    area!("occasions"),
    area!("land"),
    area!("map"),
    area!("teams"),
    area!("tasks"),
    area!("guide"),
    area!("queue"),
    area!("rounds"),
    area!("samples"),
    area!("observe"),
    area!("meetings"),
    area!("windows"),
    area!("households"),
];

/// What [`huiyin_domain::words::Words::load`] reads; an operator's own sources come after.
pub fn sources() -> impl Iterator<Item = Source<'static>> {
    SOURCES.iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use huiyin_domain::words::Words;

    /// A later source says anew what an earlier one said: among our own that is a slip, and one
    /// of the two sentences is told where the other one was meant.
    #[test]
    fn no_text_is_said_twice() {
        let mut said: BTreeMap<(Lang, &str), &str> = BTreeMap::new();
        for source in huiyin_app::words::sources().chain(sources()) {
            let keys = source.text.lines().filter_map(|line| line.split_once(" ="));
            for (key, _) in
                keys.filter(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                let before = said.insert((source.lang, key), source.name);
                assert_eq!(before, None, "`{key}` stands in {} as well", source.name);
            }
        }
    }

    #[test]
    fn every_text_is_there_in_both_languages() {
        let words = Words::load(sources()).expect("the built-in words are well-formed");
        assert_eq!(words.missing(Lang::ZH), Vec::<&str>::new());
        assert_eq!(words.missing(Lang::EN), Vec::<&str>::new());
    }
}
