//! Books a proposal: every visit or none.

use ordo_core::calendar::{Calendar, Placement};
use ordo_core::model::{
    Appointment, AppointmentId, AppointmentStatus, Request, Series, SeriesBasis, SeriesId, Session,
    SessionLink,
};
use ordo_core::planner::{Proposal, ResolvedRequest, resolve};
use ordo_core::protocol::discipline_words;
use ordo_core::rules::{check_session_pair, first_violation};
use ordo_core::{Language, Speech, said};
use ordo_store::{Action, StoreError};

use crate::pins::scope_of;
use crate::propose::{Proposed, touched, with_availability};
use crate::rest::Rest;
use crate::{Code, Desk, Error, Host, UseCase};

/// A series that was booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The series.
    pub series: SeriesId,
    /// Its appointments, by start.
    pub appointments: Vec<AppointmentId>,
    /// The journal entry.
    pub entry: u32,
}

impl<H: Host> Desk<H> {
    /// Books one of the three proposals in one transaction. Every visit is checked again by every rule against the
    /// rows as they are then; the first one that no longer fits is named, and nothing is written.
    pub fn book(&mut self, proposed: &Proposed, choice: usize, reason: &str) -> Result<Booked, Error> {
        self.allow(UseCase::BookSeries)?;
        let id = SeriesId::from(self.host.new_id().as_str());
        self.book_as(&id, proposed, choice, reason)
    }

    /// Books a proposal as a series of an identifier.
    pub(crate) fn book_as(
        &mut self,
        id: &SeriesId,
        proposed: &Proposed,
        choice: usize,
        reason: &str,
    ) -> Result<Booked, Error> {
        let proposal = proposed.plan.proposals.get(choice).ok_or_else(|| {
            let said = said!(
                "there are three proposals; choose 1, 2 or 3",
                "il y a trois propositions; choisissez 1, 2 ou 3"
            );
            Error::said(Code::BadRequest, said)
        })?;
        if proposal.sessions.is_empty() {
            let said = said!(
                "no session of this proposal has a place; there is nothing to book",
                "aucune séance de cette proposition n’a de place; il n’y a rien à réserver"
            );
            return Err(Error::said(Code::BadRequest, said));
        }
        let series = series_of(id.as_str(), &proposed.request, &proposed.basis, proposal);
        let sessions = sessions_of(&proposed.calendar, proposal);
        let ids: Vec<AppointmentId> = sessions
            .iter()
            .map(|_| AppointmentId::new(self.host.new_id()))
            .collect();
        let stamp = self.stamp(reason);
        // What has become past since it was planned no longer fits either.
        let request = &Request {
            now: self.now()?,
            ..proposed.request.clone()
        };
        let notes = &proposed.decision.notes;
        let (language, speech) = (self.language, self.speech());
        let action = proposed
            .rest
            .as_ref()
            .map_or(Action::Book, |_| Action::Reschedule);
        let done = self.store.change(&stamp, action, |transaction| {
            // Nothing was written since it was planned: the rows are those that were planned on.
            let unchanged = transaction.current_seq()? == proposed.planned_at;
            let read_again;
            let calendar = if unchanged {
                &proposed.calendar
            } else {
                let now = touched(transaction, &transaction.clinic()?, request, None)?;
                // When the patient can come was part of the question.
                read_again = match proposed.calendar.patients().first() {
                    Some(patient) => with_availability(&now, &patient.id, &patient.availability)?,
                    None => now,
                };
                &read_again
            };
            if let Some(rest) = proposed.rest.as_ref().filter(|_| !unchanged) {
                rest.check_unchanged(transaction, request.now, language)?;
            }
            let places = still_fit(calendar, request, &sessions, proposed.rest.as_ref(), speech)?;
            let mut visits: Vec<Appointment> = sessions
                .iter()
                .zip(&ids)
                .zip(&places)
                .map(|((session, id), place)| {
                    let mut visit = appointment_of(calendar, request, session, id, place, &series.id);
                    let own = notes.iter().filter(|note| note.discipline == session.discipline);
                    visit.note = own.map(|note| note.text.as_str()).collect::<Vec<_>>().join("; ");
                    visit
                })
                .collect();
            transaction.insert_series(&series)?;
            let new = match &proposed.rest {
                Some(rest) => rest.rewrite(transaction, &series, &sessions, &mut visits, language)?,
                None => vec![true; visits.len()],
            };
            for ((visit, session), _) in visits.iter().zip(&sessions).zip(new).filter(|(_, new)| *new) {
                transaction
                    .insert_appointment(visit)
                    .map_err(|error| match error {
                        StoreError::Conflict(_) => {
                            let why = Error::from(error).spoken(language).message;
                            no_longer_fits(session, &why, speech)
                        }
                        // A full disk is no lost race: planning again would not help.
                        error => error.into(),
                    })?;
            }
            Ok::<_, Error>(visits.into_iter().map(|visit| visit.id).collect::<Vec<_>>())
        })?;
        let entry = done.entry.map_or(0, |entry| entry.seq);
        Ok(Booked {
            series: series.id,
            appointments: done.value,
            entry,
        })
    }
}

pub(crate) fn series_of(id: &str, request: &Request, basis: &SeriesBasis, proposal: &Proposal) -> Series {
    Series {
        id: SeriesId::from(id),
        patient: request.patient.clone(),
        order: request.order.clone(),
        spacing: request.spacing,
        weeks: request.weeks,
        tolerance_days: request.tolerance_days,
        rhythms: request.rhythms.clone(),
        usual: proposal.usual.clone(),
        strategy: proposal.strategy,
        basis: basis.clone(),
    }
}

/// The sessions of a proposal by identifiers and local times, which outlive the calendar that was planned on.
pub(crate) fn sessions_of(calendar: &Calendar, proposal: &Proposal) -> Vec<Session> {
    let clinic = calendar.clinic();
    proposal
        .sessions
        .iter()
        .map(|session| Session {
            discipline: session.discipline.clone(),
            week: session.week,
            start: calendar.local_start(&session.place),
            practitioner: clinic.practitioners[session.place.practitioner].id.clone(),
            room: session.place.room.map(|room| clinic.rooms[room].id.clone()),
        })
        .collect()
}

/// The places of sessions in a calendar, if every one is still legal there; what took place is not asked.
fn still_fit(
    calendar: &Calendar,
    request: &Request,
    sessions: &[Session],
    rest: Option<&Rest>,
    speech: Speech,
) -> Result<Vec<Placement>, Error> {
    let resolved = resolve(calendar, request)?;
    let is_fixed = |session: &Session| {
        let is_it = |fixed: &Session| fixed.discipline == session.discipline && fixed.week == session.week;
        request.fixed.iter().any(is_it)
    };
    let is_held =
        |session: &Session| rest.is_some_and(|rest| rest.is_held(&session.discipline, session.week));
    let mut places: Vec<Placement> = Vec::with_capacity(sessions.len());
    for session in sessions {
        let (rhythm, place) = place_of(calendar, &resolved, session)?;
        let alone = if is_held(session) {
            None
        } else if is_fixed(session) {
            first_violation(&scope_of(calendar, &resolved, rhythm), &place)
        } else {
            first_violation(&resolved.scope(calendar, rhythm), &place)
        };
        let among = || {
            let others = places.iter().zip(sessions);
            let mut bound = others.filter(|(_, earlier)| !(is_held(session) && is_held(earlier)));
            bound.find_map(|(other, earlier)| {
                let pair = ((&place, session.week), (other, earlier.week));
                check_session_pair(pair.0, pair.1, resolved.order, resolved.spacing)
                    .into_iter()
                    .next()
            })
        };
        if let Some(violation) = alone.or_else(among) {
            let why = violation.words(calendar, speech);
            return Err(no_longer_fits(session, &why, speech));
        }
        places.push(place);
    }
    Ok(places)
}

fn place_of(
    calendar: &Calendar,
    request: &ResolvedRequest,
    session: &Session,
) -> Result<(usize, Placement), Error> {
    let discipline = calendar
        .discipline_index(&session.discipline)
        .ok_or_else(|| Error::not_found("discipline", &session.discipline))?;
    let rhythm = request
        .rhythms
        .iter()
        .position(|rhythm| rhythm.discipline == discipline)
        .ok_or_else(|| Error::not_found("discipline of the request", &session.discipline))?;
    let practitioner = calendar
        .practitioner_index(&session.practitioner)
        .ok_or_else(|| Error::not_found("practitioner", &session.practitioner))?;
    let room = match &session.room {
        Some(room) => Some(
            calendar
                .room_index(room)
                .ok_or_else(|| Error::not_found("room", room))?,
        ),
        None => None,
    };
    Ok((
        rhythm,
        calendar.place(request.rhythms[rhythm].service, practitioner, room, session.start),
    ))
}

pub(crate) fn appointment_of(
    calendar: &Calendar,
    request: &Request,
    session: &Session,
    id: &AppointmentId,
    place: &Placement,
    series: &SeriesId,
) -> Appointment {
    let service = calendar.service(place.service);
    Appointment {
        id: id.clone(),
        practitioner: session.practitioner.clone(),
        patient: request.patient.clone(),
        service: service.id.clone(),
        room: session.room.clone(),
        start: session.start,
        minutes: service.minutes,
        buffer_minutes: service.buffer_minutes,
        status: AppointmentStatus::Booked,
        session: Some(SessionLink {
            series: series.clone(),
            week: session.week,
        }),
        override_reason: String::new(),
        cancel_reason: String::new(),
        note: String::new(),
        revision: 0,
        changed_at: None,
    }
}

fn no_longer_fits(session: &Session, why: &str, speech: Speech) -> Error {
    let language = speech.language;
    let (discipline, week) = (discipline_words(&session.discipline, language), session.week + 1);
    let date = language.short_date(session.start.date());
    let time = speech.time_of(session.start);
    let text = match language {
        Language::English => format!(
            "the {discipline} visit of week {week} on {date} at {time} no longer fits: {why}. Nothing was booked; plan again"
        ),
        Language::French => format!(
            "le rendez-vous de {discipline} de la semaine {week}, le {date} à {time}, ne convient plus\u{a0}: {why}. Rien n’a été réservé; planifiez de nouveau"
        ),
    };
    Error::new(Code::NoLongerFits, text)
}
