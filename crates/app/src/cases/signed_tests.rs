//! Who signed is seen by the unit that acts for them, and by whoever signed for themselves; it goes
//! when the case is erased.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Value};
use huiyin_domain::id::{CaseId, FileId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::procedure::builtin_procedures;
use huiyin_domain::words::Lang;

use crate::cases::{Channel, advance, erase, open, read};
use crate::error::Error;
use crate::files::files_tests::picture;
use crate::files::look::look;
use crate::files::upload;
use crate::procedures::import;
use crate::testing::{Bench, actor, benches, peer};

const CASE: CaseId = CaseId::from_raw(77);
const NAME: &str = "李桂兰";

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

async fn file(bench: &Bench, bytes: Vec<u8>) -> FileId {
    let request = upload::Request {
        bytes: bytes.into(),
        name: String::new(),
        peer: peer(),
    };
    upload::upload(&bench.app, request).await.unwrap().id
}

async fn takes(bench: &Bench, who: &Actor, step: &str, input: Input) -> Result<(), Error> {
    let request = advance::Request {
        id: CASE,
        version: None,
        step: step.to_owned(),
        input,
        key: None,
        at: None,
    };
    let taken = advance::advance(&bench.app, who, request).await;
    taken.map(drop)
}

/// An errand whose day is agreed.
async fn agreed(bench: &Bench, community: &Actor) {
    let app = &bench.app;
    let imported = import::import(app, &Actor::system(), builtin_procedures()).await;
    imported.unwrap();
    let kinds = app.kinds();
    let mut kinds = kinds.current().iter();
    let kind = kinds.find(|kind| kind.procedure_field().is_some()).unwrap();
    let input = Input::default()
        .with("procedure", Value::Choice("senior-card".to_owned()))
        .with("description", text("老年优待证，她下不了楼。"))
        .with("for_whom", Value::Choice("self".to_owned()))
        .with("way", Value::Choice("on_behalf".to_owned()))
        .with("place", Value::Place("652901001001".parse().unwrap()));
    let request = open::Request {
        id: CASE,
        kind: kind.slug.clone(),
        values: input.values,
        language: Lang::ZH,
        channel: Channel::Door,
        key: None,
        at: None,
    };
    open::open(app, community, request).await.unwrap();
    let day = Value::Date("2026-03-03".parse().unwrap());
    let input = Input::default().with("meet_on", day);
    let input = input.with("meet_at", text("家门口"));
    takes(bench, community, "accept", input).await.unwrap();
}

fn handed(signature: FileId) -> Input {
    Input::default()
        .with("papers_in", Value::Choices(vec!["1".to_owned()]))
        .with("scope", text("递交材料"))
        .with("until", Value::Date("2026-03-20".parse().unwrap()))
        .with("signed_name", text(NAME))
        .with("signature", Value::Files(vec![signature]))
}

/// Whether the name, the picture in the history, and the picture itself are shown.
async fn sees(bench: &Bench, who: &Actor, signature: FileId) -> (bool, bool, bool) {
    let page = read::read(&bench.app, who, CASE).await.unwrap();
    let asker = who.clone();
    let file = look(&bench.app, signature, move |_| asker).await;
    (
        page.values.contains_key("signed_name"),
        page.files.iter().any(|file| file.id == signature),
        file.is_ok(),
    )
}

#[tokio::test]
async fn a_signature_is_seen_by_few() {
    for bench in benches() {
        let community = bench.employ(1, Role::Community, "c@example.org").await;
        let door = bench.employ(2, Role::GridWorker, "g@example.org").await;
        let mut above = bench.employ(3, Role::Supervisor, "s@example.org").await;
        above.posts[0].unit = UnitId::from_raw(8);
        let office = bench.employ(4, Role::Office, "o@example.org").await;
        agreed(&bench, &community).await;
        let signature = file(&bench, picture(7)).await;
        takes(&bench, &door, "hand_over", handed(signature))
            .await
            .unwrap();
        for who in [&community, &Actor::petitioner(CASE)] {
            assert_eq!(sees(&bench, who, signature).await, (true, true, true));
        }
        // They may not open the seal, or are of another unit than the one that acts for them.
        for who in [&door, &above, &office] {
            assert_eq!(sees(&bench, who, signature).await, (false, false, false));
        }
        let stranger = Actor {
            posts: vec![huiyin_domain::access::HeldPost {
                unit: UnitId::from_raw(9),
                place: "652902".parse().unwrap(),
                ..community.posts[0].clone()
            }],
            ..community.clone()
        };
        for who in [stranger, Actor::anyone()] {
            let file = look(&bench.app, signature, move |_| who).await;
            assert!(file.is_err());
        }
    }
}

#[tokio::test]
async fn what_is_no_signature_is_refused_and_nobody_has_to_sign() {
    for bench in benches() {
        let community = bench.employ(1, Role::Community, "c@example.org").await;
        agreed(&bench, &community).await;
        let spoken = file(&bench, b"OggS\0 a voice".to_vec()).await;
        let refused = takes(&bench, &community, "hand_over", handed(spoken)).await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.refusal().unwrap().faults()[0].key, "photo-not-one");
        let photo = file(&bench, picture(3)).await;
        let said = Input::default().with("message", text("听录音"));
        let silent = said.clone().with("sounds", Value::Files(vec![photo]));
        let refused = takes(&bench, &Actor::petitioner(CASE), "add", silent).await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.refusal().unwrap().faults()[0].key, "sound-not-one");
        let spoken = said.with("sounds", Value::Files(vec![spoken]));
        takes(&bench, &Actor::petitioner(CASE), "add", spoken)
            .await
            .unwrap();
        let mut unsigned = handed(photo);
        unsigned.values.remove("signature");
        takes(&bench, &community, "hand_over", unsigned)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_signature_goes_with_what_is_personal() {
    for bench in benches() {
        let community = bench.employ(1, Role::Community, "c@example.org").await;
        agreed(&bench, &community).await;
        let signature = file(&bench, picture(7)).await;
        takes(&bench, &community, "hand_over", handed(signature))
            .await
            .unwrap();
        let back = Input::default().with("papers_back", Value::Choices(vec!["1".to_owned()]));
        takes(&bench, &community, "give_back", back).await.unwrap();
        let person = Actor::petitioner(CASE);
        takes(&bench, &person, "confirm", Input::default())
            .await
            .unwrap();
        let office = actor(Role::Office);
        erase::erase(&bench.app, &office, CASE, erase::Cause::Asked)
            .await
            .unwrap();
        assert_eq!(
            sees(&bench, &community, signature).await,
            (false, false, false)
        );
        assert_eq!(bench.app.outside.files.list().await.unwrap(), []);
    }
}
