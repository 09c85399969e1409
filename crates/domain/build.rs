//! Embeds every folder of `kinds/`, so that no kind has its name in a source file, and every
//! file of `procedures/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the crate lies");
    let kinds = Path::new(&root).join("../../kinds");
    println!("cargo::rerun-if-changed={}", kinds.display());
    let mut code = String::from("type Embedded = &'static [(&'static str, &'static str)];\n");
    code.push_str("static BUILTIN: &[(&str, Embedded)] = &[\n");
    for folder in entries(&kinds).into_iter().filter(|path| path.is_dir()) {
        println!("cargo::rerun-if-changed={}", folder.display());
        writeln!(code, "    ({:?}, &[", name(&folder)).expect("writing to a text cannot fail");
        for (file, path) in files(&folder, "") {
            println!("cargo::rerun-if-changed={}", path.display());
            let path = path.canonicalize().expect("the file was listed just now");
            writeln!(code, "        ({file:?}, include_str!({path:?})),")
                .expect("writing to a text cannot fail");
        }
        code.push_str("    ]),\n");
    }
    code.push_str("];\n");
    let out = env::var_os("OUT_DIR").expect("cargo says where to write");
    fs::write(Path::new(&out).join("builtin_kinds.rs"), code).expect("the list can be written");
    let procedures = procedures(&Path::new(&root).join("../../procedures"));
    fs::write(Path::new(&out).join("builtin_procedures.rs"), procedures)
        .expect("the list can be written");
}

/// The procedures that come with the product: the name of each file, and what stands in it.
fn procedures(folder: &Path) -> String {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut code = String::from("static PROCEDURES: &[(&str, &str)] = &[\n");
    for (file, path) in files(folder, "") {
        let Some(slug) = file.strip_suffix(".toml") else {
            continue;
        };
        println!("cargo::rerun-if-changed={}", path.display());
        let path = path.canonicalize().expect("the file was listed just now");
        writeln!(code, "    ({slug:?}, include_str!({path:?})),")
            .expect("writing to a text cannot fail");
    }
    code.push_str("];\n");
    code
}

/// The files of a kind: definition, words and stories; not the diagram, which is made from them.
fn files(folder: &Path, prefix: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for path in entries(folder) {
        let file = format!("{prefix}{}", name(&path));
        if path.is_dir() {
            found.extend(files(&path, &format!("{file}/")));
        } else if [".toml", ".ftl", ".story"]
            .iter()
            .any(|end| file.ends_with(end))
        {
            found.push((file, path));
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let list = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = list
        .map(|entry| entry.expect("a folder can be read").path())
        .collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("entries of folders have names");
    name.to_str()
        .expect("names of files are plain text")
        .to_owned()
}
