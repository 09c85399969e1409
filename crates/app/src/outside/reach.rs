//! Reaching out by HTTP to an address that somebody configured: never followed elsewhere, never
//! into a private network unless that is wanted, never longer than some seconds.

use std::net::SocketAddr;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;

use super::{SendError, is_private};

const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// Whoever is asked has so long to answer.
pub(crate) const ANSWER_WAIT: Duration = Duration::from_secs(15);

/// Whether an address may lie in a private network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inside {
    #[default]
    Refused,
    Allowed,
}

/// A client that speaks to this address alone. Its name is looked up once and held, so that
/// what was checked is what is spoken to.
pub(super) async fn client(url: &Url, inside: Inside, wait: Duration) -> Result<Client, SendError> {
    let away = |what: &str| SendError::Away(what.to_owned());
    let found = addresses(url).await?;
    let is_inside = found.iter().any(|address| is_private(address.ip()));
    if is_inside && inside == Inside::Refused {
        return Err(away("the name leads into a private network"));
    }
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_WAIT)
        .timeout(wait)
        .resolve_to_addrs(url.host_str().unwrap_or_default(), &found)
        .build()
        .map_err(|_| away("no connection could be made ready"))
}

async fn addresses(url: &Url) -> Result<Vec<SocketAddr>, SendError> {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().unwrap_or(443);
    let found = tokio::net::lookup_host((bare, port)).await;
    let found = found.map_err(|_| SendError::Away("the name is not known".to_owned()))?;
    Ok(found.collect())
}

/// Why no answer came: somebody who listens and says nothing may dislike what they hear,
/// nobody there dislikes nothing.
pub(super) fn failed(error: &reqwest::Error) -> SendError {
    match error.is_timeout() && !error.is_connect() {
        true => SendError::Temporary("no answer came in time".to_owned()),
        false => SendError::Away("nobody can be reached there".to_owned()),
    }
}

/// Whether the answer says that the other side is out of order, and nothing of the message.
pub(super) fn is_out_of_order(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}
