//! What patients are searched by.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use ordo_core::model::PatientId;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::error::StoreError;
use crate::journal::Entity;
use crate::reader::Reader;
use crate::table;

/// The part of a patient that a search looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientLine {
    /// Whose it is.
    pub id: PatientId,
    /// Their name.
    pub name: String,
    /// Telephone number as given.
    pub phone: String,
    /// E-mail address as given.
    pub email: String,
    /// Date of birth, where known.
    pub date_of_birth: Option<NaiveDate>,
}

impl Reader {
    /// What is searched of every patient, in the order they were added.
    pub fn patient_lines(&self) -> Result<Vec<PatientLine>, StoreError> {
        self.ask(|connection| table::patient::lines(connection, None))
    }

    /// What is searched of some patients; those that are not there are left out.
    pub fn patient_lines_of(&self, ids: &[PatientId]) -> Result<Vec<PatientLine>, StoreError> {
        self.ask(|connection| table::patient::lines(connection, Some(ids)))
    }

    /// The patients that an entry of the journal after a number added, changed or removed.
    pub fn patients_changed_after(&self, seq: u32) -> Result<Vec<PatientId>, StoreError> {
        self.ask(|connection| table::journal::patients_changed_after(connection, seq))
    }

    /// At most `limit` patients whom the journal named last, in their record, a visit or a series, newest first.
    ///
    /// Imports are left aside, and only the last 500 entries count.
    pub fn recent_patients(&self, limit: u32) -> Result<Vec<PatientId>, StoreError> {
        self.ask(|connection| table::journal::recent_patients(connection, limit))
    }

    /// When and by whom a record was first written, as far as the journal knows.
    pub fn first_written(
        &self,
        entity: Entity,
        id: &str,
    ) -> Result<Option<(DateTime<Utc>, String)>, StoreError> {
        self.ask(|connection| table::journal::first_written(connection, entity, id))
    }

    /// The visits of patients nearest to a local time, in the order of `patients`.
    pub fn nearest_visits(
        &self,
        patients: &[PatientId],
        now: NaiveDateTime,
    ) -> Result<Vec<NearestVisits>, StoreError> {
        self.ask(|connection| {
            let now = self.clock()?.to_utc(now);
            table::appointment::nearest(connection, patients, now)
        })
    }
}

/// The visits of a patient nearest to a moment, of those that take time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestVisits {
    /// Whose they are.
    pub patient: PatientId,
    /// The local start of the last one before.
    pub before: Option<NaiveDateTime>,
    /// The local start of the first one from then on.
    pub after: Option<NaiveDateTime>,
}

/// A text as it is compared when searching: in lower case, without accents, ligatures taken apart.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let plain = text.nfd().filter(|&letter| !is_combining_mark(letter));
    for letter in plain.flat_map(char::to_lowercase) {
        match letter {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            '’' | 'ʼ' => folded.push('\''),
            _ => folded.push(letter),
        }
    }
    folded.nfc().collect()
}

#[cfg(test)]
mod tests {
    use ordo_core::model::{AppointmentStatus, Patient};

    use super::*;
    use crate::journal::{Action, Stamp};
    use crate::sample::{appointment, local, moment, patient, records};
    use crate::{Key, Store};

    #[test]
    fn texts_are_folded_to_what_people_type() {
        for (text, folded) in [
            ("Éloïse Lefèvre", "eloise lefevre"),
            ("Sœur Bœuf-Ægir", "soeur boeuf-aegir"),
            ("Strauß", "strauss"),
            ("Łukasz Øyvind Đorđe", "lukasz oyvind dorde"),
            ("O’Connor", "o'connor"),
            ("İpek Işık", "ipek isik"),
            ("Nguyễn Thị Ánh", "nguyen thi anh"),
            ("李小龍 שלום", "李小龍 שלום"),
        ] {
            assert_eq!(fold(text), folded);
            assert_eq!(fold(folded), folded);
        }
    }

    #[test]
    fn the_nearest_visits_are_those_that_take_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("clinic.ordo");
        let mut store = Store::create(&path, &Key::from_bytes([7; 32])).expect("a store");
        let stamp = Stamp {
            at: moment(0),
            actor: "desk".to_owned(),
            reason: String::new(),
        };
        let mut sample = records();
        // zoe: 3 March 10:00 and 4 March 11:00; omar: 3 March 11:15, called off.
        sample.appointments[2].status = AppointmentStatus::Cancelled;
        store.fill(&sample, &stamp).expect("filled");
        let patients = ["omar".into(), "zoe".into()];
        let found = |now| store.nearest_visits(&patients, local(now)).expect("read");
        let zoe = |now| {
            let zoe = found(now).remove(1);
            (
                zoe.before.map(|at| at.to_string()),
                zoe.after.map(|at| at.to_string()),
            )
        };
        let (first, second) = ("2026-03-03 10:00:00", "2026-03-04 11:00:00");
        for (now, before, after) in [
            ("2026-03-01T00:00", None, Some(first)),
            ("2026-03-03T10:00", None, Some(first)),
            ("2026-03-03T10:01", Some(first), Some(second)),
            ("2026-03-05T00:00", Some(second), None),
        ] {
            assert_eq!(
                zoe(now),
                (before.map(str::to_owned), after.map(str::to_owned)),
                "{now}"
            );
            assert_eq!((&found(now)[0].before, &found(now)[0].after), (&None, &None));
        }
    }

    #[test]
    fn who_was_worked_on_last_comes_first_and_who_changed_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("clinic.ordo");
        let mut store = Store::create(&path, &Key::from_bytes([7; 32])).expect("a store");
        let stamp = |seconds| Stamp {
            at: moment(seconds),
            actor: "desk".to_owned(),
            reason: String::new(),
        };
        let sample = records();
        store.fill(&sample, &stamp(0)).expect("filled");
        assert_eq!(
            store.recent_patients(10).expect("read"),
            [],
            "an import is not work on a patient"
        );
        let filled = store.current_seq().expect("read");
        let all: Vec<PatientId> = sample.patients.iter().map(|patient| patient.id.clone()).collect();
        assert_eq!(store.patients_changed_after(0).expect("read").len(), all.len());
        assert_eq!(store.patients_changed_after(filled).expect("read"), []);

        let change = |store: &mut Store, seconds, patient: &Patient| {
            let done = store.change(&stamp(seconds), Action::EditPatient, |transaction| {
                transaction.put_patient(patient)
            });
            done.expect("changed");
        };
        let mut omar = store.patient(&"omar".into()).expect("read").expect("omar");
        omar.contact.phone = "416 555 0188".to_owned();
        change(&mut store, 1, &omar);
        change(&mut store, 2, &patient("new", "Näkki Øst"));
        store
            .change(&stamp(3), Action::Book, |transaction| {
                transaction.insert_appointment(&appointment("b1", "p1", "zoe", None, "2026-03-10T10:00"))
            })
            .expect("booked");
        store.log_view(&stamp(4), &["omar".into()]).expect("logged");
        assert_eq!(
            store.recent_patients(10).expect("read"),
            ["omar".into(), "zoe".into(), "new".into()]
        );
        assert_eq!(store.recent_patients(1).expect("read"), ["omar".into()]);
        let mut changed = store.patients_changed_after(filled).expect("read");
        changed.sort();
        assert_eq!(changed, ["new".into(), "omar".into()], "a view changes nothing");
        let lines = store.patient_lines_of(&changed).expect("read");
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].phone, "416 555 0188");
        assert_eq!(store.patient_lines().expect("read").len(), all.len() + 1);
        let written = |id| store.first_written(Entity::Patient, id).expect("read");
        assert_eq!(written("omar"), Some((moment(0), "desk".to_owned())));
        assert_eq!(written("new"), Some((moment(2), "desk".to_owned())));
        assert_eq!(written("nobody"), None);
        store
            .change(&stamp(5), Action::EditPatient, |transaction| {
                transaction.delete_patient(&"new".into())
            })
            .expect("removed");
        assert_eq!(store.patient_lines_of(&changed).expect("read").len(), 1);
        assert_eq!(
            store.recent_patients(10).expect("read"),
            ["omar".into(), "zoe".into()]
        );
    }
}
