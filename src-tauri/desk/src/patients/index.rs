//! A search among all patients that forgives accents, the order of words, and typing errors.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use ordo_core::model::PatientId;
use ordo_store::{PatientLine, fold};

use super::distance::{Letters, prefix_distance};

/// Every patient as the search sees them, kept between two searches.
#[derive(Debug, Default)]
pub(crate) struct PatientIndex {
    entries: Vec<Indexed>,
    places: HashMap<PatientId, usize>,
}

#[derive(Debug)]
struct Indexed {
    line: PatientLine,
    folded_name: String,
    words: Vec<Letters>,
    digits: String,
    email: String,
}

/// What is typed, taken apart.
#[derive(Debug, Default)]
struct Query {
    words: Vec<Letters>,
    /// Runs of digits: parts of a telephone number, or of a date of birth.
    digits: Vec<String>,
    emails: Vec<String>,
}

/// How badly a word of a query may fit before it is no hit.
const EXACT: u32 = 0;
const BEGINS: u32 = 1;
const INSIDE: u32 = 4;
const TYPING_ERROR: u32 = 6;
/// With fewer hits than this, typing errors are looked for too.
const FEW: usize = 20;
/// Two words of a query that fit the same word of a name.
const SHARED: u32 = 3;

impl PatientIndex {
    pub(crate) fn new(lines: Vec<PatientLine>) -> Self {
        let mut index = Self::default();
        for line in lines {
            index.put(line);
        }
        index
    }

    /// Adds or replaces a patient.
    pub(crate) fn put(&mut self, line: PatientLine) {
        match self.places.get(&line.id) {
            Some(&place) => self.entries[place] = Indexed::new(line),
            None => {
                self.places.insert(line.id.clone(), self.entries.len());
                self.entries.push(Indexed::new(line));
            }
        }
    }

    pub(crate) fn remove(&mut self, id: &PatientId) {
        let Some(place) = self.places.remove(id) else {
            return;
        };
        self.entries.swap_remove(place);
        if let Some(moved) = self.entries.get(place) {
            self.places.insert(moved.line.id.clone(), place);
        }
    }

    pub(crate) fn get(&self, id: &PatientId) -> Option<&PatientLine> {
        self.places.get(id).map(|&place| &self.entries[place].line)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// All patients by name.
    pub(crate) fn by_name(&self) -> Vec<&PatientLine> {
        let mut all: Vec<&Indexed> = self.entries.iter().collect();
        all.sort_unstable_by_key(|entry| (&entry.folded_name, &entry.line.id));
        all.iter().map(|entry| &entry.line).collect()
    }

    /// The patients that fit what is typed, best first; of equal ones those in `recent` come first, in its order, then
    /// by name.
    ///
    /// Typing errors are looked for only when too few fit without them.
    pub(crate) fn search(&self, text: &str, recent: &[PatientId]) -> Vec<&PatientLine> {
        let query = Query::parse(text);
        if query.is_empty() {
            return Vec::new();
        }
        let recency: HashMap<&PatientId, usize> =
            recent.iter().enumerate().map(|(rank, id)| (id, rank)).collect();
        let fitting = |forgiving: bool| -> Vec<(u32, &Indexed)> {
            let cost = |entry| Some((query.cost(entry, forgiving)?, entry));
            self.entries.iter().filter_map(cost).collect()
        };
        let mut hits = fitting(false);
        if hits.len() < FEW {
            hits = fitting(true);
        }
        hits.sort_unstable_by_key(|(cost, entry)| {
            let rank = recency.get(&entry.line.id).copied().unwrap_or(usize::MAX);
            (*cost, rank, &entry.folded_name, &entry.line.id)
        });
        hits.into_iter().map(|(_, entry)| &entry.line).collect()
    }

    /// Patients who may be the same person, most alike first: of one name within a typing error or one telephone
    /// number, unless their dates of birth differ.
    pub(crate) fn alike(
        &self,
        name: &str,
        phone: &str,
        date_of_birth: Option<NaiveDate>,
    ) -> Vec<&PatientLine> {
        let words = sorted_words(name);
        let digits = digits_of(phone);
        let likeness = |entry: &Indexed| {
            let mut own = entry.whole_words();
            own.sort_unstable();
            let same_name = is_same_name(&words, &own);
            let same_phone = digits.len() >= 7 && digits == entry.digits;
            let born = date_of_birth.zip(entry.line.date_of_birth);
            if born.is_some_and(|(one, other)| one != other) {
                return None;
            }
            let points = u32::from(same_name) * 2 + u32::from(same_phone) + u32::from(born.is_some()) * 2;
            (same_name || (same_phone && born.is_some())).then_some(points)
        };
        let mut hits: Vec<(u32, &Indexed)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((likeness(entry)?, entry)))
            .collect();
        hits.sort_unstable_by_key(|(points, entry)| (Reverse(*points), &entry.folded_name, &entry.line.id));
        hits.into_iter().map(|(_, entry)| &entry.line).collect()
    }
}

impl Indexed {
    fn new(line: PatientLine) -> Self {
        let folded_name = fold(&line.name);
        let mut words = Vec::new();
        for chunk in folded_name.split_whitespace() {
            let pieces: Vec<&str> = pieces(chunk).collect();
            words.extend(pieces.iter().copied().map(Letters::new));
            if pieces.len() > 1 {
                words.push(Letters::new(&pieces.concat()));
            }
        }
        Self {
            digits: digits_of(&line.phone),
            email: fold(&line.email),
            folded_name,
            words,
            line,
        }
    }

    fn whole_words(&self) -> Vec<Letters> {
        pieces(&self.folded_name).map(Letters::new).collect()
    }
}

impl Query {
    fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let mut run = String::new();
        for chunk in fold(text).split([' ', '\t', '\n', '\u{a0}', ',', ';']) {
            if chunk.chars().any(char::is_alphabetic) {
                query.end_run(&mut run);
                if chunk.contains('@') {
                    query.emails.push(chunk.to_owned());
                } else {
                    query.words.extend(pieces(chunk).map(Letters::new));
                }
            } else {
                run.extend(chunk.chars().filter(char::is_ascii_digit));
            }
        }
        query.end_run(&mut run);
        query
    }

    fn end_run(&mut self, run: &mut String) {
        if !run.is_empty() {
            self.digits.push(std::mem::take(run));
        }
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.digits.is_empty() && self.emails.is_empty()
    }

    /// How badly a patient fits; none when some part does not fit at all.
    fn cost(&self, entry: &Indexed, forgiving: bool) -> Option<u32> {
        let mut total = 0;
        let mut used: u64 = 0;
        for word in &self.words {
            let (cost, place) = entry
                .words
                .iter()
                .enumerate()
                .filter_map(|(place, of_name)| {
                    let cost = word_cost(word, of_name, forgiving)?;
                    let shared = used >> (place % 64) & 1 == 1;
                    Some((cost + if shared { SHARED } else { 0 }, place))
                })
                .min()?;
            used |= 1 << (place % 64);
            total += cost;
        }
        for run in &self.digits {
            total += digits_cost(run, entry)?;
        }
        for email in &self.emails {
            let at = entry.email.find(email.as_str())?;
            total += if at == 0 { BEGINS } else { INSIDE };
        }
        Some(total)
    }
}

fn word_cost(typed: &Letters, of_name: &Letters, forgiving: bool) -> Option<u32> {
    if of_name.begins_with(typed) {
        let whole = of_name.len() == typed.len();
        return Some(if whole { EXACT } else { BEGINS });
    }
    if typed.len() >= 3 && of_name.contains(typed) {
        return Some(INSIDE);
    }
    let errors = if forgiving { errors_forgiven(typed) } else { 0 };
    if errors == 0 || (typed.len() < 5 && !of_name.begins_like(typed)) {
        return None;
    }
    let distance = prefix_distance(typed, of_name, errors)?;
    let rest = u32::from(of_name.len() > typed.len() + 1);
    Some(TYPING_ERROR * distance as u32 + rest)
}

fn errors_forgiven(typed: &Letters) -> usize {
    match typed.len() {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    }
}

fn digits_cost(run: &str, entry: &Indexed) -> Option<u32> {
    let born = |date: NaiveDate| {
        let whole = date.format("%Y%m%d").to_string();
        run == whole || (run.len() == 4 && run == date.year().to_string())
    };
    if entry.line.date_of_birth.is_some_and(born) {
        return Some(BEGINS);
    }
    // A number may be typed or kept with the country's 1 before it.
    let national = |digits: &str| -> String {
        let one = digits.len() > 10 && digits.starts_with('1');
        digits[usize::from(one)..].to_owned()
    };
    let (kept, run) = (national(&entry.digits), national(run));
    if kept == run {
        Some(EXACT)
    } else if kept.starts_with(&run) || kept.ends_with(&run) {
        Some(BEGINS)
    } else {
        kept.contains(&run).then_some(INSIDE)
    }
}

fn pieces(chunk: &str) -> impl Iterator<Item = &str> {
    chunk
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
}

fn digits_of(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

fn sorted_words(name: &str) -> Vec<Letters> {
    let mut words: Vec<Letters> = pieces(&fold(name)).map(Letters::new).collect();
    words.sort_unstable();
    words
}

/// Whether two names have the same words, one of them at most with one typing error.
fn is_same_name(one: &[Letters], other: &[Letters]) -> bool {
    if one.is_empty() || one.len() != other.len() {
        return false;
    }
    let mut errors = 0;
    for (one, other) in one.iter().zip(other) {
        if one == other {
            continue;
        }
        errors += 1;
        let long = one.len() >= 4 && other.len() >= 4;
        let near = long
            && one.len().abs_diff(other.len()) <= 1
            && (prefix_distance(one, other, 1).is_some() || prefix_distance(other, one, 1).is_some());
        if !near || errors > 1 {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests;
