//! The house as something to install on a phone: what a browser reads of it, and the worker
//! that keeps today's pages and answers when there is no signal.

use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use serde_json::json;

use crate::assets;
use crate::visit::{Answer, Visit};

/// What an outdoor page is made of besides its own text.
const SHELL: &[&str] = &[
    "app.css",
    "app.js",
    "hands.js",
    "queue.js",
    "swap.js",
    "icons.svg",
    "checks.svg",
    "logo.svg",
    "favicon.svg",
];

/// The worker, with the addresses of the files in force: new files make a new worker.
pub async fn worker() -> Answer {
    let shell: Vec<&str> = SHELL.iter().map(|file| assets::url(file)).collect();
    let script = format!(
        "const SHELL = {};\n{}",
        json!(shell),
        include_str!("../../../../../assets/dist/sw.js")
    );
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("service-worker-allowed"), "/"),
    ];
    Ok((headers, script).into_response())
}

pub async fn manifest(visit: Visit) -> Answer {
    let page = visit.page();
    let start = match visit.actor.is_staff() {
        true => "/desk",
        false => "/volunteer",
    };
    let icon = |file: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": assets::url(file), "sizes": sizes, "type": kind, "purpose": purpose });
    let manifest = json!({
        "name": page.ts("shell-title", "town", page.town.as_str()),
        "short_name": page.t("shell-name"),
        "lang": page.lang.as_str(),
        "dir": page.lang.dir(),
        "id": "/",
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0f6b5c",
        "icons": [
            icon("favicon.svg", "any", "image/svg+xml", "any"),
            icon("icon-192.png", "192x192", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "maskable"),
        ],
    });
    let headers = [
        (header::CONTENT_TYPE, "application/manifest+json"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((headers, manifest.to_string()).into_response())
}
