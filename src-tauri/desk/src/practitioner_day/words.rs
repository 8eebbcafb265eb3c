//! What a practitioner reads about order and gap, in each language.

use ordo_core::Language;
use ordo_core::model::Spacing;

/// Order and gap of a pair; `broken` says what is not kept.
pub(super) fn order(
    [first, second]: [&str; 2],
    spacing: Spacing,
    broken: Option<&str>,
    language: Language,
) -> String {
    match (language, broken, spacing) {
        (Language::English, Some(broken), _) => format!("{first} before {second}: {broken}"),
        (Language::French, Some(broken), _) => format!("{first} avant {second}\u{a0}: {broken}"),
        (Language::English, None, Spacing::SeparateDays { min_hours, .. }) => {
            format!("{first} before {second}, {min_hours} h gap kept")
        }
        (Language::French, None, Spacing::SeparateDays { min_hours, .. }) => {
            format!("{first} avant {second}, écart de {min_hours} h respecté")
        }
        (Language::English, None, Spacing::SameDay { .. }) => {
            format!("{first} before {second}, on the same day")
        }
        (Language::French, None, Spacing::SameDay { .. }) => format!("{first} avant {second}, le même jour"),
    }
}

/// Only one treatment of the week has a place.
pub(super) fn no_other([first, second]: [&str; 2], language: Language) -> String {
    match language {
        Language::English => format!("{first} before {second}, but only one of the two is booked this week"),
        Language::French => {
            format!("{first} avant {second}, mais un seul des deux est réservé cette semaine")
        }
    }
}
