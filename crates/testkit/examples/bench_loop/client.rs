//! One connection that is kept, as a browser or a partner's program keeps it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Whoever is not asked for longer is asked on a new connection: the server closes those on which
/// nothing comes.
const KEPT: Duration = Duration::from_secs(2);

pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
    asked: Instant,
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
        Ok(Connection {
            sender,
            address,
            asked: Instant::now(),
        })
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
        if self.asked.elapsed() > KEPT {
            *self = Connection::open(self.address).await?;
        }
        self.sender.ready().await?;
        self.asked = Instant::now();
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
