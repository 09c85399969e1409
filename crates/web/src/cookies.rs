//! Cookies: their names, how they are read and how they are set.
//!
//! Over https every name carries the prefix `__Host-`, so that no neighbouring
//! host can plant one. To add a cookie: a variant of [`Cookie`] and its word.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookies of this house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The token of a signed-in person's session.
    Session,
    /// What the tokens of this browser's forms are bound to.
    Browser,
    /// The cases whose tracking codes were shown in this browser, sealed.
    Cases,
    /// The appointments whose codes were shown in this browser, sealed.
    Appointments,
    Language,
    Theme,
    View,
    /// A sentence to be said once, on the next page.
    Flash,
    /// How far a replica must have come to answer this browser.
    Horizon,
}

impl Cookie {
    fn word(self) -> &'static str {
        match self {
            Cookie::Session => "session",
            Cookie::Browser => "browser",
            Cookie::Cases => "cases",
            Cookie::Appointments => "appointments",
            Cookie::Language => "lang",
            Cookie::Theme => "theme",
            Cookie::View => "view",
            Cookie::Flash => "flash",
            Cookie::Horizon => "horizon",
        }
    }

    /// How long a browser keeps it; none: until it is closed.
    fn kept(self) -> Option<Duration> {
        const DAY: u64 = 24 * 60 * 60;
        let days = match self {
            Cookie::Session => 30,
            Cookie::Browser | Cookie::Cases | Cookie::Appointments => 30,
            Cookie::Language | Cookie::Theme | Cookie::View => 365,
            Cookie::Flash => return None,
            // By then every replica that answers at all has it.
            Cookie::Horizon => return Some(Duration::from_secs(60)),
        };
        Some(Duration::from_secs(days * DAY))
    }

    fn name(self, transport: Transport) -> String {
        match transport {
            Transport::Https => format!("__Host-{}", self.word()),
            Transport::Http => self.word().to_owned(),
        }
    }

    /// Its value in a request, if the browser sent it.
    pub fn read(self, headers: &HeaderMap, transport: Transport) -> Option<&str> {
        let name = self.name(transport);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(name.as_str())?.strip_prefix('='))
            .filter(|value| !value.is_empty())
    }

    /// The header that sets it.
    pub fn set(self, value: &str, transport: Transport) -> HeaderValue {
        let kept = match self.kept() {
            Some(kept) => format!("; Max-Age={}", kept.as_secs()),
            None => String::new(),
        };
        self.header(value, &kept, transport)
    }

    /// The header that makes the browser forget it.
    pub fn forget(self, transport: Transport) -> HeaderValue {
        self.header("", "; Max-Age=0", transport)
    }

    fn header(self, value: &str, kept: &str, transport: Transport) -> HeaderValue {
        let secure = match transport {
            Transport::Https => "; Secure",
            Transport::Http => "",
        };
        let name = self.name(transport);
        let line = format!("{name}={value}{kept}; Path=/; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&line).expect("cookies are made of visible ASCII")
    }
}

/// Whether browsers reach this house through TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Http,
    Https,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
        headers
    }

    #[test]
    fn only_the_cookie_of_this_very_name_is_read() {
        let sent = headers("xsession=a; session=b; session=c; theme=");
        assert_eq!(Cookie::Session.read(&sent, Transport::Http), Some("b"));
        assert_eq!(Cookie::Theme.read(&sent, Transport::Http), None);
        assert_eq!(Cookie::Session.read(&sent, Transport::Https), None);
    }

    #[test]
    fn behind_tls_a_cookie_is_bound_to_this_host() {
        let line = Cookie::Session.set("x", Transport::Https);
        assert_eq!(
            line,
            "__Host-session=x; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        let line = Cookie::Flash.forget(Transport::Http);
        assert_eq!(line, "flash=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
    }
}
