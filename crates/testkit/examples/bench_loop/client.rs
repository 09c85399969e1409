//! One connection that is kept, as a browser or a partner's program keeps it.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

pub type Fault = Box<dyn std::error::Error + Send + Sync>;

pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The text between two others.
    pub fn between(&self, before: &str, after: &str) -> Option<String> {
        let text = self.text();
        let from = text.find(before)? + before.len();
        let length = text[from..].find(after)?;
        Some(text[from..from + length].to_owned())
    }
}

/// Headers besides the usual ones.
pub type Headers<'h> = &'h [(&'h str, &'h str)];

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Connection, Fault> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Connection { sender, address })
    }

    pub async fn get(&mut self, path: &str, headers: Headers<'_>) -> Result<Answer, Fault> {
        self.send(Method::GET, path, headers, String::new()).await
    }

    pub async fn post(
        &mut self,
        path: &str,
        headers: Headers<'_>,
        body: String,
    ) -> Result<Answer, Fault> {
        self.send(Method::POST, path, headers, body).await
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: Headers<'_>,
        body: String,
    ) -> Result<Answer, Fault> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.address.to_string());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.sender.ready().await?;
        let answer = self
            .sender
            .send_request(request.body(Full::from(body))?)
            .await?;
        let (parts, body) = answer.into_parts();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await?.to_bytes(),
        })
    }
}
