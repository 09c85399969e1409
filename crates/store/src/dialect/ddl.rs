//! The words in which migrations are written, and what each engine calls them.
//!
//! `BIGINT`, `TEXT`, `BYTES` are the sorts of column; `/* rows */` or
//! `/* clustered */` ends every table (clustered: stored in the order of its
//! key); `-- only: sqlite`, `-- only: postgres` and `-- both` part what is
//! said differently.

use super::Engine;

/// A migration's text as this engine understands it.
pub(crate) fn ddl(text: &str, engine: Engine) -> String {
    let mut mine = true;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim() {
            "-- both" => mine = true,
            "-- only: sqlite" => mine = engine == Engine::Sqlite,
            "-- only: postgres" => mine = engine == Engine::Postgres,
            _ if mine => {
                out.push_str(&translate(line, engine));
                out.push('\n');
            }
            _ => {}
        }
    }
    out
}

fn translate(line: &str, engine: Engine) -> String {
    let (rows, clustered) = match engine {
        Engine::Sqlite => (" STRICT", " STRICT, WITHOUT ROWID"),
        Engine::Postgres => ("", ""),
    };
    let line = line
        .replace(" /* rows */", rows)
        .replace(" /* clustered */", clustered);
    if line.trim_start().starts_with("--") {
        return line;
    }
    let mut out = String::with_capacity(line.len());
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end_matches([' ', ',', ';']);
        out.push_str(match (bare, engine) {
            ("BIGINT", Engine::Sqlite) => "INTEGER",
            ("BYTES", Engine::Sqlite) => "BLOB",
            ("BYTES", Engine::Postgres) => "BYTEA",
            ("TEXT", Engine::Postgres) => "TEXT COLLATE \"C\"",
            _ => bare,
        });
        out.push_str(&word[bare.len()..]);
    }
    out
}
