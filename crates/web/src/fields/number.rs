//! A whole number.

use huiyin_domain::case::Value;

use crate::form::Form;

use super::line::{Control, draw_line};
use super::{Frame, Got, entered};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    // Not `type=number`: it drops what it cannot read, and with it what was typed.
    let control = Control {
        kind: "text",
        mode: "numeric",
        autocomplete: "off",
        chars_max: Some(20),
    };
    draw_line(frame, control, "")
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    let Some(text) = entered(name, form) else {
        return Ok(None);
    };
    let digits: String = text
        .chars()
        .map(narrow)
        .filter(|c| !c.is_whitespace())
        .collect();
    let number = digits.parse().map_err(|_| "fault-not-a-number")?;
    Ok(Some(Value::Number(number)))
}

/// Full-width digits are digits.
fn narrow(ch: char) -> char {
    match ch {
        '０'..='９' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        ch => ch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        let read = |text: &str| read("n", &Form::from_query(&format!("n={text}")).unwrap());
        assert_eq!(read(" 12 "), Ok(Some(Value::Number(12))));
        assert_eq!(read("１２"), Ok(Some(Value::Number(12))));
        assert_eq!(read("-3"), Ok(Some(Value::Number(-3))));
        assert_eq!(read(""), Ok(None));
        for wrong in ["1.5", "twelve", "99999999999999999999", "1e3", "0x1"] {
            assert_eq!(read(wrong), Err("fault-not-a-number"), "{wrong}");
        }
    }
}
