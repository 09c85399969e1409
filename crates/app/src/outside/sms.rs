//! Text messages: through the HTTP gateway of a provider, told by a template.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use serde::Deserialize;

use super::{Pending, SendError, is_private};

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

/// Whether the gateway may have a private address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inside {
    #[default]
    Refused,
    Allowed,
}

/// Text messages by an HTTP gateway.
pub struct GatewaySms {
    url: Url,
    headers: HeaderMap,
    settings: SmsSettings,
}

const CONNECT_WAIT: Duration = Duration::from_secs(5);
const ANSWER_WAIT: Duration = Duration::from_secs(15);
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

    /// The gateway's addresses, looked up once and held, so that what was checked is
    /// what is spoken to.
    async fn addresses(&self) -> Result<Vec<SocketAddr>, SendError> {
        let host = self.url.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let port = self.url.port_or_known_default().unwrap_or(443);
        let found: Vec<SocketAddr> = tokio::net::lookup_host((bare, port))
            .await
            .map_err(|_| SendError::Temporary("the gateway's name is not known".to_owned()))?
            .collect();
        let is_inside = found.iter().any(|address| is_private(address.ip()));
        if is_inside && self.settings.inside == Inside::Refused {
            return Err(SendError::Temporary(
                "the gateway's name leads into a private network".to_owned(),
            ));
        }
        Ok(found)
    }

    async fn post(&self, phone: &str, text: &str) -> Result<(), SendError> {
        let temporary = |what: &str| SendError::Temporary(what.to_owned());
        let addresses = self.addresses().await?;
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_WAIT)
            .timeout(ANSWER_WAIT)
            .resolve_to_addrs(self.url.host_str().unwrap_or_default(), &addresses)
            .build()
            .map_err(|_| temporary("no connection could be made ready"))?;
        let mut answer = client
            .post(self.url.clone())
            .headers(self.headers.clone())
            .body(self.body(phone, text))
            .send()
            .await
            .map_err(|error| match error.is_timeout() {
                true => temporary("the gateway is too slow"),
                false => temporary("the gateway cannot be reached"),
            })?;
        let status = answer.status();
        if !status.is_success() {
            let what = format!("the gateway answers {}", status.as_u16());
            let again = status.is_server_error()
                || status.is_redirection()
                || matches!(
                    status,
                    StatusCode::TOO_MANY_REQUESTS
                        | StatusCode::REQUEST_TIMEOUT
                        | StatusCode::UNAUTHORIZED
                        | StatusCode::FORBIDDEN
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
        Box::pin(self.post(&message.phone, &message.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    fn settings(url: &str) -> SmsSettings {
        SmsSettings {
            url: url.to_owned(),
            body: r#"{"to":"{local}","say":"{text}"}"#.to_owned(),
            format: BodyFormat::Json,
            headers: BTreeMap::from([("x-key".to_owned(), "secret".to_owned())]),
            success: None,
            inside: Inside::Allowed,
        }
    }

    fn message(text: &str) -> TextMessage {
        TextMessage {
            id: 7,
            phone: "+8613912345678".into(),
            text: text.into(),
        }
    }

    /// A gateway that gives one answer and keeps what it hears.
    fn gateway(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/send", listener.local_addr().unwrap());
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut heard = Vec::new();
            let mut piece = [0; 4096];
            while !String::from_utf8_lossy(&heard).contains("}") {
                let count = stream.read(&mut piece).unwrap();
                heard.extend_from_slice(&piece[..count]);
                if count == 0 {
                    break;
                }
            }
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8_lossy(&heard).into_owned()
        });
        (url, thread)
    }

    #[tokio::test]
    async fn a_message_is_filled_in_and_escaped() {
        let (url, thread) = gateway("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        let sms = GatewaySms::new(&settings(&url)).unwrap();
        sms.send(&message("say \"{phone}\"\n好")).await.unwrap();
        let heard = thread.join().unwrap();
        assert!(heard.contains("x-key: secret"), "{heard}");
        let body = heard.split("\r\n\r\n").nth(1).unwrap();
        assert_eq!(body, r#"{"to":"13912345678","say":"say \"{phone}\"\n好"}"#);
    }

    #[test]
    fn a_form_is_escaped_as_a_form() {
        let sms = GatewaySms::new(&SmsSettings {
            body: "to={phone}&say={text}".into(),
            format: BodyFormat::Form,
            ..settings("https://sms.example.org/")
        })
        .unwrap();
        assert_eq!(
            sms.body("+8613912345678", "a&b=好"),
            "to=%2B8613912345678&say=a%26b%3D%E5%A5%BD"
        );
    }

    #[tokio::test]
    async fn private_addresses_and_redirects_are_refused() {
        let sms = GatewaySms::new(&SmsSettings {
            inside: Inside::Refused,
            ..settings("http://localhost:9/")
        })
        .unwrap();
        let error = sms.send(&message("x")).await.unwrap_err();
        assert!(error.to_string().contains("private network"), "{error}");

        let (url, thread) = gateway(
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        );
        let sms = GatewaySms::new(&settings(&url)).unwrap();
        let error = sms.send(&message("x")).await.unwrap_err();
        assert_eq!(
            error,
            SendError::Temporary("the gateway answers 302".to_owned())
        );
        thread.join().unwrap();
    }

    #[tokio::test]
    async fn an_answer_that_is_not_a_success_is_none() {
        for (answer, success, is_sent, is_permanent) in [
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"ok\":1} ",
                "\"ok\":1",
                true,
                false,
            ),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"ok\":0} ",
                "\"ok\":1",
                false,
                false,
            ),
            (
                "HTTP/1.1 400 Bad\r\ncontent-length: 0\r\n\r\n",
                "",
                false,
                true,
            ),
            (
                "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n",
                "",
                false,
                false,
            ),
        ] {
            let (url, thread) = gateway(answer);
            let sms = GatewaySms::new(&SmsSettings {
                success: Some(success.to_owned()),
                ..settings(&url)
            })
            .unwrap();
            let sent = sms.send(&message("x")).await;
            assert_eq!(sent.is_ok(), is_sent, "{answer}");
            assert_eq!(
                matches!(sent, Err(SendError::Permanent(_))),
                is_permanent,
                "{answer}"
            );
            thread.join().unwrap();
        }
    }

    #[test]
    fn wrong_settings_are_told() {
        for (url, body) in [
            ("ftp://x/", "{text}"),
            ("nonsense", "{text}"),
            ("https://x/", "{}"),
        ] {
            let wrong = SmsSettings {
                body: body.into(),
                ..settings(url)
            };
            assert!(GatewaySms::new(&wrong).is_err(), "{url} {body}");
        }
    }
}
