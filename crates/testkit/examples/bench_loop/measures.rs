//! What is measured, in the order of the table.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use hyper::StatusCode;
use rand::Rng;
use rand::seq::IndexedRandom;

use crate::Arguments;
use crate::case;
use crate::client::{Answer, Connection, Fault, Headers};
use crate::load::{self, Seen, Turn, User};
use crate::server::Server;
use crate::tokens::{PASSWORD, Tokens};

/// Who looks at pages.
const LOGINS: [&str; 2] = ["community", "office"];
const READERS: u64 = 8;
const SEARCHES: [&str; 8] = [
    "暖气 不热",
    "路灯 不亮",
    "垃圾 清运",
    "停水 通知",
    "噪音 施工",
    "电梯 停",
    "井盖 坏",
    "heating cold",
];

/// Takes all figures and prints a line for each.
pub fn run(arguments: &Arguments, tokens: &Tokens) -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let all = Measures {
        arguments,
        tokens: Arc::new(tokens.clone()),
    };
    runtime.block_on(all.take())
}

pub struct Measures<'m> {
    pub arguments: &'m Arguments,
    pub tokens: Arc<Tokens>,
}

impl Measures<'_> {
    async fn take(&self) -> Result<(), Fault> {
        let filled = bytes_in(&self.arguments.on_disk)?;
        row(
            "bytes on disk per case",
            &[format!("{}", filled / self.arguments.cases)],
        );
        let server = Server::start(self.arguments).await?;
        let first = server.first_answer.as_secs_f64() * 1000.0;
        row("start to first answer", &[format!("{first:.0} ms")]);
        let (now, _) = server.memory_mib()?;
        row("memory after the start", &[format!("{now} MiB")]);
        self.reads(&server, "").await?;
        self.writes(&server).await?;
        let (now, most) = server.memory_mib()?;
        row(
            "memory after all",
            &[format!("{now} MiB, at most {most} MiB")],
        );
        Ok(())
    }

    /// Pages; `when` ends the names of their figures.
    pub async fn reads(&self, server: &Server, when: &str) -> Result<(), Fault> {
        for login in LOGINS {
            let cookie = sign_in(server, login).await?;
            let inbox = page(cookie.clone(), |_, _| "/desk".to_owned(), &self.tokens);
            self.figure(
                server,
                &format!("inbox page ({login}){when}"),
                READERS,
                inbox,
            )
            .await?;
            if login == "community" {
                continue;
            }
            let case = |user: &mut User, tokens: &Tokens| {
                let id = tokens
                    .sample
                    .choose(&mut user.rng)
                    .expect("there are cases");
                format!("/desk/cases/{id}")
            };
            let case = page(cookie.clone(), case, &self.tokens);
            self.figure(
                server,
                &format!("case page (any case){when}"),
                READERS,
                case,
            )
            .await?;
            let search = |user: &mut User, _: &Tokens| {
                let words = SEARCHES.choose(&mut user.rng).expect("there are some");
                format!("/desk?state=all&text={}", encoded(words))
            };
            let search = page(cookie, search, &self.tokens);
            self.figure(
                server,
                &format!("search (two words){when}"),
                READERS,
                search,
            )
            .await?;
        }
        Ok(())
    }

    async fn writes(&self, server: &Server) -> Result<(), Fault> {
        for users in [8, 64] {
            let creates = self.turn(|user, tokens| {
                Box::pin(async move {
                    let since = Instant::now();
                    case::open(user, &tokens).await?;
                    user.waited(since);
                    Ok(())
                })
            });
            self.figure(
                server,
                &format!("create, {users} connections"),
                users,
                creates,
            )
            .await?;
        }
        for users in [8, 64] {
            let steps = self.turn(|user, tokens| {
                Box::pin(async move {
                    let id = tokens
                        .open
                        .choose(&mut user.rng)
                        .expect("there are cases")
                        .clone();
                    let since = Instant::now();
                    let answer = case::note(user, &tokens, &id).await?;
                    if answer.status.is_success() {
                        user.waited(since);
                    }
                    Ok(())
                })
            });
            self.figure(
                server,
                &format!("step on any open case, {users} connections"),
                users,
                steps,
            )
            .await?;
        }
        self.lifecycles(server).await
    }

    async fn lifecycles(&self, server: &Server) -> Result<(), Fault> {
        let before = bytes_in(&self.arguments.on_disk)?;
        let mut lived = 0.0;
        for users in [8, 64] {
            let lives = self.turn(|user, tokens| {
                Box::pin(async move {
                    let since = Instant::now();
                    lifecycle(user, &tokens).await?;
                    user.waited(since);
                    Ok(())
                })
            });
            let seen = self
                .figure(
                    server,
                    &format!("lifecycle of 5, {users} connections"),
                    users,
                    lives,
                )
                .await?;
            lived += seen.per_second() * self.arguments.seconds as f64;
        }
        let grown = bytes_in(&self.arguments.on_disk)?.saturating_sub(before);
        row(
            "bytes on disk per lifecycle",
            &[format!("{:.0}", grown as f64 / lived)],
        );
        Ok(())
    }

    fn turn<F>(&self, act: F) -> Turn
    where
        F: for<'u> Fn(
                &'u mut User,
                Arc<Tokens>,
            )
                -> std::pin::Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + 'u>>
            + Send
            + Sync
            + 'static,
    {
        let tokens = self.tokens.clone();
        Arc::new(move |user| act(user, tokens.clone()))
    }

    pub async fn figure(
        &self,
        server: &Server,
        name: &str,
        users: u64,
        turn: Turn,
    ) -> Result<Seen, Fault> {
        let seen = load::run(server.address, users, self.arguments.seconds, turn).await?;
        let mut cells = vec![format!("{:.0}/s", seen.per_second())];
        cells.extend(seen.cells());
        row(name, &cells);
        Ok(seen)
    }
}

/// A page that is asked for again and again.
pub fn page(
    cookie: String,
    path: impl Fn(&mut User, &Tokens) -> String + Send + Sync + 'static,
    tokens: &Arc<Tokens>,
) -> Turn {
    let (tokens, cookie, path) = (tokens.clone(), Arc::new(cookie), Arc::new(path));
    Arc::new(move |user| {
        let (tokens, cookie, path) = (tokens.clone(), cookie.clone(), path.clone());
        Box::pin(async move {
            let path = path(user, &tokens);
            let household = household(user);
            let headers = [("cookie", cookie.as_str()), ("x-forwarded-for", &household)];
            let since = Instant::now();
            let answer = user.connection.get(&path, &headers).await?;
            user.waited(since);
            expect(StatusCode::OK, &answer)
        })
    })
}

/// Create, dispatch, accept, answer, judge.
async fn lifecycle(user: &mut User, tokens: &Tokens) -> Result<(), Fault> {
    let case = case::open(user, tokens).await?;
    for step in ["dispatch", "accept", "answer", "judge"] {
        case::take(user, tokens, &case, step).await?;
    }
    Ok(())
}

/// The address of some household: limits count by it.
pub fn household(user: &mut User) -> String {
    let bytes: [u8; 3] = user.rng.random();
    format!("10.{}.{}.{}", bytes[0], bytes[1], bytes[2])
}

pub fn expect(status: StatusCode, answer: &Answer) -> Result<(), Fault> {
    if answer.status == status {
        return Ok(());
    }
    Err(format!("{}: {}", answer.status, answer.text()).into())
}

/// Signs in as a browser does, and gives back its cookies.
pub async fn sign_in(server: &Server, login: &str) -> Result<String, Fault> {
    let mut connection = Connection::open(server.address).await?;
    let form = connection.get("/desk/sign-in", &[]).await?;
    let token = form
        .between("name=\"csrf\" value=\"", "\"")
        .ok_or("a form without a token")?;
    let mut cookies = cookies_of(&form);
    let origin = format!("http://{}", server.address);
    let body = format!("csrf={token}&login={login}&password={PASSWORD}&back=");
    let headers: Headers<'_> = &[
        ("cookie", &cookies),
        ("origin", &origin),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let signed = connection.post("/desk/sign-in", headers, body).await?;
    expect(StatusCode::SEE_OTHER, &signed)?;
    let session = cookies_of(&signed);
    cookies = format!("{cookies}; {session}");
    Ok(cookies)
}

pub fn cookies_of(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter();
    let pairs: Vec<_> = set
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .collect();
    pairs.join("; ")
}

pub fn encoded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The files of a folder and of those in it.
fn bytes_in(folder: &Path) -> Result<u64, Fault> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += if about.is_dir() {
            bytes_in(&entry.path())?
        } else {
            about.len()
        };
    }
    Ok(sum)
}

pub fn row(name: &str, cells: &[String]) {
    println!("| {name} | {} |", cells.join(" | "));
}
