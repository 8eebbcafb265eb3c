//! Content lines: escaping, quoting and folding.
//!
//! The generator of the `ical` crate folds at characters instead of octets, escapes no text, and panics on some
//! parameters; so its properties are given finished names and values, and are written here.

use ical::property::Property;

/// The longest line, in octets, without its line break.
const LIMIT: usize = 75;

/// How far back from the limit a cut inside a word is looked for, in octets.
const WORD_SEARCH: usize = 20;

/// A property with a value of type TEXT.
pub(super) fn text(name: &str, value: &str) -> Property {
    verbatim(name, escape(value))
}

/// A property whose value is written as it is.
pub(super) fn verbatim(name: &str, value: impl Into<String>) -> Property {
    Property {
        name: name.to_owned(),
        params: None,
        value: Some(value.into()),
    }
}

/// A property with one parameter, its value written as it is.
pub(super) fn with_parameter(
    name: &str,
    parameter: &str,
    content: &str,
    value: impl Into<String>,
) -> Property {
    verbatim(&format!("{name};{parameter}={}", quote(content)), value)
}

/// Escapes a TEXT value; line breaks of every kind become `\n`, other control characters but tab are dropped.
pub(super) fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len() + 8);
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\r' => {
                characters.next_if_eq(&'\n');
                escaped.push_str("\\n");
            }
            // Readers that split at Unicode's line breaks would see these as the end of the line.
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Writes a parameter's value by RFC 6868, in quotes where it needs them.
fn quote(content: &str) -> String {
    let mut encoded = String::with_capacity(content.len());
    for character in content.chars() {
        match character {
            '^' => encoded.push_str("^^"),
            '"' => encoded.push_str("^'"),
            '\n' => encoded.push_str("^n"),
            '\t' => encoded.push('\t'),
            _ if character.is_control() => {}
            _ => encoded.push(character),
        }
    }
    let is_plain = !encoded.is_empty() && !encoded.contains([':', ';', ',']);
    if is_plain {
        encoded
    } else {
        format!("\"{encoded}\"")
    }
}

/// Adds a property to a text: one line, folded at 75 octets.
///
/// Its value must be finished, as by [`text`]: a line break in it would be the end of the line.
pub(super) fn push(written: &mut String, property: &Property) {
    let begin = written.len();
    written.push_str(&property.name);
    written.push(':');
    written.push_str(property.value.as_deref().unwrap_or_default());
    if written.len() - begin > LIMIT {
        let line = written.split_off(begin);
        push_folded(written, &line);
    }
    written.push_str("\r\n");
}

fn push_folded(written: &mut String, line: &str) {
    let (mut rest, mut room) = (line, LIMIT);
    while rest.len() > room {
        let (piece, after) = rest.split_at(cut(rest, room));
        written.push_str(piece);
        written.push_str("\r\n ");
        // The space that begins a continued line counts.
        (rest, room) = (after, LIMIT - 1);
    }
    written.push_str(rest);
}

/// Where to cut a line: never inside a character or an escape, and beside no space where there is a choice,
/// because some readers trim lines.
fn cut(line: &str, room: usize) -> usize {
    let bytes = line.as_bytes();
    let is_whole = |at: &usize| {
        let backslashes = bytes[..*at]
            .iter()
            .rev()
            .take_while(|&&byte| byte == b'\\')
            .count();
        line.is_char_boundary(*at) && backslashes.is_multiple_of(2)
    };
    let is_blank = |byte: u8| byte == b' ' || byte == b'\t';
    let in_word = |at: &usize| is_whole(at) && !is_blank(bytes[at - 1]) && !is_blank(bytes[*at]);
    (room - WORD_SEARCH..=room)
        .rev()
        .find(in_word)
        .or_else(|| (1..=room).rev().find(is_whole))
        .unwrap_or_else(|| line.floor_char_boundary(room))
}

/// What is left of a text that was written and read again.
#[cfg(test)]
pub(super) fn kept(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
        .chars()
        .filter(|&character| matches!(character, '\n' | '\t') || !character.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(property: &Property) -> String {
        let mut written = String::new();
        push(&mut written, property);
        written
    }

    fn unfold_and_unescape(folded: &str) -> String {
        let line = folded.replace("\r\n ", "");
        let value = line
            .strip_prefix("SUMMARY:")
            .and_then(|value| value.strip_suffix("\r\n"))
            .expect("one line");
        let mut text = String::new();
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' => match characters.next().expect("a whole escape") {
                    'n' => text.push('\n'),
                    escaped @ ('\\' | ';' | ',') => text.push(escaped),
                    other => panic!("\\{other}"),
                },
                ';' | ',' | '\n' | '\r' => panic!("{character:?} stands bare"),
                _ => text.push(character),
            }
        }
        text
    }

    fn any_text() -> impl Strategy<Value = String> {
        let character = prop_oneof![
            4 => any::<char>(),
            2 => prop::sample::select(vec![
                '\\', ';', ',', ':', '"', '\n', '\r', '\t', ' ', '\0', '\u{85}', '\u{2028}', 'é', '李', '😀', '\u{301}',
            ]),
            3 => prop::char::range('a', 'z'),
        ];
        prop::collection::vec(character, 0..300).prop_map(|characters| characters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn any_text_comes_back(given in any_text()) {
            let folded = line(&text("SUMMARY", &given));
            prop_assert_eq!(unfold_and_unescape(&folded), kept(&given));
            for line in folded.split_terminator("\r\n") {
                prop_assert!(line.len() <= LIMIT, "{line}");
                let backslashes = line.bytes().rev().take_while(|&byte| byte == b'\\').count();
                prop_assert!(backslashes.is_multiple_of(2), "{line}");
            }
        }
    }

    #[test]
    fn a_line_is_cut_inside_a_word_and_never_inside_a_character_or_an_escape() {
        for (value, first_line) in [
            ("a".repeat(67), format!("SUMMARY:{}", "a".repeat(67))),
            ("a".repeat(68), format!("SUMMARY:{}", "a".repeat(67))),
            (
                format!("{}éé", "a".repeat(66)),
                format!("SUMMARY:{}", "a".repeat(66)),
            ),
            (
                format!("{},,", "a".repeat(66)),
                format!("SUMMARY:{}", "a".repeat(66)),
            ),
            (
                format!("{}  bb", "a".repeat(66)),
                format!("SUMMARY:{}", "a".repeat(65)),
            ),
            (" ".repeat(90), format!("SUMMARY:{}", " ".repeat(67))),
        ] {
            let folded = line(&text("SUMMARY", &value));
            assert_eq!(
                folded.split("\r\n").next(),
                Some(first_line.as_str()),
                "{value:?}"
            );
        }
    }

    #[test]
    fn parameters_are_quoted_where_needed() {
        for (content, written) in [
            ("America/Toronto", "America/Toronto"),
            ("", "\"\""),
            ("a:b", "\"a:b\""),
            ("say \"é\"^\n", "say ^'é^'^^^n"),
            ("a\u{7}b", "ab"),
        ] {
            let written_line = line(&with_parameter("X", "P", content, "v"));
            assert_eq!(written_line, format!("X;P={written}:v\r\n"));
        }
    }
}
