//! Other installations of the product, asked over their API with a token that they gave us.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::{StatusCode, Url};

use super::reach::{self, Inside};
use super::webhooks::fault;
use super::{Pending, SendError, WebhookSettings};

/// Nothing longer is read of an answer: the largest file, and what is around it.
const ANSWER_BYTES_MAX: usize = 24 * 1024 * 1024;

/// A question to another installation.
pub struct Ask {
    /// Where it is reached, without a slash at the end.
    pub base: String,
    /// From `/api/` on, with its query.
    pub path: String,
    pub token: String,
    /// Under which the same request is taken once.
    pub key: Option<String>,
    /// What is handed in; nothing is only asked for.
    pub body: Option<Part>,
}

/// What is handed in.
#[derive(Clone)]
pub enum Part {
    Json(String),
    /// A file with its media type, as the only field `file` of a form.
    File(Bytes, String),
}

/// An answer, whatever it says.
pub struct Told {
    pub status: u16,
    pub body: Bytes,
}

impl Told {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Speaks with other installations.
pub trait Elsewhere: Send + Sync {
    /// The answer; an error when none came, or none that says anything of the question.
    fn ask<'a>(&'a self, ask: &'a Ask) -> Pending<'a, Result<Told, SendError>>;

    /// Why an address is not taken, as the key of a sentence.
    fn fault(&self, url: &str) -> Option<&'static str>;
}

/// By HTTP, held within the same bounds as webhooks.
#[derive(Debug, Clone, Copy)]
pub struct HttpElsewhere {
    inside: Inside,
    wait: Duration,
}

impl HttpElsewhere {
    pub fn new(settings: WebhookSettings) -> Self {
        Self {
            inside: settings.inside,
            wait: reach::ANSWER_WAIT,
        }
    }

    async fn speak(&self, ask: &Ask) -> Result<Told, SendError> {
        let url: Url = format!("{}{}", ask.base, ask.path)
            .parse()
            .map_err(|_| SendError::Permanent("the address is none".to_owned()))?;
        let client = reach::client(&url, self.inside, self.wait).await?;
        let asked = match &ask.body {
            None => client.get(url),
            Some(Part::Json(json)) => client
                .post(url)
                .header("content-type", "application/json")
                .body(json.clone()),
            Some(Part::File(bytes, media_type)) => {
                let (media_type, body) = form_of(bytes, media_type);
                client
                    .post(url)
                    .header("content-type", media_type)
                    .body(body)
            }
        };
        let asked = asked.bearer_auth(&ask.token).header("user-agent", "Huiyin");
        let asked = match &ask.key {
            Some(key) => asked.header("idempotency-key", key),
            None => asked,
        };
        let mut answer = asked.send().await.map_err(|error| reach::failed(&error))?;
        let status = answer.status();
        weigh(status)?;
        let mut body = BytesMut::new();
        while let Some(piece) = answer
            .chunk()
            .await
            .map_err(|error| reach::failed(&error))?
        {
            body.extend_from_slice(&piece);
            if body.len() > ANSWER_BYTES_MAX {
                return Err(SendError::Temporary("the answer is too long".to_owned()));
            }
        }
        Ok(Told {
            status: status.as_u16(),
            body: body.freeze(),
        })
    }
}

/// Whether the answer says something of the question, and not of the other side alone.
fn weigh(status: StatusCode) -> Result<(), SendError> {
    let what = format!("the installation answers {}", status.as_u16());
    match status {
        _ if reach::is_out_of_order(status) => Err(SendError::Away(what)),
        // Its token may have been revoked by mistake: that is mended there.
        StatusCode::UNAUTHORIZED => Err(SendError::Away(what)),
        _ if status.is_success() || status.is_client_error() => Ok(()),
        // A redirect is not followed: what was checked is what is spoken to.
        _ => Err(SendError::Temporary(what)),
    }
}

/// A form with one file, and its media type (RFC 7578).
fn form_of(bytes: &Bytes, media_type: &str) -> (String, Bytes) {
    const BOUNDARY: &str = "----huiyin-4f1d9a60c2b7e835";
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
         content-type: {media_type}\r\n\r\n"
    );
    let mut body = BytesMut::with_capacity(bytes.len() + 300);
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    (
        format!("multipart/form-data; boundary={BOUNDARY}"),
        body.freeze(),
    )
}

impl Elsewhere for HttpElsewhere {
    fn ask<'a>(&'a self, ask: &'a Ask) -> Pending<'a, Result<Told, SendError>> {
        Box::pin(self.speak(ask))
    }

    fn fault(&self, url: &str) -> Option<&'static str> {
        fault(url, self.inside)
    }
}
