//! The teams of grids on the desk: the list, one grid, somebody new, who stands in, who takes
//! over, and the posters for the doors.

pub mod hand_over;
pub mod list;
pub mod member;
pub mod new;
pub mod posters;
pub mod stand_in;
pub mod team;

use huiyin_app::teams::look::Spots;
use huiyin_app::teams::{Agreed, Card, Colleague, Whom};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::team::{Function, Member, Substitute};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::inbox::Choice;
use crate::problem::Problem;
use crate::when::When;

/// What somebody is in the team, in words.
pub(crate) fn function_word(page: &Page, function: Function) -> String {
    page.t(&format!("team-function-{}", function.word()))
        .into_owned()
}

/// Until when somebody stands in: the last whole day.
pub(crate) fn until_word(when: &When<'_>, substitute: &Substitute) -> String {
    let last = substitute.ends_at - jiff::SignedDuration::from_secs(1);
    when.day_of(last)
}

/// A number as telephones want it.
pub(crate) fn tel(phone: &str) -> String {
    let digits = phone
        .chars()
        .filter(|sign| sign.is_ascii_digit() || *sign == '+');
    format!("tel:{}", digits.collect::<String>())
}

/// Somebody who left and had no account is told by what they were only.
fn name_word(page: &Page, name: &str) -> String {
    match name {
        "" => page.t("team-no-name").into_owned(),
        name => name.to_owned(),
    }
}

/// What the card of a form says.
fn card_of(form: &Form) -> Card {
    Card {
        phone: form.text("phone").to_owned(),
        hours: form.text("hours").to_owned(),
        agreed: match form.get("agreed") {
            Some(_) => Agreed::Yes,
            None => Agreed::No,
        },
    }
}

/// Who was chosen, or whose name was written.
fn whom_of(form: &Form) -> Result<Whom, Problem> {
    match form.text("person") {
        "" => Ok(Whom::Named(form.text("name").to_owned())),
        person => Ok(Whom::Colleague(
            person.parse().map_err(|_| Problem::Malformed)?,
        )),
    }
}

fn colleague_choices(all: &[Colleague], chosen: &str, besides: Option<&Member>) -> Vec<Choice> {
    let other = |one: &&Colleague| besides.is_none_or(|member| member.person != Some(one.person));
    let choice = |one: &Colleague| {
        let value = one.person.to_string();
        Choice {
            chosen: value == chosen,
            value,
            label: one.name.clone(),
        }
    };
    all.iter().filter(other).map(choice).collect()
}

/// Each place of a grid with the names from the grid down to itself.
fn spot_paths<'s>(
    spots: &'s Spots,
    lang: &'s str,
) -> impl Iterator<Item = (&'s PlaceCode, Vec<&'s str>)> {
    let mut around: Vec<(&PlaceCode, &str)> = Vec::new();
    spots.iter().map(move |(code, names)| {
        around.retain(|(outer, _)| code.is_within(outer));
        around.push((code, names.in_lang(lang)));
        (code, around.iter().map(|(_, name)| *name).collect())
    })
}

/// Where a team is shown.
fn team_page(place: &PlaceCode) -> String {
    format!("/desk/teams/{place}")
}
