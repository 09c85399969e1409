//! Kinds from folders: those that are built in, and an operator's own.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use huiyin_domain::case::{Fault, KindFiles, Kinds, builtin_files};

/// The built-in kinds and those in `folders`; a later one replaces an earlier of its name.
pub fn load(folders: &[PathBuf]) -> anyhow::Result<Kinds> {
    let mut files = builtin_files();
    for folder in folders {
        files.extend(read(folder)?);
    }
    Kinds::from_files(files).map_err(|faults| anyhow!("{}", told(&faults)))
}

/// What belongs to a kind; a picture or a note beside it is nobody's business.
const ENDINGS: [&str; 3] = ["toml", "ftl", "story"];

/// The files of every kind in a folder of kinds. A folder with words and no definition is a
/// kind, too: that its definition is missing is for the check to say.
pub fn read(folder: &Path) -> anyhow::Result<Vec<KindFiles>> {
    let mut kinds = Vec::new();
    for path in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
        let has = |ending: &str, file: &Path| file.extension().is_some_and(|own| own == ending);
        let is_kind = |file: &PathBuf| file.ends_with("kind.toml") || has("ftl", file);
        if !sorted(&path)?.iter().any(is_kind) {
            continue;
        }
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
        for file in files.into_iter().filter(|file| is_part(file)) {
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
    if kinds.is_empty() {
        let folder = folder.display();
        bail!("there is no kind in {folder}: name the folder in which each kind has its folder");
    }
    Ok(kinds)
}

fn is_part(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    file.is_file() && ending.is_some_and(|ending| ENDINGS.contains(&ending))
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
