//! That a request which changes something comes from a page of this house.
//!
//! Two checks: where the browser says the request comes from, and a token in the
//! form (or the header `x-csrf-token`) that is bound to a cookie of this browser.
//! Nothing is kept on the server.

use axum::http::{HeaderMap, Uri, header};

use crate::cookies::{Cookie, Transport};
use crate::seal::{Purpose, Secret};

/// Name of the form field with the token.
pub const FIELD: &str = "csrf";
const HEADER: &str = "x-csrf-token";

/// Why a request that changes something is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disbelief {
    /// Another site sent it.
    Origin,
    /// The page is too old, or cookies are not kept.
    Token,
}

/// What binds forms to a browser.
#[derive(Clone, Debug)]
pub struct Browser {
    id: String,
    /// Whether the browser must still be given its cookie.
    pub is_new: bool,
}

impl Browser {
    /// The browser of a request; `chance` names it when it has no name yet.
    pub fn of(
        headers: &HeaderMap,
        transport: Transport,
        chance: impl FnOnce() -> [u8; 16],
    ) -> Browser {
        let known = Cookie::Browser
            .read(headers, transport)
            .filter(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match known {
            Some(id) => Browser {
                id: id.to_owned(),
                is_new: false,
            },
            None => Browser {
                id: chance().iter().map(|byte| format!("{byte:02x}")).collect(),
                is_new: true,
            },
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// A token for the forms of this browser. Each page has another one, so that nobody
    /// who watches the length of compressed answers learns it piece by piece.
    pub fn token(&self, secret: &Secret, salt: [u8; 8]) -> String {
        let salt: String = salt.iter().map(|byte| format!("{byte:02x}")).collect();
        let seal = secret.seal(Purpose::FormToken, &format!("{salt}.{}", self.id));
        format!("{salt}.{seal}")
    }

    /// Whether the token in the header or in the form is this browser's.
    pub fn check(
        &self,
        secret: &Secret,
        headers: &HeaderMap,
        field: Option<&str>,
    ) -> Result<(), Disbelief> {
        let header = headers.get(HEADER).and_then(|value| value.to_str().ok());
        let token = header.or(field).unwrap_or_default();
        let (salt, seal) = token.split_once('.').unwrap_or_default();
        let text = format!("{salt}.{}", self.id);
        match !self.is_new && secret.holds(Purpose::FormToken, &text, seal) {
            true => Ok(()),
            false => Err(Disbelief::Token),
        }
    }
}

/// Whether the browser says that the request comes from a page of this house.
pub fn check_origin(headers: &HeaderMap, own: &str) -> Result<(), Disbelief> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let says = match (headers.get(header::ORIGIN), text("sec-fetch-site")) {
        (Some(origin), _) => origin.to_str().is_ok_and(|origin| same_origin(origin, own)),
        (None, Some(site)) => matches!(site, "same-origin" | "none"),
        // Neither is sent by old browsers and by tools; the token decides.
        (None, None) => true,
    };
    says.then_some(()).ok_or(Disbelief::Origin)
}

fn same_origin(origin: &str, own: &str) -> bool {
    let parts = |text: &str| {
        let uri: Uri = text.parse().ok()?;
        let scheme = uri.scheme_str()?.to_owned();
        let port = uri.port_u16().unwrap_or(match scheme.as_str() {
            "https" => 443,
            _ => 80,
        });
        Some((scheme, uri.host()?.to_ascii_lowercase(), port))
    };
    parts(origin).is_some_and(|origin| Some(origin) == parts(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "http://huiyin.example:8080";

    fn origin(name: &'static str, value: &str) -> Result<(), Disbelief> {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        check_origin(&headers, OWN)
    }

    #[test]
    fn only_our_own_pages_are_believed() {
        assert_eq!(origin("origin", "http://huiyin.example:8080"), Ok(()));
        assert_eq!(origin("origin", "http://HUIYIN.example:8080"), Ok(()));
        for foreign in [
            "http://huiyin.example",
            "https://huiyin.example:8080",
            "http://evil.example:8080",
            "http://huiyin.example:8080.evil.example",
            "null",
            "",
        ] {
            assert_eq!(
                origin("origin", foreign),
                Err(Disbelief::Origin),
                "{foreign}"
            );
        }
        assert_eq!(origin("sec-fetch-site", "same-origin"), Ok(()));
        assert_eq!(
            origin("sec-fetch-site", "same-site"),
            Err(Disbelief::Origin)
        );
        assert_eq!(
            origin("sec-fetch-site", "cross-site"),
            Err(Disbelief::Origin)
        );
        assert_eq!(check_origin(&HeaderMap::new(), OWN), Ok(()));
    }

    #[test]
    fn a_token_is_good_in_its_own_browser_only() {
        let secret = Secret::new([1; 32]);
        let mut headers = HeaderMap::new();
        let fresh = Browser::of(&headers, Transport::Http, || [5; 16]);
        let token = fresh.token(&secret, [9; 8]);
        assert_eq!(
            fresh.check(&secret, &headers, Some(&token)),
            Err(Disbelief::Token),
            "a browser without the cookie has seen no page of ours"
        );
        headers.insert(
            header::COOKIE,
            format!("browser={}", fresh.id()).parse().unwrap(),
        );
        let known = Browser::of(&headers, Transport::Http, || [6; 16]);
        assert_eq!(known.check(&secret, &headers, Some(&token)), Ok(()));
        assert_eq!(known.check(&secret, &headers, None), Err(Disbelief::Token));
        let other = format!("browser={}", "6".repeat(32));
        headers.insert(header::COOKIE, other.parse().unwrap());
        let other = Browser::of(&headers, Transport::Http, || [6; 16]);
        assert_eq!(
            other.check(&secret, &headers, Some(&token)),
            Err(Disbelief::Token)
        );
    }
}
