//! Somebody whom the house calls: each call is one request, and gets one answer or none.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::finding::Fault;

pub struct Request {
    pub method: String,
    /// From the slash on, with its query.
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

/// A status, and what is said with it.
pub type Said = (u16, Vec<u8>);

/// Answers until it is dropped.
pub struct Incoming {
    pub address: SocketAddr,
    is_over: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Incoming {
    /// Begins to answer at an address of its own, each call on a thread of its own; where nothing
    /// is to be said, it hangs up.
    pub fn answered_by(
        answer: impl Fn(Request) -> Result<Option<Said>, Fault> + Send + Sync + 'static,
    ) -> Result<Incoming, Fault> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let (answer, is_over) = (Arc::new(answer), Arc::<AtomicBool>::default());
        let ends = Arc::clone(&is_over);
        let accepting = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                let answer = Arc::clone(&answer);
                // What comes over a line that breaks comes again.
                thread::spawn(move || drop(take(&stream, &*answer)));
            }
        });
        Ok(Incoming {
            address,
            is_over,
            accepting: Some(accepting),
        })
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // Whoever waits for a call gets one.
        drop(TcpStream::connect(self.address));
        drop(self.accepting.take().map(JoinHandle::join));
    }
}

fn take(
    mut stream: &TcpStream,
    answer: impl Fn(Request) -> Result<Option<Said>, Fault>,
) -> Result<(), Fault> {
    let Some((status, body)) = answer(read(stream)?)? else {
        return Ok(());
    };
    let head = format!(
        "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\netag: \"x\"\r\n\
         last-modified: Mon, 02 Nov 2026 01:00:00 GMT\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), &body].concat())?;
    Ok(())
}

fn read(stream: &TcpStream) -> Result<Request, Fault> {
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    lines.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = words.next().zip(words.next()).ok_or("no request")?;
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").map(|said| said.parse());
    let mut body = vec![0; length.transpose()?.unwrap_or(0)];
    lines.read_exact(&mut body)?;
    Ok(Request {
        method,
        target,
        headers,
        body,
    })
}
