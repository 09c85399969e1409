//! Webhooks: events told to addresses elsewhere, signed so that they can be believed.
//!
//! The signature is that of Standard Webhooks: `v1,` and the base64 of HMAC-SHA-256 over
//! `<id>.<seconds>.<body>`, in the header `webhook-signature`, beside `webhook-id` and
//! `webhook-timestamp`.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, Mac as _};
use huiyin_domain::id;
use huiyin_store::outbox::Copies;
use jiff::Timestamp;
use reqwest::Url;
use serde::Deserialize;
use sha2::Sha256;

use super::reach::{self, Inside};
use super::{Pending, SendError, is_private};

/// One event for one address.
pub struct Call {
    /// Names the message: told twice with the same one, it is one event.
    pub id: i64,
    pub url: String,
    pub secret: Vec<u8>,
    /// The instant of this try.
    pub at: Timestamp,
    /// A CloudEvent as JSON.
    pub body: String,
}

impl Call {
    /// The name of the message in its header.
    pub fn name(&self) -> String {
        format!("msg_{}", id::encode(self.id))
    }

    /// What the header `webhook-signature` says.
    pub fn signature(&self) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes a key of any length");
        let signed = format!("{}.{}.{}", self.name(), self.at.as_second(), self.body);
        mac.update(signed.as_bytes());
        format!("v1,{}", BASE64.encode(mac.finalize().into_bytes()))
    }
}

/// Carries events.
pub trait Webhooks: Send + Sync {
    fn call<'a>(&'a self, call: &'a Call) -> Pending<'a, Result<(), SendError>>;

    /// Why an address is not taken, as the key of a sentence.
    fn fault(&self, url: &str) -> Option<&'static str>;

    /// Whether what it carried is kept to be looked at.
    fn copies(&self) -> Copies {
        Copies::Gone
    }
}

/// What whoever runs the product says of webhooks.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebhookSettings {
    /// Whether addresses may lie in a private network, on purpose.
    pub inside: Inside,
}

/// Events by HTTP.
#[derive(Debug, Clone, Copy)]
pub struct HttpWebhooks {
    inside: Inside,
    wait: Duration,
}

impl HttpWebhooks {
    pub fn new(settings: WebhookSettings) -> Self {
        Self {
            inside: settings.inside,
            wait: reach::ANSWER_WAIT,
        }
    }

    /// The same, with as much patience as a test has.
    #[cfg(test)]
    pub(crate) fn hasty(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    async fn post(&self, call: &Call) -> Result<(), SendError> {
        let url: Url = call
            .url
            .parse()
            .map_err(|_| SendError::Permanent("the address is none".to_owned()))?;
        let client = reach::client(&url, self.inside, self.wait).await?;
        let answer = client
            .post(url)
            .header(
                "content-type",
                "application/cloudevents+json; charset=utf-8",
            )
            .header("webhook-id", call.name())
            .header("webhook-timestamp", call.at.as_second().to_string())
            .header("webhook-signature", call.signature())
            .header("user-agent", "Huiyin")
            .body(call.body.clone())
            .send()
            .await
            .map_err(|error| reach::failed(&error))?;
        let status = answer.status();
        let what = format!("the address answers {}", status.as_u16());
        match status {
            _ if status.is_success() => Ok(()),
            _ if reach::is_out_of_order(status) => Err(SendError::Away(what)),
            // A redirect is not followed: what was checked is what is spoken to.
            _ => Err(SendError::Temporary(what)),
        }
    }
}

impl Webhooks for HttpWebhooks {
    fn call<'a>(&'a self, call: &'a Call) -> Pending<'a, Result<(), SendError>> {
        Box::pin(self.post(call))
    }

    fn fault(&self, url: &str) -> Option<&'static str> {
        fault(url, self.inside)
    }
}

/// What is wrong with an address before anybody is asked for it.
pub(super) fn fault(url: &str, inside: Inside) -> Option<&'static str> {
    let Ok(url) = url.parse::<Url>() else {
        return Some("fault-url");
    };
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_private = bare.parse().is_ok_and(is_private);
    match (url.scheme(), inside) {
        _ if host.is_empty() || !url.username().is_empty() || url.password().is_some() => {
            Some("fault-url")
        }
        ("https", Inside::Refused) if is_private => Some("fault-url-private"),
        ("https", _) | ("http", Inside::Allowed) => None,
        _ => Some("fault-url-https"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_standard_webhooks() {
        // Computed with the hmac and base64 modules of Python.
        let call = Call {
            id: 7,
            url: String::new(),
            secret: b"sixteen bytes ok".to_vec(),
            at: "2026-11-24T08:00:00Z".parse().unwrap(),
            body: r#"{"specversion":"1.0"}"#.to_owned(),
        };
        assert_eq!(call.name(), "msg_0000000000007");
        assert_eq!(
            call.signature(),
            "v1,yq+MIZZh5AxjIx5eueRR/t0ZpqEmneLoRw0FQCgLJZk="
        );
    }

    #[test]
    fn addresses_are_looked_at_before_they_are_kept() {
        for (url, inside, wanted) in [
            ("https://hooks.example.org/a", Inside::Refused, None),
            (
                "http://hooks.example.org/a",
                Inside::Refused,
                Some("fault-url-https"),
            ),
            ("http://10.0.0.1/a", Inside::Allowed, None),
            (
                "https://10.0.0.1/a",
                Inside::Refused,
                Some("fault-url-private"),
            ),
            (
                "https://[::1]/a",
                Inside::Refused,
                Some("fault-url-private"),
            ),
            (
                "https://[::ffff:127.0.0.1]/a",
                Inside::Refused,
                Some("fault-url-private"),
            ),
            (
                "https://0x7f.1/a",
                Inside::Refused,
                Some("fault-url-private"),
            ),
            (
                "https://ana:word@example.org/",
                Inside::Allowed,
                Some("fault-url"),
            ),
            (
                "ftp://example.org/",
                Inside::Allowed,
                Some("fault-url-https"),
            ),
            ("nonsense", Inside::Allowed, Some("fault-url")),
        ] {
            assert_eq!(fault(url, inside), wanted, "{url}");
        }
    }
}
