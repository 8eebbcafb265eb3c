//! A practitioner's calendar as iCalendar text.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use ordo_core::ical::{ExportOptions, calendar_text, practitioner_export};
use ordo_core::model::{NamesShown, PatientId, PractitionerId};
use ordo_store::Filter;

use crate::journal::Words;
use crate::{Desk, Error, Host, UseCase};

/// How long a cancelled visit stays in a calendar, for programs that look seldom.
const CANCELLED_STAYS: TimeDelta = TimeDelta::days(30);

impl<H: Host> Desk<H> {
    /// The visits of a practitioner from one date to another, with their absences. Whole names are noted in the
    /// journal as looked at.
    pub fn ics(
        &mut self,
        practitioner: &PractitionerId,
        from: NaiveDate,
        to: NaiveDate,
        names: NamesShown,
    ) -> Result<String, Error> {
        self.allow(UseCase::SaveCalendar)?;
        let sight = self.sight()?;
        sight.allow_time_of(practitioner)?;
        let (clinic, visits, patients) = self.store.read(|view| {
            let filter = Filter {
                practitioner: Some(practitioner.clone()),
                ..Filter::default()
            };
            let mut visits = view.appointments(from, to, &filter)?;
            for visit in visits.iter_mut().filter(|visit| sight.hides(&visit.patient)) {
                visit.note = String::new();
            }
            let mut patients: HashMap<PatientId, String> = HashMap::new();
            for visit in &visits {
                if !sight.hides(&visit.patient)
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
        if names == NamesShown::Full && !patients.is_empty() {
            let mut named: Vec<PatientId> = patients.keys().cloned().collect();
            named.sort();
            let stamp = self.stamp(Words(self.language).calendar_exported());
            self.store.log_view(&stamp, &named)?;
        }
        let options = ExportOptions {
            from,
            to,
            names,
            absences: true,
            cancelled_since: Some(self.host.now() - CANCELLED_STAYS),
        };
        let name_of = |id: &PatientId| patients.get(id).map(String::as_str);
        Ok(calendar_text(&practitioner_export(
            &clinic, record, &visits, name_of, &options,
        )))
    }
}
