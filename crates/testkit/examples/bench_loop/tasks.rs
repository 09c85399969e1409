//! So many tasks in a whole prefecture, 1,463 parts each: what it takes to give one, and the pages
//! on which it is seen.

use std::sync::Arc;
use std::time::Instant;

use huiyin_app::identity::password::{Cost, Hasher};
use huiyin_app::tasks::limit;
use huiyin_domain::id::TaskId;
use huiyin_domain::task::Limits;
use huiyin_store::{Options, Store};
use huiyin_testkit::prefecture::{self, LOGINS, Prefecture};
use tokio::runtime::Runtime;

use crate::Arguments;
use crate::client::Fault;
use crate::fill;
use crate::measures::{Measures, page, row, sign_in};
use crate::server::Server;
use crate::tokens::{self, PASSWORD};

const READERS: u64 = 8;
/// More than anybody should have, so that a week may hold them all.
const LIMITS: Limits = Limits {
    warn: 98,
    refuse: 99,
};

pub fn run(arguments: &Arguments) -> Result<(), Fault> {
    std::fs::create_dir_all(&arguments.data)?;
    let (town, runtime) = (fill::town()?, Runtime::new()?);
    let store = Store::open(&arguments.database, &Options::default())?;
    fill::move_in(&store, &town, &runtime)?;
    let hash = runtime.block_on(Hasher::new(Cost::Real).hash(PASSWORD.to_owned(), [7; 16]))?;
    let made = prefecture::settle(&store, Prefecture::generate(town.made_at), &hash)?;
    let app = fill::house(&store)?;
    let (mut given, mut newest) = (Vec::new(), None);
    runtime.block_on(async {
        let office = made.office().actor();
        limit::set(&app, &office, (made.place().clone(), LIMITS)).await?;
        for _ in 0..arguments.cases {
            let before = Instant::now();
            let id = prefecture::gives_one(&app, &made).await?;
            given.push(before.elapsed());
            prefecture::comes_back(&app, &made, id).await?;
            newest = Some(id);
        }
        Ok::<_, Fault>(())
    })?;
    let tokens = runtime.block_on(tokens::make(&app, town, &[]))?;
    given.sort_unstable();
    row(
        "tasks, parts of each",
        &[arguments.cases.to_string(), prefecture::PARTS.to_string()],
    );
    if let (Some(half), Some(last)) = (given.get(given.len() / 2), given.last()) {
        let millis = |time: &std::time::Duration| time.as_secs_f64() * 1_000.0;
        let figures = format!("p50 {:.0} ms, at most {:.0} ms", millis(half), millis(last));
        row("giving one", &[figures]);
    }
    let newest = newest.ok_or("no task was given")?;
    drop((app, made));
    store.shutdown_blocking();
    let all = Measures {
        arguments,
        tokens: Arc::new(tokens),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server = Server::start(arguments).await?;
        pages(&all, &server, newest).await
    })
}

async fn pages(all: &Measures<'_>, server: &Server, task: TaskId) -> Result<(), Fault> {
    let [office, _, village] = LOGINS;
    for (login, what) in [(office, "of the prefecture"), (village, "of a village")] {
        let cookie = sign_in(server, login).await?;
        let mut paths = vec![
            ("board", "/desk/tasks".to_owned()),
            ("calendar", "/desk/tasks/calendar".to_owned()),
        ];
        if login == office {
            paths.push(("one view of a task", format!("/desk/tasks/{task}")));
        }
        for (name, path) in paths {
            let turn = page(cookie.clone(), move |_, _| path.clone(), &all.tokens);
            all.figure(server, &format!("{name} {what}"), READERS, turn)
                .await?;
        }
    }
    Ok(())
}
