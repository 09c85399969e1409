//! Taking up two-step sign-in: scan, confirm with a first code, keep the recovery codes;
//! and giving it up with the password.

use huiyin_app::identity::second_factor;

use crate::flash;
use crate::form::Form;
use crate::layout::Tone;
use crate::visit::{Answer, Visit, see};

use super::account::{Back, Totp, draw, visitor};
use super::{saying, sign_in};

pub async fn start(visit: Visit) -> Answer {
    let enrolment = second_factor::enrol(&visit.state.app, visitor(&visit)?).await?;
    let totp = Totp::Enrolling {
        qr: enrolment.qr_svg,
        secret: enrolment.secret,
    };
    draw(
        &visit,
        Back {
            totp: Some(totp),
            ..Back::default()
        },
    )
    .await
}

/// Confirms with a first code; a wrong one leaves the QR code as it is.
pub async fn confirm(visit: Visit, form: Form) -> Answer {
    let app = &visit.state.app;
    let (secret, code) = (form.text("secret"), form.text("code"));
    match second_factor::confirm(app, visitor(&visit)?, secret, code).await {
        Ok(codes) => {
            draw(
                &visit,
                Back {
                    totp: Some(Totp::Codes { codes }),
                    ..Back::default()
                },
            )
            .await
        }
        Err(error) => {
            let page = visit.page();
            let fault = saying::fault(&page, &error, "code");
            let (status, said) = sign_in::told(&page, error)?;
            let error = if fault.is_empty() { said } else { fault };
            draw(
                &visit,
                Back {
                    status,
                    error,
                    ..Back::default()
                },
            )
            .await
        }
    }
}

pub async fn end(visit: Visit, form: Form) -> Answer {
    let password = form.get("password").unwrap_or_default().to_owned();
    match second_factor::disable(&visit.state.app, visitor(&visit)?, password).await {
        Ok(()) => Ok(flash::say(
            see("/desk/me"),
            Tone::Done,
            "totp-ended",
            visit.transport(),
        )),
        Err(error) => {
            let (status, error) = sign_in::told(&visit.page(), error)?;
            draw(
                &visit,
                Back {
                    status,
                    error,
                    ..Back::default()
                },
            )
            .await
        }
    }
}
