//! Writing the rest of a series: what is booked moves, what is new is added, what is no longer asked for is called off.

use chrono::NaiveDateTime;
use ordo_core::Language;
use ordo_core::calendar::{Calendar, Placement};
use ordo_core::model::{Appointment, AppointmentStatus, Request, Series, Session, SessionLink};
use ordo_core::planner::{Plan, PlannedSession, ResolvedRequest, resolve};
use ordo_core::rules::{check_session_pair, first_violation};
use ordo_store::{Reader, Transaction};

use super::Rest;
use crate::{Code, Error};

impl Rest {
    /// Leaves visits that do not move in their rooms, where those will do.
    pub(crate) fn keep_rooms(
        &self,
        calendar: &Calendar,
        request: &Request,
        plan: &mut Plan,
    ) -> Result<(), Error> {
        let resolved = resolve(calendar, request)?;
        for proposal in &mut plan.proposals {
            for at in 0..proposal.sessions.len() {
                let kept = self.room_to_keep(calendar, &proposal.sessions[at]);
                let place = Placement {
                    room: kept.or(proposal.sessions[at].place.room),
                    ..proposal.sessions[at].place
                };
                if kept.is_some() && will_do(calendar, &resolved, &proposal.sessions, at, &place) {
                    proposal.sessions[at].place = place;
                }
            }
        }
        Ok(())
    }

    fn room_to_keep(&self, calendar: &Calendar, session: &PlannedSession) -> Option<usize> {
        let booked = &self.booked(&session.discipline, session.week)?.visit;
        let stays = !session.fixed
            && calendar.local_start(&session.place) == booked.start
            && calendar.clinic().practitioners[session.place.practitioner].id == booked.practitioner
            && calendar.service(session.place.service).id == booked.service;
        calendar.room_index(booked.room.as_ref().filter(|_| stays)?)
    }

    /// Refuses when the series is no longer as it was when its rest was planned.
    pub(crate) fn check_unchanged(
        &self,
        view: &Reader,
        now: NaiveDateTime,
        language: Language,
    ) -> Result<(), Error> {
        let present = Self::load(view, &self.series.id, &self.series.patient, now, language)?;
        if present == *self {
            return Ok(());
        }
        let text = language.pick(
            "the series has changed meanwhile and nothing was written; look at the proposals again",
            "la série a changé entre-temps et rien n’a été écrit; regardez de nouveau les propositions",
        );
        Err(Error::new(Code::NoLongerFits, text))
    }

    /// Writes what is there already: the series ends where its rest begins, and every visit from there on belongs to the
    /// rest. Gives for each of `visits` whether it is still to be added; those that are there get their identifiers.
    pub(crate) fn rewrite(
        &self,
        transaction: &mut Transaction<'_>,
        rest: &Series,
        sessions: &[Session],
        visits: &mut [Appointment],
        language: Language,
    ) -> Result<Vec<bool>, Error> {
        let mut is_new = vec![true; visits.len()];
        let mut changed = Vec::new();
        let mut left_behind = false;
        for mut there in transaction.appointments_of_series(&self.series.id)? {
            let week = there.session.as_ref().map_or(0, |link| link.week);
            let Some(week) = week.checked_sub(self.from_week) else {
                continue;
            };
            let planned = self
                .held
                .iter()
                .chain(&self.ahead)
                .find(|planned| planned.visit.id == there.id);
            let at = planned.and_then(|planned| {
                sessions.iter().position(|session| {
                    session.discipline == planned.discipline && session.week == planned.week
                })
            });
            let link = |week| SessionLink {
                series: rest.id.clone(),
                week,
            };
            let is_held = self.held.iter().any(|planned| planned.visit.id == there.id);
            match at.filter(|&at| is_new[at]) {
                Some(at) => {
                    let wanted = &visits[at];
                    let stays = is_held
                        || (there.start, &there.practitioner, &there.service)
                            == (wanted.start, &wanted.practitioner, &wanted.service);
                    if !stays {
                        there.start = wanted.start;
                        there.practitioner.clone_from(&wanted.practitioner);
                        there.service.clone_from(&wanted.service);
                        there.minutes = wanted.minutes;
                        there.buffer_minutes = wanted.buffer_minutes;
                        there.override_reason.clear();
                    }
                    if !is_held {
                        there.room.clone_from(&wanted.room);
                    }
                    there.session = Some(link(week));
                    visits[at] = there.clone();
                    is_new[at] = false;
                }
                // It took place and the rest has no such session: it stays with what came before.
                None if is_held => {
                    left_behind = true;
                    continue;
                }
                None => {
                    if planned.is_some() {
                        there.status = AppointmentStatus::Cancelled;
                        there.cancel_reason = language
                            .pick(
                                "the rest of the series was planned again",
                                "la suite de la série a été replanifiée",
                            )
                            .to_owned();
                    }
                    there.session = (week < rest.weeks).then(|| link(week));
                }
            }
            changed.push(there);
        }
        transaction.update_appointments(&changed)?;
        let weeks = self.from_week + u32::from(left_behind);
        if weeks == 0 {
            transaction.delete_series(&self.series.id)?;
        } else {
            transaction.update_series(&Series {
                weeks,
                ..self.series.clone()
            })?;
        }
        Ok(is_new)
    }
}

/// Whether a session may take a place among the others of a proposal.
fn will_do(
    calendar: &Calendar,
    resolved: &ResolvedRequest,
    sessions: &[PlannedSession],
    at: usize,
    place: &Placement,
) -> bool {
    let rhythm = resolved
        .rhythms
        .iter()
        .position(|rhythm| rhythm.discipline == place.discipline);
    let alone = rhythm.and_then(|rhythm| first_violation(&resolved.scope(calendar, rhythm), place));
    let week = sessions[at].week;
    alone.is_none()
        && sessions.iter().enumerate().all(|(other_at, other)| {
            other_at == at
                || check_session_pair(
                    (place, week),
                    (&other.place, other.week),
                    resolved.order,
                    resolved.spacing,
                )
                .is_empty()
        })
}
