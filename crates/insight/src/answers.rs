//! What in an answer should be looked at by somebody: it names nothing that was done, no day, not
//! what was asked; it stands under other cases too; it only explains where somebody complained.
//!
//! Each flag carries the words that raised it. A flag is a question to whoever inspects, never a
//! mark for whoever wrote. One more rule: a variant, its line in [`AnswerRule::ALL`], its
//! function, and its sentence where flags are told.

use crate::answer_words::{AHEAD, COMPLAINTS, EMPTY, MEASURES, TIMES, TO_COME};
use crate::fold::fold;
use crate::likeness::telling_words;

/// Why an answer is flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerRule {
    /// It says nothing that was done or can be done.
    NoMeasures,
    /// It speaks of what is to come, and names no time.
    NoDate,
    /// The same answer stands under other cases.
    Copied,
    /// It names nothing of what was asked.
    Unsaid,
    /// Somebody complained, and it ends with an explanation.
    OnlyExplained,
}

impl AnswerRule {
    pub const ALL: [AnswerRule; 5] = [
        AnswerRule::NoMeasures,
        AnswerRule::NoDate,
        AnswerRule::Copied,
        AnswerRule::Unsaid,
        AnswerRule::OnlyExplained,
    ];

    /// The word for it in files and word keys.
    pub fn word(self) -> &'static str {
        match self {
            AnswerRule::NoMeasures => "no-measures",
            AnswerRule::NoDate => "no-date",
            AnswerRule::Copied => "copied",
            AnswerRule::Unsaid => "unsaid",
            AnswerRule::OnlyExplained => "only-explained",
        }
    }
}

/// One reason to look at an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerFlag {
    pub rule: AnswerRule,
    /// The words that raised it: of the answer, or of what was asked.
    pub because: Vec<String>,
}

/// How a case ended, as far as flags ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Solved,
    Unsolved,
}

/// An answer, and what is known around it.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    pub asked: &'a str,
    pub text: &'a str,
    pub ending: Ending,
    /// How many other cases have an answer with the same [`answer_print`].
    pub others: usize,
}

const BECAUSE_MAX: usize = 4;
/// So many words that tell what was asked are looked for.
const TELLING: usize = 40;
/// Where in a text a complaint is looked for.
const COMPLAINT_CHARS: usize = 100;
/// What is shorter cannot be said to be copied.
const COPIED_CHARS_MIN: usize = 12;

/// Why somebody should look at the answer; nothing when there is no reason.
pub fn answer_flags(answer: &Answer<'_>) -> Vec<AnswerFlag> {
    let asked = fold(answer.asked);
    let text = body_of(&fold(answer.text));
    let found = [
        (AnswerRule::NoMeasures, no_measures(&text)),
        (AnswerRule::NoDate, no_date(&text)),
        (AnswerRule::Copied, copied(answer, &text)),
        (AnswerRule::Unsaid, unsaid(&asked, &text)),
        (
            AnswerRule::OnlyExplained,
            only_explained(&asked, answer.ending),
        ),
    ];
    let flags = found.into_iter().filter_map(|(rule, because)| {
        Some(AnswerFlag {
            rule,
            because: because?,
        })
    });
    flags.collect()
}

/// A number that the same answer gives under any case: numbers, signs and the greeting, which
/// names whoever asked, do not count. None for what is too short to be copied.
pub fn answer_print(text: &str) -> Option<i64> {
    let body = body_of(&fold(text));
    let letters: String = body.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.chars().count() < COPIED_CHARS_MIN {
        return None;
    }
    // FNV-1a: kept with the answers, so it must never change; whoever wants to collide may.
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let sum = letters.bytes().fold(start, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Some(sum.cast_signed())
}

/// Without the greeting at the beginning, the sentence that says that an answer follows, and the
/// date of signing at the end.
fn body_of(folded: &str) -> String {
    let text: String = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let greeting = ["您好", "你好", "hello", "good day"];
    let begins = greeting.iter().filter_map(|word| {
        let at = text.find(word)?;
        (text[..at].chars().count() <= 40).then_some(at + word.len())
    });
    let begin = begins.min().unwrap_or(0);
    let body = text[begin..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let body = match body.find("如下") {
        Some(at) if body[..at].chars().count() <= 60 => &body[at + "如下".len()..],
        _ => body,
    };
    let body = body.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = body.trim_end_matches(|c: char| {
        c.is_ascii_digit() || ['年', '月', '日', ' ', '.', '-', '/', '。'].contains(&c)
    });
    end.to_owned()
}

fn holding<'w>(text: &str, words: &[&'w str]) -> Vec<&'w str> {
    let mut found: Vec<&str> = Vec::new();
    for word in words {
        let again = found.iter().any(|known| known.contains(word));
        if !again && text.contains(word) {
            found.push(word);
        }
    }
    found.truncate(BECAUSE_MAX);
    found
}

fn owned(words: Vec<&str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

fn no_measures(text: &str) -> Option<Vec<String>> {
    // Whatever only receives, passes on and thanks is left away before doing is looked for.
    let spoken = EMPTY
        .iter()
        .fold(text.to_owned(), |text, empty| text.replace(empty, ""));
    match holding(&spoken, MEASURES).is_empty() {
        true => Some(owned(holding(text, EMPTY))),
        false => None,
    }
}

fn no_date(text: &str) -> Option<Vec<String>> {
    let sentences = text.split(['。', '!', ';', '\n']);
    let sentences = sentences.flat_map(|part| part.split(". "));
    let mut promised = Vec::new();
    for sentence in sentences {
        let words = holding(sentence, TO_COME);
        let is_ahead = !words.is_empty() || AHEAD.iter().any(|word| sentence.contains(word));
        if is_ahead && has_time(sentence) {
            return None;
        }
        promised.extend(words);
    }
    promised.dedup();
    promised.truncate(BECAUSE_MAX);
    (!promised.is_empty()).then(|| owned(promised))
}

/// A word of time, or a number before year, month, day or hour.
fn has_time(sentence: &str) -> bool {
    let mut before = ' ';
    let counted = sentence.chars().any(|c| {
        let is_time = ['年', '月', '日', '号', '天', '周'].contains(&c) && before.is_ascii_digit();
        before = c;
        is_time
    });
    counted || TIMES.iter().any(|time| sentence.contains(time))
}

fn copied(answer: &Answer<'_>, text: &str) -> Option<Vec<String>> {
    let mut rest = text.chars();
    let mut first: String = rest.by_ref().take(24).collect();
    if rest.next().is_some() {
        first.push('…');
    }
    (answer.others > 0).then(|| vec![first])
}

fn unsaid(asked: &str, text: &str) -> Option<Vec<String>> {
    let words = telling_words(asked, TELLING);
    // Two words are not enough to say what somebody asked for.
    if words.len() < 3 || words.iter().any(|word| is_said(text, word)) {
        return None;
    }
    Some(words.into_iter().take(BECAUSE_MAX).collect())
}

/// Whether an answer takes a word up, whole or by the half of a long one.
fn is_said(text: &str, word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let pairs = chars.windows(2);
    text.contains(word)
        || !word.is_ascii()
            && chars.len() > 2
            && pairs
                .map(|pair| pair.iter().collect::<String>())
                .any(|pair| text.contains(&pair))
}

fn only_explained(asked: &str, ending: Ending) -> Option<Vec<String>> {
    // Whoever complains says so at once; further down such a word is often about somebody else.
    let begin: String = asked.chars().take(COMPLAINT_CHARS).collect();
    let words = holding(&begin, COMPLAINTS);
    (ending == Ending::Unsolved && !words.is_empty()).then(|| owned(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(asked: &str, text: &str) -> Vec<AnswerRule> {
        let answer = Answer {
            asked,
            text,
            ending: Ending::Solved,
            others: 0,
        };
        let flags = answer_flags(&answer);
        assert!(
            flags
                .iter()
                .all(|flag| flag.rule == AnswerRule::NoMeasures || !flag.because.is_empty())
        );
        flags.into_iter().map(|flag| flag.rule).collect()
    }

    const LAMP: &str = "幸福小区门口的路灯坏了三天，老人晚上出门看不见台阶，请维修";

    #[test]
    fn an_answer_with_measures_and_a_day_is_not_flagged() {
        for text in [
            "您好！路灯公司4月3日到小区门口更换了灯泡，现在已经亮了。",
            "网友您好，路灯线路正在检修，计划5月10日前恢复照明。",
            "您好，小区门口的路灯需要由业委会申请，可以拨打物业电话办理。",
        ] {
            assert_eq!(rules(LAMP, text), [], "{text}");
        }
        let lamp = "The street lamp at the gate has been out for three days.";
        assert_eq!(
            rules(lamp, "We replaced the lamp at the gate on Monday."),
            []
        );
    }

    #[test]
    fn an_answer_that_only_receives_and_thanks_says_no_measure() {
        let found = rules(
            LAMP,
            "您好，您反映的路灯问题已收悉，感谢您的关注。2019年1月4日",
        );
        assert_eq!(found, [AnswerRule::NoMeasures]);
        assert_eq!(
            rules(LAMP, "已收悉"),
            [AnswerRule::NoMeasures, AnswerRule::Unsaid]
        );
    }

    #[test]
    fn what_is_to_come_needs_a_day_and_the_date_of_signing_is_none() {
        let soon = "您好，我们将尽快安排维修路灯。2019年1月4日";
        assert_eq!(rules(LAMP, soon), [AnswerRule::NoDate]);
        let dated = "您好，我们将尽快安排维修路灯，3个工作日内完成。2019年1月4日";
        assert_eq!(rules(LAMP, dated), []);
    }

    #[test]
    fn an_answer_to_something_else_is_flagged_with_what_was_asked() {
        let answer = Answer {
            asked: LAMP,
            text: "您好，公交线路已经调整，1月起开通。",
            ending: Ending::Solved,
            others: 0,
        };
        let flags = answer_flags(&answer);
        assert_eq!(flags[0].rule, AnswerRule::Unsaid);
        assert!(
            flags[0].because.iter().any(|word| word == "路灯"),
            "{flags:?}"
        );
    }

    #[test]
    fn the_same_answer_has_the_same_print_whoever_is_greeted_and_whenever() {
        let print = |text: &str| answer_print(text).expect("long enough");
        let one = print("网友“UU008”您好！您反映的问题我们已安排城管部门核实处理。2019年1月4日");
        let other =
            print("网友“UU777”您好！您反映的问题我们已安排城管部门核实处理。2020年11月30日");
        let third =
            print("网友“UU777”您好！您反映的问题我们已安排交警部门核实处理。2020年11月30日");
        assert_eq!(one, other);
        assert_ne!(one, third);
        assert_eq!(answer_print("您好，已收悉。"), None);
        let answer = Answer {
            asked: LAMP,
            text: "路灯已经安排维修，今天恢复照明。",
            ending: Ending::Solved,
            others: 2,
        };
        assert_eq!(answer_flags(&answer)[0].rule, AnswerRule::Copied);
    }

    #[test]
    fn an_explanation_after_a_complaint_is_flagged_a_solution_is_not() {
        let asked = "投诉物业乱收费，停车费每月涨了一百元";
        let text = "停车费的标准由物业和业主协商，根据规定不予干预。";
        let flags = |ending| {
            let answer = Answer {
                asked,
                text,
                ending,
                others: 0,
            };
            answer_flags(&answer)
                .into_iter()
                .map(|flag| flag.rule)
                .collect::<Vec<_>>()
        };
        assert_eq!(flags(Ending::Unsolved), [AnswerRule::OnlyExplained]);
        assert_eq!(flags(Ending::Solved), []);
    }
}
