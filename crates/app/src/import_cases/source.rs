//! The lines of a CSV file as they stream by, in UTF-8 or GB 18030, each with its number.

use std::collections::HashMap;
use std::io::{Chain, Cursor, Read};

use csv::StringRecord;
use encoding_rs::{Decoder, GB18030, UTF_8};
use huiyin_domain::case::{Args, Class};

use super::Plan;
use crate::error::Refusal;
use crate::import::LineFault;

/// How much is looked at to tell the encoding and the separator.
const HEAD_BYTES: u64 = 64 * 1024;

const PIECE_BYTES: usize = 16 * 1024;

/// A file that is being read.
pub(super) struct Source<R> {
    records: csv::StringRecordsIntoIter<Decoded<R>>,
    columns: HashMap<String, usize>,
}

impl<R: Read> Source<R> {
    /// Reads the first line, and refuses a file that lacks a column of the plan.
    pub fn open(file: R, plan: &Plan) -> Result<Source<R>, Refusal> {
        let unreadable = || Refusal::rule(Class::Invalid, "import-no-table");
        let (file, separator) = Decoded::new(file).map_err(|_| unreadable())?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(file);
        let head = reader.headers().map_err(|_| unreadable())?;
        let columns: HashMap<String, usize> = head
            .iter()
            .enumerate()
            .map(|(at, name)| (name.trim().to_owned(), at))
            .collect();
        match plan
            .map
            .iter()
            .find(|(name, _)| !columns.contains_key(name))
        {
            Some((column, _)) => Err(Refusal::Rule {
                class: Class::Invalid,
                key: "import-column",
                args: vec![("column", column.clone())],
            }),
            None => Ok(Source {
                records: reader.into_records(),
                columns,
            }),
        }
    }

    /// The next line that is not empty.
    pub fn next_line(&mut self) -> Option<Result<StringRecord, LineFault>> {
        loop {
            match self.records.next()? {
                Ok(record) if record.iter().all(|field| field.trim().is_empty()) => {}
                Ok(record) => return Some(Ok(record)),
                Err(error) => {
                    return Some(Err(LineFault {
                        file: 0,
                        line: error.position().map_or(0, csv::Position::line),
                        column: String::new(),
                        value: String::new(),
                        key: "fault-line",
                        args: Args::new(),
                    }));
                }
            }
        }
    }

    /// What stands in a column of a line.
    pub fn get<'r>(&self, record: &'r StringRecord, column: &str) -> &'r str {
        let at = self.columns.get(column);
        at.and_then(|&at| record.get(at)).unwrap_or("")
    }
}

/// A file as UTF-8, whatever it was written in.
struct Decoded<R> {
    raw: Chain<Cursor<Vec<u8>>, R>,
    decoder: Decoder,
    /// Decoded, and handed out as far as `handed_out`: whoever reads may ask for less than a
    /// character at a time.
    text: String,
    handed_out: usize,
    is_at_end: bool,
}

impl<R: Read> Decoded<R> {
    /// Looks at the beginning; tells the separator, too.
    fn new(mut file: R) -> std::io::Result<(Decoded<R>, u8)> {
        let mut head = Vec::new();
        file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
        let is_utf8 = match std::str::from_utf8(&head) {
            Ok(_) => true,
            // Cut in the middle of a character.
            Err(fault) => fault.error_len().is_none(),
        };
        let first: &[u8] = head.split(|&byte| byte == b'\n').next().unwrap_or(&head);
        let count = |of: &u8| first.iter().filter(|byte| *byte == of).count();
        let separator = [b';', b'\t', b','].into_iter().max_by_key(count);
        let decoder = if is_utf8 { UTF_8 } else { GB18030 };
        let decoded = Decoded {
            raw: Cursor::new(head).chain(file),
            decoder: decoder.new_decoder_with_bom_removal(),
            text: String::new(),
            handed_out: 0,
            is_at_end: false,
        };
        Ok((decoded, separator.unwrap_or(b',')))
    }
}

impl<R: Read> Decoded<R> {
    /// Decodes the next piece of the file.
    fn decode_more(&mut self) -> std::io::Result<()> {
        let mut piece = [0; PIECE_BYTES];
        let read = self.raw.read(&mut piece)?;
        self.is_at_end = read == 0;
        self.text.clear();
        self.handed_out = 0;
        let most = self.decoder.max_utf8_buffer_length(read);
        self.text
            .reserve(most.ok_or(std::io::ErrorKind::OutOfMemory)?);
        // The text has room for all of it, so the decoder never stops halfway.
        let _ = self
            .decoder
            .decode_to_string(&piece[..read], &mut self.text, self.is_at_end);
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.handed_out == self.text.len() && !self.is_at_end {
            self.decode_more()?;
        }
        let left = &self.text.as_bytes()[self.handed_out..];
        let count = left.len().min(into.len());
        into[..count].copy_from_slice(&left[..count]);
        self.handed_out += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        let (mut file, _) = Decoded::new(bytes).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn whatever_it_was_written_in() {
        let text = "编号,内容\n1,\"暖气\n不热\"\n".repeat(9_000);
        let (gb, _, _) = GB18030.encode(&text);
        let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        assert!(decoded(text.as_bytes()) == text);
        assert!(decoded(&gb) == text);
        assert!(decoded(&bom) == text);
        assert_eq!(decoded(b""), "");
    }
}
