//! What a browser hands in: an ordered list of texts and files.
//!
//! Read once, by the guard, before any handler runs, so that its limits and its
//! token hold for every page. Handlers take [`Form`] as an argument.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::{HeaderMap, header, request};
use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::percent_decode_str;

use crate::problem::Problem;

/// The longest form without files.
const TEXT_BYTES_MAX: usize = 1 << 20;
/// The longest form with files: six photos of the largest size, and what is written with them.
pub const FORM_BYTES_MAX: usize = 62 << 20;
/// The largest file kept; a larger one is dropped and its field says so.
pub const FILE_BYTES_MAX: usize = 10 << 20;
const _: () = assert!(FORM_BYTES_MAX > 6 * FILE_BYTES_MAX + TEXT_BYTES_MAX);
/// No page asks for more.
const FIELDS_MAX: usize = 400;
const NAME_BYTES_MAX: usize = 100;
/// The longest silence of a sender.
const SILENCE_MAX: Duration = Duration::from_secs(15);
/// The longest time that sending may take, on a slow line with photos.
const SENDING_MAX: Duration = Duration::from_secs(180);

/// Why a form could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("neither of the two encodings of forms")]
    Encoding,
    #[error("the form is not well-formed")]
    Malformed,
    #[error("the text is not UTF-8")]
    NotUtf8,
    #[error("the text has a NUL in it")]
    Nul,
    #[error("too many fields")]
    TooManyFields,
    #[error("too large")]
    TooLarge,
    #[error("too slow")]
    TooSlow,
}

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    /// None when it is larger than [`FILE_BYTES_MAX`].
    pub bytes: Option<Bytes>,
}

/// What was handed in, in the order of the page.
#[derive(Clone, Debug, Default)]
pub struct Form {
    texts: Vec<(String, String)>,
    files: Vec<Upload>,
    /// Whether there was a NUL in a text; it is left out.
    has_nul: bool,
}

impl Form {
    /// The first text of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The first text of this name without blanks around it, empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// Every text of this name.
    pub fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.texts
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, text)| text.as_str())
    }

    /// Every name and text.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Every file of this field.
    pub fn files<'f>(&'f self, field: &str) -> impl Iterator<Item = &'f Upload> {
        self.files.iter().filter(move |file| file.field == field)
    }

    /// The same form with a text in place of all of this name: what the server adds
    /// before a page comes back filled.
    pub fn put(&mut self, name: &str, texts: impl IntoIterator<Item = String>) {
        self.texts.retain(|(known, _)| known != name);
        let named = texts.into_iter().map(|text| (name.to_owned(), text));
        self.texts.extend(named);
    }

    /// One more file, as if it had come with the form.
    pub fn attach(&mut self, file: Upload) {
        self.files.push(file);
    }

    /// The texts alone: what can be written into a page again.
    pub fn typed(&self) -> Form {
        Form {
            texts: self.texts.clone(),
            ..Form::default()
        }
    }

    /// Whether there was a NUL in it, which no keyboard writes.
    pub fn has_nul(&self) -> bool {
        self.has_nul
    }

    /// A form made of the pairs of an address, for pages that draw a form from a link.
    pub fn from_query(query: &str) -> Result<Form, Fault> {
        let form = urlencoded(query.as_bytes())?;
        match form.has_nul {
            true => Err(Fault::Nul),
            false => Ok(form),
        }
    }

    fn add(&mut self, name: String, text: String) -> Result<(), Fault> {
        if name.len() > NAME_BYTES_MAX || self.texts.len() + self.files.len() >= FIELDS_MAX {
            return Err(Fault::TooManyFields);
        }
        if name.contains('\0') {
            return Err(Fault::Nul);
        }
        let text = match text.contains('\0') {
            true => {
                self.has_nul = true;
                text.replace('\0', "")
            }
            false => text,
        };
        let text = match text.contains('\r') {
            true => text.replace("\r\n", "\n").replace('\r', "\n"),
            false => text,
        };
        self.texts.push((name, text));
        Ok(())
    }
}

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Form, Problem> {
        let read = parts.extensions.remove::<Form>();
        Ok(read.expect("the guard reads the form of every request that changes something"))
    }
}

/// Reads the body of a request as a form.
pub async fn read(request: Request) -> Result<Form, Fault> {
    let encoding = encoding(request.headers())?;
    let bytes_max = match encoding {
        Encoding::Text => TEXT_BYTES_MAX,
        Encoding::Files => FORM_BYTES_MAX,
    };
    if announced(request.headers()).is_some_and(|bytes| bytes > bytes_max as u64) {
        return Err(Fault::TooLarge);
    }
    let reading = async {
        match encoding {
            Encoding::Text => urlencoded(&whole(request.into_body(), bytes_max).await?),
            Encoding::Files => multipart(request, bytes_max).await,
        }
    };
    let reading = tokio::time::timeout(SENDING_MAX, reading).await;
    reading.unwrap_or(Err(Fault::TooSlow))
}

#[derive(Clone, Copy)]
enum Encoding {
    Text,
    Files,
}

fn encoding(headers: &HeaderMap) -> Result<Encoding, Fault> {
    let Some(media_type) = headers.get(header::CONTENT_TYPE) else {
        // A button alone may send nothing at all.
        return match announced(headers).unwrap_or(0) {
            0 => Ok(Encoding::Text),
            _ => Err(Fault::Encoding),
        };
    };
    let media_type = media_type.to_str().map_err(|_| Fault::Encoding)?;
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    match media_type.to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => Ok(Encoding::Text),
        "multipart/form-data" => Ok(Encoding::Files),
        _ => Err(Fault::Encoding),
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// A whole body, of at most so many bytes, from a sender who goes on sending.
pub(crate) async fn whole(body: Body, bytes_max: usize) -> Result<Bytes, Fault> {
    let mut body = Limited::new(body, bytes_max);
    let mut bytes = BytesMut::new();
    loop {
        let frame = tokio::time::timeout(SILENCE_MAX, body.frame()).await;
        match frame.map_err(|_| Fault::TooSlow)? {
            None => return Ok(bytes.freeze()),
            Some(Ok(frame)) => {
                if let Some(data) = frame.data_ref() {
                    bytes.extend_from_slice(data);
                }
            }
            Some(Err(error)) if error.is::<LengthLimitError>() => return Err(Fault::TooLarge),
            Some(Err(_)) => return Err(Fault::Malformed),
        }
    }
}

fn urlencoded(bytes: &[u8]) -> Result<Form, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotUtf8)?;
    let mut form = Form::default();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        form.add(decoded(name)?, decoded(value)?)?;
    }
    Ok(form)
}

fn decoded(text: &str) -> Result<String, Fault> {
    let text = text.replace('+', " ");
    let text = percent_decode_str(&text).decode_utf8();
    text.map(String::from).map_err(|_| Fault::NotUtf8)
}

async fn multipart(request: Request, bytes_max: usize) -> Result<Form, Fault> {
    let (parts, body) = request.into_parts();
    let body = Body::new(Limited::new(body, bytes_max));
    let mut request = Request::from_parts(parts, body);
    // Our own limit stands around the body already.
    axum::extract::DefaultBodyLimit::apply(
        axum::extract::DefaultBodyLimit::disable(),
        &mut request,
    );
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| Fault::Malformed)?;
    let mut form = Form::default();
    loop {
        let part = tokio::time::timeout(SILENCE_MAX, parts.next_field()).await;
        let part = part.map_err(|_| Fault::TooSlow)?;
        let Some(part) = part.map_err(|error| fault_of(&error))? else {
            return Ok(form);
        };
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part_bytes(part, is_file).await?;
        if !is_file {
            let text = String::from_utf8(bytes.unwrap_or_default().to_vec());
            form.add(name, text.map_err(|_| Fault::NotUtf8)?)?;
        } else if bytes.as_ref().is_none_or(|bytes| !bytes.is_empty()) {
            if form.files.len() >= FIELDS_MAX || name.len() > NAME_BYTES_MAX {
                return Err(Fault::TooManyFields);
            }
            form.files.push(Upload { field: name, bytes });
        }
    }
}

/// The bytes of one part; none for a file that is too large, which is read to its end
/// and dropped, so that the rest of the form is not lost with it.
async fn part_bytes(
    mut part: axum::extract::multipart::Field<'_>,
    is_file: bool,
) -> Result<Option<Bytes>, Fault> {
    let mut bytes = BytesMut::new();
    let mut is_too_large = false;
    loop {
        let chunk = tokio::time::timeout(SILENCE_MAX, part.chunk()).await;
        let chunk = chunk.map_err(|_| Fault::TooSlow)?;
        let Some(chunk) = chunk.map_err(|error| fault_of(&error))? else {
            break;
        };
        if !is_file && bytes.len() + chunk.len() > TEXT_BYTES_MAX {
            return Err(Fault::TooLarge);
        }
        if bytes.len() + chunk.len() > FILE_BYTES_MAX {
            is_too_large = true;
            bytes = BytesMut::new();
        }
        if !is_too_large {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((!is_too_large).then(|| bytes.freeze()))
}

fn fault_of(error: &axum::extract::multipart::MultipartError) -> Fault {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge,
        _ => Fault::Malformed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(media_type: &str, body: impl Into<Body>) -> Request {
        Request::post("/")
            .header(header::CONTENT_TYPE, media_type)
            .body(body.into())
            .unwrap()
    }

    async fn text_form(body: &'static str) -> Result<Form, Fault> {
        read(request("application/x-www-form-urlencoded", body)).await
    }

    #[tokio::test]
    async fn a_plain_form_keeps_order_and_repeats() {
        let form = text_form("a=1&b=%E6%B0%B4+x&a=2&c").await.unwrap();
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(form.get("b"), Some("水 x"));
        assert_eq!(form.get("c"), Some(""));
        assert_eq!(form.get("d"), None);
        let form = text_form("t=a%0D%0Ab%0Dc").await.unwrap();
        assert_eq!(form.get("t"), Some("a\nb\nc"));
    }

    #[tokio::test]
    async fn what_cannot_be_text_is_refused() {
        let cases = [("a=%ff", Fault::NotUtf8), ("%00=y", Fault::Nul)];
        for (body, fault) in cases {
            assert_eq!(text_form(body).await.unwrap_err(), fault, "{body}");
        }
        let many = "a=1&".repeat(FIELDS_MAX + 1);
        let many = read(request("application/x-www-form-urlencoded", many)).await;
        assert_eq!(many.unwrap_err(), Fault::TooManyFields);
        let huge = vec![b'a'; TEXT_BYTES_MAX + 1];
        let huge = read(request("application/x-www-form-urlencoded", huge)).await;
        assert_eq!(huge.unwrap_err(), Fault::TooLarge);
        let json = read(request("application/json", "{}")).await;
        assert_eq!(json.unwrap_err(), Fault::Encoding);
    }

    #[tokio::test]
    async fn what_is_announced_too_large_is_not_even_read() {
        let mut request = request("multipart/form-data; boundary=x", Body::empty());
        let ten_gib = (10_u64 << 30).to_string();
        request
            .headers_mut()
            .insert(header::CONTENT_LENGTH, ten_gib.parse().unwrap());
        assert_eq!(read(request).await.unwrap_err(), Fault::TooLarge);
    }

    #[tokio::test]
    async fn files_come_with_their_field_and_a_large_one_is_dropped() {
        let mut body = b"--x\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n\xe6\xb0\xb4\r\n\
            --x\r\nContent-Disposition: form-data; name=\"p\"; filename=\"\"\r\n\r\n\r\n\
            --x\r\nContent-Disposition: form-data; name=\"p\"; filename=\"a\"\r\n\r\nabc\r\n\
            --x\r\nContent-Disposition: form-data; name=\"p\"; filename=\"b\"\r\n\r\n"
            .to_vec();
        body.extend(vec![b'z'; FILE_BYTES_MAX + 1]);
        body.extend(b"\r\n--x--\r\n");
        let form = read(request("multipart/form-data; boundary=x", body))
            .await
            .unwrap();
        assert_eq!(form.get("t"), Some("水"));
        let sizes: Vec<_> = form
            .files("p")
            .map(|file| file.bytes.as_ref().map(Bytes::len))
            .collect();
        assert_eq!(sizes, [Some(3), None]);
        let broken = read(request("multipart/form-data; boundary=x", "--x\r\nzz")).await;
        assert_eq!(broken.unwrap_err(), Fault::Malformed);
    }

    #[tokio::test(start_paused = true)]
    async fn a_sender_who_falls_silent_is_not_waited_for() {
        let silent =
            Body::from_stream(futures_util::stream::pending::<Result<Bytes, axum::Error>>());
        let form = read(request("application/x-www-form-urlencoded", silent)).await;
        assert_eq!(form.unwrap_err(), Fault::TooSlow);
    }
}
