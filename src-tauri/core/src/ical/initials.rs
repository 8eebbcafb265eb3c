//! Names reduced to what may leave the clinic.

use unicode_segmentation::UnicodeSegmentation;

/// The first letter of each word of a name, such as `J.-P. Á.` for "Jean-Pierre Álvarez".
///
/// A letter is a whole grapheme cluster. Writing without capital letters gets no dots. A word without any letter
/// or digit is passed over; a name of such words alone gives its first grapheme cluster, and an empty one nothing.
pub fn initials(name: &str) -> String {
    let words: Vec<String> = name
        .split_whitespace()
        .filter_map(|word| {
            let parts: Vec<String> = word.split(is_hyphen).filter_map(initial).collect();
            (!parts.is_empty()).then(|| parts.join("-"))
        })
        .collect();
    if words.is_empty() {
        let visible = |cluster: &&str| !cluster.chars().all(char::is_control);
        name.trim()
            .graphemes(true)
            .find(visible)
            .unwrap_or_default()
            .to_owned()
    } else {
        words.join(" ")
    }
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}' | '–')
}

fn initial(word: &str) -> Option<String> {
    let cluster = word
        .graphemes(true)
        .find(|cluster| cluster.chars().any(char::is_alphanumeric))?;
    let capital = cluster.to_uppercase();
    let has_case = capital.chars().any(char::is_uppercase);
    Some(if has_case { format!("{capital}.") } else { capital })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_becomes_its_initials() {
        for (name, expected) in [
            ("Mary Smith", "M. S."),
            ("Jean-Pierre Álvarez", "J.-P. Á."),
            ("e\u{301}lodie du Pont", "E\u{301}. D. P."),
            ("Siobhán O’Neill", "S. O."),
            ("(Bob) \"Ray\" Jones", "B. R. J."),
            ("李小龙", "李"),
            ("김 민준", "김 민"),
            ("محمد علي", "م ع"),
            ("क्षितिज शर्मा", "क्षि श"),
            ("Юлия Ёлкина", "Ю. Ё."),
            ("X", "X."),
            ("😀 Ann", "A."),
            ("👩‍⚕️ 😀", "👩‍⚕️"),
            ("3rd Person", "3 P."),
            ("- Lee -", "L."),
            ("  \t ", ""),
            ("", ""),
        ] {
            assert_eq!(initials(name), expected, "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn a_word_of_several_letters_never_stays_whole(words in prop::collection::vec("[a-z]{2,12}", 1..6)) {
            let reduced = initials(&words.join(" "));
            prop_assert_eq!(reduced.split(' ').count(), words.len());
            prop_assert!(reduced.split(' ').all(|word| word.len() == 2));
        }

        #[test]
        fn any_name_is_reduced(name in ".{0,300}") {
            prop_assert!(initials(&name).chars().count() <= 3 * name.chars().count().max(1));
        }
    }
}
