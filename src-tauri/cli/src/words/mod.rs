//! Answers in words, for people at a terminal.

pub mod day;
pub mod decision;
pub mod proposal;
pub mod series;

/// A count with its noun: `1 visit`, `2 visits`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// A text cut or filled to a width in characters.
pub fn fitted(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length > width {
        text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
    } else {
        text.chars()
            .chain(std::iter::repeat_n(' ', width - length))
            .collect()
    }
}
