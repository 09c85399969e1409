//! Where a house lies: a database, and a folder for its files.

use std::path::{Path, PathBuf};

use huiyin_store::Engine;
use huiyin_store::scratch::Scratch;

use crate::finding::Fault;

pub struct Place {
    pub url: String,
    pub data: PathBuf,
    /// A database that goes with this place.
    _scratch: Option<Scratch>,
}

impl Place {
    /// A new folder; on PostgreSQL an empty database where `HUIYIN_TEST_POSTGRES` says.
    pub fn make(engine: Engine, data: &Path) -> Result<Place, Fault> {
        let scratch = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Scratch::postgres().ok_or("HUIYIN_TEST_POSTGRES says none")?),
        };
        let url = match &scratch {
            Some(scratch) => scratch.url().to_owned(),
            None => url_in(data),
        };
        Ok(Place {
            _scratch: scratch,
            ..Place::at(url, data)?
        })
    }

    /// A new folder, and a database that somebody else looks after.
    pub fn at(url: String, data: &Path) -> Result<Place, Fault> {
        std::fs::create_dir_all(data)?;
        Ok(Place {
            url,
            data: data.to_owned(),
            _scratch: None,
        })
    }
}

/// A database of SQLite in this folder.
pub fn url_in(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("huiyin.db").display())
}
