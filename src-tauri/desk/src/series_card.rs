//! The card of a series that the patient takes home: every visit still to come, in the patient's language.

mod pdf;
mod words;

use ordo_core::model::{Appointment, Clinic, Patient, Series, SeriesId};
use ordo_core::time::TimeOfDay;
use ordo_core::{Clock, Language};

use self::words::Words;
use crate::view::series::{SeriesCard, SeriesCardLine};
use crate::{Code, Desk, Error, Host, UseCase};

/// A card as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFile {
    /// Its name; nobody is named in it.
    pub file_name: String,
    /// A PDF.
    pub bytes: Vec<u8>,
}

impl<H: Host> Desk<H> {
    /// The card of a series, in a language of its own.
    ///
    /// # Errors
    /// [`Code::BadRequest`] when no visit is still to come.
    pub fn series_card(&self, id: &SeriesId, language: Language) -> Result<SeriesCard, Error> {
        self.allow(UseCase::SeriesCard)?;
        self.allow_series(id)?;
        let now = self.now()?;
        let said = self.language;
        self.store.read(|view| {
            let series = view.series(id)?.ok_or_else(|| Error::not_found("series", id))?;
            let patient = view
                .patient(&series.patient)?
                .ok_or_else(|| Error::not_found("patient", &series.patient))?;
            let mut visits = view.appointments_of_series(id)?;
            visits.retain(|visit| visit.status.occupies_time() && visit.start >= now);
            visits.sort_by_key(|visit| visit.start);
            if visits.is_empty() {
                let text = said.pick(
                    "no visit of this series is still to come; there is nothing to put on a card",
                    "cette série n’a plus de rendez-vous à venir; il n’y a rien à mettre sur une carte",
                );
                return Err(Error::new(Code::BadRequest, text));
            }
            Ok(card_of(
                &view.clinic()?,
                &series,
                &patient,
                &visits,
                Words(language),
                self.clock,
            ))
        })
    }

    /// The card of a series as a PDF.
    ///
    /// # Errors
    /// As [`Desk::series_card`]; [`Code::BadFile`] where the system has no font.
    pub fn series_card_file(&self, id: &SeriesId, language: Language) -> Result<CardFile, Error> {
        self.allow(UseCase::SaveSeriesCard)?;
        let card = self.series_card(id, language)?;
        let bytes = pdf::write(&card, self.language)?;
        Ok(CardFile {
            file_name: Words(language).file_name(self.now()?.date()),
            bytes,
        })
    }
}

fn card_of(
    clinic: &Clinic,
    series: &Series,
    patient: &Patient,
    visits: &[Appointment],
    words: Words,
    clock: Clock,
) -> SeriesCard {
    let line = |visit: &Appointment| {
        let service = clinic.services.iter().find(|each| each.id == visit.service);
        let practitioner = clinic
            .practitioners
            .iter()
            .find(|each| each.id == visit.practitioner);
        let discipline = service.and_then(|service| {
            clinic
                .disciplines
                .iter()
                .find(|each| each.id == service.discipline)
        });
        let start = TimeOfDay::of(visit.start).minutes().unsigned_abs();
        let service = service.map_or_else(|| visit.service.to_string(), |service| service.name.clone());
        SeriesCardLine {
            date: words.0.long_date(visit.start.date()),
            time: words.times(start, start + visit.minutes, clock),
            treatment: match discipline {
                Some(discipline) if !service.contains(&discipline.name) => {
                    format!("{} ({service})", discipline.name)
                }
                _ => service,
            },
            practitioner: practitioner
                .map_or_else(|| visit.practitioner.to_string(), |known| known.name.clone()),
        }
    };
    SeriesCard {
        language: words.0.code().to_owned(),
        clinic: clinic.name.clone(),
        patient: patient.name.clone(),
        title: words.title(visits.len()),
        rule: match &series.rhythms[..] {
            [_, _] => Some(words.rule(series)),
            _ => None,
        },
        columns: words.columns().map(str::to_owned).to_vec(),
        lines: visits.iter().map(line).collect(),
        closing: words.closing().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::small_desk;

    #[test]
    fn a_card_says_every_visit_still_to_come_in_its_own_language() {
        let (_folder, mut desk) = small_desk();
        desk.speak(Language::English);
        let card = desk.series_card(&"s1".into(), Language::English).expect("a card");
        assert_eq!(card.patient, "Zoé Gagnon");
        assert_eq!(card.title, "Your 4 appointments");
        assert_eq!(
            card.rule.as_deref(),
            Some("Massage first, then physiotherapy, on separate days, 24 to 48 h apart")
        );
        let first = &card.lines[0];
        assert_eq!(
            (first.date.as_str(), first.time.as_str()),
            ("Monday, March 2, 2026", "10:00–11:00")
        );
        assert_eq!(first.practitioner, "Max Roy");
        let card = desk.series_card(&"s1".into(), Language::French).expect("a card");
        assert_eq!(card.title, "Vos 4 rendez-vous");
        assert_eq!(card.lines[0].date, "lundi 2 mars 2026");
        assert_eq!(card.lines[0].time, "10\u{a0}h\u{a0}00 – 11\u{a0}h\u{a0}00");
        desk.host.set("2026-03-09T12:00");
        let card = desk.series_card(&"s1".into(), Language::English).expect("a card");
        assert_eq!(card.title, "Your appointment");
        desk.host.set("2026-06-01T12:00");
        let error = desk
            .series_card(&"s1".into(), Language::English)
            .expect_err("nothing left");
        assert_eq!(error.code, Code::BadRequest);
    }

    #[test]
    fn a_card_is_a_file_that_names_nobody() {
        let (_folder, desk) = small_desk();
        let file = desk
            .series_card_file(&"s1".into(), Language::French)
            .expect("a file");
        assert_eq!(file.file_name, "rendez-vous-2026-03-02.pdf");
        assert!(file.bytes.starts_with(b"%PDF-"));
        assert!(
            desk.series_card_file(&"nothing".into(), Language::French)
                .is_err()
        );
    }
}
