use std::io::Cursor;

use bytes::Bytes;
use huiyin_domain::case::{Input, Value, Values};
use huiyin_domain::person::Role;
use huiyin_domain::words::Lang;
use image::{ImageFormat, RgbImage};

use super::*;
use crate::cases::read::read;
use crate::cases::{Channel, advance, list, open};
use crate::files::upload::{self, upload};
use crate::testing::{actor, benches, peer};
use crate::verify::verify;

const CASE: CaseId = CaseId::from_raw(1);

async fn brought_in(app: &App) {
    let mut bytes = Cursor::new(Vec::new());
    let image = RgbImage::from_pixel(80, 60, image::Rgb([9, 100, 100]));
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let request = upload::Request {
        bytes: Bytes::from(bytes.into_inner()),
        name: String::new(),
        peer: peer(),
    };
    let photo = upload(app, request).await.unwrap().id;
    let text = |text: &str| Value::Text(text.to_owned());
    let values = Values::from([
        ("description".to_owned(), text("暖气不热，找王小明")),
        (
            "place".to_owned(),
            Value::Place("652901001001".parse().unwrap()),
        ),
        ("photos".to_owned(), Value::Files(vec![photo])),
        ("name".to_owned(), text("王小明")),
        ("contact".to_owned(), text("13912345678")),
    ]);
    let request = open::Request {
        id: CASE,
        kind: "appeal".to_owned(),
        values,
        language: Lang::ZH,
        channel: Channel::Web,
        key: None,
        at: None,
    };
    open::open(app, &Actor::anyone(), request).await.unwrap();
    crate::jobs::run_due(app).await.unwrap();
}

async fn withdrawn(app: &App) {
    let why = Value::Text("王小明说修好了".to_owned());
    let request = advance::Request {
        id: CASE,
        version: None,
        step: "withdraw".to_owned(),
        input: Input {
            values: Values::from([("why".to_owned(), why)]),
        },
        key: None,
        at: None,
    };
    let petitioner = Actor::petitioner(CASE);
    advance::advance(app, &petitioner, request).await.unwrap();
    crate::jobs::run_due(app).await.unwrap();
}

async fn found(app: &App) -> usize {
    let request = list::Request {
        filter: list::Filter {
            state: list::State::All,
            ..list::Filter::default()
        },
        text: "暖气".to_owned(),
        limit: 10,
        ..list::Request::default()
    };
    let office = actor(Role::Office);
    list::list(app, &office, request).await.unwrap().rows.len()
}

#[test]
fn what_is_personal_goes_and_the_history_stays_whole() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for bench in benches() {
        let app = &bench.app;
        runtime.block_on(async {
            brought_in(app).await;
            let office = actor(Role::Office);
            let open = erase(app, &office, CASE, Cause::Asked).await;
            assert_eq!(
                open.unwrap_err().refusal().unwrap().key(),
                "refused-erase-open"
            );
            withdrawn(app).await;
            for role in [Role::Community, Role::System, Role::Security, Role::Auditor] {
                let refused = erase(app, &actor(role), CASE, Cause::Asked).await;
                assert!(refused.is_err(), "{role:?}");
            }
            assert_eq!(found(app).await, 1);
            for _ in 0..2 {
                erase(app, &office, CASE, Cause::Asked).await.unwrap();
            }
            assert_eq!(found(app).await, 0);
            assert_eq!(app.outside.files.list().await.unwrap(), []);
            assert_eq!(bench.outbox().await, []);
            assert_eq!(list(app, &office).await.unwrap(), [CASE]);
            let page = read(app, &Actor::petitioner(CASE), CASE).await.unwrap();
            assert_eq!((page.title.as_str(), page.values.len()), (NO_TITLE, 0));
            assert_eq!((page.entries.len(), page.files.len()), (2, 0));
            assert!(page.entries.iter().all(|entry| entry.says.is_empty()));
        });
        let report = verify(app).unwrap();
        assert_eq!((report.findings, report.entries), (vec![], 2));
        let mut dump = Vec::new();
        let (sender, receiver) = std::sync::mpsc::channel();
        let write = move |tx: &mut Tx<'_>| {
            huiyin_store::dump::write(tx, &mut dump)?;
            sender.send(dump).unwrap();
            Ok::<_, huiyin_store::DbError>(())
        };
        app.store.read_blocking(write).unwrap();
        let dump = String::from_utf8(receiver.recv().unwrap()).unwrap();
        for word in ["王小明", "13912345678", "暖气不热"] {
            assert!(!dump.contains(word), "{word} is still there");
        }
    }
}
