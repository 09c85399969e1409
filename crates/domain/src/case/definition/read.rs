//! From the files of a kind to whatever could be read of it, and every fault.

use toml::de::DeTable;

use super::parse::{Places, read_kind};
use super::reader::{Reader, Table};
use crate::case::fault::Fault;
use crate::case::kind::Kind;
use crate::case::source::{DEFINITION, KindFiles};

/// A definition larger than this was not written by hand.
const DEFINITION_BYTES_MAX: usize = 200_000;

/// What was read of a definition.
#[derive(Default)]
pub struct Read {
    /// The kind, without whatever could not be read.
    pub kind: Option<Kind>,
    /// Where its parts stand, those that could not be read too.
    pub places: Places,
    pub faults: Vec<Fault>,
}

impl Read {
    fn failed(reader: Reader<'_>) -> Read {
        Read {
            faults: reader.into_faults(),
            ..Read::default()
        }
    }

    /// The kind, if nothing is wrong with it.
    pub fn whole(self) -> Result<(Kind, Places), Vec<Fault>> {
        match self.kind {
            Some(kind) if self.faults.is_empty() => Ok((kind, self.places)),
            _ => Err(self.faults),
        }
    }
}

/// Reads a kind from its files.
pub fn parse(files: KindFiles) -> Read {
    let file = format!("{}/{DEFINITION}", files.folder);
    let text = files.definition().to_owned();
    let reader = Reader::new(&file, &text);
    if text.len() > DEFINITION_BYTES_MAX {
        let fault = format!("the definition is longer than {DEFINITION_BYTES_MAX} bytes");
        reader.error(&(0..0), fault, None);
        return Read::failed(reader);
    }
    if files.get(DEFINITION).is_none() {
        let instead = format!("write a file {DEFINITION}");
        reader.error(&(0..0), "the folder has no definition", Some(instead));
        return Read::failed(reader);
    }
    let (document, errors) = DeTable::parse_recoverable(&text);
    let is_toml = errors.is_empty();
    for error in errors {
        let message = error.message().replace('\n', ", ");
        reader.error(&error.span().unwrap_or(0..0), message, None);
    }
    let table = Table::new(&reader, document.get_ref(), 0..0, "the kind");
    let mut places = Places::new();
    let kind = read_kind(table, &files, &mut places);
    Read {
        // Of what is no TOML, nobody can tell what is there and what is not.
        kind: kind.filter(|_| is_toml),
        places,
        faults: reader.into_faults(),
    }
}
