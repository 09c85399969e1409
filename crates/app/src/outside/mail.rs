//! Mail: by SMTP.

use std::time::Duration;

use huiyin_domain::id;
use huiyin_store::outbox::Copies;
use lettre::message::{Mailbox, Message, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, SmtpTransport, Transport};
use serde::Deserialize;

use super::{Pending, SendError};

/// One mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Names the letter: sent twice with the same one, it is one letter.
    pub id: i64,
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// Carries mail.
pub trait Mail: Send + Sync {
    fn send<'a>(&'a self, letter: &'a Letter) -> Pending<'a, Result<(), SendError>>;

    /// Whether what it carried is kept to be looked at.
    fn copies(&self) -> Copies {
        Copies::Gone
    }
}

/// How the way to the mail server is kept from eavesdroppers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Encrypted from the first byte (port 465).
    #[default]
    Tls,
    /// Encrypted after a greeting, and given up if the server will not (port 587).
    Starttls,
    /// In the clear: only for a mail server on the same machine.
    None,
}

/// The mail server of whoever runs the product.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    pub host: String,
    pub port: Option<u16>,
    #[serde(default)]
    pub security: Security,
    pub user: Option<String>,
    pub password: Option<String>,
    /// The sender, e.g. `回音 <noreply@example.org>`.
    pub from: String,
}

/// Mail by SMTP.
pub struct SmtpMail {
    transport: SmtpTransport,
    from: Mailbox,
}

const SMTP_WAIT: Duration = Duration::from_secs(20);

impl SmtpMail {
    /// Checks the settings; speaks to nobody yet.
    pub fn new(settings: &MailSettings) -> Result<Self, String> {
        let from = settings
            .from
            .parse()
            .map_err(|_| "mail.from: not a sender like `Name <name@example.org>`".to_owned())?;
        let tls = || {
            TlsParameters::new(settings.host.clone())
                .map_err(|error| format!("mail.host: no certificate can name it: {error}"))
        };
        let (tls, port) = match settings.security {
            Security::Tls => (Tls::Wrapper(tls()?), 465),
            Security::Starttls => (Tls::Required(tls()?), 587),
            Security::None => (Tls::None, 25),
        };
        let mut transport = SmtpTransport::builder_dangerous(&settings.host)
            .port(settings.port.unwrap_or(port))
            .tls(tls)
            .timeout(Some(SMTP_WAIT));
        if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
            transport = transport.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self {
            transport: transport.build(),
            from,
        })
    }

    fn message(&self, letter: &Letter) -> Result<Message, SendError> {
        let to: Address = letter
            .to
            .parse()
            .map_err(|_| SendError::Permanent("the address is none".to_owned()))?;
        let id = format!("<{}@{}>", id::encode(letter.id), self.from.email.domain());
        Message::builder()
            .message_id(Some(id))
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.replace(['\r', '\n'], " "))
            .multipart(MultiPart::alternative_plain_html(
                letter.body.clone(),
                page_of(&letter.body),
            ))
            .map_err(|_| SendError::Permanent("the mail could not be put together".to_owned()))
    }
}

/// The same text as a page: paragraphs where the text has empty lines, and links that can be
/// pressed. Whoever reads plain text misses nothing.
fn page_of(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let lines = paragraph.lines().map(|line| {
            let words = line.split(' ').map(|word| match link(word) {
                Some([before, link, after]) => {
                    let [before, link, after] = [before, link, after].map(escaped);
                    format!("{before}<a href=\"{link}\">{link}</a>{after}")
                }
                None => escaped(word),
            });
            words.collect::<Vec<_>>().join(" ")
        });
        format!("<p>{}</p>", lines.collect::<Vec<_>>().join("<br>\n"))
    });
    let paragraphs = paragraphs.collect::<Vec<_>>().join("\n");
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<body style=\"font: 16px/1.6 sans-serif; \
        max-width: 36em\">\n{paragraphs}\n"
    )
}

/// A link within a word, with what stands before it and behind: `看：https://x.example/t/1。`.
fn link(word: &str) -> Option<[&str; 3]> {
    let start = word.find("https://").or_else(|| word.find("http://"))?;
    let (before, rest) = word.split_at(start);
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+=%".contains(c);
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let end = rest[..end].trim_end_matches(['.', '!', '?', ':']).len();
    let (link, after) = rest.split_at(end);
    Some([before, link, after])
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

impl Mail for SmtpMail {
    fn send<'a>(&'a self, letter: &'a Letter) -> Pending<'a, Result<(), SendError>> {
        Box::pin(async move {
            let message = self.message(letter)?;
            let transport = self.transport.clone();
            let sent = tokio::task::spawn_blocking(move || transport.send(&message)).await;
            match sent {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) if error.is_permanent() => Err(SendError::Permanent(format!(
                    "the mail server refuses it (status {})",
                    error
                        .status()
                        .map_or_else(|| "unknown".to_owned(), |code| code.to_string())
                ))),
                Ok(Err(error))
                    if error.is_transient() || error.is_response() || error.is_timeout() =>
                {
                    Err(SendError::Temporary(kind_of(&error).to_owned()))
                }
                Ok(Err(error)) => Err(SendError::Away(kind_of(&error).to_owned())),
                Err(_) => Err(SendError::Temporary("sending was cut off".to_owned())),
            }
        })
    }
}

/// What went wrong, without the server's words: they often repeat the address.
fn kind_of(error: &lettre::transport::smtp::Error) -> &'static str {
    match error {
        _ if error.is_timeout() => "the mail server is too slow",
        _ if error.is_tls() => "the mail server's certificate is not good",
        _ if error.is_transient() => "the mail server asks to try later",
        _ if error.is_response() => "the mail server's answer cannot be read",
        _ => "the mail server cannot be reached",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    /// A mail server that says what it is told to, and keeps what it hears.
    fn server(answer_to_rcpt: &'static str) -> (u16, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let mut heard = String::new();
            let mut in_data = false;
            stream.write_all(b"220 test\r\n").unwrap();
            while let Some(Ok(line)) = lines.next() {
                heard.push_str(&line);
                heard.push('\n');
                let answer = match line.get(..4) {
                    _ if in_data && line == "." => {
                        in_data = false;
                        "250 kept"
                    }
                    _ if in_data => continue,
                    Some("DATA") => {
                        in_data = true;
                        "354 go on"
                    }
                    Some("RCPT") => answer_to_rcpt,
                    Some("QUIT") => break,
                    _ => "250 fine",
                };
                if stream
                    .write_all(format!("{answer}\r\n").as_bytes())
                    .is_err()
                {
                    break;
                }
            }
            heard
        });
        (port, thread)
    }

    fn smtp(port: u16) -> SmtpMail {
        SmtpMail::new(&MailSettings {
            host: "127.0.0.1".into(),
            port: Some(port),
            security: Security::None,
            user: None,
            password: None,
            from: "回音 <noreply@example.org>".into(),
        })
        .unwrap()
    }

    fn letter() -> Letter {
        Letter {
            id: 7,
            to: "ana@example.org".into(),
            subject: "件件有回音\r\nBcc: all@example.org".into(),
            body: "您的事项已答复。".into(),
        }
    }

    #[tokio::test]
    async fn a_letter_reaches_the_server() {
        let (port, thread) = server("250 fine");
        let mail = smtp(port);
        mail.send(&letter()).await.unwrap();
        drop(mail);
        let heard = thread.join().unwrap();
        assert!(heard.contains("RCPT TO:<ana@example.org>"), "{heard}");
        assert!(!heard.contains("\nBcc:"), "{heard}");
    }

    #[tokio::test]
    async fn refusals_say_whether_to_try_again() {
        for (answer, is_permanent) in [("550 no such user", true), ("451 later", false)] {
            let (port, thread) = server(answer);
            let error = smtp(port).send(&letter()).await.unwrap_err();
            assert_eq!(matches!(error, SendError::Permanent(_)), is_permanent);
            assert!(!error.to_string().contains("ana@"));
            thread.join().unwrap();
        }
        let nobody = Letter {
            to: "nobody".into(),
            ..letter()
        };
        let error = smtp(1).send(&nobody).await.unwrap_err();
        assert!(matches!(error, SendError::Permanent(_)));
        // Nobody listens there, which says nothing against the letter.
        let error = smtp(1).send(&letter()).await.unwrap_err();
        assert!(matches!(error, SendError::Away(_)));
    }

    #[test]
    fn a_letter_is_a_text_and_a_page_that_says_the_same() {
        let page = page_of("<b>三</b> & 四\n看：https://x.example/t/1。\n\n再见 http://y.example.");
        assert!(
            page.contains("<p>&lt;b&gt;三&lt;/b&gt; &amp; 四<br>"),
            "{page}"
        );
        let link = "看：<a href=\"https://x.example/t/1\">https://x.example/t/1</a>。";
        assert!(page.contains(link), "{page}");
        assert!(
            page.contains("<a href=\"http://y.example\">http://y.example</a>."),
            "{page}"
        );
        let message = smtp(1).message(&letter()).unwrap();
        let written = String::from_utf8(message.formatted()).unwrap();
        for part in [
            "multipart/alternative",
            "text/plain",
            "text/html",
            "Message-ID: <0000000000007@example.org>",
        ] {
            assert!(written.contains(part), "{part}\n{written}");
        }
    }
}
