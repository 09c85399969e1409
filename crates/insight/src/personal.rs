//! Whether a line of a list tells who somebody is: a telephone or identity number, an address of
//! mail, a name. For lists in which nobody is to be named: what looks like it is told to whoever
//! wrote it, with the very words, and they decide what to write instead.

use crate::words::{Tagged, tagged};

/// What gives somebody away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Seven digits or more in a row: a telephone, an identity number, an account.
    Number,
    Mail,
    Name,
}

/// So many digits are no size, no age and no class.
const DIGITS_MIN: usize = 7;

/// Surnames that most people have, and that begin few other words.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁\
    魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚";
const DOUBLE_SURNAMES: [&str; 6] = ["欧阳", "上官", "司马", "诸葛", "皇甫", "阿依"];

/// What the dictionary takes for people and children wish for.
const THINGS: [&str; 12] = [
    "马甲",
    "石榴",
    "汤圆",
    "金子",
    "康乐",
    "万能",
    "方便",
    "文具",
    "田字格",
    "高中生",
    "范文",
    "夏凉被",
];

/// Words that stand behind a surname and make it one.
const TITLES: [&str; 18] = [
    "同学",
    "小朋友",
    "老师",
    "阿姨",
    "叔叔",
    "奶奶",
    "爷爷",
    "大爷",
    "大妈",
    "大娘",
    "婆婆",
    "先生",
    "女士",
    "师傅",
    "大叔",
    "嫂子",
    "主任",
    "医生",
];
const ENGLISH_TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "grandma", "grandpa"];

/// The first thing in a text that tells who somebody is, with the words that do.
pub fn names_somebody(text: &str) -> Option<(Sign, String)> {
    number(text)
        .map(|found| (Sign::Number, found))
        .or_else(|| mail(text).map(|found| (Sign::Mail, found)))
        .or_else(|| name(text).map(|found| (Sign::Name, found)))
}

/// Digits in a row; spaces and dashes between them do not hide them.
fn number(text: &str) -> Option<String> {
    let mut run = String::new();
    let mut digits = 0;
    for c in text.chars().chain(['\n']) {
        let plain = match c {
            '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        };
        let goes_on =
            plain.is_ascii_digit() || (digits > 0 && matches!(plain, ' ' | '-' | 'x' | 'X'));
        if goes_on {
            digits += usize::from(plain.is_ascii_digit());
            run.push(plain);
            continue;
        }
        if digits >= DIGITS_MIN {
            return Some(run.trim().to_owned());
        }
        run.clear();
        digits = 0;
    }
    None
}

fn mail(text: &str) -> Option<String> {
    let words = text.split_whitespace();
    let mut words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_mail = |word: &&str| {
        let parts = word.split_once('@');
        parts.is_some_and(|(who, host)| !who.is_empty() && host.contains('.'))
    };
    words.find(is_mail).map(str::to_owned)
}

fn name(text: &str) -> Option<String> {
    let mut chunks = text.split(|c: char| !c.is_alphanumeric() && c != '·' && c != '.');
    chunks
        .find_map(name_in_chunk)
        .or_else(|| english_name(text))
}

/// A name in words without a stop between them.
fn name_in_chunk(chunk: &str) -> Option<String> {
    // 买买提·艾力: the dot in the middle stands in names only.
    if let Some((first, last)) = chunk.split_once('·')
        && !first.is_empty()
        && !last.is_empty()
    {
        return Some(chunk.to_owned());
    }
    if let Some(found) = titled(chunk) {
        return Some(found);
    }
    let words = tagged(chunk);
    // The dictionary knows many names; the others it cuts into pieces that begin with a surname.
    let known = words.iter().find(|word| {
        let is_name = word.tag.starts_with("nr") && begins_with_surname(word.text);
        is_name && word.text.chars().count() >= 2 && !THINGS.contains(&word.text)
    });
    if let Some(word) = known {
        return Some(word.text.to_owned());
    }
    let length = chunk.chars().count();
    if DOUBLE_SURNAMES.iter().any(|name| chunk.starts_with(name)) && (3..=4).contains(&length) {
        return Some(chunk.to_owned());
    }
    let is_alone = (2..=3).contains(&length) && chunk.chars().all(is_han);
    // 夏凉被 begins with a word of two; a name that nobody knows falls into single characters.
    let is_pieces = words.len() > 1 && words[0].text.chars().count() == 1;
    (is_alone
        && is_pieces
        && !THINGS.contains(&chunk)
        && begins_with_surname(chunk)
        && !measures(chunk))
    .then(|| chunk.to_owned())
}

/// 王奶奶, 李同学: a surname and how one is called.
fn titled(chunk: &str) -> Option<String> {
    TITLES.iter().find_map(|title| {
        let at = chunk.find(title)?;
        let before = &chunk[..at];
        let last: Vec<char> = before.chars().rev().take(3).collect();
        // 小王阿姨 as well as 王阿姨; a name of two or three before it, too.
        let surname = last.iter().position(|c| SURNAMES.contains(*c))?;
        let from = before.char_indices().rev().nth(surname)?.0;
        let between = &before[from..];
        // A dictionary word that merely ends so (高中老师) is no name.
        let is_word = matches!(tagged(between)[..], [Tagged { is_known: true, .. }]);
        let alone = between.chars().count() == 1 && (from == 0 || surname == 0);
        (alone && !ends_word(before) || !alone && !is_word).then(|| format!("{between}{title}"))
    })
}

/// Whether the surname at the end is the end of a longer word: 初中、新疆…
fn ends_word(before: &str) -> bool {
    let words = tagged(before);
    words
        .last()
        .is_some_and(|word| word.text.chars().count() > 1)
}

fn begins_with_surname(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|c| SURNAMES.contains(c))
}

/// 三双, 五岁: a piece with a number is no name.
fn measures(text: &str) -> bool {
    text.chars()
        .any(|c| "一二三四五六七八九十两半岁个双本套支件".contains(c))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Mrs. Li; two words with capitals one after the other, not at the beginning of the text.
fn english_name(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let is_capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c.is_ascii_uppercase())
            && word.len() > 1
            && chars.all(|c| c.is_ascii_lowercase())
    };
    words.windows(2).enumerate().find_map(|(at, pair)| {
        let title = ENGLISH_TITLES.contains(&pair[0].to_lowercase().as_str());
        let both = is_capital(pair[0]) && is_capital(pair[1]) && (at > 0 || words.len() == 2);
        ((title && is_capital(pair[1])) || both).then(|| pair.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_who_somebody_is_is_found() {
        for (text, sign) in [
            ("王小明", Sign::Name),
            ("书包 李雨桐", Sign::Name),
            ("张伟，8 岁", Sign::Name),
            ("欧阳娜娜", Sign::Name),
            ("王奶奶", Sign::Name),
            ("李同学", Sign::Name),
            ("给张伟同学买的字典", Sign::Name),
            ("买买提·艾力", Sign::Name),
            ("for Mrs. Li", Sign::Name),
            ("Wang Xiaoming", Sign::Name),
            ("a schoolbag for Anna Smith", Sign::Name),
            ("13912345678", Sign::Number),
            ("电话 139 1234 5678", Sign::Number),
            ("１３９１２３４５６７８", Sign::Number),
            ("65290119800101123X", Sign::Number),
            ("teacher@school.example", Sign::Mail),
        ] {
            let found = names_somebody(text);
            assert_eq!(
                found.as_ref().map(|found| found.0),
                Some(sign),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn things_ages_and_classes_tell_nobody() {
        let mut wrong: Vec<String> = Vec::new();
        for text in [
            "书包",
            "毛衣",
            "高跟鞋",
            "石榴",
            "马甲",
            "方便面",
            "文具盒",
            "彩色铅笔 24 色",
            "女孩，8 岁",
            "男孩 10 岁",
            "三年级一班",
            "1-12",
            "高中生",
            "范文书",
            "汤碗",
            "金色的发卡",
            "雨衣，身高 130 厘米",
            "羽毛球拍",
            "毛毯",
            "黄色雨靴",
            "江西小朋友",
            "老师要的粉笔",
            "一本《新华字典》",
            "万能胶",
            "石膏像",
            "成语故事书",
            "足球 5 号",
            "运动鞋 36 码",
            "老人，独居",
            "爷爷的老花镜",
            "奶奶",
            "夏凉被",
            "常用药箱",
            "a schoolbag",
            "Girl, 8",
            "knee pads, size L",
            "A blue schoolbag",
            "",
            "2026",
        ] {
            let found = names_somebody(text);
            wrong.extend(found.map(|found| format!("{text}: {found:?}")));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
