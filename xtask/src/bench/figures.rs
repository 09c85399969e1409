//! Figures as a table: a row for each measure, a column for each house that was measured.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;

const END: &str = "<!-- end of figures -->";

#[derive(Default)]
pub struct Figures {
    columns: Vec<String>,
    /// A measure and its cells, one for each column.
    rows: Vec<(String, Vec<String>)>,
}

impl Figures {
    /// One more house, with what its bench printed: lines such as `| inbox page | 812/s | p50 3.1 ms |`.
    pub fn add(&mut self, column: &str, printed: &str) {
        self.columns.push(column.to_owned());
        for line in printed.lines().filter(|line| line.starts_with('|')) {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            let name = cells.next().unwrap_or_default();
            let cell = cells.collect::<Vec<_>>().join(", ");
            let index = self.rows.iter().position(|(known, _)| known == name);
            let index = index.unwrap_or_else(|| {
                self.rows.push((name.to_owned(), Vec::new()));
                self.rows.len() - 1
            });
            let cells = &mut self.rows[index].1;
            cells.resize(self.columns.len() - 1, "–".to_owned());
            cells.push(cell);
        }
    }

    pub fn table(&self) -> String {
        let mut table = format!("| | {} |\n", self.columns.join(" | "));
        let _ = writeln!(table, "|---|{}", "---|".repeat(self.columns.len()));
        for (name, cells) in &self.rows {
            let mut cells = cells.clone();
            cells.resize(self.columns.len(), "–".to_owned());
            let _ = writeln!(table, "| {name} | {} |", cells.join(" | "));
        }
        table
    }

    /// Puts the table of a bench between its marks in a page.
    pub fn write(&self, page: &Path, bench: &str) -> anyhow::Result<()> {
        let text = std::fs::read_to_string(page)?;
        let begin = format!("<!-- figures: written by `cargo xtask bench {bench} --write` -->");
        let (before, rest) = text
            .split_once(&begin)
            .context("the page has no place for figures")?;
        let (_, after) = rest
            .split_once(END)
            .context("the place for figures has no end")?;
        let table = self.table();
        std::fs::write(page, format!("{before}{begin}\n\n{table}\n{END}{after}"))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Figures;

    #[test]
    fn a_measure_that_one_house_lacks_leaves_its_cell_empty() {
        let mut figures = Figures::default();
        figures.add(
            "SQLite",
            "noise\n| create | 10/s | p50 1 ms |\n| start | 5 ms |\n",
        );
        figures.add("PostgreSQL", "| start | 7 ms |\n| memory | 9 MiB |\n");
        let expected = "| | SQLite | PostgreSQL |\n|---|---|---|\n| create | 10/s, p50 1 ms | – |\n\
                        | start | 5 ms | 7 ms |\n| memory | – | 9 MiB |\n";
        assert_eq!(figures.table(), expected);
    }
}
