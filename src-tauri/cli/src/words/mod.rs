//! Answers in words, for people at a terminal.

pub mod day;
pub mod decision;
pub mod proposal;
pub mod series;

use unicode_width::UnicodeWidthStr as _;

/// A count with its noun: `1 visit`, `2 visits`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// A text cut or filled to a width in columns of a terminal: a Chinese character takes two, an accent none.
pub fn fitted(text: &str, width: usize) -> String {
    let mut fitted = text.to_owned();
    if fitted.width() > width {
        // Measured as a whole each time: some letters of Arabic take one column together and two apart.
        while fitted.width() >= width && fitted.pop().is_some() {}
        fitted.push('…');
    }
    let missing = width.saturating_sub(fitted.width());
    fitted.push_str(&" ".repeat(missing));
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_fills_its_columns() {
        let fitted: Vec<String> = [
            "Ann Lee",
            "李小龙",
            "Zoë\u{301}",
            "Maximiliane",
            "大规模大规模",
            "",
            "\u{644}\u{627}\u{644}\u{627}",
        ]
        .map(|name| format!("[{}]", fitted(name, 8)))
        .into();
        assert_eq!(
            fitted,
            [
                "[Ann Lee ]",
                "[李小龙  ]",
                "[Zoë\u{301}     ]",
                "[Maximil…]",
                "[大规模… ]",
                "[        ]",
                "[\u{644}\u{627}\u{644}\u{627}      ]"
            ]
        );
    }
}
