//! One visit: its status, and moving it.

use chrono::NaiveDateTime;
use ordo_core::model::{Appointment, AppointmentId, AppointmentStatus, PractitionerId, RoomId};
use ordo_core::rules::Violation;
use ordo_core::{Language, Speech, said};
use ordo_store::{Action, Reader};

use crate::why::{Situation, Weighed};
use crate::{Code, Desk, Error, Host, StartQuestion, UseCase};

/// Where a visit is to be moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The new start, local.
    pub start: NaiveDateTime,
    /// The new practitioner; the same when left out.
    pub practitioner: Option<PractitionerId>,
    /// The new room; when left out the same if it is free, else one that fits.
    pub room: Option<RoomId>,
    /// Another length of the treatment, in minutes; the same when left out.
    pub minutes: Option<u32>,
    /// Why it may break a rule; empty when it must not.
    pub override_reason: String,
}

impl<H: Host> Desk<H> {
    /// Notes where a visit stands. Calling off needs a reason.
    pub fn set_status(
        &mut self,
        id: &AppointmentId,
        status: AppointmentStatus,
        reason: &str,
    ) -> Result<Appointment, Error> {
        self.allow(UseCase::PutStatus)?;
        let (sight, may_cancel) = (self.sight()?, self.allow(UseCase::CancelVisit));
        if status == AppointmentStatus::Cancelled {
            may_cancel.clone()?;
        }
        if status == AppointmentStatus::Cancelled && reason.trim().is_empty() {
            let said = said!(
                "a visit is called off for a reason; say why",
                "un rendez-vous s’annule pour une raison; dites laquelle"
            );
            return Err(Error::said(Code::BadRequest, said));
        }
        let action = if status == AppointmentStatus::Cancelled {
            Action::Cancel
        } else {
            Action::SetStatus
        };
        let (now, speech, stamp) = (self.now()?, self.speech(), self.stamp(reason));
        let done = self.store.change(&stamp, action, |transaction| {
            let mut appointment = transaction
                .appointment(id)?
                .ok_or_else(|| Error::not_found("appointment", id))?;
            sight.allow_time_of(&appointment.practitioner)?;
            if appointment.status == AppointmentStatus::Cancelled {
                may_cancel?;
            }
            if status.occupies_time() && !appointment.status.occupies_time() {
                appointment.room = room_to_come_back_to(transaction, &appointment, now, speech)?;
            }
            appointment.status = status;
            appointment.cancel_reason = if status == AppointmentStatus::Cancelled {
                reason.trim().to_owned()
            } else {
                String::new()
            };
            transaction.update_appointment(&appointment)?;
            Ok::<_, Error>(appointment)
        })?;
        Ok(done.value)
    }

    /// Moves a visit, or gives it another length. It must break no rule, unless a reason is given that will do.
    ///
    /// It stays in its room where that is free, unless another is named.
    pub fn move_visit(&mut self, id: &AppointmentId, to: &Move, reason: &str) -> Result<Appointment, Error> {
        self.allow(UseCase::PlaceVisit)?;
        let (now, speech, stamp) = (self.now()?, self.speech(), self.stamp(reason));
        let done = self.store.change(&stamp, Action::Reschedule, |transaction| {
            let mut appointment = transaction
                .appointment(id)?
                .ok_or_else(|| Error::not_found("appointment", id))?;
            let question = StartQuestion {
                patient: appointment.patient.clone(),
                service: appointment.service.clone(),
                practitioner: to
                    .practitioner
                    .clone()
                    .unwrap_or_else(|| appointment.practitioner.clone()),
                room: to.room.clone(),
                start: to.start,
                moved: Some(id.clone()),
                minutes: to.minutes,
            };
            let situation = Situation::load(transaction, &question, 0)?;
            situation.with_chosen(&question, now, |chosen, calendar| {
                let weighed = Weighed::of(chosen, to.start, situation.present_room());
                let reason = weighed.allowed(&to.override_reason, calendar, speech)?;
                appointment.room = weighed.room().map(|room| calendar.room(room).id.clone());
                appointment.minutes = chosen.minutes.unsigned_abs();
                appointment.override_reason = reason;
                Ok::<_, Error>(())
            })??;
            appointment.start = to.start;
            appointment.practitioner = question.practitioner;
            transaction.update_appointment(&appointment)?;
            Ok::<_, Error>(appointment)
        })?;
        Ok(done.value)
    }
}

/// The room of a visit that takes time again: its own if that is still free.
fn room_to_come_back_to(
    view: &Reader,
    visit: &Appointment,
    now: NaiveDateTime,
    speech: Speech,
) -> Result<Option<RoomId>, Error> {
    let question = StartQuestion {
        patient: visit.patient.clone(),
        service: visit.service.clone(),
        practitioner: visit.practitioner.clone(),
        room: None,
        start: visit.start,
        moved: Some(visit.id.clone()),
        minutes: None,
    };
    let situation = Situation::load(view, &question, 0)?;
    situation.with_chosen(&question, now, |chosen, calendar| {
        let weighed = Weighed::of(chosen, visit.start, situation.present_room());
        let is_double_booking = !visit.override_reason.is_empty();
        // Only what would be taken twice: the visit was agreed on, whatever else has changed since.
        let taken = weighed.broken.iter().find(|violation| match violation {
            Violation::PatientBusy { .. } => true,
            Violation::PractitionerBusy { .. } | Violation::NoRoomFree => !is_double_booking,
            _ => false,
        });
        match taken {
            Some(violation) => {
                let why = violation.words(calendar, speech);
                Err(place_is_taken(&why, speech.language))
            }
            None => Ok(weighed.room().map(|room| calendar.room(room).id.clone())),
        }
    })?
}

fn place_is_taken(why: &str, language: Language) -> Error {
    let text = match language {
        Language::English => format!("its place is taken: {why}; book a new visit at another time"),
        Language::French => format!("sa place est prise\u{a0}: {why}; réservez un autre moment"),
    };
    Error::new(Code::NoLongerFits, text)
}
