//! Letters through the queue to servers that really listen: a mail server and a gateway for
//! text messages on this machine, which are kind or not as the test wants.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use std::sync::Arc;

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Value, Values};
use huiyin_domain::id::CaseId;
use huiyin_domain::person::Role;
use huiyin_domain::words::Lang;
use jiff::SignedDuration;

use super::dead_letters::{self, Verdict};
use super::*;
use crate::cases::{Channel, open};
use crate::outside::{
    BodyFormat, GatewaySms, Inside, MailSettings, Outside, Security, SmsSettings, SmtpMail,
};
use crate::testing::{Bench, actor, benches};

/// A server that hands what it heard to the test, and says no while it is told to.
struct Listening {
    port: u16,
    refuses: Arc<AtomicBool>,
    heard: Receiver<String>,
}

fn listen(talk: fn(TcpStream, bool) -> Option<String>) -> Listening {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let refuses = Arc::new(AtomicBool::new(false));
    let (told, heard): (Sender<String>, _) = channel();
    let no = refuses.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let heard = talk(stream.unwrap(), no.load(Ordering::SeqCst));
            if heard.is_some_and(|heard| told.send(heard).is_err()) {
                return;
            }
        }
    });
    Listening {
        port,
        refuses,
        heard,
    }
}

/// SMTP, as far as one letter needs it; the recipient is refused for good if it must be.
fn mail(mut stream: TcpStream, refuses: bool) -> Option<String> {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let (mut letter, mut in_letter, mut got) = (String::new(), false, None);
    stream.write_all(b"220 here\r\n").unwrap();
    for line in lines.map_while(Result::ok) {
        if in_letter && line != "." {
            letter += &format!("{line}\n");
            continue;
        }
        let answer = match line.get(..4) {
            Some("RCPT") if refuses => "550 nobody of this name",
            Some("RCPT") => {
                letter += &format!("{line}\n");
                "250 fine"
            }
            Some("DATA") => {
                in_letter = true;
                "354 go on"
            }
            Some("QUIT") => break,
            _ if in_letter => {
                in_letter = false;
                got = Some(std::mem::take(&mut letter));
                "250 kept"
            }
            _ => "250 fine",
        };
        if write!(stream, "{answer}\r\n").is_err() {
            break;
        }
    }
    got
}

/// HTTP, as far as one message needs it; the gateway is out of order if it must be.
fn gateway(mut stream: TcpStream, refuses: bool) -> Option<String> {
    let (mut heard, mut piece) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&heard).ends_with("}") {
        let count = stream.read(&mut piece).unwrap();
        heard.extend_from_slice(&piece[..count]);
        if count == 0 {
            break;
        }
    }
    let status = if refuses { "500 Broken" } else { "200 OK" };
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).unwrap();
    let heard = String::from_utf8_lossy(&heard).into_owned();
    (!refuses).then(|| heard.rsplit("\r\n\r\n").next().unwrap().to_owned())
}

/// The house of a bench, with live mail and text messages.
fn connected(bench: &Bench, mail: &Listening, sms: &Listening) -> App {
    let mail = MailSettings {
        host: "127.0.0.1".to_owned(),
        port: Some(mail.port),
        security: Security::None,
        user: None,
        password: None,
        from: "回音 <noreply@example.org>".to_owned(),
    };
    let sms = SmsSettings {
        url: format!("http://127.0.0.1:{}/send", sms.port),
        body: r#"{"to":"{local}","say":"{text}"}"#.to_owned(),
        format: BodyFormat::Json,
        headers: std::collections::BTreeMap::new(),
        success: None,
        inside: Inside::Allowed,
    };
    let outside = Outside {
        mail: Arc::new(SmtpMail::new(&mail).unwrap()),
        sms: Arc::new(GatewaySms::new(&sms).unwrap()),
        ..bench.app.outside.clone()
    };
    bench.with(outside)
}

async fn says(app: &App, number: i64, contact: &str) {
    let text = |text: &str| Value::Text(text.to_owned());
    let values = Values::from([
        ("description".to_owned(), text("三单元暖气不热")),
        (
            "place".to_owned(),
            Value::Place("652901001001".parse().unwrap()),
        ),
        ("contact".to_owned(), text(contact)),
    ]);
    let request = open::Request {
        id: CaseId::from_raw(number),
        kind: "appeal".to_owned(),
        values,
        language: Lang::EN,
        channel: Channel::Web,
        key: None,
        at: None,
    };
    open::open(app, &Actor::anyone(), request).await.unwrap();
}

#[tokio::test]
async fn letters_go_through_the_queue_to_servers_that_listen() {
    for bench in benches() {
        let (post, texts) = (listen(mail), listen(gateway));
        let app = connected(&bench, &post, &texts);
        says(&app, 1, "ana@example.org").await;
        says(&app, 2, "13912345678").await;
        let done = run_due(&app).await.unwrap();
        assert_eq!((done.done >= 2, done.failed), (true, 0));
        let letter = post.heard.recv().unwrap();
        assert!(letter.contains("RCPT TO:<ana@example.org>"), "{letter}");
        assert!(letter.contains("noreply@example.org"), "{letter}");
        let text = texts.heard.recv().unwrap();
        assert!(text.starts_with(r#"{"to":"13912345678","say":""#), "{text}");
        // Nothing is due any more, and nothing is sent twice.
        assert_eq!(run_due(&app).await.unwrap(), Done::default());
        assert!(post.heard.try_recv().is_err() && texts.heard.try_recv().is_err());
    }
}

#[tokio::test]
async fn what_fails_comes_back_and_what_cannot_succeed_is_shown_to_the_operator() {
    for bench in benches() {
        let (post, texts) = (listen(mail), listen(gateway));
        let app = connected(&bench, &post, &texts);
        let system = actor(Role::System);
        texts.refuses.store(true, Ordering::SeqCst);
        says(&app, 1, "13912345678").await;
        assert_eq!(run_due(&app).await.unwrap().failed, 1);
        // It waits before it tries again.
        assert_eq!(run_due(&app).await.unwrap(), Done::default());
        bench.clock.advance(SignedDuration::from_secs(10));
        assert_eq!(run_due(&app).await.unwrap().failed, 1);
        bench.clock.advance(SignedDuration::from_secs(60));
        assert_eq!(run_due(&app).await.unwrap(), Done::default());
        texts.refuses.store(false, Ordering::SeqCst);
        bench.clock.advance(SignedDuration::from_secs(60));
        assert_eq!(run_due(&app).await.unwrap().failed, 0);
        assert!(texts.heard.recv().unwrap().contains("13912345678"));

        // An address that is refused for good is not tried five times.
        post.refuses.store(true, Ordering::SeqCst);
        says(&app, 2, "gone@example.org").await;
        assert_eq!(run_due(&app).await.unwrap().failed, 1);
        let seen = dead_letters::list(&app, &system).await.unwrap();
        let [dead] = &seen.dead[..] else {
            panic!("{seen:?}")
        };
        assert!(dead.fault.contains("status 550"), "{}", dead.fault);
        assert!(!dead.fault.contains("gone@"), "{}", dead.fault);
        for role in [Role::Security, Role::Auditor, Role::Office] {
            assert!(dead_letters::list(&app, &actor(role)).await.is_err());
        }
        post.refuses.store(false, Ordering::SeqCst);
        let id = dead.job.id;
        dead_letters::decide(&app, &system, id, Verdict::Again)
            .await
            .unwrap();
        assert_eq!(run_due(&app).await.unwrap().failed, 0);
        assert!(post.heard.recv().unwrap().contains("gone@example.org"));
        let again = dead_letters::decide(&app, &system, id, Verdict::GivenUp).await;
        assert!(again.is_err(), "it is done and gone");
    }
}

#[tokio::test]
async fn what_fails_for_days_is_given_up_and_shown() {
    for bench in benches() {
        let (post, texts) = (listen(mail), listen(gateway));
        let app = connected(&bench, &post, &texts);
        let system = actor(Role::System);
        texts.refuses.store(true, Ordering::SeqCst);
        says(&app, 1, "13912345678").await;
        let mut tries = 0;
        for _ in 0..20 {
            tries += run_due(&app).await.unwrap().failed;
            bench.clock.advance(SignedDuration::from_hours(24));
        }
        assert_eq!(tries, 5);
        let seen = dead_letters::list(&app, &system).await.unwrap();
        assert_eq!((seen.standing.dead, seen.dead[0].job.tries), (1, 5));
        assert!(seen.dead[0].fault.contains("the gateway answers 500"));
        // What comes behind it is not held up, and all that lies dead can be tried again.
        texts.refuses.store(false, Ordering::SeqCst);
        says(&app, 2, "13912345679").await;
        assert_eq!(run_due(&app).await.unwrap().failed, 0);
        assert!(texts.heard.recv().unwrap().contains("13912345679"));
        texts.refuses.store(true, Ordering::SeqCst);
        assert_eq!(dead_letters::all_again(&app, &system).await.unwrap(), 1);
        for _ in 0..5 {
            run_due(&app).await.unwrap();
            bench.clock.advance(SignedDuration::from_hours(24));
        }
        let seen = dead_letters::list(&app, &system).await.unwrap();
        let id = seen.dead[0].job.id;
        let given_up = dead_letters::decide(&app, &system, id, Verdict::GivenUp).await;
        given_up.unwrap();
        let seen = dead_letters::list(&app, &system).await.unwrap();
        assert_eq!((seen.standing.dead, seen.dead.len()), (0, 0));
    }
}
