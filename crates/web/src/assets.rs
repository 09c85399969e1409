//! The bundle the browser gets, inside the binary, under addresses that
//! change with the content, so that a browser may keep each file for ever.
//!
//! To add a file: let `assets/build.mjs` write it to `assets/dist`, and add a
//! line to [`BUNDLE`].

use std::collections::BTreeSet;
use std::io::{Read as _, Write};
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// Where [`serve`] stands in the table of routes.
pub const ROUTE: &str = "/assets/{file}";

/// Of larger files the best packing takes seconds.
const BROTLI_BEST_MAX: usize = 100_000;

struct Asset {
    name: &'static str,
    url: String,
    mime: &'static str,
    plain: &'static [u8],
    gzip: Bytes,
    brotli: LazyLock<Bytes, Box<dyn FnOnce() -> Bytes + Send>>,
}

macro_rules! file {
    ($name:literal, $mime:literal) => {
        (
            $name,
            $mime,
            include_bytes!(concat!("../../../assets/dist/", $name)) as &[u8],
        )
    };
}

const BUNDLE: &[(&str, &str, &[u8])] = &[
    file!("app.css", "text/css; charset=utf-8"),
    file!("app.js", "text/javascript; charset=utf-8"),
    file!("swap.js", "text/javascript; charset=utf-8"),
    file!("queue.js", "text/javascript; charset=utf-8"),
    file!("hands.js", "text/javascript; charset=utf-8"),
    file!("map.css", "text/css; charset=utf-8"),
    file!("map.js", "text/javascript; charset=utf-8"),
    file!("map-worker.js", "text/javascript; charset=utf-8"),
    file!("icons.svg", "image/svg+xml"),
    file!("checks.svg", "image/svg+xml"),
    file!("papers.svg", "image/svg+xml"),
    file!("logo.svg", "image/svg+xml"),
    file!("favicon.svg", "image/svg+xml"),
    file!("icon-180.png", "image/png"),
    file!("icon-192.png", "image/png"),
    file!("icon-512.png", "image/png"),
];

/// Hashed and compressed once, when first asked for.
static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    BUNDLE
        .iter()
        .map(|&(name, mime, plain)| Asset {
            name,
            url: hashed_url(name, plain),
            mime,
            plain,
            gzip: gzip(plain),
            brotli: LazyLock::new(Box::new(move || brotli(plain))),
        })
        .collect()
});

fn hashed_url(name: &str, content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let hash: String = digest[..6].iter().map(|b| format!("{b:02x}")).collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("/assets/{stem}.{hash}.{ending}")
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(plain)
        .and_then(|()| encoder.finish())
        .expect("writing to memory cannot fail")
        .into()
}

/// A tenth smaller than gzip, and slow to make.
fn brotli(plain: &[u8]) -> Bytes {
    const BUFFER_BYTES: usize = 4096;
    let (quality, window) = match plain.len() {
        ..=BROTLI_BEST_MAX => (11, 22),
        _ => (5, 22),
    };
    let mut packed = Vec::new();
    let mut packer = brotli::CompressorReader::new(plain, BUFFER_BYTES, quality, window);
    packer
        .read_to_end(&mut packed)
        .expect("reading memory cannot fail");
    packed.into()
}

/// Packs what the first page needs, so that nobody waits for it.
pub fn warm_up() {
    for name in ["app.css", "icons.svg", "app.js"] {
        if let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) {
            LazyLock::force(&asset.brotli);
        }
    }
}

/// The address of a file of the bundle.
///
/// # Panics
/// When the bundle has no such file: a mistake of ours that any test of the page meets.
pub fn url(file: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == file)
        .map(|asset| asset.url.as_str())
        .expect("a page names only files of the bundle")
}

/// What all pages are drawn with, to stand in a page itself.
pub fn style() -> &'static str {
    static STYLE: LazyLock<&str> = LazyLock::new(|| {
        let style = BUNDLE.iter().find(|(name, ..)| *name == "app.css");
        let (.., plain) = style.expect("the bundle has a style sheet");
        std::str::from_utf8(plain).expect("a style sheet is text")
    });
    &STYLE
}

/// Whether the sprite has an icon of this name (`assets/src/icons.txt` lists them).
pub fn has_icon(name: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> =
        LazyLock::new(|| names(include_str!("../../../assets/dist/icons.svg")));
    NAMES.contains(name)
}

/// The file that has the drawing of this name (`assets/src/drawings` holds them), if any has.
pub fn drawing_file(name: &str) -> Option<&'static str> {
    static NAMES: LazyLock<[(&str, BTreeSet<&str>); 2]> = LazyLock::new(|| {
        let checks = include_str!("../../../assets/dist/checks.svg");
        let papers = include_str!("../../../assets/dist/papers.svg");
        [("checks.svg", names(checks)), ("papers.svg", names(papers))]
    });
    let mut files = NAMES.iter();
    let found = files.find(|(_, names)| names.contains(name));
    found.map(|(file, _)| *file)
}

/// What a sprite has.
fn names(sprite: &str) -> BTreeSet<&str> {
    let symbols = sprite.split("<symbol id=\"").skip(1);
    symbols.filter_map(|rest| rest.split('"').next()).collect()
}

/// Answers `GET /assets/{file}`.
pub async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response<Body> {
    let asked = ASSETS
        .iter()
        .find(|asset| asset.url.strip_prefix("/assets/") == Some(file.as_str()));
    let Some(asset) = asked else {
        return answer(StatusCode::NOT_FOUND, Body::empty());
    };
    let (packing, bytes) = if takes("br", &headers) {
        (Some("br"), asset.brotli.clone())
    } else if takes("gzip", &headers) {
        (Some("gzip"), asset.gzip.clone())
    } else {
        (None, Bytes::from_static(asset.plain))
    };
    let body = Body::from(bytes);
    let mut response = answer(StatusCode::OK, body);
    let to = response.headers_mut();
    to.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    to.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    to.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(packing) = packing {
        to.insert(header::CONTENT_ENCODING, HeaderValue::from_static(packing));
    }
    response
}

fn answer(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}

fn takes(packing: &str, headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value.split(',').any(|one| {
                let mut parts = one.split(';').map(str::trim);
                parts.next() == Some(packing) && !parts.any(|part| part == "q=0")
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    /// What a phone on a slow line has to fetch before the first page stands.
    const CSS_GZIP_BYTES_MAX: usize = 14 * 1024;
    const JS_GZIP_BYTES_MAX: usize = 6 * 1024;

    fn asset(name: &str) -> &'static Asset {
        ASSETS.iter().find(|asset| asset.name == name).unwrap()
    }

    async fn ask(url: &str, encoding: &'static str) -> Response<Body> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(encoding));
        let file = url.trim_start_matches("/assets/").to_owned();
        serve(Path(file), headers).await
    }

    #[test]
    fn the_bundle_stays_small() {
        assert!(asset("app.css").gzip.len() <= CSS_GZIP_BYTES_MAX);
        assert!(asset("app.js").gzip.len() <= JS_GZIP_BYTES_MAX);
    }

    #[test]
    fn every_drawing_that_can_be_named_is_there_and_all_are_light() {
        use huiyin_domain::sample::{PAPERS, Side};
        for key in Side::ALL.into_iter().flat_map(Side::drawings) {
            assert_eq!(drawing_file(&key), Some("checks.svg"), "{key}");
        }
        for key in PAPERS {
            assert_eq!(drawing_file(key), Some("papers.svg"), "{key}");
        }
        for file in ["checks.svg", "papers.svg"] {
            assert!(asset(file).gzip.len() <= 6 * 1024, "{file}");
        }
    }

    #[test]
    fn the_style_sheet_needs_no_young_browser() {
        let css = std::str::from_utf8(asset("app.css").plain).unwrap();
        for young in ["light-dark(", "oklch(", "color-mix("] {
            assert!(!css.contains(young), "{young} is unknown to older phones");
        }
    }

    #[tokio::test]
    async fn a_file_is_served_packed_or_plain_and_kept_for_ever() {
        let packed = ask(url("app.css"), "gzip, deflate, br").await;
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "br");
        let body = packed.into_body().collect().await.unwrap().to_bytes();
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&body[..], 4096)
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, asset("app.css").plain);
        let packed = ask(url("app.css"), "gzip, br;q=0").await;
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
        assert!(
            packed.headers()[header::CACHE_CONTROL]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        let plain = ask(url("app.css"), "identity, gzip;q=0").await;
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
        let body = plain.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(&body[..], asset("app.css").plain);
    }

    #[tokio::test]
    async fn an_unknown_or_outdated_name_is_not_found() {
        for file in [
            "/assets/app.css",
            "/assets/app.000000000000.css",
            "/assets/../x",
        ] {
            assert_eq!(ask(file, "gzip").await.status(), StatusCode::NOT_FOUND);
        }
    }
}
