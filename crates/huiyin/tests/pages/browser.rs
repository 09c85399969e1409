//! A browser without JavaScript: it keeps cookies, follows redirects and fills in forms.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use huiyin_app::identity::{secret, token};
use huiyin_domain::case::Kinds;
use huiyin_domain::id::PersonId;
use huiyin_store::{Tx, sessions};
use huiyin_testkit::actors::TestTown;
use huiyin_web::seal::Secret;
use huiyin_web::state::{Address, AppState, Config};
use huiyin_web::{routes, words};
use tower::ServiceExt;

/// The town with its pages, once on each engine at hand.
pub fn houses(seed: u64) -> Vec<House> {
    houses_with(seed, Kinds::builtin)
}

/// The same with other kinds.
pub fn houses_with(seed: u64, kinds: impl Fn() -> Kinds + Send + Sync) -> Vec<House> {
    let said: Vec<_> = words::sources().collect();
    let towns = TestTown::each_saying(seed, kinds, &said);
    towns.into_iter().map(House::new).collect()
}

/// The town with its pages.
pub struct House {
    pub town: TestTown,
    router: Router,
}

impl House {
    fn new(mut town: TestTown) -> House {
        town.may_leave_work();
        let config = Config {
            address: Address::AsAsked,
            proxies: Vec::new(),
            answer_within: Duration::from_secs(20),
        };
        let state = AppState::new(town.app.clone(), config, Secret::new([3; 32]));
        House {
            town,
            router: routes::router(state),
        }
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            token: String::new(),
            language: "en",
        }
    }

    /// A browser in which somebody has signed in.
    pub async fn signed_in(&self, person: PersonId) -> Browser {
        let token = format!("session-{}-of-{person}", self.town.app.mint());
        let now = self.town.app.now();
        let session = sessions::Session {
            token_hash: secret::hash(&token),
            person,
            agent: "test".to_owned(),
            made_at: now,
            seen_at: now,
            proved_at: now,
            expires_at: now + jiff::SignedDuration::from_hours(20),
        };
        let keep = move |tx: &mut Tx<'_>| sessions::insert(tx, &session);
        self.town
            .app
            .store
            .write(0, keep)
            .await
            .expect("a session can be kept");
        let mut browser = self.browser();
        browser.cookies.insert("session".to_owned(), token);
        browser.get("/help").await;
        browser
    }
}

/// A browser without JavaScript.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// The token of the page last seen.
    pub token: String,
    pub language: &'static str,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: String,
    /// The same, as it came.
    pub bytes: Bytes,
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> &str {
        let location = self.headers.get(header::LOCATION);
        location.map_or("", |location| {
            location.to_str().expect("addresses are ASCII")
        })
    }

    /// The value of the first input of this name.
    pub fn input(&self, name: &str) -> String {
        let at = self.body.find(&format!("name=\"{name}\" value=\""));
        let at = at.unwrap_or_else(|| panic!("{}: no input {name} in {}", self.status, self.body));
        let value = &self.body[at..];
        value
            .split('"')
            .nth(3)
            .expect("an attribute ends")
            .to_owned()
    }

    /// The answer of the API, understood.
    pub fn json(&self) -> serde_json::Value {
        let read = serde_json::from_str(&self.body);
        read.unwrap_or_else(|fault| panic!("{fault}: {}", self.body))
    }

    /// Fails with the page in sight unless it says this.
    pub fn says(&self, text: &str) -> &Answer {
        assert!(
            self.body.contains(text),
            "{text:?} is not said in: {}",
            self.body
        );
        self
    }
}

impl House {
    /// A token with which a machine speaks for a unit of the town as this person does.
    pub async fn token_of(&self, login: &str) -> String {
        let security = self.town.staff("security").actor;
        let person = self.town.town.person(login).expect("somebody signs in so");
        let post = &person.posts[0];
        let request = token::Request {
            name: login.to_owned(),
            scopes: token::Scope::ALL.to_vec(),
            unit: post.unit,
            role: post.role,
            place: post.place.clone(),
            expires_at: None,
        };
        let made = token::create(&self.town.app, &security, request).await;
        made.expect("security makes tokens")
            .token
            .reveal()
            .to_owned()
    }
}

impl Browser {
    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(Body::empty());
        self.send(request.expect("a request can be made")).await
    }

    /// Sends a form as a page of the house would.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.token.clone())];
        all.extend(
            fields
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let pairs = all
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.post_raw(path, "application/x-www-form-urlencoded", body)
            .await
    }

    /// Sends a form with files.
    pub async fn post_files(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        let mut part = |head: String, content: &[u8]| {
            body.extend(
                format!("--b0undary\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes(),
            );
            body.extend(content);
            body.extend(b"\r\n");
        };
        part("name=\"csrf\"".to_owned(), self.token.as_bytes());
        for (name, value) in fields {
            part(format!("name=\"{name}\""), value.as_bytes());
        }
        for (name, content) in files {
            part(format!("name=\"{name}\"; filename=\"photo\""), content);
        }
        body.extend(b"--b0undary--\r\n");
        self.post_raw(path, "multipart/form-data; boundary=b0undary", body)
            .await
    }

    /// Sends anything at all.
    pub async fn post_raw(&mut self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(header::ORIGIN, "http://huiyin.test")
            .header(header::CONTENT_TYPE, kind)
            .body(body.into());
        self.send(request.expect("a request can be made")).await
    }

    /// Asks the API, as a machine without cookies.
    pub async fn api(
        &mut self,
        method: Method,
        path: &str,
        (headers, body): (&[(&str, &str)], impl Into<Body>),
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "huiyin.test")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into());
        self.send(request.expect("a request can be made")).await
    }

    /// A request with this browser's cookies and language.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "huiyin.test")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::COOKIE, cookies.join("; "))
    }

    /// Sends a request and keeps what the answer sets.
    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let answer = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let line = cookie.to_str().expect("cookies are ASCII");
            let (name, value) = line
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='))
                .expect("a cookie is a pair");
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let bytes = body.collect().await.expect("a body can be read").to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let is_said = kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"image/"));
        assert!(
            !is_said || !body.contains("{$"),
            "a sentence lacks a word: {body}"
        );
        if let Some(at) = body.find("<meta name=\"csrf\" content=\"") {
            let token = body[at..].split('"').nth(3);
            self.token = token.expect("an attribute ends").to_owned();
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
            bytes,
        }
    }
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    text.bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}
