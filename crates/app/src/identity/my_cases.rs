//! Everything that the signed-in person brought in: while signed in, or with the contact
//! that they proved to be theirs. The only list of cases that starts from a person, and
//! only for that person.

use huiyin_domain::access::Actor;
use huiyin_domain::id::CaseId;
use huiyin_store::lists::CaseRow;
use huiyin_store::{persons, petitioners};

use crate::App;
use crate::error::{Error, Refusal};

const PAGE: i64 = 50;

/// A page of the actor's own cases, newest first, behind `before`.
pub async fn my_cases(
    app: &App,
    actor: &Actor,
    before: Option<CaseId>,
) -> Result<Vec<CaseRow>, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let rows = app
        .store
        .read(move |tx| {
            let contact = persons::by_id(tx, person)?.and_then(|person| person.contact);
            let mut rows = petitioners::cases_of_person(tx, person, before, PAGE)?;
            if let Some(contact) = contact {
                rows.extend(petitioners::cases_of_contact(tx, &contact, before, PAGE)?);
            }
            rows.sort_by_key(|row| std::cmp::Reverse(row.id));
            rows.dedup_by_key(|row| row.id);
            rows.truncate(usize::try_from(PAGE).expect("a page is small"));
            Ok::<_, Error>(rows)
        })
        .await?;
    Ok(rows)
}
