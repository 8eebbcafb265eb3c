//! One visit as its card shows it, its status and its note.

use ordo_core::model::{Appointment, AppointmentId, AppointmentStatus, Clinic, Patient};
use ordo_core::time::TimeOfDay;
use ordo_store::Action;

use super::LONGEST_NOTE;
use super::words::Words;
use crate::view::board::{Change, VisitView};
use crate::{Desk, Error, Host};

impl<H: Host> Desk<H> {
    /// A visit as its card shows it.
    pub fn visit(&self, id: &AppointmentId) -> Result<VisitView, Error> {
        self.store.read(|view| {
            let visit = view
                .appointment(id)?
                .ok_or_else(|| Error::not_found("appointment", id))?;
            let patient = view.patient(&visit.patient)?;
            Ok(visit_view(&view.clinic()?, visit, patient))
        })
    }

    /// Notes where a visit stands; calling off needs a reason.
    pub fn put_status(
        &mut self,
        id: &AppointmentId,
        status: AppointmentStatus,
        reason: &str,
    ) -> Result<Change, Error> {
        let before = self.store.current_seq()?;
        self.set_status(id, status, reason)?;
        self.changed_since(before)
    }

    /// Writes the note of a visit.
    pub fn put_note(&mut self, id: &AppointmentId, note: &str) -> Result<Change, Error> {
        if note.chars().count() > LONGEST_NOTE {
            return Err(Words(self.language).note_too_long(LONGEST_NOTE));
        }
        let stamp = self.stamp("");
        let done = self
            .store
            .change(&stamp, Action::EditAppointment, |transaction| {
                let mut visit = transaction
                    .appointment(id)?
                    .ok_or_else(|| Error::not_found("appointment", id))?;
                visit.note = note.trim().to_owned();
                transaction.update_appointment(&visit)?;
                Ok::<_, Error>(())
            })?;
        self.changed(done.entry.as_ref())
    }
}

fn visit_view(clinic: &Clinic, visit: Appointment, patient: Option<Patient>) -> VisitView {
    let service = clinic.services.iter().find(|service| service.id == visit.service);
    let practitioner = clinic
        .practitioners
        .iter()
        .find(|practitioner| practitioner.id == visit.practitioner);
    let room = visit
        .room
        .as_ref()
        .and_then(|id| clinic.rooms.iter().find(|room| &room.id == id));
    let from_minute = TimeOfDay::of(visit.start).minutes().unsigned_abs();
    VisitView {
        patient: visit.patient.to_string(),
        patient_name: patient
            .as_ref()
            .map_or_else(|| visit.patient.to_string(), |patient| patient.name.clone()),
        phone: patient.map_or_else(String::new, |patient| patient.contact.phone),
        service: service.map_or_else(|| visit.service.to_string(), |service| service.name.clone()),
        practitioner: visit.practitioner.to_string(),
        practitioner_name: practitioner.map_or_else(
            || visit.practitioner.to_string(),
            |practitioner| practitioner.name.clone(),
        ),
        room: room.map(|room| room.name.clone()),
        date: visit.start.date(),
        from_minute,
        to_minute: from_minute + visit.minutes,
        status: visit.status.into(),
        note: visit.note,
        override_reason: visit.override_reason,
        cancel_reason: visit.cancel_reason,
        id: visit.id.to_string(),
    }
}
