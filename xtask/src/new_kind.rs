//! `cargo xtask new-kind NAME`: a small complete kind to begin with, from `xtask/templates/new-kind`.

use std::path::Path;

use anyhow::{Context, bail, ensure};

use crate::shell::root;

/// The name of the template's kind, which is replaced wherever it stands.
const TEMPLATE: &str = "new-kind";

/// Each file of the template: its name in the folder, and its text.
const FILES: &[(&str, &str)] = &[
    ("kind.toml", include_str!("../templates/new-kind/kind.toml")),
    (
        "words.zh.ftl",
        include_str!("../templates/new-kind/words.zh.ftl"),
    ),
    (
        "words.en.ftl",
        include_str!("../templates/new-kind/words.en.ftl"),
    ),
    (
        "stories/first.story",
        include_str!("../templates/new-kind/stories/first.story"),
    ),
];

const NAME_BYTES_MAX: usize = 40;

pub fn run(name: &str) -> anyhow::Result<()> {
    let kinds = root().join("kinds");
    write(&kinds, name)?;
    println!("kinds/{name} is there. Change it, then run: cargo run -- check kinds/");
    Ok(())
}

fn write(kinds: &Path, name: &str) -> anyhow::Result<()> {
    ensure!(
        is_slug(name),
        "`{name}`: a kind is named with a-z, 0-9 and single hyphens, like `street-lamp`"
    );
    let folder = kinds.join(name);
    if folder.exists() {
        bail!("kinds/{name} is there already");
    }
    for (file, text) in FILES {
        let path = folder.join(file);
        let parent = path
            .parent()
            .expect("a file of the template lies in a folder");
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&path, text.replace(TEMPLATE, name)))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn is_slug(name: &str) -> bool {
    name.len() <= NAME_BYTES_MAX
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use huiyin_domain::case::{Fault, KindFiles, check_folder};

    use super::*;

    #[test]
    fn a_new_kind_works_as_it_stands() {
        let kinds = tempfile::tempdir().unwrap();
        write(kinds.path(), "street-lamp").unwrap();
        let folder = kinds.path().join("street-lamp");
        let files = FILES.iter().map(|(file, _)| {
            (
                (*file).to_owned(),
                std::fs::read_to_string(folder.join(file)).unwrap(),
            )
        });
        let report = check_folder(KindFiles::new("street-lamp", files), &[]);
        let faults: Vec<String> = report.faults.iter().map(Fault::to_string).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(report.kind.is_some());
        assert_eq!(report.stories, 4);
    }

    #[test]
    fn nothing_is_written_over() {
        let kinds = tempfile::tempdir().unwrap();
        write(kinds.path(), "street-lamp").unwrap();
        let again = write(kinds.path(), "street-lamp").unwrap_err();
        assert!(again.to_string().contains("there already"));
    }

    #[test]
    fn a_name_that_is_none_is_refused() {
        let kinds = tempfile::tempdir().unwrap();
        for name in ["", "-", "a--b", "Lamp", "../lamp", "路灯", "1lamp", "lamp-"] {
            assert!(write(kinds.path(), name).is_err(), "{name}");
        }
        assert_eq!(std::fs::read_dir(kinds.path()).unwrap().count(), 0);
    }
}
