//! The folder in which a demo makes its town. Until the town is finished a mark lies beside the
//! database, and whoever makes it holds the mark; so a town that was cut short is known as
//! such, and made anew.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

const MARK: &str = "town-being-made";

/// A town that is being made.
pub struct Making {
    mark: PathBuf,
    /// Held for as long as it is made.
    _held: File,
}

/// Begins to make a town, unless the folder has a database that nobody left half made. What
/// lies in the folder and is not named here is left alone.
pub fn begin(folder: &Path, database: &str, others: &[&str]) -> anyhow::Result<Option<Making>> {
    let mark = folder.join(MARK);
    let mut how = File::options();
    how.write(true);
    // Where there is a database but no mark, there is nothing to make.
    if !folder.join(database).exists() {
        how.create(true).truncate(false);
    }
    let held = match how.open(&mark) {
        Ok(held) => held,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(fault).context(format!("opening {}", mark.display())),
    };
    match held.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            bail!("another demo is making its town in {}", folder.display())
        }
        Err(TryLockError::Error(fault)) => {
            return Err(fault).context(format!("holding {}", mark.display()));
        }
    }
    // It was finished while we waited for the file.
    if !mark.exists() {
        return Ok(None);
    }
    let database = ["", "-wal", "-shm"].map(|part| format!("{database}{part}"));
    let names = database.iter().map(String::as_str).chain(others.to_vec());
    for path in names.map(|name| folder.join(name)) {
        match fs::remove_file(&path) {
            Err(fault) if fault.kind() != ErrorKind::NotFound => {
                return Err(fault).context(format!("removing {}", path.display()));
            }
            _ => {}
        }
    }
    Ok(Some(Making { mark, _held: held }))
}

impl Making {
    /// The town is finished.
    pub fn done(self) -> anyhow::Result<()> {
        fs::remove_file(&self.mark).with_context(|| format!("removing {}", self.mark.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHERS: &[&str] = &["token"];

    fn begins(folder: &Path) -> Option<Making> {
        begin(folder, "town.db", OTHERS).expect("the folder can be looked at")
    }

    #[test]
    fn a_town_that_was_cut_short_is_made_anew_and_nothing_else_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let lie = |name: &str| fs::write(folder.join(name), "x").expect("a file");
        let is_there = |name: &str| folder.join(name).exists();
        drop(begins(folder).expect("an empty folder has no town"));
        for name in ["town.db", "town.db-wal", "token", "letter"] {
            lie(name);
        }
        let making = begins(folder).expect("the town was cut short");
        assert!(!is_there("town.db") && !is_there("town.db-wal") && !is_there("token"));
        assert!(is_there("letter"));
        let other = begin(folder, "town.db", OTHERS).err();
        let other = other.expect("two do not make one town").to_string();
        assert!(other.contains("another demo"), "{other}");
        lie("town.db");
        making.done().expect("the mark goes");
        assert!(begins(folder).is_none());
        assert!(is_there("town.db"));
    }

    #[test]
    fn a_database_without_a_mark_is_nobodys_to_remove() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("town.db"), "somebody's").expect("a file");
        assert!(begins(folder.path()).is_none());
        let kept = fs::read_to_string(folder.path().join("town.db"));
        assert_eq!(kept.expect("it stays"), "somebody's");
    }
}
