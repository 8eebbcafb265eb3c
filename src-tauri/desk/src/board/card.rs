//! One visit as its card shows it, its status and its note.

use ordo_core::model::{Appointment, AppointmentId, AppointmentStatus, Clinic, Patient};
use ordo_core::time::TimeOfDay;
use ordo_store::Action;

use super::check_note;
use super::words::Words;
use crate::patients::{VisitNames, visit_line};
use crate::view::board::{Change, VisitSeries, VisitView};
use crate::view::day::position;
use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// A visit as its card shows it. That the patient's record was looked at is noted in the journal.
    pub fn visit(&mut self, id: &AppointmentId) -> Result<VisitView, Error> {
        self.allow(UseCase::Visit)?;
        let sight = self.sight()?;
        let (card, patient) = self.store.read(|view| {
            let visit = view
                .appointment(id)?
                .ok_or_else(|| Error::not_found("appointment", id))?;
            sight.allow_time_of(&visit.practitioner)?;
            let patient = view.patient(&visit.patient)?;
            let before = view
                .nearest_visits(std::slice::from_ref(&visit.patient), visit.start)?
                .into_iter()
                .any(|near| near.before.is_some());
            let of_series = match &visit.session {
                Some(link) => vec![(link.series.clone(), view.appointments_of_series(&link.series)?)],
                None => Vec::new(),
            };
            let series = of_series.first().map(|(_, visits)| VisitSeries {
                position: position(&visit, &of_series),
                next: visits
                    .iter()
                    .filter(|other| other.status.occupies_time() && other.start > visit.start)
                    .map(|other| other.start)
                    .min(),
            });
            let is_first = !before && visit.status.occupies_time();
            let id = visit.patient.clone();
            let name = sight.name_of(&id, String::new());
            let card = visit_view(&view.clinic()?, visit, patient, is_first, series);
            if !sight.hides(&id) {
                return Ok::<_, Error>((card, Some(id)));
            }
            // It can be moved or called off without saying whose it is.
            let card = VisitView {
                patient: String::new(),
                patient_name: name,
                phone: String::new(),
                note: String::new(),
                first_visit: false,
                series: None,
                ..card
            };
            Ok((card, None))
        })?;
        self.note_views(patient.into_iter().collect())?;
        Ok(card)
    }

    /// Notes where a visit stands; calling off needs a reason.
    pub fn put_status(
        &mut self,
        id: &AppointmentId,
        status: AppointmentStatus,
        reason: &str,
    ) -> Result<Change, Error> {
        self.allow(UseCase::PutStatus)?;
        let before = self.store.current_seq()?;
        self.set_status(id, status, reason)?;
        self.changed_since(before)
    }

    /// Writes the note of a visit over the one that was seen. Where somebody else wrote another meanwhile, nothing is
    /// saved.
    pub fn put_note(&mut self, id: &AppointmentId, original: &str, note: &str) -> Result<Change, Error> {
        self.allow(UseCase::PutNote)?;
        check_note(note, self.language)?;
        let note = note.trim();
        let words = Words(self.language);
        let sight = self.sight()?;
        let stamp = self.stamp("");
        let done = self
            .store
            .change(&stamp, Action::EditAppointment, |transaction| {
                let mut visit = transaction
                    .appointment(id)?
                    .ok_or_else(|| Error::not_found("appointment", id))?;
                sight.allow_visit(&visit)?;
                if visit.note != original && visit.note != note {
                    return Err(words.note_changed_meanwhile());
                }
                visit.note = note.to_owned();
                transaction.update_appointment(&visit)?;
                Ok::<_, Error>(())
            })?;
        self.changed(done.entry.as_ref())
    }
}

fn visit_view(
    clinic: &Clinic,
    visit: Appointment,
    patient: Option<Patient>,
    first_visit: bool,
    series: Option<VisitSeries>,
) -> VisitView {
    let line = visit_line(&VisitNames(clinic), &visit);
    let practitioner = visit.practitioner.to_string();
    let from_minute = TimeOfDay::of(visit.start).minutes().unsigned_abs();
    VisitView {
        patient: visit.patient.to_string(),
        patient_name: patient
            .as_ref()
            .map_or_else(|| visit.patient.to_string(), |patient| patient.name.clone()),
        phone: patient.map_or_else(String::new, |patient| patient.contact.phone),
        service: line.service,
        practitioner,
        practitioner_name: line.practitioner,
        room: line.room,
        date: visit.start.date(),
        from_minute,
        to_minute: from_minute + visit.minutes,
        status: line.status,
        note: line.note,
        override_reason: visit.override_reason,
        cancel_reason: line.cancel_reason,
        first_visit,
        series,
        id: line.id,
    }
}
