//! Logical lines: unfolded as bytes, then decoded, because a fold may lie inside a character.

use std::borrow::Cow;

/// One logical line.
pub(super) struct Line<'a> {
    /// The number of its first physical line, from 1.
    pub number: usize,
    /// Its text; what is not UTF-8 is replaced.
    pub text: Cow<'a, str>,
    /// Whether anything had to be replaced.
    pub is_damaged: bool,
}

/// The logical lines of a text, empty ones left out; a byte order mark is passed over.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Very old programs end lines with a carriage return alone.
    let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    let mut physical = bytes
        .split(move |&byte| byte == end)
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .zip(1..)
        .peekable();
    std::iter::from_fn(move || {
        loop {
            let (first, number) = physical.next()?;
            let mut whole = Cow::Borrowed(first);
            while let Some((more, _)) =
                physical.next_if(|(line, _)| matches!(line.first(), Some(b' ' | b'\t')))
            {
                whole.to_mut().extend_from_slice(&more[1..]);
            }
            if whole.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let (text, is_damaged) = decode(whole);
            return Some(Line {
                number,
                text,
                is_damaged,
            });
        }
    })
}

fn decode(bytes: Cow<'_, [u8]>) -> (Cow<'_, str>, bool) {
    let lossy = |bytes: &[u8]| Cow::Owned(String::from_utf8_lossy(bytes).into_owned());
    match bytes {
        Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => (lossy(bytes), true),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => (Cow::Owned(text), false),
            Err(error) => (lossy(error.as_bytes()), true),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_unfolded_before_they_are_decoded() {
        let given = b"\xef\xbb\xbfA:1\r\nB:caf\xc3\r\n \xa9 \r\n  x\r\n\r\nC:\xff\n\tD\n \n";
        let read: Vec<_> = lines(given)
            .map(|line| (line.number, line.text.into_owned(), line.is_damaged))
            .collect();
        assert_eq!(
            read,
            [
                (1, "A:1".to_owned(), false),
                (2, "B:café  x".to_owned(), false),
                (6, "C:\u{fffd}D".to_owned(), true),
            ]
        );
    }

    #[test]
    fn lines_may_end_in_any_of_three_ways() {
        for given in ["A:1\nB:2", "A:1\r\nB:2\r\n", "A:1\rB:2\r"] {
            let read: Vec<_> = lines(given.as_bytes())
                .map(|line| (line.number, line.text.into_owned()))
                .collect();
            assert_eq!(read, [(1, "A:1".to_owned()), (2, "B:2".to_owned())], "{given:?}");
        }
    }
}
