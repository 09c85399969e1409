//! In which language, colours and size somebody reads: chosen by cookie, else by
//! what the browser asks for, else Chinese.

use axum::http::{HeaderMap, header};
use huiyin_domain::words::{Lang, Words};

use crate::cookies::{Cookie, Transport};
use crate::layout::{Theme, View};

/// How somebody wants their pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taste {
    pub lang: Lang,
    pub theme: Theme,
    pub view: View,
}

impl Taste {
    pub fn of(headers: &HeaderMap, transport: Transport, words: &Words) -> Taste {
        let cookie = |cookie: Cookie| cookie.read(headers, transport);
        Taste {
            lang: cookie(Cookie::Language)
                .and_then(|tag| known(tag, words))
                .or_else(|| accepted(headers, words))
                .unwrap_or(Lang::ZH),
            theme: cookie(Cookie::Theme)
                .and_then(Theme::named)
                .unwrap_or_default(),
            view: cookie(Cookie::View)
                .and_then(View::named)
                .unwrap_or_default(),
        }
    }
}

/// The language of this tag, or its base, if there are words in it.
pub fn known(tag: &str, words: &Words) -> Option<Lang> {
    let lang: Lang = tag.trim().parse().ok()?;
    [lang, lang.base()]
        .into_iter()
        .find(|lang| words.languages().any(|spoken| spoken == *lang))
}

/// The known language that the browser likes best.
fn accepted(headers: &HeaderMap, words: &Words) -> Option<Lang> {
    let line = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(u32, Lang)> = None;
    for wish in line.split(',').take(20) {
        let (tag, weight) = wish.split_once(";q=").unwrap_or((wish, "1"));
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let weight = (weight.clamp(0.0, 1.0) * 1000.0) as u32;
        if let Some(lang) = known(tag, words)
            && best.is_none_or(|(most, _)| weight > most)
            && weight > 0
        {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(accept: &str, cookie: &str) -> Lang {
        let words = Words::load(crate::words::sources()).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        Taste::of(&headers, Transport::Http, &words).lang
    }

    #[test]
    fn the_choice_goes_before_the_browser_and_chinese_is_the_last_resort() {
        assert_eq!(lang("en-GB,zh;q=0.9", ""), Lang::EN);
        assert_eq!(lang("en;q=0.8,zh-CN", ""), Lang::ZH);
        assert_eq!(lang("fr,de;q=0.9", ""), Lang::ZH);
        assert_eq!(lang("fr,en;q=0.1", ""), Lang::EN);
        assert_eq!(lang("en;q=0", ""), Lang::ZH);
        assert_eq!(lang("en", "lang=zh"), Lang::ZH);
        assert_eq!(lang("en", "lang=xx"), Lang::EN);
        assert_eq!(lang(";;;q=,=", ""), Lang::ZH);
    }
}
