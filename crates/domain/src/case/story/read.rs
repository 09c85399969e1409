//! Reading a story file: titles and lines of three columns.

/// What is wrong with a line.
pub type Wrong = (usize, String);

/// One story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    pub title: String,
    pub lines: Vec<Line>,
}

/// `who | does | what follows`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in the file, from one.
    pub number: usize,
    pub who: String,
    pub does: String,
    pub follows: Vec<String>,
}

/// Reads the stories of a file.
pub fn read(text: &str) -> Result<Vec<Story>, Wrong> {
    let mut stories: Vec<Story> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let (number, line) = (at + 1, line.trim());
        if let Some(title) = line.strip_prefix('#') {
            let lines = Vec::new();
            stories.push(Story {
                title: title.trim().to_owned(),
                lines,
            });
        } else if !line.is_empty() {
            let story = stories.last_mut().ok_or_else(|| {
                (
                    number,
                    "a story begins with # and what it is about".to_owned(),
                )
            })?;
            story.lines.push(read_line(number, line)?);
        }
    }
    match stories.iter().find(|story| story.lines.is_empty()) {
        Some(story) => Err((1, format!("the story `{}` has no lines", story.title))),
        None => Ok(stories),
    }
}

fn read_line(number: usize, line: &str) -> Result<Line, Wrong> {
    let columns = split(line, '|');
    let [who, does, follows] = columns.as_slice() else {
        let what = format!(
            "the line has {} columns; write who | does | what follows",
            columns.len()
        );
        return Err((number, what));
    };
    let follows = split(follows, ',')
        .into_iter()
        .filter(|part| !part.is_empty());
    Ok(Line {
        number,
        who: who.clone(),
        does: does.clone(),
        follows: follows.collect(),
    })
}

/// Splits a text, but not within double quotes; parts are trimmed, quotes stay.
pub fn split(text: &str, by: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for ch in text.chars() {
        if ch == '"' {
            quoted = !quoted;
        }
        if ch == by && !quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(ch);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// What is done, and the fields handed in with it.
pub type Called<'a> = (&'a str, Vec<(String, String)>);

/// `name: field=value, field="value, with a comma"`.
pub fn call(does: &str) -> Result<Called<'_>, String> {
    let (name, values) = does.split_once(':').unwrap_or((does, ""));
    let mut fields = Vec::new();
    for part in split(values, ',')
        .into_iter()
        .filter(|part| !part.is_empty())
    {
        let (field, value) = part
            .split_once('=')
            .ok_or_else(|| format!("`{part}` is not field=value"))?;
        let value = value.trim().trim_matches('"');
        fields.push((field.trim().to_owned(), value.to_owned()));
    }
    Ok((name.trim(), fields))
}
