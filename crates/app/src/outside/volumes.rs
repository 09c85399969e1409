//! Where the files of archives are read: they are kept with the attachments, and what lies on
//! another machine is brought here once.

use std::error::Error;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use huiyin_store::archives::Source;
use huiyin_store::shipping::is_what_it_says;

use super::{FileHash, Files, hex};

pub(crate) struct Volumes(pub Files);

impl Source for Volumes {
    fn find(&self, hash: &FileHash) -> Result<PathBuf, Box<dyn Error + Send + Sync>> {
        if let Some(path) = self.0.path(hash) {
            return Ok(path);
        }
        let name = hex(hash);
        let path = self.0.near().join(&name);
        if path.is_file() && is_what_it_says(&name, &path)? {
            return Ok(path);
        }
        // Threads of the store have no runtime of their own.
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let bytes = runtime.enable_all().build()?.block_on(self.0.get(hash))?;
        write(&path, &bytes)?;
        Ok(path)
    }
}

/// Under its name only when it is whole.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let begun = path.with_extension(format!("{}-begun", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&begun)?;
    file.write_all(bytes)?;
    std::fs::rename(begun, path)
}
