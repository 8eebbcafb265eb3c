//! How many typing errors lie between two words.

/// The longest part of a word that is compared; what follows does not count.
const LONGEST: usize = 32;

/// A folded word, ready to be compared many times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Letters {
    letters: Box<[char]>,
    /// One bit for each letter that occurs, so that most words are told apart without a closer look.
    occurring: u32,
}

impl Letters {
    pub(super) fn new(word: &str) -> Self {
        let letters: Box<[char]> = word.chars().take(LONGEST).collect();
        let bit = |&letter: &char| match letter {
            'a'..='z' => 1 << (u32::from(letter) - u32::from('a')),
            _ => 1 << (26 + u32::from(letter) % 6),
        };
        Self {
            occurring: letters.iter().map(bit).fold(0, |all, bit: u32| all | bit),
            letters,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    pub(super) fn begins_with(&self, other: &Self) -> bool {
        self.letters.starts_with(&other.letters)
    }

    /// Whether the first letters of both are the same.
    pub(super) fn begins_like(&self, other: &Self) -> bool {
        self.letters.first() == other.letters.first()
    }

    pub(super) fn contains(&self, other: &Self) -> bool {
        other.occurring & !self.occurring == 0
            && self
                .letters
                .windows(other.len().max(1))
                .any(|window| *window == *other.letters)
    }
}

/// The fewest typing errors between what is typed and some beginning of a word; none above `most`.
///
/// A wrong, missing or additional letter is one error, and so are two neighbours in the wrong order.
pub(super) fn prefix_distance(typed: &Letters, word: &Letters, most: usize) -> Option<usize> {
    let missing = (typed.occurring & !word.occurring).count_ones() as usize;
    if missing > most || word.len() + most < typed.len() {
        return None;
    }
    #[cfg(test)]
    closely::count();
    // Columns are beginnings of the word; row by row one more typed letter.
    let columns = word.len().min(typed.len() + most);
    let mut before_last = [0; LONGEST + 1];
    let mut last = [0; LONGEST + 1];
    for (column, cell) in last.iter_mut().enumerate() {
        *cell = column;
    }
    for (row, &letter) in typed.letters.iter().enumerate() {
        let mut current = [usize::MAX; LONGEST + 1];
        current[0] = row + 1;
        let mut least = current[0];
        for column in 1..=columns {
            let other = word.letters[column - 1];
            let changed = last[column - 1] + usize::from(letter != other);
            let mut cost = changed.min(last[column] + 1).min(current[column - 1] + 1);
            let swapped = row > 0
                && column > 1
                && letter == word.letters[column - 2]
                && typed.letters[row - 1] == other;
            if swapped {
                cost = cost.min(before_last[column - 2] + 1);
            }
            current[column] = cost;
            least = least.min(cost);
        }
        if least > most {
            return None;
        }
        before_last = last;
        last = current;
    }
    last[..=columns]
        .iter()
        .copied()
        .min()
        .filter(|&distance| distance <= most)
}

/// How often words are compared letter by letter, counted for tests: what a search costs on any machine.
#[cfg(test)]
pub(super) mod closely {
    use std::cell::Cell;

    thread_local! {
        static COMPARED: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        COMPARED.set(COMPARED.get() + 1);
    }

    /// How many there were since the last time.
    pub(in crate::patients) fn take() -> usize {
        COMPARED.take()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn distance(typed: &str, word: &str) -> Option<usize> {
        prefix_distance(&Letters::new(typed), &Letters::new(word), 2)
    }

    #[test]
    fn errors_are_counted_against_the_best_beginning() {
        for (typed, word, expected) in [
            ("tremblay", "tremblay", Some(0)),
            ("tremb", "tremblay", Some(0)),
            ("tramblay", "tremblay", Some(1)),
            ("trembaly", "tremblay", Some(1)),
            ("tremblai", "tremblay", Some(1)),
            ("trembley", "tremblay", Some(1)),
            ("temblay", "tremblay", Some(1)),
            ("treemblay", "tremblay", Some(1)),
            ("trmbly", "tremblay", Some(2)),
            ("tramb", "tremblay", Some(1)),
            ("rtemblay", "tremblay", Some(1)),
            ("smith", "tremblay", None),
            ("", "tremblay", Some(0)),
            ("ab", "", Some(2)),
            ("abc", "", None),
        ] {
            assert_eq!(distance(typed, word), expected, "{typed} {word}");
        }
    }

    proptest! {
        #[test]
        fn one_error_anywhere_is_at_most_one(
            word in "[a-zäé李]{2,40}", at in 0usize..40, letter in "[a-z]", kind in 0..4,
        ) {
            let mut typed: Vec<char> = word.chars().take(LONGEST - 1).collect();
            let at = at % typed.len();
            match kind {
                0 => { typed.remove(at); }
                1 => typed.insert(at, letter.chars().next().unwrap()),
                2 => typed[at] = letter.chars().next().unwrap(),
                _ => { let other = (at + 1).min(typed.len() - 1); typed.swap(at, other); }
            }
            let typed: String = typed.into_iter().collect();
            prop_assert!(distance(&typed, &word).is_some_and(|distance| distance <= 1), "{} {}", typed, word);
        }

        #[test]
        fn the_quick_look_changes_nothing(typed in "[a-f]{0,8}", word in "[a-f]{0,8}") {
            // The same question without the quick look: letters that all fall on one bit.
            let blind = |word: &str| Letters { occurring: 1, ..Letters::new(word) };
            let closely = prefix_distance(&blind(&typed), &blind(&word), 2);
            prop_assert_eq!(distance(&typed, &word), closely);
        }
    }
}
