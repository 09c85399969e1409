use super::super::{Connection, DbError, Purpose, Target};
use super::*;

/// The test server by this name, asked in this way. `None`: there is no server.
fn open(host: &str, query: &str) -> Option<Result<bool, String>> {
    let url = std::env::var("HUIYIN_TEST_POSTGRES").ok()?;
    let plain = url.split('?').next().expect("a split has a first part");
    let url = format!("{}?{query}", plain.replace("127.0.0.1", host));
    let target = match Target::parse(&url) {
        Ok(target) => target,
        Err(fault) => return Some(Err(fault.to_string())),
    };
    let opened = Connection::open(&target, Purpose::Read);
    Some(match opened {
        Ok(Connection::Postgres(mut session)) => Ok(session.is_encrypted()),
        Ok(Connection::Sqlite(_)) => unreachable!("the address names PostgreSQL"),
        Err(DbError::Other { source, .. }) => Err(causes(&*source)),
        Err(other) => Err(other.to_string()),
    })
}

fn causes(fault: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(fault), |fault| fault.source());
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    causes.join(": ")
}

#[test]
fn each_mode_asks_what_it_says() {
    // Set together with the server, by `cargo xtask test`.
    let Ok(own) = std::env::var("HUIYIN_TEST_POSTGRES_CERTIFICATE") else {
        return;
    };
    let of = |host: &str, query: &str| open(host, query).expect("the server is named too");
    assert_eq!(of("127.0.0.1", "sslmode=disable"), Ok(false));
    assert_eq!(of("127.0.0.1", ""), Ok(true));
    assert_eq!(
        of("127.0.0.1", "sslmode=require&connect_timeout=9"),
        Ok(true)
    );
    let own = format!("sslrootcert={own}");
    assert_eq!(of("127.0.0.1", &format!("sslmode=require&{own}")), Ok(true));
    assert_eq!(
        of("127.0.0.1", &format!("sslmode=verify-ca&{own}")),
        Ok(true)
    );
    assert_eq!(
        of("localhost", &format!("{own}&sslmode=verify-full")),
        Ok(true)
    );
    // The certificate names localhost alone.
    let named = of("127.0.0.1", &format!("sslmode=verify-full&{own}"));
    assert!(
        named
            .clone()
            .is_err_and(|why| why.contains("NotValidForName")),
        "{named:?}"
    );
    for mode in ["verify-ca", "verify-full"] {
        let unknown = of("localhost", &format!("sslmode={mode}"));
        let refused =
            |why: String| why.contains("UnknownIssuer") || why.contains("CaUsedAsEndEntity");
        assert!(unknown.clone().is_err_and(refused), "{mode}: {unknown:?}");
    }
}

#[test]
fn what_cannot_be_kept_is_refused_at_once() {
    let fault = |query: &str| Target::parse(&format!("postgres://u@h/d?{query}")).unwrap_err();
    assert!(fault("sslmode=maybe").to_string().contains("maybe"));
    let fault = fault("sslmode=verify-full&sslrootcert=/nowhere.crt");
    assert!(fault.to_string().contains("/nowhere.crt"));
    let rest = Target::parse("postgres://u@h/d?sslmode=require&application_name=x");
    assert!(
        matches!(rest, Ok(Target::Postgres(config, _)) if config.get_ssl_mode() == SslMode::Require)
    );
}
