//! The repository as text: every file that is, or would be, committed.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::shell;

pub struct Tree {
    pub files: Vec<File>,
}

pub struct File {
    /// From the root of the repository, with `/`.
    pub path: String,
    /// Empty when the file is not text.
    pub text: String,
}

impl Tree {
    pub fn read(root: &Path) -> anyhow::Result<Tree> {
        let list = shell::output(
            Command::new("git")
                .args([
                    "ls-files",
                    "-z",
                    "--cached",
                    "--others",
                    "--exclude-standard",
                ])
                .current_dir(root),
        )?;
        let mut files = Vec::new();
        for path in list.split('\0').filter(|path| !path.is_empty()) {
            let file = root.join(path);
            if file.is_file() {
                let bytes = std::fs::read(&file).with_context(|| format!("cannot read {path}"))?;
                let text = String::from_utf8(bytes).unwrap_or_default();
                files.push(File {
                    path: path.to_owned(),
                    text,
                });
            }
        }
        Ok(Tree { files })
    }

    /// True for a file, and for a folder that holds one.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.path.ends_with(".rs"))
    }

    pub fn markdown(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.path.ends_with(".md"))
    }

    /// The folder names under `kinds/`.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self
            .files
            .iter()
            .filter_map(|file| file.path.strip_prefix("kinds/")?.split_once('/'))
            .map(|(kind, _)| kind)
            .collect();
        kinds.dedup();
        kinds
    }
}

impl File {
    /// Code that is never in the product: tests, benches, and the crate that tests are written with.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.contains("/benches/")
            || self.path.contains("/examples/")
            || self.path.ends_with("_tests.rs")
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("/testing.rs")
            || self.path.starts_with("crates/testkit/")
    }

    /// The line number at which a test module written inside this file begins.
    pub fn inline_tests_at(&self) -> Option<usize> {
        let lines: Vec<&str> = self.text.lines().collect();
        lines
            .windows(2)
            .position(|pair| {
                pair[0].trim() == "#[cfg(test)]"
                    && pair[1].starts_with("mod ")
                    && pair[1].ends_with('{')
            })
            .map(|index| index + 1)
    }

    /// Numbered lines of the product: without tests and without lines that are only a comment.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let end = match self.is_test() {
            true => 0,
            false => self.inline_tests_at().unwrap_or(usize::MAX),
        };
        numbered(&self.text)
            .take_while(move |(number, _)| *number < end)
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Lines with their numbers, as editors count them.
pub fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}
