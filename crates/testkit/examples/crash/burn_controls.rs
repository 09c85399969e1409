//! What was shipped and then damaged is refused, by a sentence that says what is wrong, and nothing
//! is made of it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use huiyin_store::Engine;

use crate::burn::{Ground, copy};
use crate::finding::Fault;
use crate::place::Place;
use crate::server::{Start, printed};
use crate::told::Told;

struct Damage {
    what: &'static str,
    /// What must be said of it.
    says: &'static str,
    /// Does it to a generation that has these segments.
    does: fn(&Path, &[PathBuf]) -> std::io::Result<()>,
}

const DAMAGES: [Damage; 5] = [
    Damage {
        what: "one bit of a segment flipped",
        says: "was changed or cut",
        does: |_, segments| flip(&segments[segments.len() / 2]),
    },
    Damage {
        what: "two segments swapped",
        says: "does not follow the one before it",
        does: |path, segments| {
            let [.., one, other] = segments else {
                return Err(std::io::Error::other("too few segments"));
            };
            let aside = path.join("aside");
            fs::rename(one, &aside)?;
            fs::rename(other, one)?;
            fs::rename(&aside, other)
        },
    },
    Damage {
        what: "a segment missing",
        says: "is missing",
        does: |_, segments| fs::remove_file(&segments[segments.len() / 2]),
    },
    Damage {
        what: "a segment cut",
        says: "was changed or cut",
        does: |_, segments| {
            let file = fs::File::options().write(true).open(&segments[0])?;
            file.set_len(file.metadata()?.len() / 2)
        },
    },
    Damage {
        what: "another base",
        says: "is not the one that was shipped",
        does: |path, _| flip(&path.join("base")),
    },
];

fn flip(path: &Path) -> std::io::Result<()> {
    let mut bytes = fs::read(path)?;
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(path, bytes)
}

/// Not one that the fire met half written, under the name of what is begun.
fn is_segment(path: &Path) -> bool {
    let stem = path.file_stem().and_then(OsStr::to_str);
    let is_numbered = stem.is_some_and(|stem| stem.parse::<u64>().is_ok());
    is_numbered && path.extension() == Some(OsStr::new("segment"))
}

/// Whether each of them is refused.
pub fn all_refused(ground: &Ground<'_>, shipped: &Path, told: &mut Told) -> Result<(), Fault> {
    for (number, damage) in DAMAGES.iter().enumerate() {
        let damaged = ground.folder.join(format!("damaged-{number}"));
        copy(shipped, &damaged)?;
        let path = damaged.join("000001");
        let mut segments: Vec<PathBuf> = fs::read_dir(&path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<_>>()?;
        segments.retain(|path| is_segment(path));
        segments.sort();
        (damage.does)(&path, &segments)?;
        let into = Place::make(
            Engine::Sqlite,
            &ground.folder.join(format!("refused-{number}")),
        )?;
        let shipped: [&OsStr; 2] = ["--shipped".as_ref(), damaged.as_ref()];
        let output = Start::of(ground.binary, &into)?.run("restore", &shipped)?;
        let said = printed(&output);
        let is_refused = !output.status.success() && said.contains(damage.says);
        let is_nothing_made = fs::read_dir(&into.data)?.next().is_none();
        told.tell(
            is_refused && is_nothing_made,
            format!("refused with {}", damage.what),
            &[said],
        );
    }
    Ok(())
}
