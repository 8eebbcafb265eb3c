//! One visit: its status, and moving it.

use chrono::NaiveDateTime;
use ordo_core::Language;
use ordo_core::model::{Appointment, AppointmentId, AppointmentStatus, PractitionerId, RoomId};
use ordo_store::Action;

use crate::why::{Situation, room_for};
use crate::{Code, Desk, Error, Host, StartQuestion};
use ordo_core::why::check_start;

/// Where a visit is to be moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The new start, local.
    pub start: NaiveDateTime,
    /// The new practitioner; the same when left out.
    pub practitioner: Option<PractitionerId>,
    /// The new room; one that fits when left out.
    pub room: Option<RoomId>,
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
        if status == AppointmentStatus::Cancelled && reason.trim().is_empty() {
            return Err(Error::new(
                Code::BadRequest,
                "a visit is called off for a reason; say why",
            ));
        }
        let action = if status == AppointmentStatus::Cancelled {
            Action::Cancel
        } else {
            Action::SetStatus
        };
        let stamp = self.stamp(reason);
        let done = self.store.change(&stamp, action, |transaction| {
            let mut appointment = transaction
                .appointment(id)?
                .ok_or_else(|| Error::not_found("appointment", id))?;
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

    /// Moves a visit. It must break no rule, unless a reason is given.
    pub fn move_visit(&mut self, id: &AppointmentId, to: &Move, reason: &str) -> Result<Appointment, Error> {
        let now = self.now()?;
        let stamp = self.stamp(reason);
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
            };
            let situation = Situation::load(transaction, &question)?;
            let (broken, room) = situation.with_chosen(&question, now, |chosen, calendar| {
                let mut chosen = *chosen;
                chosen.minutes = appointment.minutes as i32;
                chosen.buffer_minutes = appointment.buffer_minutes as i32;
                let place = calendar.place_lasting(
                    chosen.service,
                    chosen.practitioner,
                    chosen.room,
                    to.start,
                    chosen.minutes,
                    chosen.buffer_minutes,
                );
                let broken = check_start(&chosen, &place);
                let words: Vec<_> = broken
                    .iter()
                    .map(|violation| violation.words(calendar, self.language))
                    .collect();
                let is_firm = broken.iter().any(|violation| !violation.yields_to_a_reason());
                ((words, is_firm), room_for(&chosen, &place))
            })?;
            let (broken, is_firm) = broken;
            if is_firm || (!broken.is_empty() && to.override_reason.trim().is_empty()) {
                return Err(refused(&broken, self.language));
            }
            appointment.start = to.start;
            appointment.practitioner = question.practitioner;
            appointment.room = room.or_else(|| to.room.clone()).or(appointment.room);
            appointment.override_reason = if broken.is_empty() {
                String::new()
            } else {
                to.override_reason.trim().to_owned()
            };
            transaction.update_appointment(&appointment)?;
            Ok::<_, Error>(appointment)
        })?;
        Ok(done.value)
    }
}

/// A place that the rules refuse, or allow only with a reason.
pub(crate) fn refused(broken: &[String], language: Language) -> Error {
    let text = match language {
        Language::English => format!("the visit cannot lie there: {}", broken.join("; ")),
        Language::French => format!("le rendez-vous ne peut pas être là : {}", broken.join(" ; ")),
    };
    Error::new(Code::RuleBroken, text)
}
