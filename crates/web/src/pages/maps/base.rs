//! The base map as a file, of which browsers fetch the parts that they need.

use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use huiyin_app::base_map::BaseMap;

use crate::problem::Problem;
use crate::range;
use crate::visit::{Answer, Visit};

/// No longer part of the file is sent at once.
const PART_BYTES_MAX: u64 = 8 << 20;

/// A part of the file.
struct Part {
    from: u64,
    bytes: Vec<u8>,
    /// How long the whole file is.
    length: u64,
    /// Changes with the file.
    tag: String,
}

fn read(path: PathBuf, range: Option<&str>) -> std::io::Result<Part> {
    let mut file = std::fs::File::open(path)?;
    let about = file.metadata()?;
    let changed = about.modified().ok();
    let changed = changed.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let length = usize::try_from(about.len()).unwrap_or(usize::MAX);
    let bounds = range.and_then(|range| range::bounds(range, length));
    let (mut from, mut bytes) = (0, Vec::new());
    if let Some((first, last)) = bounds {
        from = first as u64;
        file.seek(SeekFrom::Start(from))?;
        let wanted = (last - first) as u64 + 1;
        file.take(wanted.min(PART_BYTES_MAX))
            .read_to_end(&mut bytes)?;
    }
    Ok(Part {
        from,
        bytes,
        length: about.len(),
        tag: format!(
            "\"{:x}-{:x}\"",
            about.len(),
            changed.unwrap_or_default().as_millis()
        ),
    })
}

/// A part of the file; without a sensible part, how long it is.
pub async fn send(visit: Visit, headers: HeaderMap) -> Answer {
    let BaseMap::File { path, .. } = &visit.state.app.config.base_map else {
        return Err(Problem::NotFound);
    };
    let range = headers.get(header::RANGE);
    let range = range.and_then(|range| range.to_str().ok());
    let (path, range) = (path.clone(), range.map(str::to_owned));
    let part = tokio::task::spawn_blocking(move || read(path, range.as_deref())).await;
    // A file that has gone since the house was opened is not there.
    let part = part.map_err(|_| Problem::Panicked)?;
    let part = part.map_err(|_| Problem::NotFound)?;
    let is_there = !part.bytes.is_empty();
    let said = match is_there {
        true => {
            let last = part.from + part.bytes.len() as u64 - 1;
            format!("bytes {}-{last}/{}", part.from, part.length)
        }
        false => format!("bytes */{}", part.length),
    };
    let mut answer = Response::new(Body::from(part.bytes));
    *answer.status_mut() = match is_there {
        true => StatusCode::PARTIAL_CONTENT,
        false => StatusCode::RANGE_NOT_SATISFIABLE,
    };
    let of = |text: &str| HeaderValue::from_str(text).expect("it is made of digits and letters");
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_RANGE, of(&said));
    headers.insert(header::ETAG, of(&part.tag));
    headers.insert(header::ACCEPT_RANGES, of("bytes"));
    headers.insert(header::CONTENT_TYPE, of("application/octet-stream"));
    headers.insert(header::CACHE_CONTROL, of("public, max-age=86400"));
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_part_that_makes_sense_is_sent() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"0123456789").unwrap();
        let part = |range| read(file.path().to_owned(), range).unwrap();
        assert_eq!(part(Some("bytes=2-4")).bytes, b"234");
        assert_eq!(part(Some("bytes=8-40")).bytes, b"89");
        assert_eq!(part(Some("bytes=8-")).bytes, b"89");
        assert_eq!(part(Some("bytes=40-50")).bytes, b"");
        assert_eq!((part(None).bytes.len(), part(None).length), (0, 10));
    }
}
