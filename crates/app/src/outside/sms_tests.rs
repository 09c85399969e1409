use super::*;
use std::io::{Read, Write};
use std::net::TcpListener;

fn settings(url: &str) -> SmsSettings {
    SmsSettings {
        url: url.to_owned(),
        body: r#"{"to":"{local}","say":"{text}"}"#.to_owned(),
        format: BodyFormat::Json,
        headers: BTreeMap::from([("x-key".to_owned(), "secret".to_owned())]),
        success: None,
        inside: Inside::Allowed,
    }
}

fn message(text: &str) -> TextMessage {
    TextMessage {
        id: 7,
        phone: "+8613912345678".into(),
        text: text.into(),
    }
}

/// A gateway that gives one answer and keeps what it hears.
fn gateway(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut heard = Vec::new();
        let mut piece = [0; 4096];
        while !String::from_utf8_lossy(&heard).contains("}") {
            let count = stream.read(&mut piece).unwrap();
            heard.extend_from_slice(&piece[..count]);
            if count == 0 {
                break;
            }
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8_lossy(&heard).into_owned()
    });
    (url, thread)
}

#[tokio::test]
async fn a_message_is_filled_in_and_escaped() {
    let (url, thread) = gateway("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    let sms = GatewaySms::new(&settings(&url)).unwrap();
    sms.send(&message("say \"{phone}\"\n好")).await.unwrap();
    let heard = thread.join().unwrap();
    assert!(heard.contains("x-key: secret"), "{heard}");
    let body = heard.split("\r\n\r\n").nth(1).unwrap();
    assert_eq!(body, r#"{"to":"13912345678","say":"say \"{phone}\"\n好"}"#);
}

#[test]
fn a_form_is_escaped_as_a_form() {
    let sms = GatewaySms::new(&SmsSettings {
        body: "to={phone}&say={text}".into(),
        format: BodyFormat::Form,
        ..settings("https://sms.example.org/")
    })
    .unwrap();
    assert_eq!(
        sms.body("+8613912345678", "a&b=好"),
        "to=%2B8613912345678&say=a%26b%3D%E5%A5%BD"
    );
}

#[tokio::test]
async fn private_addresses_and_redirects_are_refused() {
    let sms = GatewaySms::new(&SmsSettings {
        inside: Inside::Refused,
        ..settings("http://localhost:9/")
    })
    .unwrap();
    let error = sms.send(&message("x")).await.unwrap_err();
    assert!(error.to_string().contains("private network"), "{error}");

    let (url, thread) =
        gateway("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
    let sms = GatewaySms::new(&settings(&url)).unwrap();
    let error = sms.send(&message("x")).await.unwrap_err();
    assert_eq!(
        error,
        SendError::Temporary("the gateway answers 302".to_owned())
    );
    thread.join().unwrap();
}

#[tokio::test]
async fn an_answer_that_is_not_a_success_is_none() {
    for (answer, success, is_sent, is_permanent) in [
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"ok\":1} ",
            "\"ok\":1",
            true,
            false,
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"ok\":0} ",
            "\"ok\":1",
            false,
            false,
        ),
        (
            "HTTP/1.1 400 Bad\r\ncontent-length: 0\r\n\r\n",
            "",
            false,
            true,
        ),
        (
            "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n",
            "",
            false,
            false,
        ),
    ] {
        let (url, thread) = gateway(answer);
        let sms = GatewaySms::new(&SmsSettings {
            success: Some(success.to_owned()),
            ..settings(&url)
        })
        .unwrap();
        let sent = sms.send(&message("x")).await;
        assert_eq!(sent.is_ok(), is_sent, "{answer}");
        assert_eq!(
            matches!(sent, Err(SendError::Permanent(_))),
            is_permanent,
            "{answer}"
        );
        thread.join().unwrap();
    }
}

#[test]
fn wrong_settings_are_told() {
    for (url, body) in [
        ("ftp://x/", "{text}"),
        ("nonsense", "{text}"),
        ("https://x/", "{}"),
    ] {
        let wrong = SmsSettings {
            body: body.into(),
            ..settings(url)
        };
        assert!(GatewaySms::new(&wrong).is_err(), "{url} {body}");
    }
}
