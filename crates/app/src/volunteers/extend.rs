//! A community adds a skill below one that is known, for what only it asks for.

use huiyin_domain::access::Actor;
use huiyin_domain::id::encode;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::volunteer::{Skill, SkillCode};
use huiyin_store::{Tx, skills};

use super::{NAME_CHARS_MAX, post_at};
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

/// So many a community adds at most: a list that nobody reads helps nobody.
const OWN_MAX: usize = 60;

pub struct Request {
    pub community: PlaceCode,
    /// Below which skill.
    pub below: String,
    pub zh: String,
    pub en: String,
}

pub async fn extend(app: &App, actor: &Actor, request: Request) -> Result<SkillCode, Error> {
    let community = request.community.at(Level::Community);
    let community = community.ok_or(Refusal::NotFound(Thing::Place))?;
    post_at(actor, &community, Thing::Place)?;
    let (zh, en) = (clean(&request.zh), clean(&request.en));
    for (field, name) in [("zh", &zh), ("en", &en)] {
        if name.chars().count() > NAME_CHARS_MAX {
            return Err(Refusal::too_long(field, NAME_CHARS_MAX).into());
        }
    }
    let names = match (zh.is_empty(), en.is_empty()) {
        (true, true) => return Err(Refusal::field("zh", "fault-required").into()),
        (false, true) => Names::one("zh", &zh),
        (true, false) => Names::one("en", &en),
        (false, false) => Names::both(&zh, &en),
    };
    let below: Result<SkillCode, _> = request.below.parse();
    let below = below.map_err(|_| Refusal::field("below", "fault-not-choice"))?;
    let code: Result<SkillCode, _> = format!("{below}.x{}", encode(app.mint())).parse();
    let code = code.map_err(|_| Refusal::field("below", "fault-not-choice"))?;
    let skill = Skill {
        code: code.clone(),
        names,
        place: Some(community.clone()),
    };
    let write = move |tx: &mut Tx<'_>| {
        let known = skills::list(tx, &community)?;
        if !known.iter().any(|known| known.code == below) {
            return Err(Refusal::field("below", "fault-not-choice").into());
        }
        if known.iter().filter(|known| known.place.is_some()).count() >= OWN_MAX {
            return Err(Refusal::too_many("zh", OWN_MAX).into());
        }
        if known.iter().any(|known| known.names == skill.names) {
            return Err(Refusal::field("zh", "fault-skill-known").into());
        }
        // --- everything is checked; from here on we write ---
        skills::add(tx, &skill)?;
        Ok::<_, Error>(())
    };
    app.store.write(0, write).await.map_err(Error::from)?;
    Ok(code)
}
