//! Where one visit of a series may be put by hand: every start of a date, with everybody who offers its service.

use chrono::NaiveDate;
use ordo_core::calendar::{Calendar, Placement};
use ordo_core::planner::{ResolvedRequest, resolve};
use ordo_core::rules::{Rule, Violation};
use ordo_core::time::day_number;
use ordo_core::why::{Chosen, SessionRules, check_start};

use super::ask_of;
use super::words::Words;
use crate::pins::scope_of;
use crate::view::board::{StartState, StartStretch};
use crate::view::series::{SeriesAsk, SessionName, SessionStarts};
use crate::{Code, Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// Every start of a date for one visit of a series; only what is pinned or took place binds it, the rest makes way.
    pub fn session_starts(
        &self,
        ask: &SeriesAsk,
        session: &SessionName,
        date: NaiveDate,
    ) -> Result<Vec<SessionStarts>, Error> {
        self.allow(UseCase::SessionStarts)?;
        self.allow_patient(&ask.patient.as_str().into())?;
        // The visit itself is in nobody's way, and its date must be read.
        let mut ask = ask.clone();
        ask.pins.retain(|pin| pin.session != *session);
        let question = self.question(&ask.patient.as_str().into(), &ask_of(&ask)?, Some(date))?;
        let (calendar, request) = (question.calendar, question.request);
        let resolved = resolve(&calendar, &request)?;
        let words = Words(self.language, self.clock);
        let discipline = calendar.discipline_index(&session.discipline.as_str().into());
        let rhythm = resolved.sessions.iter().find(|asked| {
            asked.week == session.week && Some(resolved.rhythms[asked.rhythm].discipline) == discipline
        });
        let Some(rhythm) = rhythm.map(|asked| asked.rhythm) else {
            return Err(Error::new(Code::NotFound, words.unknown_session()));
        };
        let settled: Vec<(Placement, u32)> = resolved
            .sessions
            .iter()
            .filter(|other| (other.rhythm, other.week) != (rhythm, session.week))
            .filter_map(|other| Some((other.fixed?, other.week)))
            .collect();
        let service = resolved.rhythms[rhythm].service;
        let practitioners = &calendar.clinic().practitioners;
        let starts = (0..practitioners.len())
            .filter(|&practitioner| calendar.services_offered(practitioner).contains(&service))
            .map(|practitioner| {
                let chosen = Chosen {
                    scope: scope_of(&calendar, &resolved, rhythm),
                    session: Some(SessionRules {
                        week: session.week,
                        order: resolved.order,
                        spacing: resolved.spacing,
                        rhythm: None,
                        others: &settled,
                    }),
                    service,
                    practitioner,
                    room: None,
                    minutes: calendar.service(service).minutes as i32,
                    buffer_minutes: calendar.service(service).buffer_minutes as i32,
                };
                self.starts_with(&calendar, &resolved, &chosen, date)
            });
        // Those that may treat and have most to offer come first.
        let mut starts: Vec<_> = starts.collect();
        let asked = |starts: &SessionStarts| {
            request.rhythms.iter().any(|rhythm| {
                rhythm.discipline.as_str() == session.discipline
                    && rhythm
                        .practitioners
                        .iter()
                        .any(|id| id.as_str() == starts.practitioner)
            })
        };
        starts.sort_by_key(|starts| (!asked(starts), starts.legal.is_empty()));
        Ok(starts)
    }

    fn starts_with(
        &self,
        calendar: &Calendar,
        resolved: &ResolvedRequest,
        chosen: &Chosen<'_>,
        date: NaiveDate,
    ) -> SessionStarts {
        let practitioner = &calendar.clinic().practitioners[chosen.practitioner];
        let slot = resolved.slot_minutes().unsigned_abs();
        let (mut legal, mut blocked): (Vec<u32>, Vec<StartStretch>) = (Vec::new(), Vec::new());
        let mut away = None;
        let mut works = false;
        for minute in (0..1440).step_by(slot as usize) {
            let place = chosen.at(day_number(date), minute as i32);
            let Some(place) = place else { continue };
            let broken = check_start(chosen, &place);
            let said = |violation: &Violation| {
                violation.words_under(chosen.practitioner, date, calendar, self.speech())
            };
            if let Some(hours) = broken
                .iter()
                .find(|violation| violation.rule() == Rule::WorkingHours)
            {
                // At noon it is the day's reason, rather than the night's.
                if away.is_none() || minute == 720 {
                    away = Some(said(hours));
                }
                continue;
            }
            works = true;
            if broken.is_empty() {
                legal.push(minute);
                continue;
            }
            let words = broken.iter().map(said).collect::<Vec<_>>();
            let words = words.join("; ");
            match blocked.last_mut() {
                Some(last) if last.words == words && last.to_minute + slot == minute => {
                    last.to_minute = minute;
                }
                _ => blocked.push(StartStretch {
                    from_minute: minute,
                    to_minute: minute,
                    state: StartState::Illegal,
                    words,
                }),
            }
        }
        SessionStarts {
            practitioner: practitioner.id.to_string(),
            name: practitioner.name.clone(),
            legal,
            blocked,
            away: away.filter(|_| !works),
        }
    }
}
