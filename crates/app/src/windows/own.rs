//! What somebody booked, for whoever holds its code: when, where, what to bring, who looked.

use huiyin_domain::calendar::Zone;
use huiyin_domain::code::TrackingCode;
use huiyin_domain::feed::{Event, Status, write};
use huiyin_domain::id::AppointmentId;
use huiyin_domain::names::Names;
use huiyin_domain::procedure::Procedure;
use huiyin_domain::window::AppointmentState;
use huiyin_domain::words::Lang;
use huiyin_store::appointment_people::{self, Look};
use huiyin_store::appointments::{self, Appointment};
use huiyin_store::windows::Window;
use huiyin_store::{Tx, places, procedures};

use super::list::{Wait, wait};
use super::{calendar_of, known};
use crate::error::Thing;
use crate::feeds::host;
use crate::procedures::understood;
use crate::{App, Error, Refusal};

const LOOKS_MAX: i64 = 20;

/// The appointment that a code opens.
pub async fn track(app: &App, code: &TrackingCode) -> Result<AppointmentId, Error> {
    let code = code.clone();
    let find = move |tx: &mut Tx<'_>| appointment_people::by_code(tx, code.as_str());
    let found = app.store.read(find).await.map_err(Error::from)?;
    found.ok_or_else(|| Refusal::NotFound(Thing::Code).into())
}

/// All that its page says.
#[derive(Debug, Clone)]
pub struct Own {
    pub appointment: Appointment,
    pub window: Window,
    pub place: Names,
    pub zone: Zone,
    /// As it was in the version under which it was booked.
    pub procedure: Option<Procedure>,
    pub code: String,
    /// How it stands at the window, on the day itself.
    pub wait: Option<Wait>,
    pub looks: Vec<Look>,
}

impl Own {
    /// The place and the room, as somebody finds it.
    pub fn location(&self, lang: &str) -> String {
        format!(
            "{} · {}",
            self.place.in_lang(lang),
            self.window.setup.location
        )
    }
}

/// Shows it; the caller has proved to hold its code. After some weeks it is forgotten.
pub async fn show(app: &App, id: AppointmentId) -> Result<Own, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let nothing = || Refusal::NotFound(Thing::Appointment);
        let appointment = appointments::read(tx, id)?.ok_or_else(nothing)?;
        let booker = appointment_people::read(tx, id)?.ok_or_else(nothing)?;
        let window = known(tx, appointment.window)?;
        let procedure = match &appointment.procedure {
            Some((slug, version)) => {
                let text = procedures::text(tx, slug, *version)?;
                let text = text.map(|text| understood(slug, &text));
                text.transpose()?
            }
            None => None,
        };
        let place = places::read(tx, &window.place)?;
        let calendar = calendar_of(&inner, tx, &window)?;
        let wait = match calendar.zone().date(inner.now()) == appointment.day {
            true => {
                let day = appointments::of_day(tx, window.id, appointment.day)?;
                Some(wait(&window.setup, &day))
            }
            false => None,
        };
        Ok::<_, Error>(Own {
            place: place.map(|place| place.names).unwrap_or_default(),
            zone: calendar.zone().clone(),
            wait,
            looks: appointment_people::looks_of(tx, id, LOOKS_MAX)?,
            code: booker.code,
            appointment,
            window,
            procedure,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The same for the calendar of a telephone.
pub async fn calendar(app: &App, id: AppointmentId, lang: Lang) -> Result<String, Error> {
    let own = show(app, id).await?;
    let (lang, one) = (lang.as_str(), &own.appointment);
    let time = one.time.ok_or(Refusal::NotFound(Thing::Appointment))?;
    let name = own.window.names.in_lang(lang);
    let what = own.procedure.as_ref();
    let what = what.map_or(name, |procedure| procedure.names.in_lang(lang));
    let event = Event {
        uid: format!("appointment-{id}@{}", host(app)),
        starts_at: time.starts_at,
        ends_at: time.ends_at,
        changed_at: one.changed_at,
        title: format!("{what} · {name}"),
        text: one.number.to_string(),
        location: own.location(lang),
        // The code is a secret that calendars would copy to elsewhere.
        link: format!("{}/where", app.config.base_url),
        status: match one.state {
            AppointmentState::Cancelled | AppointmentState::Displaced => Status::Cancelled,
            _ => Status::Confirmed,
        },
    };
    Ok(write(name, &[event], app.now()))
}
