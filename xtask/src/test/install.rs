//! What tests need beyond Rust: Debian packages, Node packages, Python packages. What is there is left alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

use crate::shell;
use crate::test::{browser, bundle, postgres};

/// Pinned: a new version finds new things, and that should happen in a change of its own.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// Pinned likewise; each autumn a new version brings the next year.
const CHINESECALENDAR: &str = "chinesecalendar==1.11.0";

const CJK_FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

pub fn for_rust() -> anyhow::Result<()> {
    let mut missing = Vec::new();
    if postgres::programs().is_none() {
        missing.push("postgresql");
    }
    if shell::find("openssl").is_none() {
        missing.push("openssl");
    }
    debian(&missing)
}

/// To make disks and to stand between a program and the system; only who may do that needs it.
pub fn for_disks() -> anyhow::Result<()> {
    let id = shell::output(Command::new("id").arg("-u"))?;
    if id.trim() != "0" {
        return Ok(());
    }
    let missing: Vec<&str> = [
        ("mkfs.ext4", "e2fsprogs"),
        ("mkfs.xfs", "xfsprogs"),
        ("strace", "strace"),
        ("haproxy", "haproxy"),
        ("ip", "iproute2"),
        ("etcd", "etcd-server"),
        ("patroni", "patroni"),
    ]
    .into_iter()
    .filter(|(program, _)| !has_administrators(program))
    .map(|(_, package)| package)
    .collect();
    debian(&missing)
}

/// Programs for administrators lie where not everybody looks for them.
fn has_administrators(program: &str) -> bool {
    let places = [Path::new("/usr/sbin"), Path::new("/sbin")];
    shell::find(program).is_some() || places.iter().any(|place| place.join(program).is_file())
}

pub fn for_browser() -> anyhow::Result<()> {
    let mut missing = Vec::new();
    if shell::find("chromium").is_none() {
        missing.push("chromium");
    }
    if !Path::new(CJK_FONT).exists() {
        missing.push("fonts-noto-cjk");
    }
    debian(&missing)?;
    node_packages(&browser::folder())
}

/// The Node package that knows the systems of coordinates, pinned among those of the browser tests.
pub fn gcoord() -> anyhow::Result<()> {
    node_packages(&browser::folder())
}

pub fn for_bundle() -> anyhow::Result<()> {
    node_packages(&bundle::folder())
}

/// `npm ci`, unless the installed packages are those of the lock file. Browsers come from Debian.
fn node_packages(folder: &Path) -> anyhow::Result<()> {
    let missing: Vec<&str> = [("node", "nodejs"), ("npm", "npm")]
        .into_iter()
        .filter(|(program, _)| shell::find(program).is_none())
        .map(|(_, package)| package)
        .collect();
    debian(&missing)?;
    let wanted = std::fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-from");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    shell::run(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .current_dir(folder),
    )?;
    std::fs::write(stamp, wanted)?;
    Ok(())
}

/// Schemathesis in a Python environment of its own; gives the program.
pub fn schemathesis() -> anyhow::Result<PathBuf> {
    python_package("schemathesis", SCHEMATHESIS, "bin/schemathesis")
}

/// The list of Chinese holidays in a Python environment of its own; gives its Python.
pub fn chinesecalendar() -> anyhow::Result<PathBuf> {
    python_package("chinesecalendar", CHINESECALENDAR, "bin/python")
}

/// A package from PyPI in `folder` below the target; gives the program in it.
fn python_package(folder: &str, package: &str, program: &str) -> anyhow::Result<PathBuf> {
    let folder = shell::target_dir().join(folder);
    let stamp = folder.join("installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == package) {
        return Ok(folder.join(program));
    }
    let has_venv = Command::new("python3")
        .args(["-c", "import ensurepip, venv"])
        .output();
    if !has_venv.is_ok_and(|output| output.status.success()) {
        debian(&["python3-venv"])?;
    }
    shell::run(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    shell::run(Command::new(folder.join("bin/pip")).args([
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        package,
    ]))?;
    std::fs::write(stamp, package)?;
    Ok(folder.join(program))
}

fn debian(missing: &[&str]) -> anyhow::Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let id = shell::output(Command::new("id").arg("-u"))?;
    if id.trim() != "0" || shell::find("apt-get").is_none() {
        bail!("please install: {}", missing.join(" "));
    }
    println!("installing from Debian: {}", missing.join(" "));
    let apt = || {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-qq", "-o", "Dpkg::Use-Pty=0"]);
        command
    };
    shell::run(apt().arg("update"))?;
    shell::run(
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(missing),
    )
}
