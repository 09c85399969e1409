//! Text messages: through the HTTP gateway of a provider, told by a template.

use std::collections::BTreeMap;

use huiyin_domain::id;
use huiyin_store::outbox::Copies;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{StatusCode, Url};
use serde::Deserialize;

use super::reach::{self, Inside};
use super::{Pending, SendError};

/// One text message to one telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMessage {
    /// Names the message: recorded twice with the same one, it is one message.
    pub id: i64,
    /// In international form (`+86…`).
    pub phone: String,
    pub text: String,
}

/// Carries text messages.
pub trait Sms: Send + Sync {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Pending<'a, Result<(), SendError>>;

    /// Whether what it carried is kept to be looked at.
    fn copies(&self) -> Copies {
        Copies::Gone
    }
}

/// How the body of the request is written, and so how what is put in must be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyFormat {
    #[default]
    Json,
    Form,
}

/// The gateway of whoever runs the product.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsSettings {
    pub url: String,
    /// The request's body; `{phone}`, `{local}` (without +86) and `{text}` are filled in.
    pub body: String,
    #[serde(default)]
    pub format: BodyFormat,
    /// Headers, usually the gateway's key.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// What a good answer's body holds, for gateways that answer 200 to everything.
    pub success: Option<String>,
    /// The gateway stands in a private network, on purpose.
    #[serde(default)]
    pub inside: Inside,
}

/// Text messages by an HTTP gateway.
pub struct GatewaySms {
    url: Url,
    headers: HeaderMap,
    settings: SmsSettings,
}

/// With the same key it is the same message: a gateway that knows it sends it once.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
const ANSWER_BYTES_MAX: usize = 64 * 1024;

impl GatewaySms {
    /// Checks the settings; speaks to nobody yet.
    pub fn new(settings: &SmsSettings) -> Result<Self, String> {
        let url: Url = settings
            .url
            .parse()
            .map_err(|error| format!("sms.url: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err("sms.url: must begin with https:// (or http://)".to_owned());
        }
        if !settings.body.contains("{text}") {
            return Err("sms.body: must hold {text}, and {phone} or {local}".to_owned());
        }
        let mut headers = HeaderMap::new();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static(match settings.format {
                BodyFormat::Json => "application/json",
                BodyFormat::Form => "application/x-www-form-urlencoded",
            }),
        );
        for (name, value) in &settings.headers {
            let name: HeaderName = name
                .parse()
                .map_err(|_| format!("sms.headers: `{name}` is no name of a header"))?;
            let mut value: HeaderValue = value
                .parse()
                .map_err(|_| format!("sms.headers.{name}: not a value of a header"))?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        Ok(Self {
            url,
            headers,
            settings: settings.clone(),
        })
    }

    fn body(&self, phone: &str, text: &str) -> String {
        let local = phone.strip_prefix("+86").unwrap_or(phone);
        let escape = |value: &str| match self.settings.format {
            BodyFormat::Json => {
                let quoted = serde_json::Value::from(value).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            BodyFormat::Form => utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        };
        // In one pass, so that a text that speaks of {phone} is not filled in again.
        let mut body = String::new();
        let mut rest = self.settings.body.as_str();
        while let Some(at) = rest.find('{') {
            body.push_str(&rest[..at]);
            rest = &rest[at..];
            let known = [("{phone}", phone), ("{local}", local), ("{text}", text)]
                .into_iter()
                .find(|(mark, _)| rest.starts_with(mark));
            match known {
                Some((mark, value)) => {
                    body.push_str(&escape(value));
                    rest = &rest[mark.len()..];
                }
                None => {
                    body.push('{');
                    rest = &rest[1..];
                }
            }
        }
        body + rest
    }

    async fn post(&self, message: &TextMessage) -> Result<(), SendError> {
        let temporary = |what: &str| SendError::Temporary(what.to_owned());
        let client = reach::client(&self.url, self.settings.inside, reach::ANSWER_WAIT).await?;
        let mut answer = client
            .post(self.url.clone())
            .headers(self.headers.clone())
            .header(IDEMPOTENCY_KEY, id::encode(message.id))
            .body(self.body(&message.phone, &message.text))
            .send()
            .await
            .map_err(|error| reach::failed(&error))?;
        let status = answer.status();
        if reach::is_out_of_order(status) {
            let what = format!("the gateway answers {}", status.as_u16());
            return Err(SendError::Away(what));
        }
        if !status.is_success() {
            let what = format!("the gateway answers {}", status.as_u16());
            let again = status.is_server_error()
                || status.is_redirection()
                || matches!(
                    status,
                    StatusCode::REQUEST_TIMEOUT | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
                );
            return Err(match again {
                true => SendError::Temporary(what),
                false => SendError::Permanent(what),
            });
        }
        let Some(success) = &self.settings.success else {
            return Ok(());
        };
        let mut body = Vec::new();
        while let Ok(Some(chunk)) = answer.chunk().await {
            body.extend_from_slice(&chunk);
            if body.len() > ANSWER_BYTES_MAX {
                break;
            }
        }
        match String::from_utf8_lossy(&body).contains(success.as_str()) {
            true => Ok(()),
            false => Err(temporary("the gateway did not take the message")),
        }
    }
}

impl Sms for GatewaySms {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Pending<'a, Result<(), SendError>> {
        Box::pin(self.post(message))
    }
}

#[cfg(test)]
#[path = "sms_tests.rs"]
mod tests;
