//! Where the files of archives are read: they are kept with the attachments, and what lies on
//! another machine is brought here once.

use std::error::Error;
use std::path::PathBuf;

use huiyin_store::archives::Source;
use huiyin_store::shipping::is_what_it_says;

use super::files::{path_in, write_through};
use super::{FileHash, Files, hex};

pub(crate) struct Volumes(pub Files);

impl Source for Volumes {
    fn find(&self, hash: &FileHash) -> Result<PathBuf, Box<dyn Error + Send + Sync>> {
        if let Some(path) = self.0.path(hash) {
            return Ok(path);
        }
        let near = self.0.near();
        let path = path_in(near, hash);
        if path.is_file() {
            if is_what_it_says(&hex(hash), &path)? {
                return Ok(path);
            }
            std::fs::remove_file(&path)?;
        }
        // Threads of the store have no runtime of their own.
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let bytes = runtime.enable_all().build()?.block_on(self.0.get(hash))?;
        write_through(near, &path, &bytes)?;
        Ok(path)
    }
}
