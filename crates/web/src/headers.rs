//! The headers of every answer: what a browser may do with a page of ours.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::cookies::Transport;

/// Headers that are the same for every answer.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(self), geolocation=(self), payment=(), usb=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// What a file that somebody sent us may do in a browser: be looked at.
pub const FILE_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

/// The policy of a page of ours; `elsewhere` is what its map may ask besides this house.
fn policy(nonce: &str, elsewhere: &[String]) -> HeaderValue {
    let also: String = elsewhere.iter().map(|host| format!(" {host}")).collect();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' blob: data:{also}; media-src 'self' blob:; font-src 'self'; connect-src 'self'{also}; \
         manifest-src 'self'; worker-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("a nonce is made of letters, and hosts were looked at")
}

/// Lets the map of this page ask these hosts, and no others.
pub fn open_to(headers: &mut HeaderMap, nonce: &str, elsewhere: &[String]) {
    if !elsewhere.is_empty() {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy(nonce, elsewhere));
    }
}

/// Adds the headers; an answer that brought a stricter one of its own keeps it.
pub fn add(headers: &mut HeaderMap, nonce: &str, transport: Transport) {
    for (name, value) in ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| policy(nonce, &[]));
    if transport == Transport::Https {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static(
                "max-age=63072000; includeSubDomains",
            ));
    }
    // What belongs to one person is kept by nobody on the way.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}
