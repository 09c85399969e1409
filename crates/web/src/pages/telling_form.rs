//! The form in which somebody says how they want to be told: for each weight of a letter and
//! each way, how soon; the time of the daily message; the quiet hours.

use huiyin_app::telling::prefer::Reply;
use huiyin_domain::telling::{Channel, Importance, Pace, Preferences, Quiet};
use jiff::civil::Time;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::inbox::Choice;
use crate::problem::Problem;

/// How soon, by one way, for letters of one weight.
pub struct Way {
    /// Name of the control.
    pub name: String,
    pub label: String,
    pub paces: Vec<Choice>,
}

/// Letters of one weight.
pub struct Weight {
    pub title: String,
    pub about: String,
    pub ways: Vec<Way>,
}

/// The form, filled in.
pub struct TellingForm {
    pub weights: Vec<Weight>,
    /// The contact to which letters go, veiled; empty when there is none.
    pub contact: String,
    pub daily_at: String,
    pub quiet_from: String,
    pub quiet_until: String,
}

/// Draws the form as it holds now. Only ways that somebody has are asked for.
pub fn of(page: &Page, held: &Reply) -> TellingForm {
    let own = &held.preferences;
    let outside = held.outside.as_ref().map(|(channel, _)| *channel);
    let channels: Vec<Channel> = std::iter::once(Channel::Product).chain(outside).collect();
    let weights = Importance::ALL.iter().map(|&importance| Weight {
        title: page
            .t(&format!("telling-weight-{}", importance.word()))
            .into_owned(),
        about: page
            .t(&format!("telling-weight-{}-about", importance.word()))
            .into_owned(),
        ways: channels
            .iter()
            .map(|&channel| way(page, own, (importance, channel)))
            .collect(),
    });
    TellingForm {
        weights: weights.collect(),
        contact: held
            .outside
            .as_ref()
            .map(|(_, contact)| contact.clone())
            .unwrap_or_default(),
        daily_at: written(own.daily_at),
        quiet_from: written(own.quiet.from),
        quiet_until: written(own.quiet.until),
    }
}

fn way(page: &Page, own: &Preferences, (importance, channel): (Importance, Channel)) -> Way {
    let held = own.pace(importance, channel);
    // On a page of the product there is no once a day.
    let offered = Pace::ALL
        .iter()
        .filter(|&&pace| channel != Channel::Product || pace != Pace::Daily);
    let paces = offered.map(|&pace| Choice {
        value: pace.word().to_owned(),
        label: page.t(&pace_key(channel, pace)).into_owned(),
        chosen: pace == held,
    });
    Way {
        name: name(importance, channel),
        label: page
            .t(&format!("telling-channel-{}", channel.word()))
            .into_owned(),
        paces: paces.collect(),
    }
}

fn pace_key(channel: Channel, pace: Pace) -> String {
    match (channel, pace) {
        (Channel::Product, Pace::Now) => "telling-pace-shown".to_owned(),
        _ => format!("telling-pace-{}", pace.word()),
    }
}

fn name(importance: Importance, channel: Channel) -> String {
    format!("{}-{}", importance.word(), channel.word())
}

/// What was chosen, on top of what holds: a way that was not asked for stays as it is.
pub fn read(form: &Form, held: &Preferences) -> Result<Preferences, Problem> {
    let mut wanted = *held;
    for &importance in Importance::ALL {
        for &channel in Channel::ALL {
            if let Some(word) = form.get(&name(importance, channel)) {
                let pace = word.parse().map_err(|()| Problem::Malformed)?;
                wanted.set_pace(importance, channel, pace);
            }
        }
    }
    wanted.daily_at = time(form.text("daily_at"))?;
    wanted.quiet = Quiet {
        from: time(form.text("quiet_from"))?,
        until: time(form.text("quiet_until"))?,
    };
    Ok(wanted)
}

/// `08:30`, as a browser writes it in a field of the type time.
fn time(text: &str) -> Result<Time, Problem> {
    let parsed = Time::strptime("%H:%M", text).or_else(|_| Time::strptime("%H:%M:%S", text));
    parsed.map_err(|_| Problem::Malformed)
}

fn written(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}
