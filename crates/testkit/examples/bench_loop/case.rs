//! A case over the API, from its receipt to the judgement, by everybody who has a part in it.

use huiyin_domain::place::Level;
use huiyin_domain::unit::UnitCategory;
use huiyin_testkit::town::Texts;
use hyper::StatusCode;
use rand::Rng;
use rand::seq::IndexedRandom;

use crate::client::{Answer, Fault};
use crate::load::User;
use crate::measures::{expect, household};
use crate::tokens::Tokens;

const NOTE: &str = r#"{"values":{"note":"已电话联系，下午到现场看。"}}"#;
const ANSWER: &str =
    r#"{"values":{"outcome":"solved","answer":"泵已经换好，今晚就热了。有事请打社区电话。"}}"#;
const JUDGEMENT: &str = r#"{"values":{"solved":"yes","content":true}}"#;

pub struct Case {
    id: String,
    code: String,
    /// Whom it is sent to.
    unit: String,
}

/// Somebody calls, and it is written down.
pub async fn open(user: &mut User, tokens: &Tokens) -> Result<Case, Fault> {
    let places: Vec<_> = tokens.town.places_at(Level::Community).collect();
    let place = places.choose(&mut user.rng).expect("there are communities");
    let texts = &Texts::get().appeals;
    let template = &texts[user.rng.random_range(0..texts.len())];
    let text = template.fill(&mut user.rng);
    let said = serde_json::json!({
        "kind": "appeal",
        "values": {"description": text, "place": place.code.to_string()},
    });
    let key = user.key();
    let headers = json(&tokens.dispatcher);
    let headers = [headers[0], headers[1], ("idempotency-key", &key)];
    let answer = user
        .connection
        .post("/api/v1/cases", &headers, said.to_string())
        .await?;
    expect(StatusCode::CREATED, &answer)?;
    let field = |name: &str| answer.between(&format!("\"{name}\":\""), "\"");
    let departments = tokens.town.units.iter();
    let departments: Vec<_> = departments
        .filter(|unit| unit.category == UnitCategory::Department)
        .collect();
    let unit = departments.choose(&mut user.rng);
    Ok(Case {
        id: field("id").ok_or("no id")?,
        code: field("tracking_code").ok_or("no code")?,
        unit: unit.expect("there are some").id.to_string(),
    })
}

/// A step of this name, by whoever takes it.
pub async fn take(user: &mut User, tokens: &Tokens, case: &Case, name: &str) -> Result<(), Fault> {
    if name == "judge" {
        return judge(user, case).await;
    }
    let handler = &tokens.handlers[&case.unit];
    let (token, body) = match name {
        "dispatch" => {
            let body = format!(r#"{{"values":{{"unit":"{}"}}}}"#, case.unit);
            (&tokens.dispatcher, body)
        }
        "note" => (handler, NOTE.to_owned()),
        "answer" => (handler, ANSWER.to_owned()),
        _ => (handler, r#"{"values":{}}"#.to_owned()),
    };
    let taken = step(user, &case.id, name, token, body).await?;
    expect(StatusCode::OK, &taken)
}

async fn judge(user: &mut User, case: &Case) -> Result<(), Fault> {
    let household = household(user);
    let headers = [
        ("content-type", "application/json"),
        ("tracking-code", &case.code),
        ("x-forwarded-for", &household),
    ];
    let path = format!("/api/v1/cases/{}/steps/judge", case.id);
    let judged = user.connection.post(&path, &headers, JUDGEMENT.to_owned());
    expect(StatusCode::OK, &judged.await?)
}

/// A note on a case that is open, or was when it was drawn.
pub async fn note(user: &mut User, tokens: &Tokens, id: &str) -> Result<Answer, Fault> {
    step(user, id, "note", &tokens.dispatcher, NOTE.to_owned()).await
}

async fn step(
    user: &mut User,
    id: &str,
    step: &str,
    token: &str,
    body: String,
) -> Result<Answer, Fault> {
    let path = format!("/api/v1/cases/{id}/steps/{step}");
    user.connection.post(&path, &json(token), body).await
}

fn json(token: &str) -> [(&str, &str); 2] {
    [
        ("content-type", "application/json"),
        ("authorization", token),
    ]
}
