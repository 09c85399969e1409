//! From the text of `kind.toml` to a [`Kind`], with all faults at once: file, line, what is
//! wrong, what to write instead. One more key: ask for it here, and say so in the guide.

mod parts;
mod reader;
mod vocabulary;

use toml::de::DeTable;

use self::reader::{Notes, Table};
use super::fault::Fault;
use super::kind::{Kind, PublicRule, Show};
use super::source::{DEFINITION, KindFiles};
use crate::place::Level;

/// Longer definitions are refused unread.
const DEFINITION_BYTES_MAX: usize = 256 * 1024;

/// Reads a definition; words, stories and the model are checked by [`super::check`].
pub(super) fn parse(files: KindFiles) -> Result<Kind, Vec<Fault>> {
    let text = files.definition().to_owned();
    let notes = Notes::new(&format!("{}/{DEFINITION}", files.folder), &text);
    if text.is_empty() || text.len() > DEFINITION_BYTES_MAX {
        notes.note(
            &(0..0),
            "the definition is missing or far too long",
            "write kind.toml",
        );
        return Err(notes.take());
    }
    let (document, errors) = DeTable::parse_recoverable(&text);
    for error in &errors {
        let at = error.span().unwrap_or_default();
        notes.note(&at, error.message().to_owned(), "see https://toml.io");
    }
    if !errors.is_empty() {
        return Err(notes.take());
    }
    let top = Table::new(&notes, "the kind", document.get_ref(), 0..0);
    let kind = read(&top, files);
    let faults = notes.take();
    match faults.is_empty() {
        true => Ok(kind),
        false => Err(faults),
    }
}

fn read(top: &Table<'_, '_>, files: KindFiles) -> Kind {
    let inside = |key: &str| {
        top.table(key)
            .map(|table| table.named())
            .unwrap_or_default()
    };
    let kind = Kind {
        slug: files.folder.clone(),
        hash: files.hash(),
        icon: top.text("icon"),
        order: top.number("order", 100),
        languages: files.words().map(|(lang, _)| lang.to_owned()).collect(),
        title_field: top.text("title"),
        place_field: top.text("place"),
        item_field: top.text_maybe("item"),
        internal: top.yes("internal"),
        fields: inside("fields")
            .iter()
            .map(|(name, table)| parts::field(name, table))
            .collect(),
        stages: inside("stages")
            .iter()
            .map(|(name, table)| parts::stage(name, table))
            .collect(),
        steps: inside("steps")
            .iter()
            .map(|(name, table)| parts::step(name, table))
            .collect(),
        clocks: inside("clocks")
            .iter()
            .map(|(name, table)| parts::clock(name, table))
            .collect(),
        outcomes: inside("outcomes")
            .iter()
            .map(|(name, t)| parts::outcome(name, t))
            .collect(),
        open: parts::open(top),
        public: public(top),
        files,
    };
    top.finish();
    kind
}

fn public(top: &Table<'_, '_>) -> PublicRule {
    let Some(table) = top.table("public") else {
        return PublicRule {
            show: Show::Never,
            fields: Vec::new(),
            place: Level::Community,
        };
    };
    let show = match table.text("show").as_str() {
        "always" => Show::Always,
        "published" => Show::Published,
        "never" => Show::Never,
        _ => {
            table.notes.note(
                &table.at,
                "public.show is unknown",
                "write never, published or always",
            );
            Show::Never
        }
    };
    let word = table
        .text_maybe("place")
        .unwrap_or_else(|| "community".to_owned());
    let place = Level::ALL
        .iter()
        .find(|(level, _)| level.word() == word)
        .map(|(level, _)| *level);
    if place.is_none() {
        let known = Level::ALL.iter().map(|(level, _)| level.word());
        table.notes.note(
            &table.at,
            format!("no level {word}"),
            &reader::nearest(&word, known),
        );
    }
    let rule = PublicRule {
        show,
        fields: table.words("fields"),
        place: place.unwrap_or(Level::Community),
    };
    table.finish();
    rule
}
