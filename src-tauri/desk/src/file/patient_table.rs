//! A list of patients of another program: a table whose first line names the columns.

use std::collections::HashSet;

use chrono::NaiveDate;
use ordo_core::Language;
use ordo_store::fold;

use crate::view::patient_list::{DateOrder, ListColumns};
use crate::view::patients::PatientForm;
use crate::{Code, Error};

/// The most rows of one list.
const MOST_ROWS: usize = 20_000;

/// The most columns that are looked at; no list of people has so many.
const MOST_COLUMNS: usize = 200;

/// The largest list, in octets.
const MOST_BYTES: usize = 16 << 20;

/// A list as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientTable {
    /// What the first line calls the columns.
    pub headings: Vec<String>,
    /// Every row that is not empty: its line in the file, from 1, and its cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

impl PatientTable {
    /// Reads a list; commas, semicolons or tabs part its cells.
    ///
    /// # Errors
    /// [`Code::BadFile`] when it is too large, has no first line, or cannot be read.
    pub fn read(text: &str, language: Language) -> Result<Self, Error> {
        let refuse =
            |english: String, french: String| Err(Error::new(Code::BadFile, language.pick(english, french)));
        if text.len() > MOST_BYTES {
            return refuse(
                "the list is larger than 16 MB; split it".to_owned(),
                "la liste dépasse 16 Mo; divisez-la".to_owned(),
            );
        }
        let text = text.trim_start_matches('\u{feff}');
        let delimiter = delimiter(text.lines().next().unwrap_or_default());
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let headings: Vec<String> = match reader.headers() {
            Ok(headings) => headings.iter().take(MOST_COLUMNS).map(str::to_owned).collect(),
            Err(_) => Vec::new(),
        };
        if headings.iter().all(String::is_empty) {
            return refuse(
                "the list has no first line with the names of its columns".to_owned(),
                "la liste n’a pas de première ligne avec les noms de ses colonnes".to_owned(),
            );
        }
        let mut rows = Vec::new();
        let mut lines = Lines::default();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(_) => {
                    return refuse(
                        "the list cannot be read; save it as CSV in UTF-8".to_owned(),
                        "la liste est illisible; enregistrez-la en CSV UTF-8".to_owned(),
                    );
                }
            };
            if record.iter().all(str::is_empty) {
                continue;
            }
            if rows.len() == MOST_ROWS {
                return refuse(
                    format!("the list has more than {MOST_ROWS} rows; split it"),
                    format!("la liste a plus de {MOST_ROWS} lignes; divisez-la"),
                );
            }
            let start = record.position().map_or(0, csv::Position::byte);
            let line = lines.of(text, usize::try_from(start).unwrap_or(text.len()));
            rows.push((
                line,
                record.iter().take(MOST_COLUMNS).map(str::to_owned).collect(),
            ));
        }
        Ok(Self { headings, rows })
    }

    /// The columns by the words in their headings, English and French; each column serves once.
    pub fn guessed(&self) -> ListColumns {
        let folded: Vec<String> = self.headings.iter().map(|heading| fold(heading)).collect();
        let mut taken = HashSet::new();
        let mut find = |words: &[&str]| {
            let place = words.iter().find_map(|word| {
                (0..folded.len()).find(|place| !taken.contains(place) && folded[*place].contains(word))
            })?;
            taken.insert(place);
            u32::try_from(place).ok()
        };
        let first_name = find(&["first name", "firstname", "given", "prenom"]);
        let last_name = find(&["last name", "lastname", "surname", "family", "nom de famille"]);
        let date_of_birth = find(&["birth", "naissance", "dob", "born"]);
        let email = find(&["mail", "courriel"]);
        let phone = find(&["mobile", "cell", "phone", "tel"]);
        let notes = find(&["note", "comment", "remarque"]);
        let name = find(&["full name", "patient", "client", "name", "nom"]);
        // "Nom" beside "Prénom" is the family name.
        let (name, last_name) = if first_name.is_some() && last_name.is_none() {
            (None, name)
        } else if first_name.is_some() {
            (None, last_name)
        } else {
            (name.or(last_name), None)
        };
        ListColumns {
            name,
            first_name,
            last_name,
            phone,
            email,
            date_of_birth,
            notes,
        }
    }

    /// Which part of a date comes first, where the dates of the list themselves tell.
    pub fn date_order(&self, columns: ListColumns) -> Option<DateOrder> {
        let column = columns.date_of_birth? as usize;
        let dates = self
            .rows
            .iter()
            .filter_map(|(_, cells)| parts(cells.get(column)?));
        let mut order = None;
        for [first, second, _] in dates {
            let said = match (first, second) {
                (32.., _) => continue,
                (13.., _) => DateOrder::DayFirst,
                (_, 13..) => DateOrder::MonthFirst,
                _ => continue,
            };
            match order {
                None => order = Some(said),
                Some(known) if known != said => return None,
                Some(_) => {}
            }
        }
        order
    }
}

/// A row as a patient, and its date of birth where that cannot be read.
pub fn patient_form(
    cells: &[String],
    columns: ListColumns,
    order: Option<DateOrder>,
) -> (PatientForm, Option<String>) {
    let cell = |column: Option<u32>| {
        let text = column.and_then(|column| cells.get(column as usize));
        text.map_or_else(String::new, |text| text.trim().to_owned())
    };
    let names = [
        cell(columns.name),
        cell(columns.first_name),
        cell(columns.last_name),
    ];
    let name: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    let born = cell(columns.date_of_birth);
    let date_of_birth = date(&born, order);
    let patient = PatientForm {
        name: name.join(" "),
        phone: cell(columns.phone),
        email: cell(columns.email),
        date_of_birth,
        availability: Vec::new(),
        sensitivities: Vec::new(),
        covers: Vec::new(),
        notes: cell(columns.notes),
    };
    let unread = (!born.is_empty() && date_of_birth.is_none()).then_some(born);
    (patient, unread)
}

/// Counts lines; the reader's own count is one behind where lines end in two characters.
#[derive(Default)]
struct Lines {
    counted: usize,
    before: u32,
}

impl Lines {
    /// The line, from 1, of what begins at an octet or behind the line ends there; asked from the top to the end.
    fn of(&mut self, text: &str, start: usize) -> u32 {
        let bytes = text.as_bytes();
        let ends = bytes
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace());
        let start = start + ends.count();
        let passed = bytes.get(self.counted..start).unwrap_or_default();
        let feeds = passed.iter().filter(|&&byte| byte == b'\n').count();
        // Very old programs end lines with a carriage return alone.
        let returns = passed
            .iter()
            .zip(passed.iter().skip(1).chain(bytes.get(start)))
            .filter(|&(&one, &next)| one == b'\r' && next != b'\n')
            .count();
        self.before = self.before.saturating_add((feeds + returns) as u32);
        self.counted = start;
        self.before + 1
    }
}

/// The delimiter that stands most often in the first line; a comma where none does.
fn delimiter(line: &str) -> u8 {
    let count = |delimiter: &u8| line.bytes().filter(|byte| byte == delimiter).count();
    let mut best = b',';
    for delimiter in [b';', b'\t'] {
        if count(&delimiter) > count(&best) {
            best = delimiter;
        }
    }
    best
}

/// The three numbers of a date.
fn parts(text: &str) -> Option<[u32; 3]> {
    let numbers: Vec<u32> = text
        .split(['-', '/', '.', ' '])
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    numbers.try_into().ok()
}

fn date(text: &str, order: Option<DateOrder>) -> Option<NaiveDate> {
    let [first, second, third] = parts(text)?;
    let (year, month, day) = if first > 31 {
        (first, second, third)
    } else {
        match order? {
            DateOrder::DayFirst => (third, second, first),
            DateOrder::MonthFirst => (third, first, second),
        }
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| year > 999)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_other_programs_are_known() {
        let columns = |headings: &str| {
            let headings: Vec<String> = headings.split(',').map(str::to_owned).collect();
            let table = PatientTable {
                headings,
                rows: Vec::new(),
            };
            let columns = table.guessed();
            [
                columns.name,
                columns.first_name,
                columns.last_name,
                columns.phone,
                columns.email,
                columns.date_of_birth,
            ]
        };
        let some = Some::<u32>;
        assert_eq!(
            columns("First Name,Last Name,Mobile Phone,Email,Birth Date"),
            [None, some(0), some(1), some(2), some(3), some(4)]
        );
        assert_eq!(
            columns("Patient,DOB,Home phone,E-mail"),
            [some(0), None, None, some(2), some(3), some(1)]
        );
        assert_eq!(
            columns("Nom,Prénom,Courriel,Tél."),
            [None, some(1), some(0), some(3), some(2), None]
        );
    }

    #[test]
    fn what_is_made_to_last_ends() {
        let read = |text: &str| PatientTable::read(text, Language::English);
        let wide = format!("Name\n{}\n", "a,".repeat(4 << 20));
        assert_eq!(read(&wide).map(|table| table.rows[0].1.len()), Ok(MOST_COLUMNS));
        for (text, says) in [
            ("x".repeat(MOST_BYTES + 1), "16 MB"),
            (format!("Name\n{}", "a\n".repeat(MOST_ROWS + 1)), "20000 rows"),
        ] {
            let refused = read(&text).expect_err("too much");
            assert!(refused.message.contains(says), "{refused}");
        }
        assert_eq!(
            read("Name\n\"never closed\na\nb").map(|table| table.rows.len()),
            Ok(1)
        );
    }
}
