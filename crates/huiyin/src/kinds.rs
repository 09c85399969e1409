//! Kinds from folders: those that are built in, and an operator's own.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use huiyin_domain::case::{Fault, KindFiles, Kinds, builtin_files};

/// The built-in kinds and those in `folders`; a later one replaces an earlier of its name.
pub fn load(folders: &[PathBuf]) -> anyhow::Result<Kinds> {
    let mut files = builtin_files();
    for folder in folders {
        files.extend(read(folder)?);
    }
    Kinds::from_files(files).map_err(|faults| anyhow!("{}", told(&faults)))
}

/// The files of every kind in a folder of kinds.
pub fn read(folder: &Path) -> anyhow::Result<Vec<KindFiles>> {
    let mut kinds = Vec::new();
    for path in sorted(folder)?
        .into_iter()
        .filter(|path| path.join("kind.toml").is_file())
    {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let stories = path.join("stories");
        let mut files = sorted(&path)?;
        if stories.is_dir() {
            files.extend(sorted(&stories)?);
        }
        let mut texts = Vec::new();
        for file in files.into_iter().filter(|file| file.is_file()) {
            let inner = file
                .strip_prefix(&path)
                .unwrap_or(&file)
                .to_string_lossy()
                .into_owned();
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("reading {}", file.display()))?;
            texts.push((inner, text));
        }
        kinds.push(KindFiles::new(&name, texts));
    }
    Ok(kinds)
}

/// Faults, one a line.
pub fn told(faults: &[Fault]) -> String {
    faults
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn sorted(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}
