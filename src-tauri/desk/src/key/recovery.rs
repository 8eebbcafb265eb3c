//! The recovery key: printed once, read aloud if need be, typed in when everything else is lost.
//!
//! Eight groups of five signs. Four signs of each carry 20 random bits; the fifth checks them and the group's place, so
//! that a slip of the eye or the pen is found in the group where it was made.

use ordo_core::Language;

use crate::{Code, Error};

/// Digits and letters without those that are taken for others (Crockford's base 32).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 8;
const DATA: usize = 4;

/// 160 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey([u8; 20]);

impl RecoveryKey {
    /// Takes random bytes.
    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The groups, as they are printed.
    pub fn groups(&self) -> Vec<String> {
        let fives = self.fives();
        fives
            .chunks(DATA)
            .enumerate()
            .map(|(place, data)| {
                let signs = data.iter().copied().chain([check_of(place, data)]);
                signs.map(|five| char::from(SIGNS[usize::from(five)])).collect()
            })
            .collect()
    }

    /// Whether a text is one of its groups, counted from 0.
    pub(super) fn has_group(&self, place: usize, text: &str) -> bool {
        let signs: String = text
            .chars()
            .filter(|sign| !sign.is_whitespace() && *sign != '-')
            .map(usual)
            .collect();
        self.groups().get(place) == Some(&signs)
    }

    /// Reads what was typed from paper; spaces, hyphens and small letters do not matter.
    ///
    /// # Errors
    /// [`Code::BadRequest`] that names the group with a typing error.
    pub fn parse(text: &str, language: Language) -> Result<Self, Error> {
        let mut fives = Vec::new();
        for sign in text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-') {
            let sign = usual(sign);
            let five = SIGNS.iter().position(|known| char::from(*known) == sign);
            let place = fives.len() / (DATA + 1);
            fives.push(five.ok_or_else(|| wrong_sign(sign, place, language))? as u8);
        }
        let groups: Vec<&[u8]> = fives.chunks(DATA + 1).collect();
        // A sign too few or too many shifts all that follows, so the first group that does not fit is where to look.
        let fits = |(place, group): (usize, &&[u8])| {
            group.len() == DATA + 1 && check_of(place, &group[..DATA]) == group[DATA]
        };
        let wrong = groups.iter().enumerate().position(|group| !fits(group));
        match wrong {
            Some(place) if place < GROUPS => return Err(wrong_group(place, language)),
            _ if groups.len() != GROUPS => return Err(wrong_count(groups.len(), language)),
            _ => {}
        }
        let data = groups.iter().flat_map(|group| &group[..DATA]);
        let mut bytes = [0; 20];
        let mut bits: u32 = 0;
        let (mut held, mut at) = (0, 0);
        for five in data {
            bits = bits << 5 | u32::from(*five);
            held += 5;
            if held >= 8 {
                held -= 8;
                bytes[at] = (bits >> held) as u8;
                bits &= (1 << held) - 1;
                at += 1;
            }
        }
        Ok(Self(bytes))
    }

    fn fives(&self) -> Vec<u8> {
        let bit = |at: usize| self.0[at / 8] >> (7 - at % 8) & 1;
        (0..GROUPS * DATA)
            .map(|five| (0..5).fold(0, |value, at| value << 1 | bit(five * 5 + at)))
            .collect()
    }
}

/// A sign as it is printed: those that are left out are read as those they look like.
fn usual(sign: char) -> char {
    match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        sign => sign,
    }
}

/// The sum of a group's signs, each times another power of x in the field of 32 elements, and of its place: one wrong
/// sign, two changed places or two groups changed about never give the same.
fn check_of(place: usize, data: &[u8]) -> u8 {
    let times_x = |value: u8| (value << 1 & 31) ^ if value & 16 == 0 { 0 } else { 0b00101 };
    let places = [place as u8 + 1];
    places.iter().chain(data).fold(0, |sum, five| times_x(sum ^ five))
}

fn wrong_sign(sign: char, place: usize, language: Language) -> Error {
    let place = place + 1;
    Error::new(
        Code::BadRequest,
        match language {
            Language::English => format!(
                "\"{sign}\" in group {place} is in no recovery key; it has digits and letters, without U"
            ),
            Language::French => format!(
                "«\u{a0}{sign}\u{a0}» dans le groupe {place} ne figure dans aucune clé de secours; elle a des chiffres et des lettres, sans U"
            ),
        },
    )
}

fn wrong_group(place: usize, language: Language) -> Error {
    let place = place + 1;
    Error::new(
        Code::BadRequest,
        match language {
            Language::English => {
                format!("there is a typing error in group {place}; compare it with the paper")
            }
            Language::French => {
                format!("il y a une faute de frappe dans le groupe {place}; comparez-le avec le papier")
            }
        },
    )
}

fn wrong_count(count: usize, language: Language) -> Error {
    Error::new(
        Code::BadRequest,
        match language {
            Language::English => {
                format!("a recovery key has {GROUPS} groups of 5 signs, and {count} are here")
            }
            Language::French => {
                format!("une clé de secours a {GROUPS} groupes de 5 signes, et il y en a {count} ici")
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(groups: &[String]) -> Result<RecoveryKey, String> {
        RecoveryKey::parse(&groups.join(" "), Language::English).map_err(|error| error.message)
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_again(bytes: [u8; 20]) {
            let key = RecoveryKey::from_bytes(bytes);
            let groups = key.groups();
            prop_assert!(groups.len() == 8 && groups.iter().all(|group| group.len() == 5));
            prop_assert!(read(&groups).as_ref() == Ok(&key));
            let sloppy = groups.join("-").to_lowercase().replace('0', "o").replace('1', "l");
            prop_assert!(RecoveryKey::parse(&sloppy, Language::French).as_ref() == Ok(&key));
        }

        #[test]
        fn a_slip_is_found_in_its_group(bytes: [u8; 20], place in 0usize..8, sign in 0usize..5, other in 0usize..32) {
            let mut groups = RecoveryKey::from_bytes(bytes).groups();
            let wrong = char::from(SIGNS[other]).to_string();
            prop_assume!(groups[place][sign..=sign] != wrong);
            groups[place].replace_range(sign..=sign, &wrong);
            let message = read(&groups).err().unwrap_or_default();
            prop_assert!(message.contains(&format!("group {}", place + 1)), "{}", message);
        }

        #[test]
        fn two_signs_or_groups_changed_about_are_found(bytes: [u8; 20], place in 0usize..7, sign in 0usize..4) {
            let right = RecoveryKey::from_bytes(bytes).groups();
            let mut groups = right.clone();
            let mut signs: Vec<char> = groups[place].chars().collect();
            signs.swap(sign, sign + 1);
            groups[place] = signs.into_iter().collect();
            prop_assert!(groups == right || read(&groups).is_err());
            let mut groups = right.clone();
            groups.swap(place, place + 1);
            prop_assert!(groups == right || read(&groups).is_err());
        }
    }

    #[test]
    fn a_sign_too_few_says_where_to_look() {
        let groups = RecoveryKey::from_bytes([7; 20]).groups();
        let text = groups.join("");
        let short = RecoveryKey::parse(&text[..38], Language::English)
            .err()
            .expect("too short");
        assert!(short.message.contains("group 8"), "{short}");
        let whole = RecoveryKey::parse(&text[..35], Language::English)
            .err()
            .expect("too short");
        assert!(whole.message.contains("8 groups"), "{whole}");
        let odd = RecoveryKey::parse("U2345", Language::English)
            .err()
            .expect("no sign");
        assert!(odd.message.contains("\"U\" in group 1"), "{odd}");
    }
}
