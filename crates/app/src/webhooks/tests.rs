//! Events to an address that listens on this machine: kind, failing, slow, leading elsewhere,
//! changing its mind; on both engines, with the clock in the test's hand.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Value, Values};
use huiyin_domain::id::{CaseId, WebhookId};
use huiyin_domain::person::Role;
use huiyin_domain::words::Lang;
use jiff::SignedDuration;
use serde_json::Value as Json;

use super::create::{self, Request};
use super::event::EventType;
use super::list;
use super::turn::{self, Turn};
use crate::cases::{Channel, advance, open};
use crate::jobs::dead_letters;
use crate::jobs::run_due;
use crate::outside::{Call, HttpWebhooks, Inside, Outside, WebhookSettings};
use crate::testing::{Bench, actor, benches};
use crate::{App, Error};

/// What the address heard: its headers in small letters, and the event.
#[derive(Debug, Clone)]
struct Heard {
    head: String,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines();
        let mut values = lines.filter_map(|line| line.strip_prefix(&format!("{name}: ")));
        values.next().unwrap_or_default()
    }

    fn event(&self) -> Json {
        serde_json::from_str(&self.body).unwrap()
    }

    fn case(&self) -> String {
        self.event()["subject"].as_str().unwrap().to_owned()
    }
}

type Answer = Arc<dyn Fn(&Heard) -> String + Send + Sync>;

/// An address whose answers the test changes as it likes.
struct Listening {
    port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
    answer: Arc<Mutex<Answer>>,
}

impl Listening {
    fn start() -> Listening {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kind: Answer = Arc::new(|_| status("204 No Content"));
        let answer = Arc::new(Mutex::new(kind));
        let (kept, says) = (heard.clone(), answer.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (kept, says) = (kept.clone(), says.clone());
                std::thread::spawn(move || talk(stream.unwrap(), &kept, &says));
            }
        });
        Listening {
            port,
            heard,
            answer,
        }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    fn answers(&self, answer: impl Fn(&Heard) -> String + Send + Sync + 'static) {
        *self.answer.lock().unwrap() = Arc::new(answer);
    }

    /// What it heard since it was asked last.
    fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    fn cases(&self) -> Vec<String> {
        self.take().iter().map(Heard::case).collect()
    }
}

fn status(line: &str) -> String {
    format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

fn talk(mut stream: TcpStream, kept: &Mutex<Vec<Heard>>, says: &Mutex<Answer>) {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    let heard = loop {
        let count = stream.read(&mut piece).unwrap_or(0);
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.replace("\r\n", "\n");
            let heard = Heard {
                head,
                body: body.to_owned(),
            };
            let length: usize = heard.header("content-length").parse().unwrap_or(0);
            if body.len() >= length {
                break heard;
            }
        }
        if count == 0 {
            return;
        }
    };
    let answer = says.lock().unwrap().clone();
    kept.lock().unwrap().push(heard.clone());
    // Whoever asked may have lost patience.
    stream.write_all(answer(&heard).as_bytes()).unwrap_or(());
}

/// The house of a bench, with webhooks that may stay on this machine.
fn connected(bench: &Bench) -> App {
    let settings = WebhookSettings {
        inside: Inside::Allowed,
    };
    let webhooks = HttpWebhooks::new(settings).hasty(Duration::from_millis(400));
    bench.with(Outside {
        webhooks: Arc::new(webhooks),
        ..bench.app.outside.clone()
    })
}

fn asks(url: &str) -> Request {
    Request {
        name: "data platform".to_owned(),
        url: url.to_owned(),
        events: Vec::new(),
        place: "6529".parse().unwrap(),
        unit: None,
    }
}

async fn registered(app: &App, request: Request) -> (WebhookId, Vec<u8>) {
    let made = create::create(app, &actor(Role::System), request).await;
    let made = made.unwrap();
    let secret = made.secret.strip_prefix("whsec_").unwrap().to_owned();
    (made.id, BASE64.decode(secret).unwrap())
}

async fn says(app: &App, number: i64) -> CaseId {
    let id = CaseId::from_raw(number);
    let text = |text: &str| Value::Text(text.to_owned());
    let values = Values::from([
        ("description".to_owned(), text("三单元暖气不热，找张三")),
        (
            "place".to_owned(),
            Value::Place("652901001001".parse().unwrap()),
        ),
        ("contact".to_owned(), text("13912345678")),
    ]);
    let request = open::Request {
        id,
        kind: "appeal".to_owned(),
        values,
        language: Lang::EN,
        channel: Channel::Web,
        key: None,
        at: None,
    };
    open::open(app, &Actor::anyone(), request).await.unwrap();
    id
}

fn named(numbers: &[i64]) -> Vec<String> {
    let id = |number: &i64| CaseId::from_raw(*number).to_string();
    numbers.iter().map(id).collect()
}

async fn standing(app: &App) -> list::Line {
    let lines = list::list(app, &actor(Role::System)).await.unwrap();
    lines.into_iter().next().unwrap()
}

#[tokio::test]
async fn events_are_signed_and_say_nothing_of_anybody() {
    for bench in benches() {
        let (app, there) = (connected(&bench), Listening::start());
        let (id, secret) = registered(&app, asks(&there.url())).await;
        let case = says(&app, 1).await;
        let step = advance::Request {
            id: case,
            version: None,
            step: "withdraw".to_owned(),
            input: Input::default(),
            key: None,
            at: None,
        };
        advance::advance(&app, &Actor::petitioner(case), step)
            .await
            .unwrap();
        run_due(&app).await.unwrap();
        let heard = there.take();
        let types: Vec<Json> = heard
            .iter()
            .map(|heard| heard.event()["type"].clone())
            .collect();
        assert_eq!(types, [EventType::Opened.word(), EventType::Closed.word()]);
        for heard in &heard {
            let event = heard.event();
            assert_eq!(event["specversion"], "1.0");
            assert_eq!(event["data"]["kind"], "appeal");
            assert_eq!(event["data"]["place"], "652901001001");
            for personal in ["张三", "暖气", "139"] {
                assert!(!heard.body.contains(personal), "{}", heard.body);
            }
            let sent: Vec<&str> = heard.header("webhook-id").split('_').collect();
            let call = Call {
                id: huiyin_domain::id::decode(sent[1]).unwrap(),
                url: String::new(),
                secret: secret.clone(),
                at: jiff::Timestamp::from_second(
                    heard.header("webhook-timestamp").parse().unwrap(),
                )
                .unwrap(),
                body: heard.body.clone(),
            };
            assert_eq!(heard.header("webhook-signature"), call.signature());
        }
        turn::turn(&app, &actor(Role::System), id, Turn::Test)
            .await
            .unwrap();
        run_due(&app).await.unwrap();
        let tested = there.take();
        assert_eq!(tested[0].event()["type"], EventType::Tested.word());
        // Nothing is told twice, and nothing of what it said is kept.
        assert_eq!(run_due(&app).await.unwrap(), crate::jobs::Done::default());
        assert!(there.take().is_empty());
        assert_eq!(standing(&app).await.waiting, 0);
    }
}

#[tokio::test]
async fn an_address_that_changes_its_mind_hears_everything_in_order() {
    for bench in benches() {
        let (app, there) = (connected(&bench), Listening::start());
        registered(&app, asks(&there.url())).await;
        // Every other time it says no.
        let count = Mutex::new(0);
        there.answers(move |_| {
            let mut count = count.lock().unwrap();
            *count += 1;
            status(if *count % 2 == 1 {
                "500 Broken"
            } else {
                "200 OK"
            })
        });
        for number in 1..=6 {
            says(&app, number).await;
        }
        for _ in 0..8 {
            run_due(&app).await.unwrap();
            bench.clock.advance(SignedDuration::from_secs(11));
        }
        let twice = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6];
        assert_eq!(
            there.cases(),
            named(&twice),
            "each once refused, then taken"
        );
        assert_eq!(standing(&app).await.webhook.failing_since, None);
    }
}

#[tokio::test]
async fn what_is_refused_five_times_is_put_aside_and_holds_up_nothing() {
    for bench in benches() {
        let (app, there) = (connected(&bench), Listening::start());
        registered(&app, asks(&there.url())).await;
        let poison = CaseId::from_raw(1).to_string();
        there.answers(move |heard| {
            status(match heard.case() == poison {
                true => "400 Cannot read this",
                false => "200 OK",
            })
        });
        says(&app, 1).await;
        says(&app, 2).await;
        for _ in 0..4 {
            run_due(&app).await.unwrap();
            bench.clock.advance(SignedDuration::from_hours(4));
        }
        assert_eq!(
            there.cases(),
            named(&[1, 1, 1, 1]),
            "the second waits for the first"
        );
        run_due(&app).await.unwrap();
        assert_eq!(there.cases(), named(&[1, 2]));
        says(&app, 3).await;
        run_due(&app).await.unwrap();
        assert_eq!(there.cases(), named(&[3]));
        let seen = dead_letters::list(&app, &actor(Role::System))
            .await
            .unwrap();
        let [dead] = &seen.dead[..] else {
            panic!("{seen:?}")
        };
        assert_eq!(
            (dead.job.name.as_str(), dead.job.tries),
            ("call-webhook", 5)
        );
        assert!(
            dead.fault.contains("the address answers 400"),
            "{}",
            dead.fault
        );
        // Mended, it is told after all.
        there.answers(|_| status("200 OK"));
        let system = actor(Role::System);
        dead_letters::decide(&app, &system, dead.job.id, dead_letters::Verdict::Again)
            .await
            .unwrap();
        run_due(&app).await.unwrap();
        assert_eq!(there.cases(), named(&[1]));
    }
}

#[tokio::test]
async fn slow_and_leading_elsewhere_count_as_failed_and_nobody_follows() {
    for bench in benches() {
        let (app, there, elsewhere) = (connected(&bench), Listening::start(), Listening::start());
        registered(&app, asks(&there.url())).await;
        let url = elsewhere.url();
        there.answers(move |_| {
            format!("HTTP/1.1 302 Found\r\nlocation: {url}\r\ncontent-length: 0\r\n\r\n")
        });
        says(&app, 1).await;
        assert_eq!(run_due(&app).await.unwrap().failed, 1);
        assert!(elsewhere.take().is_empty());
        there.answers(|_| {
            std::thread::sleep(Duration::from_millis(700));
            status("200 OK")
        });
        bench.clock.advance(SignedDuration::from_secs(10));
        assert_eq!(run_due(&app).await.unwrap().failed, 1);
        let fault = standing(&app).await.webhook.fault.unwrap();
        assert!(fault.contains("no answer came in time"), "{fault}");
        there.answers(|_| status("200 OK"));
        bench.clock.advance(SignedDuration::from_mins(2));
        run_due(&app).await.unwrap();
        assert_eq!(there.cases(), named(&[1, 1, 1]));
    }
}

#[tokio::test]
async fn an_address_that_is_away_for_a_day_is_turned_off_and_whoever_runs_the_house_is_told() {
    for bench in benches() {
        let (app, there) = (connected(&bench), Listening::start());
        bench.employ(9, Role::System, "root@example.org").await;
        let (id, _) = registered(&app, asks("http://127.0.0.1:1/gone")).await;
        registered(&app, asks(&there.url())).await;
        for number in 1..=3 {
            says(&app, number).await;
        }
        for _ in 0..23 {
            run_due(&app).await.unwrap();
            bench.clock.advance(SignedDuration::from_hours(1));
        }
        assert_eq!(there.cases(), named(&[1, 2, 3]), "others are not held up");
        let line = standing(&app).await;
        assert_eq!((line.webhook.off_at, line.waiting), (None, 3));
        bench.clock.advance(SignedDuration::from_hours(2));
        run_due(&app).await.unwrap();
        let line = standing(&app).await;
        assert!(line.webhook.off_at.is_some());
        assert_eq!(line.waiting, 0);
        let letters = bench.outbox().await;
        let told =
            |letter: &&huiyin_store::outbox::Recorded| letter.recipient == "root@example.org";
        let told: Vec<_> = letters.iter().filter(told).collect();
        assert_eq!(told.len(), 1, "{letters:?}");
        assert!(told[0].body.contains("data platform"), "{}", told[0].body);
        // What happens while it is off is not told; turned on, it is told again.
        says(&app, 4).await;
        let system = actor(Role::System);
        let refused = turn::turn(&app, &system, id, Turn::Test).await;
        assert!(matches!(refused, Err(Error::Refused(_))));
        turn::turn(&app, &system, id, Turn::On).await.unwrap();
        says(&app, 5).await;
        assert_eq!(standing(&app).await.waiting, 1);
        turn::turn(&app, &system, id, Turn::End).await.unwrap();
        run_due(&app).await.unwrap();
        assert_eq!(there.cases(), named(&[4, 5]));
    }
}

#[tokio::test]
async fn private_addresses_are_refused_also_behind_a_name() {
    for bench in benches() {
        let there = Listening::start();
        let strict = bench.with(Outside {
            webhooks: Arc::new(HttpWebhooks::new(WebhookSettings::default())),
            ..bench.app.outside.clone()
        });
        for url in [
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://169.254.169.254/latest",
            "http://example.org/x",
            "https://ana:word@example.org/x",
        ] {
            let made = create::create(&strict, &actor(Role::System), asks(url)).await;
            assert!(made.is_err(), "{url}");
        }
        // A name is looked up with every call, and what is called is what was looked up.
        let url = format!("https://localhost:{}/x", there.port);
        registered(&strict, asks(&url)).await;
        says(&strict, 1).await;
        assert_eq!(run_due(&strict).await.unwrap().failed, 1);
        let fault = standing(&strict).await.webhook.fault.unwrap();
        assert!(fault.contains("private network"), "{fault}");
        assert!(there.take().is_empty());
    }
}

#[tokio::test]
async fn addresses_are_told_what_they_ask_for_and_only_by_whom_it_may() {
    for bench in benches() {
        let (app, there) = (connected(&bench), Listening::start());
        let elsewhere = Request {
            place: "652901001".parse().unwrap(),
            unit: Some(crate::testing::UNIT),
            events: vec![EventType::Closed],
            ..asks(&there.url())
        };
        registered(&app, elsewhere).await;
        says(&app, 1).await;
        run_due(&app).await.unwrap();
        assert!(there.take().is_empty(), "it asks for what is closed alone");
        for role in [Role::Security, Role::Auditor, Role::Office] {
            let refused = create::create(&app, &actor(role), asks(&there.url())).await;
            assert!(matches!(refused, Err(Error::Refused(_))), "{role:?}");
            assert!(list::list(&app, &actor(role)).await.is_err());
        }
        for (request, what) in [
            (
                Request {
                    place: "659999".parse().unwrap(),
                    ..asks(&there.url())
                },
                "no such place",
            ),
            (
                Request {
                    name: String::new(),
                    ..asks(&there.url())
                },
                "no name",
            ),
        ] {
            let made = create::create(&app, &actor(Role::System), request).await;
            assert!(made.is_err(), "{what}");
        }
    }
}
