//! What must hold for records to be a clinic: identities, references, ranges, and times that exist.
//!
//! Asked when a file is imported and when a record is edited. Legality of what is booked is no part of it: that
//! is what [`crate::rules`] and the audit are for.

mod appointments;
mod clinic;
mod overlaps;
mod people;
mod request;
mod series;

use std::collections::HashMap;
use std::fmt::{Display, Write};
use std::hash::Hash;

use chrono::{Datelike, NaiveDate, NaiveDateTime};

pub use overlaps::overlaps;
pub use request::request_faults;

use crate::model::ClinicRecords;
use crate::time::{YEARS, ZoneClock};
use crate::{Said, said};

/// Something wrong with records, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as in a clinic file: `$.practitioners[3].hours[0].to`.
    pub path: String,
    /// What is wrong and what would be right.
    pub text: Said,
}

/// Everything that is wrong with a clinic's records, overlaps aside.
pub fn faults(records: &ClinicRecords) -> Vec<Fault> {
    let mut check = Check::new();
    let clock = ZoneClock::new(records.clinic.time_zone);
    let known = Known::of(records);
    clinic::check(&mut check, records, &known, &clock);
    people::check(&mut check, records, &known);
    series::check(&mut check, records, &known);
    appointments::check(&mut check, records, &known, &clock);
    check.faults
}

/// A local time that the clocks leave out.
fn skipped(local: NaiveDateTime) -> Said {
    said!(
        "{local} does not exist: the clocks go forward over it",
        "{local} n’existe pas\u{a0}: l’horloge avance à ce moment"
    )
}

/// What records may refer to.
struct Known<'a> {
    disciplines: HashMap<&'a str, usize>,
    services: HashMap<&'a str, usize>,
    rooms: HashMap<&'a str, usize>,
    practitioners: HashMap<&'a str, usize>,
    patients: HashMap<&'a str, usize>,
    series: HashMap<&'a str, usize>,
}

impl<'a> Known<'a> {
    fn of(records: &'a ClinicRecords) -> Self {
        fn index<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
            ids.enumerate().map(|(index, id)| (id, index)).collect()
        }
        let clinic = &records.clinic;
        Self {
            disciplines: index(clinic.disciplines.iter().map(|item| item.id.as_str())),
            services: index(clinic.services.iter().map(|item| item.id.as_str())),
            rooms: index(clinic.rooms.iter().map(|item| item.id.as_str())),
            practitioners: index(clinic.practitioners.iter().map(|item| item.id.as_str())),
            patients: index(records.patients.iter().map(|item| item.id.as_str())),
            series: index(records.series.iter().map(|item| item.id.as_str())),
        }
    }
}

/// Collects faults below a path that grows and shrinks.
struct Check {
    faults: Vec<Fault>,
    path: String,
}

impl Check {
    fn new() -> Self {
        Self {
            faults: Vec::new(),
            path: "$".to_owned(),
        }
    }

    /// Checks what lies at one index of a list.
    fn at(&mut self, list: &str, index: usize, inside: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        // Writing to a String cannot fail.
        let _ = write!(self.path, ".{list}[{index}]");
        inside(self);
        self.path.truncate(length);
    }

    fn fault(&mut self, field: &str, text: Said) {
        self.faults.push(Fault {
            path: format!("{}{field}", self.path),
            text,
        });
    }

    fn within(&mut self, field: &str, value: u32, range: std::ops::RangeInclusive<u32>) {
        let (least, most) = (range.start(), range.end());
        if !range.contains(&value) {
            self.fault(
                field,
                said!(
                    "{value} is not possible; {least} to {most} is",
                    "{value} n’est pas possible; de {least} à {most}, oui"
                ),
            );
        }
    }

    fn year(&mut self, field: &str, date: NaiveDate) {
        let (first, last) = (YEARS.start(), YEARS.end());
        if !YEARS.contains(&date.year()) {
            self.fault(
                field,
                said!(
                    "{date} is too far away; years {first} to {last} are possible",
                    "{date} est trop éloigné; les années {first} à {last} sont possibles"
                ),
            );
        }
    }

    fn exists(&mut self, field: &str, local: NaiveDateTime, clock: &ZoneClock) {
        if !clock.exists(local) {
            self.fault(field, skipped(local));
        }
    }

    fn known(&mut self, field: &str, kind: &str, id: &str, known: &HashMap<&str, usize>) -> Option<usize> {
        let found = known.get(id).copied();
        if found.is_none() {
            let french = in_french(kind);
            self.fault(
                field,
                said!(
                    "there is no {kind} {id:?} in the clinic",
                    "la clinique n’a pas de {french} «\u{a0}{id}\u{a0}»"
                ),
            );
        }
        found
    }

    fn before<T: PartialOrd + Display>(&mut self, field: &str, from: &T, to: &T) {
        if from >= to {
            self.fault(
                field,
                said!(
                    "the end, {to}, must come after the start, {from}",
                    "la fin, {to}, doit venir après le début, {from}"
                ),
            );
        }
    }

    /// Every identifier of a list is there and used once.
    fn identities<'a, Id: AsIdentifier + Eq + Hash + 'a>(
        &mut self,
        list: &str,
        ids: impl Iterator<Item = &'a Id>,
    ) {
        let mut seen: HashMap<&Id, usize> = HashMap::new();
        for (index, id) in ids.enumerate() {
            let field = format!(".{list}[{index}].id");
            if id.identifier().trim().is_empty() {
                self.fault(&field, said!("an identifier is needed", "il faut un identifiant"));
            } else if id.identifier().chars().any(char::is_control) || id.identifier().chars().count() > 200 {
                self.fault(
                    &field,
                    said!(
                        "at most 200 characters, none of them a control character, are possible",
                        "200 caractères au plus, sans caractère de contrôle"
                    ),
                );
            } else if let Some(first) = seen.insert(id, index) {
                let id = id.identifier();
                self.fault(
                    &field,
                    said!(
                        "{id:?} stands at {list}[{first}] too",
                        "«\u{a0}{id}\u{a0}» figure aussi à {list}[{first}]"
                    ),
                );
            }
        }
    }
}

fn in_french(kind: &str) -> &str {
    match kind {
        "room" => "salle",
        "practitioner" => "praticien",
        "series" => "série",
        same => same,
    }
}

/// A key as a step of a path, as the reader of files writes it.
fn step(key: &str) -> String {
    let is_plain = key
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain {
        format!(".{key}")
    } else {
        format!("[{key:?}]")
    }
}

trait AsIdentifier {
    fn identifier(&self) -> &str;
}

macro_rules! as_identifier {
    ($($name:ident)+) => {$(
        impl AsIdentifier for crate::model::$name {
            fn identifier(&self) -> &str {
                self.as_str()
            }
        }
    )+};
}

as_identifier!(DisciplineId ServiceId RoomId PractitionerId PatientId SeriesId AppointmentId);
