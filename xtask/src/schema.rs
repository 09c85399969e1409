//! `cargo xtask schema`: writes `crates/store/schema.sql` anew, by the test that else compares it.

use crate::shell;

pub fn run() -> anyhow::Result<()> {
    shell::run(
        shell::cargo()
            .args([
                "test",
                "--quiet",
                "--package",
                "huiyin-store",
                "--lib",
                "the_schema_is_written_down",
            ])
            .env("HUIYIN_WRITE_GENERATED", "1"),
    )
}
