//! Every role × how its post stands to a case × every way to see it: page, print, list, search,
//! attachment, steps, and the same over the API. The table under review
//! (`domain/src/access/matrix.txt`) is read anew here, so that the test is no mirror of the code.

use std::net::IpAddr;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use huiyin_app::files::upload;
use huiyin_app::identity::token::{self, Scope};
use huiyin_app::limits::Peer;
use huiyin_app::people::{create, post::NewPost};
use huiyin_domain::access::Actor;
use huiyin_domain::case::Value;
use huiyin_domain::id::{FileId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::words::Lang;
use huiyin_testkit::actors::Brought;

use crate::bad_input::a_photo;
use crate::browser::{Browser, House, houses};

const TABLE: &str = include_str!("../../../domain/src/access/matrix.txt");

/// How a post stands to the case: its unit, and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Own,
    Strange,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Same,
    Parent,
    Child,
    Sibling,
    Elsewhere,
}

const RELATIONS: [(Unit, Place); 6] = [
    (Unit::Strange, Place::Same),
    (Unit::Strange, Place::Parent),
    (Unit::Strange, Place::Child),
    (Unit::Strange, Place::Sibling),
    (Unit::Strange, Place::Elsewhere),
    (Unit::Own, Place::Elsewhere),
];

/// Whether the table lets this role do this to the case.
fn allowed(action: &str, role: Role, (unit, place): (Unit, Place)) -> bool {
    let line = TABLE
        .lines()
        .map(str::split_whitespace)
        .find_map(|mut words| {
            let is_it = words.next() == Some(action) && words.next() == Some(role.word());
            is_it.then(|| words.collect::<Vec<_>>())
        });
    let around = matches!(place, Place::Same | Place::Parent);
    line.unwrap_or_default()
        .iter()
        .any(|relation| match *relation {
            "own" => unit == Unit::Own,
            "place" => around,
            "any" => true,
            _ => false,
        })
}

/// A case with a photo, and where a post can lie.
struct Matter {
    case: Brought,
    file: FileId,
    owner: UnitId,
    strange: UnitId,
    same: PlaceCode,
    parent: PlaceCode,
    child: PlaceCode,
    sibling: PlaceCode,
    elsewhere: PlaceCode,
}

const WORD: &str = "zzyzx";

impl Matter {
    async fn of(house: &House) -> Matter {
        let (app, town) = (&house.town.app, &house.town.town);
        let same = town.person("community").expect("a community").posts[0]
            .place
            .clone();
        let parent = same.parent().expect("a street");
        let find = |fits: &dyn Fn(&PlaceCode) -> bool| {
            let mut codes = town.places.iter().map(|place| place.code.clone());
            codes
                .find(|code| fits(code))
                .expect("the town is large enough")
        };
        let request = upload::Request {
            bytes: a_photo().into(),
            name: String::new(),
            peer: Peer::new(IpAddr::from([203, 0, 113, 9])),
        };
        let file = upload::upload(app, request)
            .await
            .expect("a photo is kept")
            .id;
        let values = [
            ("description", Value::Text(format!("{WORD} is dark"))),
            ("place", Value::Place(same.clone())),
            ("photos", Value::Files(vec![file])),
        ];
        let case = house.town.resident("ana").opens("appeal", &values).await;
        let case = case.expect("anybody can bring it in");
        let seen = house.town.staff("supervisor").reads(&case).await;
        let owner = seen.expect("a supervisor reads it").case.owner.unit();
        let owner = owner.expect("a unit owns it");
        let strange = town.units.iter().rev().find(|unit| unit.id != owner);
        Matter {
            file,
            owner,
            strange: strange.expect("there are many units").id,
            child: find(&|code| code.parent().as_ref() == Some(&same)),
            sibling: find(&|code| code.parent().as_ref() == Some(&parent) && *code != same),
            elsewhere: find(&|code| code.level() == parent.level() && *code != parent),
            case,
            same,
            parent,
        }
    }

    fn at(&self, (unit, place): (Unit, Place)) -> (UnitId, PlaceCode) {
        let unit = match unit {
            Unit::Own => self.owner,
            Unit::Strange => self.strange,
        };
        let place = match place {
            Place::Same => &self.same,
            Place::Parent => &self.parent,
            Place::Child => &self.child,
            Place::Sibling => &self.sibling,
            Place::Elsewhere => &self.elsewhere,
        };
        (unit, place.clone())
    }
}

/// What somebody got to see, and by which way.
struct Seen {
    faults: Vec<String>,
    who: String,
}

impl Seen {
    fn check(&mut self, way: &str, expected: bool, seen: bool) {
        if seen != expected {
            let (who, not) = (&self.who, if expected { "not " } else { "" });
            self.faults.push(format!("{who}: {way}: {not}seen"));
        }
    }
}

/// A browser in which somebody with this one post has signed in.
async fn somebody(house: &House, role: Role, (unit, place): (UnitId, PlaceCode)) -> Browser {
    let post = NewPost {
        unit,
        role,
        place,
        starts_at: None,
        ends_at: None,
    };
    let request = create::Request {
        name: "Somebody".to_owned(),
        contact: String::new(),
        language: Lang::EN,
        post: Some(post),
    };
    let made = create::create(&house.town.app, &Actor::system(), request).await;
    house
        .signed_in(made.expect("a person can be made").person)
        .await
}

async fn over_pages(
    house: &House,
    matter: &Matter,
    role: Role,
    relation: (Unit, Place),
    seen: &mut Seen,
) {
    let mut browser = somebody(house, role, matter.at(relation)).await;
    let id = matter.case.id;
    let (reads, lists) = (
        allowed("case.read", role, relation),
        allowed("case.list", role, relation),
    );
    for path in [
        format!("/desk/cases/{id}"),
        format!("/desk/cases/{id}/print"),
    ] {
        let answer = browser.get(&path).await;
        seen.check(&path, reads, answer.status == StatusCode::OK);
        seen.check(
            &format!("{path} by its words"),
            reads,
            answer.body.contains(WORD),
        );
    }
    for path in [
        format!("/files/{}", matter.file),
        format!("/files/{}/small", matter.file),
    ] {
        let answer = browser.get(&path).await;
        seen.check(&path, reads, answer.status == StatusCode::OK);
    }
    for path in [
        "/desk",
        "/desk?order=newest",
        "/desk?state=all",
        &format!("/desk/search?q={WORD}"),
    ] {
        let answer = browser.get(path).await;
        let link = format!("/desk/cases/{id}");
        seen.check(path, lists, answer.body.contains(&link));
    }
    // Whoever may not know of it is told that there is no such thing; whoever may, gets
    // something else than that, whatever the kind then says.
    let taken = browser
        .post(&format!("/desk/cases/{id}/steps/nothing"), &[])
        .await;
    let knows =
        taken.status == StatusCode::CONFLICT || taken.status == StatusCode::UNPROCESSABLE_ENTITY;
    seen.check(
        "a step",
        reads,
        knows || (reads && taken.status != StatusCode::FORBIDDEN),
    );
    let unsealed = browser
        .post(
            &format!("/desk/cases/{id}/seal"),
            &[("purpose", "to call back")],
        )
        .await;
    let opened = allowed("petitioner.read", role, relation);
    seen.check(
        "the seal",
        opened,
        unsealed.status.is_success() || unsealed.status.is_redirection(),
    );
}

async fn over_the_api(
    house: &House,
    matter: &Matter,
    role: Role,
    relation: (Unit, Place),
    seen: &mut Seen,
) {
    let (unit, place) = matter.at(relation);
    let request = token::Request {
        name: "a test".to_owned(),
        scopes: Scope::ALL.to_vec(),
        unit,
        role,
        place,
        expires_at: None,
    };
    let made = token::create(&house.town.app, &Actor::system(), request).await;
    let bearer = format!("Bearer {}", made.expect("a token").token.reveal());
    let mut browser = house.browser();
    let (id, file) = (matter.case.id, matter.file);
    let (reads, lists) = (
        allowed("case.read", role, relation),
        allowed("case.list", role, relation),
    );
    let ways = [
        (format!("/api/v1/cases/{id}"), reads),
        (format!("/api/v1/cases/{id}/steps"), reads),
        (format!("/api/v1/cases/{id}/history"), reads),
        (format!("/api/v1/cases/{id}/files/{file}"), reads),
    ];
    for (path, expected) in ways {
        let request = browser
            .request(Method::GET, &path)
            .header(header::AUTHORIZATION, &bearer);
        let request = request.body(Body::empty()).expect("a request can be made");
        let answer = browser.send(request).await;
        seen.check(&path, expected, answer.status == StatusCode::OK);
    }
    for path in [
        "/api/v1/cases",
        "/api/v1/cases?order=newest",
        &format!("/api/v1/cases?text={WORD}&state=all"),
    ] {
        let request = browser
            .request(Method::GET, path)
            .header(header::AUTHORIZATION, &bearer);
        let request = request.body(Body::empty()).expect("a request can be made");
        let answer = browser.send(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        seen.check(path, lists, answer.body.contains(&id.to_string()));
    }
}

#[tokio::test]
async fn a_case_is_seen_by_whom_the_table_names_and_by_nobody_else() {
    for house in houses(81) {
        let matter = Matter::of(&house).await;
        let mut faults = Vec::new();
        for role in Role::ALL {
            for relation in RELATIONS {
                let who = format!("{} {relation:?}", role.word());
                let mut seen = Seen {
                    faults: Vec::new(),
                    who,
                };
                over_pages(&house, &matter, role, relation, &mut seen).await;
                if !role.is_administrator() {
                    over_the_api(&house, &matter, role, relation, &mut seen).await;
                }
                faults.extend(seen.faults);
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
