//! A day.

use huiyin_domain::case::Value;

use crate::form::Form;

use super::line::{Control, draw_line};
use super::{Frame, Got, entered};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "date",
        mode: "",
        autocomplete: "off",
        chars_max: None,
    };
    draw_line(frame, control, "")
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    let Some(text) = entered(name, form) else {
        return Ok(None);
    };
    let day = text.replace(['/', '.', '年', '月'], "-").replace('日', "");
    let parts: Vec<i16> = day
        .split('-')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| FAULT)?;
    let [year, month, day] = parts[..] else {
        return Err(FAULT);
    };
    let part = |part: i16| i8::try_from(part).map_err(|_| FAULT);
    let date = jiff::civil::Date::new(year, part(month)?, part(day)?).map_err(|_| FAULT)?;
    Ok(Some(Value::Date(date)))
}

const FAULT: &str = "fault-not-a-date";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_browsers_and_people_write_them() {
        let read = |text: &str| {
            let mut form = Form::default();
            form.put("d", [text.to_owned()]);
            read("d", &form)
        };
        let day = Ok(Some(Value::Date(jiff::civil::date(2026, 3, 5))));
        for text in ["2026-03-05", "2026/3/5", "2026年3月5日", "2026.3.5"] {
            assert_eq!(read(text), day, "{text}");
        }
        assert_eq!(read(" "), Ok(None));
        for wrong in [
            "2026-13-01",
            "2026-02-30",
            "tomorrow",
            "2026-1",
            "2026-300-1",
        ] {
            assert_eq!(read(wrong), Err(FAULT), "{wrong}");
        }
    }
}
