//! What the day board does: where a visit may lie, booking one, moving it, its status, taking back.

mod words;

use chrono::{NaiveDate, NaiveDateTime};
use ordo_core::calendar::Calendar;
use ordo_core::model::{
    Appointment, AppointmentId, AppointmentStatus, Clinic, PatientId, PractitionerId, ServiceId,
};
use ordo_core::time::{TimeOfDay, day_number};
use ordo_core::why::{Chosen, check_start};
use ordo_store::{Action, Entry, EntryKind, Record, Which};

use self::words::{Words, done_words};
use crate::view::board::{
    Change, NewVisit, PractitionerStarts, ServiceChoice, StartState, StartStretch, VisitPlace, VisitView,
    Wanted,
};
use crate::visit::refused;
use crate::why::{Situation, room_for};
use crate::{Code, Desk, Error, Host, Move, StartQuestion};

/// How many days around a date rules look.
const REACH_DAYS: i32 = 8;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 2000;

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

    /// Every start of a date for a visit, for everybody who offers its service, with what the rules say.
    pub fn starts(&self, wanted: &Wanted, date: NaiveDate) -> Result<Vec<PractitionerStarts>, Error> {
        let now = self.now()?;
        self.store.read(|view| {
            let moved = match wanted {
                Wanted::Booked { appointment } => {
                    let id = AppointmentId::from(appointment.as_str());
                    Some(
                        view.appointment(&id)?
                            .ok_or_else(|| Error::not_found("appointment", id))?,
                    )
                }
                Wanted::New { .. } => None,
            };
            let (patient, service) = match (wanted, &moved) {
                (_, Some(visit)) => (visit.patient.clone(), visit.service.clone()),
                (Wanted::New { patient, service }, None) => {
                    (patient.as_str().into(), service.as_str().into())
                }
                (Wanted::Booked { .. }, None) => return Ok(Vec::new()),
            };
            let givers = who_offers(&view.clinic()?, &service);
            let moved_id = moved.as_ref().map(|visit| &visit.id);
            let situation = Situation::around(view, &patient, &givers, (date, REACH_DAYS), moved_id)?;
            givers
                .iter()
                .map(|practitioner| {
                    let question = StartQuestion {
                        patient: patient.clone(),
                        service: service.clone(),
                        practitioner: practitioner.clone(),
                        room: None,
                        start: date.and_time(chrono::NaiveTime::MIN),
                        moved: moved_id.cloned(),
                    };
                    let stretches = situation.with_chosen(&question, now, |chosen, calendar| {
                        let chosen = as_long_as(*chosen, moved.as_ref());
                        self.stretches(&chosen, calendar, day_number(date))
                    })?;
                    Ok(PractitionerStarts {
                        practitioner: practitioner.to_string(),
                        stretches,
                    })
                })
                .collect()
        })
    }

    /// Books one visit; the same request again answers as before and books nothing.
    pub fn book_visit(&mut self, visit: &NewVisit) -> Result<Change, Error> {
        let id = request_id(&visit.request)?;
        if visit.note.chars().count() > LONGEST_NOTE {
            return Err(Words(self.language).note_too_long(LONGEST_NOTE));
        }
        let (now, language) = (self.now()?, self.language);
        let stamp = self.stamp(visit.place.override_reason.trim());
        let patient = PatientId::from(visit.patient.as_str());
        let question = StartQuestion {
            patient: patient.clone(),
            service: visit.service.as_str().into(),
            practitioner: visit.place.practitioner.as_str().into(),
            room: None,
            start: start_of(&visit.place)?,
            moved: None,
        };
        let done = self.store.change(&stamp, Action::Book, |transaction| {
            if transaction.appointment(&id)?.is_some() {
                return Ok::<_, Error>(());
            }
            let situation = Situation::load(transaction, &question)?;
            let (appointment, broken, is_firm) =
                situation.with_chosen(&question, now, |chosen, calendar| {
                    let place = calendar.place_lasting(
                        chosen.service,
                        chosen.practitioner,
                        chosen.room,
                        question.start,
                        chosen.minutes,
                        chosen.buffer_minutes,
                    );
                    let broken = check_start(chosen, &place);
                    let appointment = Appointment {
                        id: id.clone(),
                        practitioner: question.practitioner.clone(),
                        patient: patient.clone(),
                        service: question.service.clone(),
                        room: room_for(chosen, &place),
                        start: question.start,
                        minutes: chosen.minutes.unsigned_abs(),
                        buffer_minutes: chosen.buffer_minutes.unsigned_abs(),
                        status: AppointmentStatus::Booked,
                        session: None,
                        override_reason: String::new(),
                        cancel_reason: String::new(),
                        note: visit.note.trim().to_owned(),
                        revision: 0,
                        changed_at: None,
                    };
                    let words: Vec<_> = broken
                        .iter()
                        .map(|violation| violation.words(calendar, language))
                        .collect();
                    let is_firm = broken.iter().any(|violation| !violation.yields_to_a_reason());
                    (appointment, words, is_firm)
                })?;
            let reason = visit.place.override_reason.trim();
            if is_firm || (!broken.is_empty() && reason.is_empty()) {
                return Err(refused(&broken, language));
            }
            let override_reason = if broken.is_empty() { "" } else { reason };
            transaction.insert_appointment(&Appointment {
                override_reason: override_reason.to_owned(),
                ..appointment
            })?;
            Ok(())
        })?;
        self.changed(done.entry.as_ref())
    }

    /// Moves a visit to another start, date or practitioner.
    pub fn place_visit(&mut self, id: &AppointmentId, place: &VisitPlace) -> Result<Change, Error> {
        let to = Move {
            start: start_of(place)?,
            practitioner: Some(place.practitioner.as_str().into()),
            room: None,
            override_reason: place.override_reason.clone(),
        };
        let before = self.store.current_seq()?;
        self.move_visit(id, &to, place.override_reason.trim())?;
        self.changed_since(before)
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

    /// Takes the last change back; says which. What brought the clinic in stays: a slip of a key must not empty it.
    pub fn take_back(&mut self) -> Result<Change, Error> {
        let last = self.store.undoable()?;
        if last.is_some_and(|entry| entry.kind == EntryKind::Change(Action::Import)) {
            return Err(Words(self.language).nothing_to_undo());
        }
        let entry = self.undo(Which::Last, "")?;
        self.changed(Some(&entry))
    }

    /// Makes the change that was taken back last again; says which.
    pub fn make_again(&mut self) -> Result<Change, Error> {
        let entry = self.redo(Which::Last, "")?;
        self.changed(Some(&entry))
    }

    /// The number of the newest change, by whatever program.
    pub fn last_change(&self) -> Result<u32, Error> {
        Ok(self.store.current_seq()?)
    }

    /// The services that somebody offers.
    pub fn service_choices(&self) -> Result<Vec<ServiceChoice>, Error> {
        let clinic = self.store.clinic()?;
        let choice = |service: &ordo_core::model::Service| ServiceChoice {
            id: service.id.to_string(),
            name: service.name.clone(),
            minutes: service.minutes,
            practitioners: who_offers(&clinic, &service.id)
                .iter()
                .map(ToString::to_string)
                .collect(),
        };
        let mut choices: Vec<_> = clinic.services.iter().map(choice).collect();
        choices.retain(|choice| !choice.practitioners.is_empty());
        Ok(choices)
    }

    /// The starts of a day's grid, merged where the answer is the same.
    fn stretches(&self, chosen: &Chosen<'_>, calendar: &Calendar, day: i32) -> Vec<StartStretch> {
        let slot = calendar.clinic().slot_minutes.clamp(1, 60);
        let mut stretches: Vec<StartStretch> = Vec::new();
        for minute in (0..1440).step_by(slot as usize) {
            let Some(place) = chosen.at(day, minute) else {
                continue;
            };
            let broken = check_start(chosen, &place);
            let state = match broken.as_slice() {
                [] => StartState::Legal,
                some if some.iter().all(ordo_core::rules::Violation::yields_to_a_reason) => {
                    StartState::Reason
                }
                _ => StartState::Illegal,
            };
            let words: Vec<_> = broken
                .iter()
                .map(|violation| violation.words(calendar, self.language))
                .collect();
            let words = words.join("; ");
            let minute = minute.unsigned_abs();
            match stretches.last_mut() {
                Some(last)
                    if last.state == state && last.words == words && last.to_minute + slot == minute =>
                {
                    last.to_minute = minute;
                }
                _ => stretches.push(StartStretch {
                    from_minute: minute,
                    to_minute: minute,
                    state,
                    words,
                }),
            }
        }
        stretches
    }

    /// What the newest entry did, if there is one after a number.
    pub(crate) fn changed_since(&self, before: u32) -> Result<Change, Error> {
        let entries = self.store.changes_after(before, 1)?;
        self.changed(entries.first())
    }

    pub(crate) fn changed(&self, entry: Option<&Entry>) -> Result<Change, Error> {
        let Some(entry) = entry else {
            return Ok(Change {
                entry: None,
                words: Words(self.language).nothing(),
            });
        };
        let patient = match patient_of(entry) {
            Some(id) => self.store.patient(&id)?,
            None => None,
        };
        let name = patient.map(|patient| patient.name);
        let undone = match entry.kind {
            EntryKind::Undo { of } | EntryKind::Redo { of } => self.store.entry(of)?,
            _ => None,
        };
        Ok(Change {
            entry: Some(entry.seq),
            words: done_words(self.language, entry, undone.as_ref(), name.as_deref()),
        })
    }
}

/// The one patient whose visits, series or record an entry touches.
fn patient_of(entry: &Entry) -> Option<PatientId> {
    let mut patients =
        entry
            .changes
            .iter()
            .filter_map(|change| match change.after.as_ref().or(change.before.as_ref())? {
                Record::Appointment(visit) => Some(visit.patient.clone()),
                Record::Series(series) => Some(series.patient.clone()),
                Record::Patient(patient) => Some(patient.id.clone()),
                _ => None,
            });
    let first = patients.next()?;
    patients.all(|other| other == first).then_some(first)
}

fn who_offers(clinic: &Clinic, service: &ServiceId) -> Vec<PractitionerId> {
    clinic
        .practitioners
        .iter()
        .filter(|practitioner| practitioner.services.contains(service))
        .map(|practitioner| practitioner.id.clone())
        .collect()
}

/// A visit that is moved keeps the length it was booked with.
fn as_long_as<'a>(mut chosen: Chosen<'a>, moved: Option<&Appointment>) -> Chosen<'a> {
    if let Some(visit) = moved {
        chosen.minutes = visit.minutes as i32;
        chosen.buffer_minutes = visit.buffer_minutes as i32;
    }
    chosen
}

fn start_of(place: &VisitPlace) -> Result<NaiveDateTime, Error> {
    let time = TimeOfDay::from_minutes(place.minute).filter(|time| *time < TimeOfDay::END_OF_DAY);
    let time = time.ok_or_else(|| {
        Error::new(
            Code::BadRequest,
            format!(
                "minute {} is not in a day; a start lies from 0 to 1439",
                place.minute
            ),
        )
    })?;
    Ok(time.on(place.date))
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

fn visit_view(clinic: &Clinic, visit: Appointment, patient: Option<ordo_core::model::Patient>) -> VisitView {
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
