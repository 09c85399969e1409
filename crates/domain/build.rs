//! Embeds every folder of `kinds/`, so that no kind's name stands in the code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kinds");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut code = String::from("static BUILTIN: &[(&str, &[(&str, &str)])] = &[\n");
    for folder in sorted(&root)?
        .iter()
        .filter(|path| path.join("kind.toml").is_file())
    {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(code, "    ({name:?}, &[");
        let stories = folder.join("stories");
        let mut files = sorted(folder)?;
        files.extend(if stories.is_dir() {
            sorted(&stories)?
        } else {
            Vec::new()
        });
        for file in files.iter().filter(|path| path.is_file()) {
            let inner = file.strip_prefix(folder).unwrap_or(file).to_string_lossy();
            let path = file.canonicalize()?;
            let _ = writeln!(code, "        ({inner:?}, include_str!({path:?})),");
        }
        code.push_str("    ]),\n");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("builtin_kinds.rs"), code)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}
