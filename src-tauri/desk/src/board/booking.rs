//! Booking one visit and moving one.

use chrono::{NaiveDate, NaiveDateTime};
use ordo_core::Language;
use ordo_core::model::{Appointment, AppointmentId, AppointmentStatus, PatientId};
use ordo_core::time::TimeOfDay;
use ordo_store::{Action, Entity, Record};

use super::words::Words;
use super::{check_note, wrote};
use crate::view::board::{Change, NewVisit, VisitPlace};
use crate::why::{Situation, Weighed};
use crate::{Code, Desk, Error, Host, Move, StartQuestion, UseCase};

/// The longest treatment, in minutes.
const LONGEST_VISIT: u32 = 1440;

impl<H: Host> Desk<H> {
    /// Books one visit; the same request again answers as before and books nothing.
    pub fn book_visit(&mut self, visit: &NewVisit) -> Result<Change, Error> {
        self.allow(UseCase::BookVisit)?;
        self.allow_patient(&visit.patient.as_str().into())?;
        let id = request_id(&visit.request)?;
        check_note(&visit.note, self.language)?;
        let (now, language, speech) = (self.now()?, self.language, self.speech());
        let stamp = self.stamp(visit.place.override_reason.trim());
        let question = StartQuestion {
            patient: PatientId::from(visit.patient.as_str()),
            service: visit.service.as_str().into(),
            practitioner: visit.place.practitioner.as_str().into(),
            room: visit.place.room.as_deref().map(Into::into),
            start: start_of(&visit.place)?,
            moved: None,
            minutes: minutes_of(visit.place.minutes, language)?,
        };
        let done = self.store.change(&stamp, Action::Book, |transaction| {
            if let Some(there) = transaction.appointment(&id)? {
                return Ok(Some(there));
            }
            let situation = Situation::load(transaction, &question, 0)?;
            let appointment = situation.with_chosen(&question, now, |chosen, calendar| {
                let weighed = Weighed::of(chosen, question.start, None);
                Ok::<_, Error>(Appointment {
                    id: id.clone(),
                    practitioner: question.practitioner.clone(),
                    patient: question.patient.clone(),
                    service: question.service.clone(),
                    room: weighed.room().map(|room| calendar.room(room).id.clone()),
                    start: question.start,
                    minutes: chosen.minutes.unsigned_abs(),
                    buffer_minutes: chosen.buffer_minutes.unsigned_abs(),
                    status: AppointmentStatus::Booked,
                    session: None,
                    override_reason: weighed.allowed(&visit.place.override_reason, calendar, speech)?,
                    cancel_reason: String::new(),
                    note: visit.note.trim().to_owned(),
                    revision: 0,
                    changed_at: None,
                })
            })??;
            transaction.insert_appointment(&appointment)?;
            Ok::<_, Error>(None)
        })?;
        if done.value.is_none() {
            return self.changed(done.entry.as_ref());
        }
        let history = self.store.history_of(Entity::Appointment, id.as_str())?;
        let booked = history.iter().rfind(|entry| wrote(entry, &id));
        let is_same = booked.is_some_and(|entry| {
            entry.changes.iter().any(|change| match &change.after {
                Some(Record::Appointment(there)) => {
                    there.id == id
                        && there.patient == question.patient
                        && there.service == question.service
                        && there.practitioner == question.practitioner
                        && there.start == question.start
                }
                _ => false,
            })
        });
        if is_same {
            self.changed(booked)
        } else {
            Err(Words(language).request_is_taken())
        }
    }

    /// Moves a visit to another start, date, practitioner or room, or gives it another length.
    pub fn place_visit(&mut self, id: &AppointmentId, place: &VisitPlace) -> Result<Change, Error> {
        self.allow(UseCase::PlaceVisit)?;
        let to = Move {
            start: start_of(place)?,
            practitioner: Some(place.practitioner.as_str().into()),
            room: place.room.as_deref().map(Into::into),
            minutes: minutes_of(place.minutes, self.language)?,
            override_reason: place.override_reason.clone(),
        };
        let before = self.store.current_seq()?;
        self.move_visit(id, &to, place.override_reason.trim())?;
        self.changed_since(before)
    }
}

pub(super) fn start_of(place: &VisitPlace) -> Result<NaiveDateTime, Error> {
    start_at(place.date, place.minute)
}

/// The local start at a minute of a date.
pub(crate) fn start_at(date: NaiveDate, minute: u32) -> Result<NaiveDateTime, Error> {
    let time = TimeOfDay::from_minutes(minute).filter(|time| *time < TimeOfDay::END_OF_DAY);
    let time = time.ok_or_else(|| {
        let text = format!("minute {minute} is not in a day; a start lies from 0 to 1439");
        Error::new(Code::BadRequest, text)
    })?;
    Ok(time.on(date))
}

/// The length of a treatment that was asked for, if it is one.
pub(super) fn minutes_of(minutes: Option<u32>, language: Language) -> Result<Option<u32>, Error> {
    match minutes {
        Some(minutes) if !(1..=LONGEST_VISIT).contains(&minutes) => {
            Err(Words(language).no_length(minutes, LONGEST_VISIT))
        }
        minutes => Ok(minutes),
    }
}

/// Requests name the visits that they book, so only names that are safe everywhere.
pub(crate) fn request_id(request: &str) -> Result<AppointmentId, Error> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (16..=64).contains(&request.len()) && request.bytes().all(is_plain) {
        Ok(AppointmentId::from(request))
    } else {
        Err(Error::new(
            Code::BadRequest,
            "a request is named by 16 to 64 letters, digits and hyphens",
        ))
    }
}
