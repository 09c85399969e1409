//! The town is whole: every code has its parent, every item its unit, every role its person.

use std::collections::BTreeSet;

use huiyin_domain::unit::{ItemCode, resolve};

use super::*;

fn town() -> Town {
    Town::generate(7, "2026-11-01T00:00:00Z".parse().unwrap())
}

#[test]
fn the_same_seed_makes_the_same_town() {
    let (once, again) = (town(), town());
    assert_eq!(once.places, again.places);
    assert_eq!(once.units, again.units);
    let logins = |town: &Town| -> Vec<_> {
        town.people
            .iter()
            .map(|person| (person.name.clone(), person.login.clone()))
            .collect()
    };
    assert_eq!(logins(&once), logins(&again));
    let other = Town::generate(8, once.made_at);
    assert_ne!(logins(&once), logins(&other));
}

#[test]
fn every_place_lies_in_another_and_is_called_something() {
    let town = town();
    let codes: BTreeSet<_> = town.places.iter().map(|place| &place.code).collect();
    assert_eq!(codes.len(), town.places.len());
    for place in &town.places {
        if let Some(parent) = place.code.parent() {
            assert!(codes.contains(&parent), "{}", place.code);
        }
        assert!(!place.names.in_lang("zh").is_empty() && !place.names.in_lang("en").is_empty());
    }
    for (level, at_least) in [
        (Level::Street, 3),
        (Level::Community, 12),
        (Level::Grid, 36),
        (Level::Building, 100),
        (Level::Door, 50),
    ] {
        assert!(town.places_at(level).count() >= at_least, "{level:?}");
    }
}

#[test]
fn grids_fill_their_community_and_share_nothing() {
    use huiyin_domain::geo::{Shape, System, coverage, geometry};
    let town = town();
    let area = |place: &Place| -> Option<Shape> {
        let value = serde_json::from_str(place.shape.as_deref()?).unwrap();
        geometry(&value, System::Wgs84).unwrap().area()
    };
    for community in town.places_at(Level::Community) {
        let grids = town.places_at(Level::Grid);
        let grids = grids.filter(|grid| grid.code.is_within(&community.code));
        let grids: Vec<Shape> = grids.filter_map(area).collect();
        assert!(grids.len() >= 3);
        let whole = area(community);
        let found = coverage(whole.as_ref(), &grids.iter().collect::<Vec<_>>());
        assert_eq!(found, [], "{}", community.code);
    }
}

#[test]
fn shapes_are_closed_rings_on_the_globe() {
    let town = town();
    for place in &town.places {
        let Some(shape) = &place.shape else { continue };
        let shape: serde_json::Value = serde_json::from_str(shape).unwrap();
        if shape["type"] == "Polygon" {
            let ring = shape["coordinates"][0].as_array().unwrap();
            assert!(ring.len() >= 4, "{}", place.code);
            assert_eq!(ring.first(), ring.last());
        }
    }
}

#[test]
fn every_item_is_answered_for_and_every_text_speaks_of_one() {
    let town = town();
    let door = &town.places_at(Level::Door).next().unwrap().code;
    let unanswered: Vec<_> = town
        .items
        .iter()
        .filter(|item| resolve(&town.duties, &item.code, door).is_none())
        .map(|item| item.code.as_str())
        .collect();
    assert_eq!(
        unanswered,
        [
            "neighbour",
            "neighbour.noise",
            "neighbour.quarrel",
            "care",
            "care.elder"
        ],
        "these are the community's own"
    );
    let known: BTreeSet<&ItemCode> = town.items.iter().map(|item| &item.code).collect();
    let texts = Texts::get();
    assert!(texts.appeals.len() >= 120 && texts.wishes.len() >= 40 && texts.whistles.len() >= 15);
    for template in texts.appeals.iter().chain(&texts.whistles) {
        if let Some(item) = &template.item {
            assert!(known.contains(item), "{item}");
        }
    }
}

#[test]
fn every_slot_is_filled() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let texts = Texts::get();
    for template in texts
        .appeals
        .iter()
        .chain(&texts.whistles)
        .chain(&texts.wishes)
    {
        let text = template.fill(&mut rng);
        assert!(!text.is_empty() && !text.contains(['{', '}']), "{text}");
    }
}

#[test]
fn whatever_is_brought_in_has_an_answer_that_fits_it() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let texts = Texts::get();
    let outcomes = ["solved", "partly", "explained", "referred", "not_possible"];
    let has_one = |template: &Template, names: &[&str]| {
        names.iter().any(|name| template.line(name).is_some())
    };
    for template in &texts.appeals {
        assert!(has_one(template, &outcomes), "{template:?}");
    }
    for template in &texts.whistles {
        assert!(has_one(template, &["record"]), "{template:?}");
    }
    for template in &texts.wishes {
        let names: &[&str] = match template.step {
            Some(_) => &outcomes,
            None => &["deliver"],
        };
        assert!(has_one(template, names), "{template:?}");
    }
    for template in texts
        .appeals
        .iter()
        .chain(&texts.whistles)
        .chain(&texts.wishes)
    {
        let text = template.fill(&mut rng);
        let found = texts.behind(&text).map(|found| found.line("solved"));
        assert_eq!(found, Some(template.line("solved")), "{text}");
    }
}

#[test]
fn everybody_has_a_login_of_their_own_and_every_role_somebody() {
    let town = town();
    let logins: Vec<_> = town
        .people
        .iter()
        .filter_map(|p| p.login.as_ref())
        .collect();
    let distinct: BTreeSet<_> = logins.iter().collect();
    assert_eq!(distinct.len(), logins.len());
    for role in Role::ALL {
        let person = town.person(role.word());
        assert_eq!(person.and_then(Townsperson::role), Some(role));
    }
    assert!(town.volunteers().count() >= 10);
}

#[test]
fn pictures_are_pictures() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for subject in [
        pictures::Subject::HoleInTheRoad,
        pictures::Subject::DarkStairwell,
        pictures::Subject::StreetLamp,
        pictures::Subject::Bins,
        pictures::Subject::Water,
        pictures::Subject::Repaired,
        pictures::Subject::Hall,
        pictures::Subject::Together,
    ] {
        let bytes = pictures::draw(subject, &mut rng);
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (640, 480));
    }
}
