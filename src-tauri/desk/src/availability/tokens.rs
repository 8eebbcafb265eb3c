//! The words of availability, in English and French alike.

use super::NotUnderstood;

/// One word, or a few that mean one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Days of the week, Monday 0 to Sunday 6.
    Days(Vec<u8>),
    DayPart(Vec<DayPart>),
    Bound(Bound, String),
    Time(Time),
    To,
    And,
    Comma,
    Except,
}

/// A part of the day by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Whole,
}

/// Which side of a time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    After,
    Before,
    Between,
}

/// A time of day as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    hour: u32,
    minute: u32,
    /// Whether it says which half of the day it is in.
    settled: bool,
}

impl Time {
    /// Minutes from midnight.
    pub fn minute(self) -> u32 {
        let hour = match self.hour {
            // Nobody works then; people mean the afternoon.
            1..=6 if !self.settled => self.hour + 12,
            hour => hour,
        };
        hour * 60 + self.minute
    }

    pub fn is_settled(self) -> bool {
        self.settled
    }
}

impl Token {
    /// How it was written, or might have been.
    pub fn text(&self) -> String {
        match self {
            Self::Bound(_, text) => text.clone(),
            Self::Time(time) if time.minute == 0 => time.hour.to_string(),
            Self::Time(time) => format!("{}:{:02}", time.hour, time.minute),
            Self::To => "to".to_owned(),
            Self::Except => "except".to_owned(),
            Self::And => "and".to_owned(),
            Self::Comma => ",".to_owned(),
            Self::Days(_) | Self::DayPart(_) => String::new(),
        }
    }
}

const DAYS: [&[&str]; 7] = [
    &["mon", "monday", "mondays", "lun", "lundi", "lundis"],
    &["tue", "tues", "tuesday", "tuesdays", "mar", "mardi", "mardis"],
    &[
        "wed",
        "weds",
        "wednesday",
        "wednesdays",
        "mer",
        "mercredi",
        "mercredis",
    ],
    &[
        "thu",
        "thur",
        "thurs",
        "thursday",
        "thursdays",
        "jeu",
        "jeudi",
        "jeudis",
    ],
    &["fri", "friday", "fridays", "ven", "vendredi", "vendredis"],
    &["sat", "saturday", "saturdays", "sam", "samedi", "samedis"],
    &["sun", "sunday", "sundays", "dim", "dimanche", "dimanches"],
];

/// Words that mean one thing together.
type Phrase = (&'static [&'static str], fn() -> Token);

/// Phrases before words: the longest that fits is taken.
const PHRASES: &[Phrase] = &[
    (&["toute", "la", "journee"], || {
        Token::DayPart(vec![DayPart::Whole])
    }),
    (&["a", "partir", "de"], || bound(Bound::After, "à partir de")),
    (&["jours", "de", "semaine"], weekdays),
    (&["jour", "de", "semaine"], weekdays),
    (&["fins", "de", "semaine"], weekend),
    (&["fin", "de", "semaine"], weekend),
    (&["tous", "les", "jours"], every_day),
    (&["all", "day"], || Token::DayPart(vec![DayPart::Whole])),
    (&["en", "semaine"], weekdays),
    (&["jours", "ouvrables"], weekdays),
    (&["chaque", "jour"], every_day),
    (&["every", "day"], every_day),
    (&["any", "day"], every_day),
    (&["jusqu", "a"], || bound(Bound::Before, "jusqu’à")),
    (&["after", "noon"], afternoon_on),
    (&["apres", "midi"], || Token::DayPart(vec![DayPart::Afternoon])),
    (&["apres", "midis"], || Token::DayPart(vec![DayPart::Afternoon])),
    (&["week", "end"], weekend),
    (&["week", "ends"], weekend),
];

fn bound(bound: Bound, text: &str) -> Token {
    Token::Bound(bound, text.to_owned())
}

/// `after noon`, as two words, is the whole time after it.
fn afternoon_on() -> Token {
    Token::DayPart(vec![DayPart::Afternoon, DayPart::Evening])
}

fn weekdays() -> Token {
    Token::Days((0..5).collect())
}

fn weekend() -> Token {
    Token::Days(vec![5, 6])
}

fn every_day() -> Token {
    Token::Days((0..7).collect())
}

/// Takes a text apart.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, NotUnderstood> {
    let words = words(text);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((phrase, token)) = PHRASES
            .iter()
            .find(|(phrase, _)| starts_with(&words[at..], phrase))
        {
            tokens.push(token());
            at += phrase.len();
            continue;
        }
        if let Some((time, taken)) = time(&words[at..])? {
            tokens.push(Token::Time(time));
            at += taken;
            continue;
        }
        tokens.extend(word(&words[at])?);
        at += 1;
    }
    Ok(tokens)
}

/// A word as it was written and without accents and capitals.
struct Word {
    written: String,
    plain: String,
}

fn starts_with(words: &[Word], phrase: &[&str]) -> bool {
    words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, part)| word.plain == *part)
}

fn word(word: &Word) -> Result<Option<Token>, NotUnderstood> {
    let plain = word.plain.as_str();
    if let Some(day) = DAYS.iter().position(|names| names.contains(&plain)) {
        return Ok(Some(Token::Days(vec![day as u8])));
    }
    Ok(Some(match plain {
        "weekday" | "weekdays" => weekdays(),
        "weekend" | "weekends" => weekend(),
        "daily" | "everyday" | "anyday" => every_day(),
        "morning" | "mornings" | "matin" | "matins" => Token::DayPart(vec![DayPart::Morning]),
        "afternoon" | "afternoons" => Token::DayPart(vec![DayPart::Afternoon]),
        "evening" | "evenings" | "soir" | "soirs" | "soiree" => Token::DayPart(vec![DayPart::Evening]),
        "anytime" => Token::DayPart(vec![DayPart::Whole]),
        "after" | "from" | "since" | "apres" | "des" => bound(Bound::After, &word.written),
        "before" | "until" | "till" | "by" | "avant" => bound(Bound::Before, &word.written),
        "between" | "entre" => bound(Bound::Between, &word.written),
        "to" | "through" | "a" | "au" | "-" => Token::To,
        "and" | "or" | "et" | "ou" | "&" | "+" => Token::And,
        "," | ";" | "/" => Token::Comma,
        "except" | "but" | "not" | "no" | "sauf" | "pas" | "excepte" => Token::Except,
        // Little words that change nothing.
        "on" | "at" | "the" | "in" | "le" | "la" | "les" | "l" | "du" | "de" | "d" | "only" | "seulement" => {
            return Ok(None);
        }
        _ => return Err(NotUnderstood::Word(word.written.clone())),
    }))
}

/// A time at the beginning of the words, and how many of them it takes: `4`, `4:30`, `4 pm`, `16 h`, `16 h 30`, `noon`.
fn time(words: &[Word]) -> Result<Option<(Time, usize)>, NotUnderstood> {
    let Some(first) = words.first() else {
        return Ok(None);
    };
    let named = match first.plain.as_str() {
        "noon" | "midday" | "midi" => Some(12),
        "midnight" | "minuit" => Some(24),
        _ => None,
    };
    if let Some(hour) = named {
        let settled = true;
        return Ok(Some((
            Time {
                hour,
                minute: 0,
                settled,
            },
            1,
        )));
    }
    let wrong = || NotUnderstood::Word(first.written.clone());
    let Some(hour) = number(&first.plain) else {
        return Ok(None);
    };
    let plain = |at: usize| words.get(at).map_or("", |word| word.plain.as_str());
    let mut taken = 1;
    let (mut minute, mut settled) = (0, hour > 12 || hour == 0);
    match plain(1) {
        ":" => {
            let written = words.get(2).map_or("", |word| word.written.as_str());
            let whole = || NotUnderstood::Word(format!("{}:{written}", first.written));
            minute = number(plain(2)).filter(|minute| *minute < 60).ok_or_else(whole)?;
            taken = 3;
        }
        "h" | "heure" | "heures" => {
            taken = 2;
            if let Some(minutes) = number(plain(2)).filter(|_| plain(2).len() == 2) {
                minute = Some(minutes).filter(|minute| *minute < 60).ok_or_else(wrong)?;
                taken = 3;
            }
        }
        _ => {}
    }
    let mut hour = hour;
    match plain(taken) {
        "am" | "a.m" if hour <= 12 => {
            hour %= 12;
            (settled, taken) = (true, taken + 1);
        }
        "pm" | "p.m" if hour <= 12 => {
            hour = hour % 12 + 12;
            (settled, taken) = (true, taken + 1);
        }
        _ => {}
    }
    if hour > 24 || (hour == 24 && minute > 0) {
        return Err(wrong());
    }
    Ok(Some((
        Time {
            hour,
            minute,
            settled,
        },
        taken,
    )))
}

fn number(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Splits a text where letters, digits and signs meet; points within `a.m.` and behind `mar.` are left out.
fn words(text: &str) -> Vec<Word> {
    #[derive(PartialEq, Eq)]
    enum Kind {
        Letters,
        Digits,
        Sign,
    }
    let kind = |character: char| {
        if character.is_ascii_digit() {
            Kind::Digits
        } else if character.is_alphanumeric() {
            Kind::Letters
        } else {
            Kind::Sign
        }
    };
    let mut words: Vec<Word> = Vec::new();
    let mut written = String::new();
    let mut push = |written: &mut String| {
        if !written.is_empty() {
            let plain = plain(written);
            words.push(Word {
                written: std::mem::take(written),
                plain,
            });
        }
    };
    let characters: Vec<char> = text.chars().collect();
    for (at, &character) in characters.iter().enumerate() {
        match character {
            // `a.m.` is one word.
            '.' => {
                let is_half_day = matches!(written.to_lowercase().as_str(), "a" | "p")
                    && characters
                        .get(at + 1)
                        .is_some_and(|next| matches!(next, 'm' | 'M'));
                if !is_half_day {
                    push(&mut written);
                }
                continue;
            }
            '\'' | '’' => {
                push(&mut written);
                continue;
            }
            character if character.is_whitespace() => {
                push(&mut written);
                continue;
            }
            _ => {}
        }
        let character = match character {
            '–' | '—' | '‑' => '-',
            other => other,
        };
        let last = written.chars().last();
        if kind(character) == Kind::Sign || last.is_some_and(|last| kind(last) != kind(character)) {
            push(&mut written);
        }
        written.push(character);
        if kind(character) == Kind::Sign {
            push(&mut written);
        }
    }
    push(&mut written);
    joined(words)
}

/// Takes the hyphen out of `après-midi` and `week-end`, where it joins one word.
fn joined(words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::new();
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let joins = word.plain == "-"
            && joined
                .last()
                .is_some_and(|last| matches!(last.plain.as_str(), "apres" | "week"))
            && words
                .peek()
                .is_some_and(|next| matches!(next.plain.as_str(), "midi" | "midis" | "end" | "ends"));
        if !joins {
            joined.push(word);
        }
    }
    joined
}

fn plain(written: &str) -> String {
    let plain = |character: char| match character {
        'à' | 'â' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'î' => 'i',
        'ô' => 'o',
        'û' | 'ù' => 'u',
        'ç' => 'c',
        other => other,
    };
    written.chars().flat_map(char::to_lowercase).map(plain).collect()
}
