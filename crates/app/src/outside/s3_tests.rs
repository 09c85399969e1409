//! A service that speaks as much S3 as files need, to see that ours is the same language:
//! signed requests, paths or host names, put, get, list, delete.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::tests::keeps;
use super::*;

#[derive(Default)]
struct Bucket {
    objects: BTreeMap<String, Vec<u8>>,
    /// Method and path of every request.
    asked: Vec<String>,
}

struct Request {
    method: String,
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    reader
        .read_line(&mut line)
        .ok()
        .filter(|count| *count > 0)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .map_or(0, |l| l.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        query,
        headers,
        body,
    })
}

fn answer(bucket: &mut Bucket, request: &Request, key: Option<&str>) -> (u16, Vec<u8>) {
    let signed = request.headers.get("authorization");
    if !signed.is_some_and(|line| line.starts_with("AWS4-HMAC-SHA256 Credential=the-key/")) {
        return (403, b"<Error><Code>AccessDenied</Code></Error>".to_vec());
    }
    let Some(key) = key else {
        return (404, b"<Error><Code>NoSuchBucket</Code></Error>".to_vec());
    };
    let missing = || (404, b"<Error><Code>NoSuchKey</Code></Error>".to_vec());
    match request.method.as_str() {
        "PUT" => {
            bucket.objects.insert(key.to_owned(), request.body.clone());
            (200, Vec::new())
        }
        "GET" if request.query.contains("list-type=2") => (200, listed(bucket).into_bytes()),
        "GET" => bucket
            .objects
            .get(key)
            .map_or_else(missing, |bytes| (200, bytes.clone())),
        "DELETE" => match bucket.objects.remove(key) {
            Some(_) => (204, Vec::new()),
            None => missing(),
        },
        other => panic!("nobody needs {other}"),
    }
}

fn listed(bucket: &Bucket) -> String {
    let objects = bucket.objects.iter().map(|(key, bytes)| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>2026-11-02T01:00:00.000Z</LastModified>\
             <ETag>\"x\"</ETag><Size>{}</Size></Contents>",
            bytes.len()
        )
    });
    let objects: String = objects.collect();
    let count = bucket.objects.len();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>house</Name>\
         <KeyCount>{count}</KeyCount><IsTruncated>false</IsTruncated>{objects}</ListBucketResult>"
    )
}

/// Listens, with the bucket `house` at the beginning of the path.
fn service() -> (u16, Arc<Mutex<Bucket>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let bucket = Arc::new(Mutex::new(Bucket::default()));
    let held = bucket.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some(request) = read(&stream) else {
                continue;
            };
            let mut bucket = held.lock().unwrap();
            bucket
                .asked
                .push(format!("{} {}", request.method, request.path));
            let key = request.path.strip_prefix("/house");
            let key = key.map(|key| key.trim_start_matches('/'));
            let (status, body) = answer(&mut bucket, &request, key);
            let head = format!(
                "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\netag: \"x\"\r\n\
                 last-modified: Mon, 02 Nov 2026 01:00:00 GMT\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let sent = stream.write_all(&[head.as_bytes(), &body].concat());
            sent.unwrap();
        }
    });
    (port, bucket)
}

fn settings(port: u16, key: &str) -> FilesSettings {
    let text = format!(
        "s3 = {{ bucket = \"house\", endpoint = \"http://127.0.0.1:{port}\", \
         key = \"{key}\", secret = \"s\" }}"
    );
    toml::from_str(&text).expect("as in the guide for operators")
}

#[tokio::test]
async fn a_bucket_keeps_as_a_folder_does() {
    let (port, bucket) = service();
    keeps(Files::open(&settings(port, "the-key")).unwrap()).await;
    let bucket = bucket.lock().unwrap();
    assert!(bucket.objects.is_empty());
    let first = bucket.asked.first().expect("something was asked");
    assert!(
        first.starts_with("PUT /house/2c/f2/2cf24dba5fb0a30e26e83b2ac5b9e29e"),
        "{first}"
    );
}

#[tokio::test]
async fn a_wrong_key_is_a_fault_and_not_a_missing_file() {
    let (port, bucket) = service();
    let files = Files::open(&settings(port, "another-key")).unwrap();
    let put = files.put(Bytes::from_static(b"hello")).await;
    assert!(matches!(put, Err(FilesError::Store(_))), "{put:?}");
    let get = files.get(&[7; 32]).await;
    assert!(matches!(get, Err(FilesError::Store(_))), "{get:?}");
    assert!(bucket.lock().unwrap().objects.is_empty());
}
