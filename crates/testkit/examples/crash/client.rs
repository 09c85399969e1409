//! One request at a time, as a browser, a phone or a partner's program makes it.

use std::net::SocketAddr;
use std::time::Duration;

use reqwest::Method;
use reqwest::blocking::Client;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use serde_json::Value;

use crate::finding::Fault;

/// Nobody waits longer.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Http {
    client: Client,
    base: String,
}

/// A request that can be sent many times.
#[derive(Clone)]
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Asked {
    pub fn get(path: impl Into<String>) -> Asked {
        Asked {
            method: Method::GET,
            path: path.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub fn post(path: impl Into<String>, kind: &str, body: impl Into<Vec<u8>>) -> Asked {
        Asked {
            method: Method::POST,
            body: body.into(),
            ..Asked::get(path)
        }
        .with("content-type", kind)
    }

    pub fn json(path: impl Into<String>, body: &Value) -> Asked {
        Asked::post(path, "application/json", body.to_string())
    }

    /// A form with a file in it.
    pub fn form(
        path: impl Into<String>,
        texts: &[(&str, &str)],
        (field, file): (&str, &[u8]),
    ) -> Asked {
        let mut body = Vec::new();
        let part = "--b\r\nContent-Disposition: form-data; name=";
        for (name, text) in texts {
            body.extend(format!("{part}\"{name}\"\r\n\r\n{text}\r\n").bytes());
        }
        body.extend(format!("{part}\"{field}\"; filename=\"photo.png\"\r\n").bytes());
        body.extend(b"Content-Type: image/png\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--b--\r\n");
        Asked::post(path, "multipart/form-data; boundary=b", body)
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Asked {
        self.headers.push((name, value.into()));
        self
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Result<Value, Fault> {
        Ok(serde_json::from_slice(&self.body)?)
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The text between two others.
    pub fn between(&self, before: &str, after: &str) -> Option<String> {
        let text = self.text();
        let from = text.find(before)? + before.len();
        let length = text[from..].find(after)?;
        Some(text[from..from + length].to_owned())
    }

    /// The cookies that it sets, as they are sent back.
    pub fn cookies(&self) -> String {
        let set = self.headers.get_all("set-cookie").iter();
        let pairs = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        pairs.collect::<Vec<_>>().join("; ")
    }
}

impl Http {
    pub fn to(address: SocketAddr) -> Result<Http, Fault> {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build()?;
        Ok(Http {
            client,
            base: format!("http://{address}"),
        })
    }

    /// What is answered; none when nobody answers, or when the sender hangs up after `cut`.
    pub fn ask(&self, asked: &Asked, cut: Option<Duration>) -> Option<Answer> {
        let mut request = self
            .client
            .request(asked.method.clone(), format!("{}{}", self.base, asked.path))
            .timeout(cut.unwrap_or(PATIENCE))
            .header("origin", &self.base)
            .body(asked.body.clone());
        for (name, value) in &asked.headers {
            request = request.header(*name, value);
        }
        let answer = request.send().ok()?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Some(Answer {
            status,
            headers,
            body: answer.bytes().ok()?.to_vec(),
        })
    }
}
