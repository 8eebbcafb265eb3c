//! Names from anywhere, made fit to stand in a message.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::path::Path;

/// What stands for a sign that is not shown.
const UNSHOWN: &str = "\u{fffd}";

/// Whether a sign steers a terminal, or breaks or turns about the line that it stands in.
fn steers(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a sign has no place in a name that stands in a message. The three marks of a direction move what is beside them; in
/// a text of its own, such as a patient's name from the right, they are as they should be.
fn misleads(sign: char) -> bool {
    steers(sign) || matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// A text of many lines, without what would steer a terminal.
pub fn shown(text: &str) -> Cow<'_, str> {
    let hidden = |sign: char| steers(sign) && !matches!(sign, '\n' | '\t');
    if text.contains(hidden) {
        Cow::Owned(text.replace(hidden, UNSHOWN))
    } else {
        Cow::Borrowed(text)
    }
}

/// A name as it stands in a message: on one line, whatever it holds.
pub fn on_one_line(name: &str) -> Cow<'_, str> {
    if name.contains(misleads) {
        Cow::Owned(name.replace(misleads, UNSHOWN))
    } else {
        Cow::Borrowed(name)
    }
}

/// A file or folder as it stands in a message.
pub fn named(path: &Path) -> impl Display {
    Named(path)
}

struct Named<'a>(&'a Path);

impl Display for Named<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&on_one_line(&self.0.to_string_lossy()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_does_not_steer_the_terminal() {
        let told = "no \"\u{1b}[2J\u{9b}Zoé\r\u{202e}\"\n\tas told";
        assert_eq!(
            shown(told),
            "no \"\u{fffd}[2J\u{fffd}Zoé\u{fffd}\u{fffd}\"\n\tas told"
        );
        for whole in ["Zoé\n", "مريم\u{200f} (12)"] {
            assert!(matches!(shown(whole), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn a_path_stays_on_one_line() {
        for (path, expected) in [
            ("/tmp/Zoé’s clinic.ordo", "/tmp/Zoé’s clinic.ordo"),
            ("a\nb\tc\r\u{1b}[2J", "a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}[2J"),
            ("x\u{2028}y\u{202e}z", "x\u{fffd}y\u{fffd}z"),
            ("1\u{200f}2\u{200e}3\u{61c}4", "1\u{fffd}2\u{fffd}3\u{fffd}4"),
        ] {
            assert_eq!(named(Path::new(path)).to_string(), expected);
        }
    }
}
