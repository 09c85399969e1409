//! Listening: every connection gets the router and a limit on how slowly it may speak.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower::{ServiceBuilder, ServiceExt};

use crate::assets;

/// The longest time for the head of a request, and for silence between two.
const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// The longest time that requests under way get when the house closes.
const CLOSING_WITHIN: Duration = Duration::from_secs(20);
/// After a failed accept, such as when no file handle is left.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers until `stop` is ready, then lets what is under way come to its end.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    tokio::task::spawn_blocking(assets::warm_up);
    // HTTP/1 alone: while the version is still to be found out nothing is timed, and whoever
    // connects and says nothing would hold a connection for ever.
    let mut http = auto::Builder::new(TokioExecutor::new()).http1_only();
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, from)) => connect(stream, from, &router, &http, &graceful),
            Err(fault) => {
                tracing::warn!(%fault, "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    if tokio::time::timeout(CLOSING_WITHIN, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests were still under way");
    }
}

fn connect(
    stream: TcpStream,
    from: SocketAddr,
    router: &Router,
    http: &auto::Builder<TokioExecutor>,
    graceful: &GracefulShutdown,
) {
    // A small answer is not held back for a larger one.
    if let Err(fault) = stream.set_nodelay(true) {
        tracing::debug!(%fault, "a connection keeps its delay");
    }
    let service = ServiceBuilder::new()
        .map_request(move |request: hyper::Request<hyper::body::Incoming>| {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(from));
            request
        })
        .service(router.clone());
    let service = TowerToHyperService::new(service.boxed_clone());
    let connection = http.serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection.into_owned());
    tokio::spawn(async move {
        if let Err(fault) = connection.await {
            tracing::debug!(%fault, "a connection ended early");
        }
    });
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// What comes of a connection over which only this is said.
    async fn says(words: &'static [u8]) -> std::io::Result<usize> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let house = tokio::spawn(serve(listener, Router::new(), std::future::pending()));
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(words).await?;
        let mut heard = Vec::new();
        let end = stream.read_to_end(&mut heard);
        let end = tokio::time::timeout(3 * HEAD_WITHIN, end).await;
        house.abort();
        end.expect("the house hangs up")
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_says_nothing_is_hung_up_on() {
        for silent in [
            &b""[..],
            b"P",
            b"PRI * HTTP/2.0\r\n",
            b"GET / HTTP/1.1\r\nHost:",
        ] {
            says(silent).await.expect("nothing is wrong with the line");
        }
    }
}
