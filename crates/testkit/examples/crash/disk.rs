//! Disks of our own: files that the kernel takes for disks, as long as a trial lasts.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::finding::Fault;
use crate::tools::run;

/// A disk that is mounted, until this is dropped.
pub struct Mounted(PathBuf);

impl Mounted {
    /// What lies in the file `image` is found at `at` from now on.
    pub fn image(image: &Path, at: &Path) -> Result<Mounted, Fault> {
        std::fs::create_dir_all(at)?;
        run("mount", &["-o", "loop,noatime", text(image)?, text(at)?])?;
        Ok(Mounted(at.to_owned()))
    }

    pub fn at(&self) -> &Path {
        &self.0
    }
}

impl Drop for Mounted {
    /// The file is let go with it. Whoever still holds something on it does not keep it here.
    fn drop(&mut self) {
        let Ok(at) = text(&self.0) else { return };
        if run("umount", &[at]).is_err() {
            drop(run("umount", &["--lazy", at]));
        }
    }
}

/// A new disk of so many bytes, of which the file takes none before they are written.
pub fn make(image: &Path, bytes: u64, system: &str, options: &[&str]) -> Result<(), Fault> {
    File::create_new(image)?.set_len(bytes)?;
    let mut arguments = options.to_vec();
    arguments.push(text(image)?);
    run(&format!("mkfs.{system}"), &arguments)
}

pub fn text(path: &Path) -> Result<&str, Fault> {
    let text = path.to_str();
    text.ok_or_else(|| format!("{} is no text", path.display()).into())
}

/// Why no disk of these file systems can be mounted here, if none can.
pub fn why_not(systems: &[&str]) -> Option<String> {
    let tried = || -> Result<(), Fault> {
        let folder = tempfile::tempdir()?;
        let at = text(folder.path())?;
        run("mount", &["-t", "tmpfs", "none", at])?;
        run("umount", &[at])?;
        run("losetup", &["--find"])?;
        systems.iter().try_for_each(|system| {
            // The kernel may know it and not have looked for it yet.
            drop(run("modprobe", &[system]));
            let known = std::fs::read_to_string("/proc/filesystems")?;
            let is_known = known.split_whitespace().any(|known| known == *system);
            match is_known {
                true => Ok(()),
                false => Err(format!("the kernel does not know {system}").into()),
            }
        })
    };
    let error = tried().err()?;
    Some(error.to_string().replace('\n', " "))
}
