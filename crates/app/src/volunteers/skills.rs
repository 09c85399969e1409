//! Skills: the tree that comes with the product, and what a community added below it.

use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::volunteer::Skill;
use huiyin_store::{DbError, Store, Tx, skills};
use serde::Deserialize;

use crate::{App, Error};

const BUILT_IN: &str = include_str!("skills.toml");

#[derive(Deserialize)]
struct Data {
    skill: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    code: String,
    zh: String,
    en: String,
}

/// The skills that come with the product.
pub fn built_in() -> Vec<Skill> {
    let data: Data = toml::from_str(BUILT_IN).expect("the skills of the product are tested");
    let skill = |line: Line| Skill {
        code: line.code.parse().expect("the codes of skills are tested"),
        names: Names::both(&line.zh, &line.en),
        place: None,
    };
    data.skill.into_iter().map(skill).collect()
}

/// Keeps the skills of the product in the database, so that volunteers can name them. Nothing is
/// written when they are there already, as at nearly every start.
pub(crate) fn keep(store: &Store) -> Result<(), Error> {
    let kept = store.read_blocking(skills::built_in);
    let kept = kept.map_err(Error::from)?;
    let mut known = built_in();
    known.retain(|skill| !kept.contains(skill));
    if known.is_empty() {
        return Ok(());
    }
    let keep = move |tx: &mut Tx<'_>| -> Result<(), DbError> {
        for skill in &known {
            if !skills::add(tx, skill)? {
                skills::rename(tx, skill)?;
            }
        }
        Ok(())
    };
    store.write_blocking(0, keep).map_err(Error::from)
}

/// What is asked for in a community: public, like places.
pub async fn list(app: &App, community: Option<PlaceCode>) -> Result<Vec<Skill>, Error> {
    let Some(community) = community else {
        return Ok(built_in());
    };
    let read = move |tx: &mut Tx<'_>| skills::list(tx, &community);
    app.store.read(read).await.map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_skill_has_its_more_general_one_and_two_names() {
        let known = built_in();
        let codes: BTreeSet<_> = known.iter().map(|skill| skill.code.clone()).collect();
        assert_eq!(codes.len(), known.len(), "no code twice");
        for skill in &known {
            assert!(
                skill
                    .code
                    .parent()
                    .is_none_or(|above| codes.contains(&above))
            );
            let (zh, en) = (skill.names.in_lang("zh"), skill.names.in_lang("en"));
            assert!(
                !zh.is_empty() && !en.is_empty() && zh != en,
                "{}",
                skill.code
            );
        }
    }
}
