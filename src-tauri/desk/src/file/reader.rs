//! Reads a JSON tree field by field and collects every fault with its path.
//!
//! A field that cannot be read yields a harmless stand-in, so that one fault does not hide or cause another; whoever
//! holds faults must not use what was read.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};
use ordo_core::time::TimeOfDay;
use ordo_core::validate::Fault;
use ordo_core::{Said, said};

use super::json::Json;

/// Collects faults.
#[derive(Debug, Default)]
pub(super) struct Faults {
    list: RefCell<Vec<Fault>>,
    /// What could not be read and holds a stand-in.
    unread: RefCell<HashSet<String>>,
    /// For each list that lost items, their places.
    left_out: RefCell<HashMap<String, Vec<usize>>>,
}

impl Faults {
    /// The faults of reading, and of what was read those that no stand-in has caused.
    pub(super) fn with(self, of_what_was_read: impl IntoIterator<Item = Fault>) -> Vec<Fault> {
        let (left_out, unread) = (self.left_out.into_inner(), self.unread.into_inner());
        let above: HashSet<&str> = unread
            .iter()
            .flat_map(|path| steps(path).map(|end| &path[..end]))
            .collect();
        let is_caused =
            |path: &str| above.contains(path) || steps(path).any(|end| unread.contains(&path[..end]));
        let mut list = self.list.into_inner();
        list.extend(
            of_what_was_read
                .into_iter()
                .map(|fault| Fault {
                    path: in_the_file(&fault.path, &left_out),
                    ..fault
                })
                .filter(|fault| !is_caused(&fault.path)),
        );
        list
    }

    fn leave_out(&self, list: &Path<'_>, index: usize) {
        let mut left_out = self.left_out.borrow_mut();
        left_out.entry(list.to_string()).or_default().push(index);
    }

    /// A value that could not be read.
    fn add_unread(&self, path: &Path<'_>, text: Said) {
        self.unread.borrow_mut().insert(path.to_string());
        self.add(path, text);
    }

    fn add(&self, path: &Path<'_>, text: Said) {
        self.list.borrow_mut().push(Fault {
            path: path.to_string(),
            text,
        });
    }
}

/// Where each step of a path ends, the whole path last.
fn steps(path: &str) -> impl Iterator<Item = usize> {
    path.match_indices(['.', '['])
        .map(|(begin, _)| begin)
        .chain([path.len()])
}

/// A path that counts the items that were read, counting those that could not be read too.
fn in_the_file(path: &str, left_out: &HashMap<String, Vec<usize>>) -> String {
    if left_out.is_empty() {
        return path.to_owned();
    }
    let mut told = String::with_capacity(path.len());
    for part in path.split_inclusive('[') {
        let index = part.split_once(']').and_then(|(index, rest)| {
            let index: usize = index.parse().ok()?;
            Some((index, rest))
        });
        let (Some((index, rest)), Some(places)) = (index, left_out.get(told.trim_end_matches('['))) else {
            told.push_str(part);
            continue;
        };
        let place = places
            .iter()
            .fold(index, |index, &lost| index + usize::from(lost <= index));
        told.push_str(&format!("{place}]{rest}"));
    }
    told
}

/// Where a value stands; written out only when something is wrong.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => formatter.write_str("$"),
            Self::Key(parent, key) => {
                let plain = key
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                if plain {
                    write!(formatter, "{parent}.{key}")
                } else {
                    write!(formatter, "{parent}[{key:?}]")
                }
            }
            Self::Index(parent, index) => write!(formatter, "{parent}[{index}]"),
        }
    }
}

/// One value and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    pub(super) json: &'a Json,
    pub(super) path: &'a Path<'a>,
    pub(super) faults: &'a Faults,
}

/// What stands in for a field that could not be read.
const NO_DATE: NaiveDate = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date");

impl Node<'_> {
    pub(super) fn fault(&self, text: Said) {
        self.faults.add_unread(self.path, text);
    }

    fn expected(&self, (english, french): (&str, &str)) {
        let (found, found_french) = self.json.kind();
        self.fault(said!(
            "{english} is expected here, not {found}",
            "on attend ici {french}, pas {found_french}"
        ));
    }

    /// Reads the fields of an object; unknown and repeated keys are faults.
    pub(super) fn object<T>(&self, keys: &[&str], read: impl FnOnce(&Fields<'_>) -> T) -> Option<T> {
        let Json::Object(entries) = self.json else {
            self.expected(("an object", "un objet"));
            return None;
        };
        for (index, (key, _)) in entries.iter().enumerate() {
            let here = Path::Key(self.path, key);
            if !keys.contains(&key.as_str()) {
                let known = keys.join(", ");
                self.faults.add(
                    &here,
                    said!(
                        "this key is not known here; known are {known}",
                        "cette clé n’est pas connue ici; sont connues {known}"
                    ),
                );
            } else if entries[..index].iter().any(|(earlier, _)| earlier == key) {
                self.faults.add(
                    &here,
                    said!(
                        "this key stands here twice; keep one",
                        "cette clé figure ici deux fois; gardez-en une"
                    ),
                );
            }
        }
        Some(read(&Fields {
            entries,
            path: self.path,
            faults: self.faults,
        }))
    }

    /// Reads each item of a list; items that yield nothing are left out.
    pub(super) fn list<T>(&self, mut read: impl FnMut(Node<'_>) -> Option<T>) -> Vec<T> {
        let Json::List(items) = self.json else {
            self.expected(("a list", "une liste"));
            return Vec::new();
        };
        let mut list = Vec::with_capacity(items.len());
        for (index, json) in items.iter().enumerate() {
            let path = Path::Index(self.path, index);
            let item = read(Node {
                json,
                path: &path,
                faults: self.faults,
            });
            match item {
                Some(item) => list.push(item),
                None => self.faults.leave_out(self.path, index),
            }
        }
        list
    }

    pub(super) fn text(&self) -> String {
        match self.json {
            Json::Text(text) if text.contains('\0') => {
                self.fault(said!(
                    "a text must not hold a NUL character",
                    "un texte ne peut contenir le caractère NUL"
                ));
                String::new()
            }
            Json::Text(text) => text.clone(),
            _ => {
                self.expected(("a text", "un texte"));
                String::new()
            }
        }
    }

    /// True or false, and nothing that stands for it.
    pub(super) fn boolean(&self) -> bool {
        if let Json::Bool(holds) = self.json {
            return *holds;
        }
        self.expected(("true or false", "vrai ou faux"));
        false
    }

    /// A whole number; `15.0` is one, `1.5` and `-1` are not.
    pub(super) fn number(&self, stand_in: u32) -> u32 {
        let Json::Number(number) = self.json else {
            self.expected(("a whole number", "un nombre entier"));
            return stand_in;
        };
        let whole = number.as_u64().or_else(|| {
            number
                .as_f64()
                .filter(|value| value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(value))
                .map(|value| value as u64)
        });
        whole
            .and_then(|value| u32::try_from(value).ok())
            .unwrap_or_else(|| {
                let most = u32::MAX;
                self.fault(said!(
                    "a whole number from 0 to {most} is expected here, not {number}",
                    "on attend ici un nombre entier de 0 à {most}, pas {number}"
                ));
                stand_in
            })
    }

    pub(super) fn date(&self) -> NaiveDate {
        self.parsed(
            ("a date such as 2026-03-09", "une date comme 2026-03-09"),
            NO_DATE,
            |text| {
                let shaped = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
                shaped
                    .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
                    .flatten()
            },
        )
    }

    pub(super) fn local_time(&self) -> NaiveDateTime {
        let stand_in = TimeOfDay::MIDNIGHT.on(NO_DATE);
        let what = (
            "a date and time such as 2026-03-09T14:30",
            "une date et une heure comme 2026-03-09T14:30",
        );
        self.parsed(what, stand_in, |text| {
            let shaped = text.len() == 16 && text.as_bytes()[10] == b'T';
            shaped
                .then(|| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok())
                .flatten()
        })
    }

    pub(super) fn instant(&self) -> Option<DateTime<Utc>> {
        let what = (
            "an instant in UTC such as 2026-03-09T14:30:00Z",
            "un instant UTC comme 2026-03-09T14:30:00Z",
        );
        self.parsed(what, None, |text| {
            let instant = DateTime::parse_from_rfc3339(text).ok()?;
            (text.ends_with('Z')).then(|| Some(instant.to_utc()))
        })
    }

    pub(super) fn time_of_day(&self, stand_in: TimeOfDay) -> TimeOfDay {
        self.parsed(
            (
                "a time of day such as 09:00, up to 24:00,",
                "une heure comme 09:00, jusqu’à 24:00",
            ),
            stand_in,
            TimeOfDay::parse,
        )
    }

    pub(super) fn weekday(&self) -> Weekday {
        self.parsed(
            (
                "one of mon, tue, wed, thu, fri, sat, sun",
                "un de mon, tue, wed, thu, fri, sat, sun",
            ),
            Weekday::Mon,
            parse_weekday,
        )
    }

    /// A text that means something.
    pub(super) fn parsed<T>(
        &self,
        what: (&str, &str),
        stand_in: T,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> T {
        let Json::Text(text) = self.json else {
            self.expected(what);
            return stand_in;
        };
        // Only ASCII has a meaning, and slicing by bytes is safe in it alone.
        text.is_ascii().then(|| parse(text)).flatten().unwrap_or_else(|| {
            let (english, french) = what;
            let found = shortened(text);
            self.fault(said!(
                "{english} is expected here, not {found:?}",
                "on attend ici {french}, pas «\u{a0}{found}\u{a0}»"
            ));
            stand_in
        })
    }
}

/// The fields of one object.
pub(super) struct Fields<'a> {
    entries: &'a [(String, Json)],
    pub(super) path: &'a Path<'a>,
    pub(super) faults: &'a Faults,
}

impl Fields<'_> {
    /// Reads a field that may be missing.
    pub(super) fn optional<T>(&self, key: &str, read: impl FnOnce(Node<'_>) -> T) -> Option<T> {
        let (_, json) = self.entries.iter().find(|(name, _)| name == key)?;
        let path = Path::Key(self.path, key);
        Some(read(Node {
            json,
            path: &path,
            faults: self.faults,
        }))
    }

    /// Reads a field that must be there.
    pub(super) fn required<T>(&self, key: &str, stand_in: T, read: impl FnOnce(Node<'_>) -> T) -> T {
        self.optional(key, read).unwrap_or_else(|| {
            self.faults.add_unread(
                &Path::Key(self.path, key),
                said!("this key is missing", "cette clé manque"),
            );
            stand_in
        })
    }

    pub(super) fn text(&self, key: &str) -> String {
        self.required(key, String::new(), |node| node.text())
    }

    pub(super) fn text_or_empty(&self, key: &str) -> String {
        self.optional(key, |node| node.text()).unwrap_or_default()
    }

    pub(super) fn number(&self, key: &str, stand_in: u32) -> u32 {
        self.required(key, stand_in, |node| node.number(stand_in))
    }

    pub(super) fn number_or(&self, key: &str, default: u32) -> u32 {
        self.optional(key, |node| node.number(default)).unwrap_or(default)
    }

    pub(super) fn holds(&self, key: &str) -> bool {
        self.optional(key, |node| node.boolean()).unwrap_or(false)
    }

    pub(super) fn date(&self, key: &str) -> NaiveDate {
        self.required(key, NO_DATE, |node| node.date())
    }

    pub(super) fn local_time(&self, key: &str) -> NaiveDateTime {
        self.required(key, TimeOfDay::MIDNIGHT.on(NO_DATE), |node| node.local_time())
    }

    pub(super) fn list<T>(&self, key: &str, read: impl FnMut(Node<'_>) -> Option<T>) -> Vec<T> {
        self.required(key, Vec::new(), |node| node.list(read))
    }

    pub(super) fn list_or_empty<T>(&self, key: &str, read: impl FnMut(Node<'_>) -> Option<T>) -> Vec<T> {
        self.optional(key, |node| node.list(read)).unwrap_or_default()
    }

    /// The fields `from` and `to` of a stretch of the day.
    pub(super) fn stretch(&self) -> (TimeOfDay, TimeOfDay) {
        (
            self.required("from", TimeOfDay::MIDNIGHT, |node| {
                node.time_of_day(TimeOfDay::MIDNIGHT)
            }),
            self.required("to", TimeOfDay::END_OF_DAY, |node| {
                node.time_of_day(TimeOfDay::END_OF_DAY)
            }),
        )
    }
}

/// Reads a text of JSON as one value.
pub(super) fn parse(text: &str) -> Result<Json, Fault> {
    // A byte order mark is what some editors leave before the text.
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Fault {
            path: "$".to_owned(),
            text: said!(
                "this is not JSON: {error}",
                "ce n’est pas du JSON\u{a0}: corrigez-le à la ligne {line}, colonne {column}"
            ),
        }
    })
}

pub(super) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn parse_weekday(word: &str) -> Option<Weekday> {
    let index = WEEKDAYS.iter().position(|&known| known == word)?;
    Weekday::try_from(index as u8).ok()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 {
        text.to_owned()
    } else {
        text.chars().take(40).chain(['…']).collect()
    }
}
