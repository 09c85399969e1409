//! Changing one thing in the file of a procedure, and leaving the rest as somebody wrote it.

use crate::sample::Pictured;

/// The file with another picture at a paper, the first being 0, or with none. None when the papers
/// are not written each under a `[[papers]]` of its own, or there are not so many.
pub fn with_picture(text: &str, paper: usize, picture: Option<&Pictured>) -> Option<String> {
    let is_paper = |line: &&str| line.trim() == "[[papers]]";
    let lines: Vec<&str> = text.lines().collect();
    let heads = lines.iter().enumerate().filter(|(_, line)| is_paper(line));
    let (head, _) = heads.into_iter().nth(paper)?;
    let rest = &lines[head + 1..];
    let end = rest.iter().position(|line| line.starts_with('['));
    let (own, behind) = rest.split_at(end.unwrap_or(rest.len()));
    let is_picture = |line: &str| {
        let key = line.split('=').next().unwrap_or_default();
        line.contains('=') && key.trim() == "picture"
    };
    let mut new: Vec<String> = lines[..=head].iter().map(ToString::to_string).collect();
    let mut own: Vec<String> = own
        .iter()
        .filter(|line| !is_picture(line))
        .map(ToString::to_string)
        .collect();
    if let Some(picture) = picture {
        let blank = own.iter().rposition(|line| !line.trim().is_empty());
        own.insert(
            blank.map_or(0, |last| last + 1),
            format!("picture = \"{picture}\""),
        );
    }
    new.extend(own);
    new.extend(behind.iter().map(ToString::to_string));
    Some(new.join("\n") + "\n")
}
