//! A service that speaks as much S3 as files need. It keeps what it gets in the folder in which
//! a house without it would, so that what lies there can be looked at; and of some requests the
//! sender never learns what became of them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::finding::Fault;
use crate::incoming::{Incoming, Request, Said};

const NAME: &str = "house";
const KEY: &str = "the-key";
/// One answer in so many is lost.
const LOST_ONE_IN: u64 = 25;

/// Answers until it is dropped.
pub struct Bucket(Incoming);

impl Bucket {
    /// With what lies in `data` as files.
    pub fn begin(data: &Path) -> Result<Bucket, Fault> {
        let (data, asked) = (data.to_owned(), AtomicU64::new(0));
        let answer = move |request: Request| {
            let number = asked.fetch_add(1, Ordering::Relaxed);
            let said = answer(&data, number, &request)?;
            Ok((number % LOST_ONE_IN > 0).then_some(said))
        };
        Ok(Bucket(Incoming::answered_by(answer)?))
    }

    /// What a `huiyin.toml` says of it.
    pub fn settings(&self) -> String {
        let endpoint = format!("http://{}", self.0.address);
        format!(
            "[files]\ns3 = {{ bucket = \"{NAME}\", endpoint = \"{endpoint}\", key = \"{KEY}\", \
             secret = \"s\" }}\n"
        )
    }
}

fn answer(data: &Path, number: u64, request: &Request) -> Result<Said, Fault> {
    let signed = request.headers.get("authorization");
    let signed_by = format!("AWS4-HMAC-SHA256 Credential={KEY}/");
    if !signed.is_some_and(|line| line.starts_with(&signed_by)) {
        return Ok((403, b"<Error><Code>AccessDenied</Code></Error>".to_vec()));
    }
    let (path, query) = request
        .target
        .split_once('?')
        .unwrap_or((&request.target, ""));
    let key = path
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(NAME));
    let key = key.ok_or("another bucket")?.trim_start_matches('/');
    let files = data.join("files");
    let file = files.join(key);
    Ok(match request.method.as_str() {
        "PUT" => {
            let begun = data.join(format!("begun-{number}"));
            fs::write(&begun, &request.body)?;
            fs::create_dir_all(file.parent().ok_or("a key has no folder")?)?;
            fs::rename(&begun, &file)?;
            (200, Vec::new())
        }
        "GET" if query.contains("list-type=2") => (200, listed(&files)?.into_bytes()),
        "GET" => or_missing(fs::read(&file).map(|bytes| (200, bytes)))?,
        "DELETE" => or_missing(fs::remove_file(&file).map(|()| (204, Vec::new())))?,
        other => return Err(format!("nobody needs {other}").into()),
    })
}

fn or_missing(found: std::io::Result<Said>) -> std::io::Result<Said> {
    match found {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Ok((404, b"<Error><Code>NoSuchKey</Code></Error>".to_vec()))
        }
        found => found,
    }
}

fn listed(files: &Path) -> Result<String, Fault> {
    let mut keys = Vec::new();
    walk(files, files, &mut keys)?;
    let count = keys.len();
    let keys = keys.iter().map(|(key, bytes)| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>2026-11-02T01:00:00.000Z</LastModified>\
             <ETag>\"x\"</ETag><Size>{bytes}</Size></Contents>"
        )
    });
    let keys: String = keys.collect();
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>{NAME}</Name>\
         <KeyCount>{count}</KeyCount><IsTruncated>false</IsTruncated>{keys}</ListBucketResult>"
    ))
}

fn walk(folder: &Path, files: &Path, keys: &mut Vec<(String, u64)>) -> Result<(), Fault> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        if path.is_dir() {
            walk(&path, files, keys)?;
            continue;
        }
        let key = path.strip_prefix(files)?.display().to_string();
        keys.push((key, fs::metadata(&path)?.len()));
    }
    Ok(())
}
