//! How to reach somebody: a telephone number or a mail address, in one form each.
//!
//! The same number written differently must be the same contact, because cases are found
//! again by it. Numbers are kept as `+86…`; mail addresses in small letters.

/// A telephone number or a mail address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contact {
    /// Takes calls and text messages: `+8613912345678`.
    Mobile(String),
    /// Takes calls only: `+869912345678`.
    Landline(String),
    /// `name@example.org`.
    Mail(String),
}

/// The text is neither a telephone number nor a mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a telephone number (with area code) nor a mail address")]
pub struct BadContact;

impl Contact {
    /// The form in which it is kept, compared and looked up.
    pub fn as_str(&self) -> &str {
        match self {
            Contact::Mobile(text) | Contact::Landline(text) | Contact::Mail(text) => text,
        }
    }

    /// The contact with its middle hidden, for confirming where a message went.
    pub fn veiled(&self) -> String {
        match self {
            Contact::Mobile(number) | Contact::Landline(number) => {
                let local = number.strip_prefix("+86").unwrap_or(number);
                let (head, tail) = (local.len().min(3), local.len().saturating_sub(2));
                format!("{}****{}", &local[..head], &local[tail.max(head)..])
            }
            Contact::Mail(address) => {
                let (name, host) = address.split_once('@').unwrap_or((address, ""));
                format!("{}***@{host}", name.chars().next().unwrap_or('*'))
            }
        }
    }

    /// The beginning of a kept number that somebody has begun to type; `None` while there
    /// are too few digits to mean anybody.
    pub fn typed_so_far(text: &str) -> Option<String> {
        let digits = squeeze(text)?;
        let local = local_part(&digits);
        (local.trim_start_matches('+').len() >= 5).then(|| match local.strip_prefix('+') {
            Some(foreign) => format!("+{foreign}"),
            None => format!("+86{}", local.strip_prefix('0').unwrap_or(local)),
        })
    }
}

impl std::str::FromStr for Contact {
    type Err = BadContact;
    fn from_str(text: &str) -> Result<Self, BadContact> {
        if text.len() > 300 {
            return Err(BadContact);
        }
        let text = text.trim().replace('＠', "@");
        match text.contains('@') {
            true => mail(&text),
            false => phone(&text),
        }
    }
}

/// Digits and a leading plus, without what people put between them.
fn squeeze(text: &str) -> Option<String> {
    let mut squeezed = String::new();
    for c in text.trim().chars() {
        match c {
            '0'..='9' => squeezed.push(c),
            '０'..='９' => {
                let digit = u32::from(c) - u32::from('０');
                squeezed.push(char::from_digit(digit, 10)?);
            }
            '+' | '＋' if squeezed.is_empty() => squeezed.push('+'),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{3000}' | '\u{a0}' | '－' | '—' | '–' | '（'
            | '）' => {}
            _ => return None,
        }
    }
    Some(squeezed)
}

/// A number of this country without its country code; a foreign one as it is.
fn local_part(number: &str) -> &str {
    number
        .strip_prefix("+86")
        .or_else(|| number.strip_prefix("0086"))
        .or_else(|| {
            number
                .strip_prefix("86")
                .filter(|rest| rest.len() == 11 && is_mobile(rest))
        })
        .unwrap_or(number)
}

fn is_mobile(local: &str) -> bool {
    local.len() == 11 && matches!(local.as_bytes(), [b'1', b'3'..=b'9', ..])
}

fn phone(text: &str) -> Result<Contact, BadContact> {
    let squeezed = squeeze(text).ok_or(BadContact)?;
    let local = local_part(&squeezed);
    if is_mobile(local) {
        return Ok(Contact::Mobile(format!("+86{local}")));
    }
    if let Some(foreign) = local.strip_prefix('+') {
        return match foreign.len() {
            8..=15 if !foreign.starts_with('0') => Ok(Contact::Mobile(local.to_owned())),
            _ => Err(BadContact),
        };
    }
    let had_country_code = local.len() < squeezed.len();
    let is_service = local.len() == 10 && (local.starts_with("400") || local.starts_with("800"));
    let area = match local.strip_prefix('0') {
        Some(area) => area,
        None if had_country_code || is_service => local,
        None => return Err(BadContact),
    };
    match area.len() {
        // No area code begins with 1 but that of the capital.
        9..=11 if area.starts_with("10") || !area.starts_with(['0', '1']) => {
            Ok(Contact::Landline(format!("+86{area}")))
        }
        _ => Err(BadContact),
    }
}

fn mail(text: &str) -> Result<Contact, BadContact> {
    let address = text.to_ascii_lowercase();
    let (name, host) = address.rsplit_once('@').ok_or(BadContact)?;
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_{|}~-".contains(&b);
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let good_name = !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(is_name)
        && name.split('.').all(|part| !part.is_empty());
    let good_host = host.contains('.') && host.split('.').all(is_label);
    match good_name && good_host && address.len() <= 254 {
        true => Ok(Contact::Mail(address)),
        false => Err(BadContact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_however_it_is_written() {
        for text in [
            "13912345678",
            "139 1234 5678",
            "139-1234-5678",
            "+86 139 1234 5678",
            "008613912345678",
            "8613912345678",
            "（139）12345678",
            "１３９１２３４５６７８",
            "＋86-139-1234-5678",
        ] {
            assert_eq!(
                text.parse(),
                Ok(Contact::Mobile("+8613912345678".into())),
                "{text}"
            );
        }
        for text in [
            "0991-2345678",
            "+86 991 234 5678",
            "+86 0991 2345678",
            "(0991) 2345678",
        ] {
            assert_eq!(
                text.parse(),
                Ok(Contact::Landline("+869912345678".into())),
                "{text}"
            );
        }
        assert_eq!(
            "400-810-1234".parse(),
            Ok(Contact::Landline("+864008101234".into()))
        );
        assert_eq!(
            "+1 415 555 2671".parse(),
            Ok(Contact::Mobile("+14155552671".into()))
        );
    }

    #[test]
    fn one_address_however_it_is_written() {
        for text in [
            "Ana.B@Example.ORG",
            " ana.b@example.org ",
            "ana.b＠example.org",
        ] {
            assert_eq!(
                text.parse(),
                Ok(Contact::Mail("ana.b@example.org".into())),
                "{text}"
            );
        }
    }

    #[test]
    fn what_reaches_nobody_is_refused() {
        for text in [
            "",
            " ",
            "110",
            "2345678",
            "1391234567",
            "139123456789",
            "12912345678",
            "139a2345678",
            "+0012345678",
            "01391234567",
            "a@b",
            "@example.org",
            "a b@example.org",
            "a@exa mple.org",
            "a@-example.org",
            "a..b@example.org",
            "a@example..org",
            "a\n@example.org",
            "张@例.中国",
            "a@b.c\r\nBcc: x@y.z",
            &"1".repeat(400),
            &format!("{}@example.org", "a".repeat(65)),
        ] {
            assert_eq!(text.parse::<Contact>(), Err(BadContact), "{text:?}");
        }
    }

    #[test]
    fn typing_narrows_down() {
        for (typed, begins) in [
            ("139", None),
            ("13912", Some("+8613912")),
            ("+86 139 12", Some("+8613912")),
            ("0991-23", Some("+8699123")),
            ("139x12", None),
            ("", None),
        ] {
            assert_eq!(Contact::typed_so_far(typed).as_deref(), begins, "{typed}");
        }
    }

    #[test]
    fn a_veiled_contact_tells_only_its_owner() {
        for (text, veiled) in [
            ("13912345678", "139****78"),
            ("ana@example.org", "a***@example.org"),
        ] {
            assert_eq!(text.parse::<Contact>().unwrap().veiled(), veiled);
        }
    }
}
