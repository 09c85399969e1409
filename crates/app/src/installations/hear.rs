//! What another installation tells: an event of one of its cases, signed as Standard Webhooks
//! are. It is believed as a hint alone: what really happened is asked of that installation.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, Mac as _};
use huiyin_domain::id::{CaseId, HandedId, InstallationId};
use huiyin_store::Tx;
use huiyin_store::installations;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use sha2::Sha256;

use crate::jobs::Job;
use crate::{App, Error, Refusal};

/// A message may be so old, or so much ahead of our clock.
const AGE_MAX: SignedDuration = SignedDuration::from_mins(5);

/// What came, with the headers that say who sent it.
#[derive(Debug, Clone)]
pub struct Request {
    pub to: InstallationId,
    /// `webhook-id`
    pub name: String,
    /// `webhook-timestamp`, in seconds
    pub at: String,
    /// `webhook-signature`: one or several, with blanks between
    pub signature: String,
    /// Byte for byte.
    pub body: Vec<u8>,
}

/// As much of a CloudEvent as is needed.
#[derive(Deserialize)]
struct Event {
    subject: Option<CaseId>,
}

pub async fn hear(app: &App, request: Request) -> Result<(), Error> {
    let (inner, now, to) = (app.clone(), app.now(), request.to);
    let read = move |tx: &mut Tx<'_>| installations::secret(tx, to);
    let secret = app.store.read(read).await.map_err(Error::from)?;
    // Whether there is such an installation is nobody's business who cannot sign.
    if !secret.is_some_and(|secret| is_believed(&secret, &request, now)) {
        return Err(Refusal::SignInNeeded.into());
    }
    let event: Event = serde_json::from_slice(&request.body)
        .map_err(|_| Refusal::field("subject", "fault-wrong-type"))?;
    let Some(theirs) = event.subject else {
        return Ok(());
    };
    let fresh = HandedId::from_raw(app.mint());
    let write = move |tx: &mut Tx<'_>| {
        let handed = installations::take(tx, fresh, (to, theirs))?;
        Job::FollowCase(handed).enqueue(&inner, tx, now)
    };
    app.store.write(to.get(), write).await.map_err(Error::from)
}

fn is_believed(secret: &[u8], request: &Request, now: Timestamp) -> bool {
    let sent = request.at.parse::<i64>().ok();
    let sent = sent.and_then(|seconds| Timestamp::from_second(seconds).ok());
    if sent.is_none_or(|sent| now.duration_since(sent).abs() > AGE_MAX) {
        return false;
    }
    let signed = |signature: &str| {
        let signature = signature.strip_prefix("v1,");
        let signature = signature.and_then(|text| BASE64.decode(text).ok());
        let mut mac =
            Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
        mac.update(format!("{}.{}.", request.name, request.at).as_bytes());
        mac.update(&request.body);
        signature.is_some_and(|signature| mac.verify_slice(&signature).is_ok())
    };
    request.signature.split(' ').any(signed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of docs/webhooks.md.
    fn example() -> (&'static [u8], Request, Timestamp) {
        let request = Request {
            to: InstallationId::from_raw(1),
            name: "msg_0000000000007".to_owned(),
            at: "1795507200".to_owned(),
            signature: "v1,yq+MIZZh5AxjIx5eueRR/t0ZpqEmneLoRw0FQCgLJZk=".to_owned(),
            body: br#"{"specversion":"1.0"}"#.to_vec(),
        };
        let at = Timestamp::from_second(1_795_507_200).unwrap();
        (b"sixteen bytes ok", request, at)
    }

    #[test]
    fn only_what_is_signed_and_fresh_is_believed() {
        let (key, request, at) = example();
        let minutes = SignedDuration::from_mins;
        assert!(is_believed(key, &request, at));
        assert!(is_believed(key, &request, at + minutes(5)));
        assert!(!is_believed(key, &request, at + minutes(6)));
        assert!(!is_believed(key, &request, at - minutes(6)));
        let changed = |change: fn(&mut Request)| {
            let mut request = request.clone();
            change(&mut request);
            is_believed(key, &request, at)
        };
        assert!(!changed(|request| request.body.push(b' ')));
        assert!(!changed(|request| request.name.push('7')));
        assert!(!changed(|request| request.at = "1795507201".to_owned()));
        assert!(!changed(|request| request.at = "soon".to_owned()));
        assert!(!changed(|request| request.signature.clear()));
        assert!(changed(|request| request
            .signature
            .insert_str(0, "v1,AAAA v2,x ")));
        assert!(!is_believed(b"sixteen bytes no", &request, at));
    }
}
