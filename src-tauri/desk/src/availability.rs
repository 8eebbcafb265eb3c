//! Availability as people say it, in English or French: `Tue after 4`, `weekdays before noon`, `mar après 16 h`.
//!
//! A sentence is a row of parts: days, then times. Days without times mean the whole day, times without days every day.
//! An hour from 1 to 6 without anything else is in the afternoon, when clinics work.

mod tokens;

use ordo_core::{Language, Speech};

use self::tokens::{Bound, DayPart, Token, tokens};
use crate::view::patients::AvailabilityForm;
use crate::{Code, Desk, Error, Host, UseCase};

const END_OF_DAY: u32 = 1440;
/// The longest text that is read, in characters.
const LONGEST: usize = 300;

impl<H: Host> Desk<H> {
    /// The windows of availability that a text names, by weekday and time.
    ///
    /// # Errors
    /// [`Code::BadRequest`] with the word that was not understood, and examples.
    pub fn understand_availability(&self, text: &str) -> Result<Vec<AvailabilityForm>, Error> {
        self.allow(UseCase::UnderstandAvailability)?;
        understand(text).map_err(|fault| Error::new(Code::BadRequest, fault.words(self.speech())))
    }
}

/// Why a text says no availability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotUnderstood {
    Empty,
    TooLong,
    Word(String),
    /// A time that ends before it begins.
    EndsFirst(u32, u32),
    /// Days are taken out, and none is left.
    NothingLeft,
}

impl NotUnderstood {
    fn words(&self, speech: Speech) -> String {
        let language = speech.language;
        let what = match (self, language) {
            (Self::Empty, Language::English) => "nothing was said".to_owned(),
            (Self::Empty, Language::French) => "rien n’a été dit".to_owned(),
            (Self::TooLong, Language::English) => format!("at most {LONGEST} characters are read"),
            (Self::TooLong, Language::French) => format!("au plus {LONGEST} caractères sont lus"),
            (Self::Word(word), Language::English) => format!("“{word}” is not understood"),
            (Self::Word(word), Language::French) => format!("«\u{a0}{word}\u{a0}» n’est pas compris"),
            (Self::EndsFirst(from, to), Language::English) => {
                format!("{} comes before {}", speech.time(*to), speech.time(*from))
            }
            (Self::EndsFirst(from, to), Language::French) => {
                format!("{} vient avant {}", speech.time(*to), speech.time(*from))
            }
            (Self::NothingLeft, Language::English) => "no time is left".to_owned(),
            (Self::NothingLeft, Language::French) => "il ne reste aucun moment".to_owned(),
        };
        match language {
            Language::English => {
                format!("{what}; write for example “Tue after 4, weekdays before noon”")
            }
            Language::French => {
                format!("{what}; écrivez par exemple «\u{a0}mar après 16 h, en semaine avant midi\u{a0}»")
            }
        }
    }
}

/// Days with times, as far as they were read.
#[derive(Clone, Debug, Default)]
struct Part {
    days: Vec<u8>,
    except: Vec<u8>,
    times: Vec<(u32, u32)>,
}

impl Part {
    fn is_empty(&self) -> bool {
        self.days.is_empty() && self.except.is_empty() && self.times.is_empty()
    }

    fn windows(&self) -> impl Iterator<Item = AvailabilityForm> + '_ {
        let days: Vec<u8> = if self.days.is_empty() {
            (0..7).collect()
        } else {
            self.days.clone()
        };
        let times = if self.times.is_empty() {
            vec![(0, END_OF_DAY)]
        } else {
            self.times.clone()
        };
        days.into_iter()
            .filter(|day| !self.except.contains(day))
            .flat_map(move |weekday| {
                times
                    .clone()
                    .into_iter()
                    .map(move |(from_minute, to_minute)| AvailabilityForm {
                        weekday,
                        from_minute,
                        to_minute,
                    })
            })
    }
}

/// Reads a text in either language.
pub(crate) fn understand(text: &str) -> Result<Vec<AvailabilityForm>, NotUnderstood> {
    if text.chars().count() > LONGEST {
        return Err(NotUnderstood::TooLong);
    }
    let tokens = tokens(text)?;
    let mut windows = Vec::new();
    let mut part = Part::default();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            Token::Days(days) => {
                // Days after times begin the next part: `Mon after 3 and Fri before noon`.
                if !part.times.is_empty() && !part.days.is_empty() {
                    windows.extend(std::mem::take(&mut part).windows());
                }
                match (tokens.get(at + 1), tokens.get(at + 2)) {
                    (Some(Token::To), Some(Token::Days(last))) if days.len() == 1 && last.len() == 1 => {
                        part.days.extend(round_the_week(days[0], last[0]));
                        at += 3;
                        continue;
                    }
                    _ => part.days.extend(days),
                }
                at += 1;
            }
            Token::Except => match tokens.get(at + 1) {
                Some(Token::Days(_)) => {
                    at += 1;
                    while let Some(Token::Days(days)) = tokens.get(at) {
                        part.except.extend(days);
                        at += 1;
                        if matches!(
                            (tokens.get(at), tokens.get(at + 1)),
                            (Some(Token::And), Some(Token::Days(_)))
                        ) {
                            at += 1;
                        }
                    }
                }
                Some(Token::Bound(bound, _)) => {
                    // `not before 10` is `after 10`.
                    let Some(Token::Time(time)) = tokens.get(at + 2) else {
                        return Err(NotUnderstood::Word(tokens[at + 1].text()));
                    };
                    part.times.push(match bound {
                        Bound::After => (0, time.minute()),
                        Bound::Before => (time.minute(), END_OF_DAY),
                        Bound::Between => return Err(NotUnderstood::Word(tokens[at].text())),
                    });
                    at += 3;
                }
                _ => return Err(NotUnderstood::Word(tokens[at].text())),
            },
            Token::DayPart(parts) => {
                part.times.extend(parts.iter().map(|part| part.span()));
                at += 1;
            }
            Token::Bound(bound, _) => {
                let Some(Token::Time(from)) = tokens.get(at + 1) else {
                    return Err(NotUnderstood::Word(tokens[at].text()));
                };
                match (tokens.get(at + 2), tokens.get(at + 3)) {
                    (Some(Token::To | Token::And), Some(Token::Time(to))) if *bound != Bound::Before => {
                        part.times.push(span(*from, *to)?);
                        at += 4;
                    }
                    (Some(Token::Bound(Bound::Before, _)), Some(Token::Time(to)))
                        if *bound == Bound::After =>
                    {
                        part.times.push(span(*from, *to)?);
                        at += 4;
                    }
                    _ => {
                        part.times.push(match bound {
                            Bound::After => (from.minute(), END_OF_DAY),
                            Bound::Before => (0, from.minute()),
                            Bound::Between => return Err(NotUnderstood::Word(tokens[at].text())),
                        });
                        at += 2;
                    }
                }
            }
            Token::Time(from) => match (tokens.get(at + 1), tokens.get(at + 2)) {
                (Some(Token::To), Some(Token::Time(to))) => {
                    part.times.push(span(*from, *to)?);
                    at += 3;
                }
                // A time alone does not say whether it is the first or the last.
                _ => return Err(NotUnderstood::Word(tokens[at].text())),
            },
            Token::And | Token::Comma => at += 1,
            Token::To => return Err(NotUnderstood::Word(tokens[at].text())),
        }
        if matches!(tokens.get(at), Some(Token::Comma)) {
            let next = tokens[at..]
                .iter()
                .find(|token| !matches!(token, Token::Comma | Token::And));
            // `mornings, evenings` and `Tue, Thu after 4` go on; after a time, new days do not.
            if !part.times.is_empty() && matches!(next, Some(Token::Days(_))) && !part.days.is_empty() {
                windows.extend(std::mem::take(&mut part).windows());
            }
        }
    }
    if part.is_empty() && windows.is_empty() {
        return Err(NotUnderstood::Empty);
    }
    if !part.is_empty() {
        windows.extend(part.windows());
    }
    let windows = merged(windows);
    if windows.is_empty() {
        return Err(NotUnderstood::NothingLeft);
    }
    Ok(windows)
}

/// From one day on to another; from Friday to Monday goes over the weekend.
fn round_the_week(first: u8, last: u8) -> impl Iterator<Item = u8> {
    let days = (7 + last - first) % 7;
    (0..=days).map(move |day| (first + day) % 7)
}

/// From one time to another; `9 to 5` and `11 to 2` end in the afternoon.
fn span(from: tokens::Time, to: tokens::Time) -> Result<(u32, u32), NotUnderstood> {
    let (mut from_minute, to_minute) = (from.minute(), to.minute());
    let later = to_minute + 720;
    // `7 to 9 pm`: the first takes the half of the day from the last.
    if !from.is_settled() && to.is_settled() && from_minute + 720 < to_minute {
        from_minute += 720;
    }
    if from_minute < to_minute {
        Ok((from_minute, to_minute))
    } else if !to.is_settled() && from_minute < later && later <= END_OF_DAY {
        Ok((from_minute, later))
    } else {
        Err(NotUnderstood::EndsFirst(from_minute, to_minute))
    }
}

/// Windows by weekday and time; those that touch or overlap as one, empty ones left out.
fn merged(mut windows: Vec<AvailabilityForm>) -> Vec<AvailabilityForm> {
    windows.retain(|window| window.from_minute < window.to_minute);
    windows.sort_by_key(|window| (window.weekday, window.from_minute, window.to_minute));
    let mut merged: Vec<AvailabilityForm> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if last.weekday == window.weekday && window.from_minute <= last.to_minute => {
                last.to_minute = last.to_minute.max(window.to_minute);
            }
            _ => merged.push(window),
        }
    }
    merged
}

impl DayPart {
    fn span(self) -> (u32, u32) {
        match self {
            Self::Morning => (0, 720),
            Self::Afternoon => (720, 1020),
            Self::Evening => (1020, END_OF_DAY),
            Self::Whole => (0, END_OF_DAY),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clock(minute: u32) -> String {
        format!("{}:{:02}", minute / 60, minute % 60)
    }

    fn said(text: &str) -> String {
        let windows = match understand(text) {
            Ok(windows) => windows,
            Err(fault) => return format!("{fault:?}"),
        };
        let day = |weekday: u8| ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"][weekday as usize];
        let words: Vec<_> = windows
            .iter()
            .map(|window| {
                let [from, to] = [window.from_minute, window.to_minute].map(clock);
                format!("{} {from}-{to}", day(window.weekday))
            })
            .collect();
        words.join(" ")
    }

    #[test]
    fn both_languages_say_the_same() {
        for (english, french, expected) in [
            ("Tue after 4", "mar après 16 h", "Tu 16:00-24:00"),
            ("tuesday after 4 pm", "le mardi après 16h", "Tu 16:00-24:00"),
            (
                "Tuesdays from 4:30pm",
                "les mardis à partir de 16 h 30",
                "Tu 16:30-24:00",
            ),
            (
                "Mon, Wed before noon",
                "lun, mer avant midi",
                "Mo 0:00-12:00 We 0:00-12:00",
            ),
            (
                "mon and wed morning",
                "lundi et mercredi matin",
                "Mo 0:00-12:00 We 0:00-12:00",
            ),
            ("Fri", "ven.", "Fr 0:00-24:00"),
            ("Fri until 3", "vendredi jusqu’à 15 h", "Fr 0:00-15:00"),
            ("Thu 9-11:30", "jeudi 9h-11h30", "Th 9:00-11:30"),
            ("Thu between 9 and 11", "jeu entre 9 h et 11 h", "Th 9:00-11:00"),
            ("Thu from 9 to 5", "jeudi de 9 h à 17 h", "Th 9:00-17:00"),
            (
                "Thu after 9 before 11",
                "jeudi après 9 h avant 11 h",
                "Th 9:00-11:00",
            ),
            (
                "weekend mornings",
                "fin de semaine le matin",
                "Sa 0:00-12:00 Su 0:00-12:00",
            ),
            ("Sat-Sun", "du samedi au dimanche", "Sa 0:00-24:00 Su 0:00-24:00"),
            (
                "not before 10 on Tue",
                "pas avant 10 h le mardi",
                "Tu 10:00-24:00",
            ),
            ("Sun evening", "dimanche soir", "Su 17:00-24:00"),
            (
                "Mon after 3 and Fri before noon",
                "lundi après 15 h et vendredi avant midi",
                "Mo 15:00-24:00 Fr 0:00-12:00",
            ),
            (
                "Tue mornings, Thu afternoons",
                "mardi matin, jeudi après-midi",
                "Tu 0:00-12:00 Th 12:00-17:00",
            ),
            (
                "Tue mornings and evenings",
                "mardi matin et soir",
                "Tu 0:00-12:00 Tu 17:00-24:00",
            ),
            (
                "weekdays before noon",
                "jours de semaine avant midi",
                "Mo 0:00-12:00 Tu 0:00-12:00 We 0:00-12:00 Th 0:00-12:00 Fr 0:00-12:00",
            ),
            (
                "weekdays except Wed and Fri, after 5",
                "en semaine sauf mercredi et vendredi, après 17 h",
                "Mo 17:00-24:00 Tu 17:00-24:00 Th 17:00-24:00",
            ),
            (
                "Mon to Wed 8:00 to 9:00",
                "du lundi au mercredi de 8 h à 9 h",
                "Mo 8:00-9:00 Tu 8:00-9:00 We 8:00-9:00",
            ),
            (
                "Fri-Mon all day",
                "vendredi à lundi toute la journée",
                "Mo 0:00-24:00 Fr 0:00-24:00 Sa 0:00-24:00 Su 0:00-24:00",
            ),
            (
                "any day but Sunday after 6",
                "tous les jours sauf dimanche après 18 h",
                "Mo 18:00-24:00 Tu 18:00-24:00 We 18:00-24:00 Th 18:00-24:00 Fr 18:00-24:00 Sa 18:00-24:00",
            ),
        ] {
            assert_eq!(said(english), expected, "{english}");
            assert_eq!(said(french), expected, "{french}");
        }
    }

    #[test]
    fn hours_are_taken_as_clinics_work() {
        for (text, expected) in [
            ("Tue 11-2", "Tu 11:00-14:00"),
            ("Tue 7-9 pm", "Tu 19:00-21:00"),
            ("Tue 8am-8pm", "Tu 8:00-20:00"),
            ("Tue after 12", "Tu 12:00-24:00"),
            ("Tue before 9", "Tu 0:00-9:00"),
            ("Tue after 7 am", "Tu 7:00-24:00"),
            ("Tue 12 am to 12 pm", "Tu 0:00-12:00"),
            ("TUE AFTER 16:15", "Tu 16:15-24:00"),
            ("Tue after 5p.m.", "Tu 17:00-24:00"),
            ("Tue after 4, Tue after 5", "Tu 16:00-24:00"),
            ("mardi après-midi", "Tu 12:00-17:00"),
            ("mardi l'après-midi", "Tu 12:00-17:00"),
            ("mar apres 16 h", "Tu 16:00-24:00"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (text, expected) in [
            ("", NotUnderstood::Empty),
            (" , ", NotUnderstood::Empty),
            ("whenever Mars is up", NotUnderstood::Word("whenever".to_owned())),
            ("Tue after", NotUnderstood::Word("after".to_owned())),
            ("Tue 4", NotUnderstood::Word("4".to_owned())),
            ("Tue after 25", NotUnderstood::Word("25".to_owned())),
            ("Tue after 4:75", NotUnderstood::Word("4:75".to_owned())),
            ("Tue 16:00-14:00", NotUnderstood::EndsFirst(960, 840)),
            ("Mon except Mon", NotUnderstood::NothingLeft),
            ("to", NotUnderstood::Word("to".to_owned())),
        ] {
            assert_eq!(understand(text), Err(expected), "{text}");
        }
        assert_eq!(understand(&"x".repeat(301)), Err(NotUnderstood::TooLong));
        let words = NotUnderstood::Word("zut".to_owned());
        assert!(
            words
                .words(Language::English.into())
                .contains("“zut” is not understood; write")
        );
        assert!(
            words
                .words(Language::French.into())
                .contains("«\u{a0}zut\u{a0}» n’est pas compris; écrivez")
        );
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_panics_and_windows_are_windows(text in "\\PC{0,60}") {
            if let Ok(windows) = understand(&text) {
                for window in windows {
                    prop_assert!(window.from_minute < window.to_minute && window.to_minute <= END_OF_DAY);
                    prop_assert!(window.weekday < 7);
                }
            }
        }

        #[test]
        fn any_row_of_known_words_is_read_or_refused(
            words in prop::collection::vec(prop::sample::select(vec![
                "mon", "fri", "after", "before", "between", "and", "to", "-", "4", "9:30", "17 h", "except", ",",
                "mornings", "weekdays", "à", "de", "pm",
            ]), 0..9)
        ) {
            let _ = understand(&words.join(" "));
        }
    }
}
