//! Calendars that leave the clinic as files, each noted in the journal.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate, TimeDelta};
use ordo_core::Language;
use ordo_core::ical::{
    Export, ExportOptions, calendar_text, closures_export, patient_export, practitioner_export,
};
use ordo_core::model::{NamesShown, PatientId, Practitioner, PractitionerId, SeriesId};
use ordo_store::{Entity, Filter};

use crate::file::in_years;
use crate::journal::Words;
use crate::view::practitioner::CalendarFile;
use crate::{Code, Desk, Error, Host, UseCase};

/// How long a cancelled visit stays in a calendar, for programs that look seldom.
const CANCELLED_STAYS: TimeDelta = TimeDelta::days(30);

/// How far a calendar that is kept up to date reaches back, in days.
const PAST: u64 = 30;

/// How far it reaches ahead, in days.
const AHEAD: u64 = 366;

impl<H: Host> Desk<H> {
    /// The visits of a practitioner from one date to another, with their absences, and the patients of these visits.
    fn export_of(
        &self,
        practitioner: &PractitionerId,
        from: NaiveDate,
        to: NaiveDate,
        names: NamesShown,
        hides: impl Fn(&PatientId) -> bool,
    ) -> Result<(Export, Vec<PatientId>), Error> {
        let (clinic, visits, patients) = self.store.read(|view| {
            let filter = Filter {
                practitioner: Some(practitioner.clone()),
                ..Filter::default()
            };
            let mut visits = view.appointments(from, to, &filter)?;
            for visit in visits.iter_mut().filter(|visit| hides(&visit.patient)) {
                visit.note = String::new();
            }
            let mut patients: HashMap<PatientId, String> = HashMap::new();
            for visit in visits.iter().filter(|_| names != NamesShown::Busy) {
                if !hides(&visit.patient)
                    && !patients.contains_key(&visit.patient)
                    && let Some(patient) = view.patient(&visit.patient)?
                {
                    patients.insert(patient.id, patient.name);
                }
            }
            Ok::<_, ordo_store::StoreError>((view.clinic()?, visits, patients))
        })?;
        let record = clinic.practitioners.iter().find(|each| &each.id == practitioner);
        let record = record.ok_or_else(|| Error::not_found("practitioner", practitioner))?;
        let options = ExportOptions {
            from,
            to,
            names,
            language: self.language,
            absences: true,
            cancelled_since: Some(self.host.now() - CANCELLED_STAYS),
        };
        let name_of = |id: &PatientId| patients.get(id).map(String::as_str);
        let export = practitioner_export(&clinic, record, &visits, name_of, &options);
        let mut patients: Vec<PatientId> = patients.into_keys().collect();
        patients.sort();
        Ok((export, patients))
    }

    /// A practitioner's calendar as it is kept up to date for others: from a month ago to a year ahead. It goes out
    /// whoever is at the desk, so no patient in a lock-box is told of.
    pub(crate) fn current_export(
        &self,
        practitioner: &PractitionerId,
        names: NamesShown,
    ) -> Result<Export, Error> {
        let today = self.now()?.date();
        let (from, to) = (today - Days::new(PAST), today + Days::new(AHEAD));
        let boxed: HashSet<PatientId> = self
            .store
            .lock_boxes()?
            .into_iter()
            .map(|lock_box| lock_box.patient)
            .collect();
        Ok(self
            .export_of(practitioner, from, to, names, |patient| boxed.contains(patient))?
            .0)
    }

    /// A practitioner's calendar between two dates, both included, as a file; with as much of names as is chosen for
    /// the practitioner, unless another level is named.
    pub fn export_calendar(
        &mut self,
        practitioner: &PractitionerId,
        from: NaiveDate,
        to: NaiveDate,
        names: Option<NamesShown>,
    ) -> Result<CalendarFile, Error> {
        self.allow(UseCase::SaveCalendar)?;
        let sight = self.sight()?;
        sight.allow_time_of(practitioner)?;
        refuse_dates(self, from, to)?;
        let names = match names {
            Some(names) => names,
            None => self.sharing_of(practitioner)?.names,
        };
        let (export, patients) =
            self.export_of(practitioner, from, to, names, |patient| sight.hides(patient))?;
        let name = named(&self.store.clinic()?.practitioners, practitioner);
        let mut records = vec![(Entity::Practitioner, practitioner.to_string())];
        if names == NamesShown::Full {
            records.extend(patients.iter().map(|id| (Entity::Patient, id.to_string())));
        }
        let how = match names {
            NamesShown::Full => Words(self.language).calendar_exported().to_owned(),
            names => Words(self.language).calendar_of(from, to, names),
        };
        self.log_calendar(&how, &records)?;
        Ok(CalendarFile {
            file_name: format!("{}-{from}.ics", in_file_name(&name)),
            text: calendar_text(&export),
        })
    }

    /// Every visit of a series as one file for the patient, in the patient's language.
    pub fn export_series(&mut self, series: &SeriesId, language: Language) -> Result<CalendarFile, Error> {
        self.allow(UseCase::SaveSeriesCalendar)?;
        self.allow_series(series)?;
        let (clinic, visits) = self.store.read(|view| {
            view.series(series)?
                .ok_or_else(|| Error::not_found("series", series))?;
            Ok::<_, Error>((view.clinic()?, view.appointments_of_series(series)?))
        })?;
        let Some(first) = visits.iter().map(|visit| visit.start.date()).min() else {
            let text = self.language.pick(
                "the series has no visits yet; book them first",
                "la série n’a pas encore de rendez-vous; réservez-les d’abord",
            );
            return Err(Error::new(Code::BadRequest, text));
        };
        let text = calendar_text(&patient_export(&clinic, &visits, language));
        self.log_calendar(
            Words(self.language).patient_calendar(),
            &[(Entity::Series, series.to_string())],
        )?;
        // The patient's name stays out of the file's name: it lies in folders that others see.
        let name = in_file_name(&clinic.name);
        Ok(CalendarFile {
            file_name: format!("{name}-{}-{first}.ics", language.pick("visits", "rendez-vous")),
            text,
        })
    }

    /// The dates on which the clinic is closed as a file; they are no secret, so the journal is not told.
    pub fn export_closures(&self, from: NaiveDate, to: NaiveDate) -> Result<CalendarFile, Error> {
        self.allow(UseCase::SaveClosures)?;
        refuse_dates(self, from, to)?;
        let clinic = self.store.clinic()?;
        let export: Export = closures_export(&clinic, from, to, self.language);
        let name = in_file_name(&clinic.name);
        Ok(CalendarFile {
            file_name: format!("{name}-{}-{from}.ics", self.language.pick("closed", "ferme")),
            text: calendar_text(&export),
        })
    }

    fn log_calendar(&mut self, how: &str, records: &[(Entity, String)]) -> Result<(), Error> {
        let stamp = self.stamp(how);
        self.store.log_calendar(&stamp, records)?;
        Ok(())
    }
}

/// Refuses a stretch of days that ends before it begins, or lies where no calendar of the clinic does.
pub(crate) fn refuse_dates<H>(desk: &Desk<H>, from: NaiveDate, to: NaiveDate) -> Result<(), Error> {
    let text = if to < from {
        desk.language.pick(
            "the last day lies before the first; choose a later one",
            "le dernier jour précède le premier; choisissez-en un plus tard",
        )
    } else if ![from, to].into_iter().all(in_years) {
        desk.language.pick(
            "the days lie too far away; years 2000 to 2119 are possible",
            "les jours sont trop éloignés; les années 2000 à 2119 sont possibles",
        )
    } else {
        return Ok(());
    };
    Err(Error::new(Code::BadRequest, text))
}

/// The name of a practitioner; their identifier where they are unknown.
pub(crate) fn named(practitioners: &[Practitioner], id: &PractitionerId) -> String {
    let known = practitioners.iter().find(|known| &known.id == id);
    known.map_or_else(|| id.to_string(), |known| known.name.clone())
}

/// A name in letters that every file system takes.
pub(crate) fn in_file_name(name: &str) -> String {
    let folded = ordo_store::fold(name);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let short: String = words.join("-").chars().take(60).collect();
    if short.is_empty() {
        "calendar".to_owned()
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use ordo_store::EntryKind;

    use super::*;
    use crate::test_support::{local, small_desk};

    #[test]
    fn a_practitioners_calendar_tells_no_more_than_asked_and_is_noted() {
        let (_folder, mut desk) = small_desk();
        let (from, to) = (local("2026-03-02T00:00").date(), local("2026-03-08T00:00").date());
        let mut file = |names| {
            desk.export_calendar(&"pia".into(), from, to, names)
                .expect("a calendar")
        };
        assert_eq!(file(Some(NamesShown::Busy)).file_name, "pia-cote-2026-03-02.ics");
        assert_eq!(file(None).text.matches("BEGIN:VEVENT").count(), 2);
        assert!(file(Some(NamesShown::Full)).text.contains("Gagnon"));
        for names in [Some(NamesShown::Busy), None] {
            assert!(!file(names).text.contains("Gagnon"));
        }
        assert!(file(Some(NamesShown::Busy)).text.contains("20260303T110000"));
        let entries = desk.journal(6).expect("entries");
        assert_eq!(entries.len(), 6);
        assert!(entries.iter().all(|entry| entry.kind == EntryKind::View));
        assert_eq!(entries[3].reason, "calendar with names saved as a file");
        assert_eq!(
            (entries[3].changes[0].entity, entries[3].changes[0].id.as_str()),
            (Entity::Practitioner, "pia")
        );
        let patients: Vec<_> = entries[3].changes[1..]
            .iter()
            .map(|change| change.id.as_str())
            .collect();
        assert_eq!(patients, ["omar", "zoe"], "whose whole names left is noted");
        let refused = desk
            .export_calendar(&"pia".into(), to, from, None)
            .expect_err("backwards");
        assert_eq!(refused.code, Code::BadRequest);
        let refused = desk
            .export_calendar(&"nobody".into(), from, to, None)
            .expect_err("nobody");
        assert_eq!(refused.code, Code::NotFound);
    }

    #[test]
    fn a_series_is_one_file_for_the_patient_in_either_language() {
        let (_folder, mut desk) = small_desk();
        let file = desk
            .export_series(&"s1".into(), Language::English)
            .expect("a calendar");
        assert_eq!(file.file_name, "riverside-visits-2026-03-02.ics");
        assert_eq!(file.text.matches("BEGIN:VEVENT").count(), 4);
        for part in [
            "SUMMARY:Massage 60\r\n",
            "LOCATION:Riverside\\, Quiet room\r\n",
            "DESCRIPTION:With Max Roy.\r\n",
            "RELATED-TO;RELTYPE=SIBLING:appointment-m0@ordo\r\n",
        ] {
            assert!(file.text.contains(part), "{part}\n{}", file.text);
        }
        for hidden in ["Gagnon", "Z. G.", "left knee"] {
            assert!(!file.text.contains(hidden), "{hidden}");
        }
        let file = desk
            .export_series(&"s1".into(), Language::French)
            .expect("a calendar");
        assert!(file.text.contains("DESCRIPTION:Avec Max Roy.\r\n"));
        assert!(file.text.contains("X-WR-CALNAME:Riverside – rendez-vous\r\n"));
        assert_eq!(
            desk.journal(1).expect("entries")[0].changes[0].entity,
            Entity::Series
        );
        assert_eq!(
            desk.export_series(&"none".into(), Language::English)
                .expect_err("none")
                .code,
            Code::NotFound
        );
    }

    #[test]
    fn file_names_are_letters() {
        assert_eq!(in_file_name("../../<李>"), "李");
        assert_eq!(in_file_name("//"), "calendar");
    }

    #[test]
    fn closures_are_a_file_of_their_own() {
        let (_folder, desk) = small_desk();
        let (from, to) = (local("2026-01-01T00:00").date(), local("2026-12-31T00:00").date());
        let file = desk.export_closures(from, to).expect("a calendar");
        assert_eq!(file.file_name, "riverside-closed-2026-01-01.ics");
        assert!(
            file.text.contains("SUMMARY:Closed: Good Friday\r\n"),
            "{}",
            file.text
        );
    }
}
