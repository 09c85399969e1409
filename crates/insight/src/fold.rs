//! Folding: two ways to write the same thing become the same text.

/// Full-width letters, digits and signs become ordinary ones, capitals become small,
/// and characters that nobody sees (controls, direction marks, zero-width joiners,
/// soft hyphens, the byte-order mark) disappear or become a space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{3000}' | '\u{00a0}' | '\u{2028}' | '\u{2029}' => folded.push(' '),
            '\u{ff01}'..='\u{ff5e}' => {
                let plain = char::from_u32(c as u32 - 0xfee0).expect("the block maps onto ASCII");
                folded.push(plain.to_ascii_lowercase());
            }
            _ if is_unseen(c) => {}
            _ if c.is_control() => folded.push(' '),
            _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

fn is_unseen(c: char) -> bool {
    matches!(c,
        '\0' | '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn full_width_and_capitals_become_plain() {
        assert_eq!(fold("Ａ３区　ABCé"), "a3区 abcé");
        assert_eq!(fold("ÀÉ"), "àé");
    }

    #[test]
    fn what_nobody_sees_is_gone() {
        assert_eq!(fold("供\u{200b}热\u{202e}停\0了\u{feff}"), "供热停了");
        assert_eq!(fold("一\t二\r\n三"), "一 二  三");
    }
}
