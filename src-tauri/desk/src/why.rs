//! Asked about one start: the rules that it breaks, and the nearest legal ones.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use ordo_core::calendar::{Calendar, Placement};
use ordo_core::model::{
    Appointment, AppointmentId, Clinic, PatientId, PractitionerId, Room, RoomId, Series, Service, ServiceId,
    SessionLink,
};
use ordo_core::rules::{Others, PatientRules, Scope, Violation, start};
use ordo_core::time::day_number;
use ordo_core::why::{Chosen, SessionRules, check_start, nearest_legal};
use ordo_core::{Language, Speech};
use ordo_store::Reader;

use crate::board::calendar_of;
use crate::{Code, Desk, Error, Host, UseCase};

/// How many days around a start the nearest legal one is looked for.
const SEARCH_DAYS: i32 = 28;

/// A visit that somebody wants to place or move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartQuestion {
    /// Whose visit.
    pub patient: PatientId,
    /// What.
    pub service: ServiceId,
    /// With whom.
    pub practitioner: PractitionerId,
    /// Where; any room that fits when left out.
    pub room: Option<RoomId>,
    /// When, local.
    pub start: NaiveDateTime,
    /// The appointment that is being moved; it is in nobody's way, and keeps its length and buffer.
    pub moved: Option<AppointmentId>,
    /// Another length of the treatment, in minutes.
    pub minutes: Option<u32>,
}

/// What the rules say about a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartAnswer {
    /// Every rule that it breaks, in order, with words.
    pub broken: Vec<(Violation, String)>,
    /// The room that it would take, if it is legal and needs one.
    pub room: Option<RoomId>,
    /// The nearest legal start before it, within four weeks.
    pub before: Option<NaiveDateTime>,
    /// The nearest legal start after it, within four weeks.
    pub after: Option<NaiveDateTime>,
}

impl<H: Host> Desk<H> {
    /// Every rule that a start breaks, and the nearest legal start on either side.
    pub fn why(&self, question: &StartQuestion) -> Result<StartAnswer, Error> {
        self.allow(UseCase::Weigh)?;
        self.allow_patient(&question.patient)?;
        let now = self.now()?;
        self.store.read(|view| {
            let situation = Situation::load(view, question, SEARCH_DAYS)?;
            situation.with_chosen(question, now, |chosen, calendar| {
                let weighed = Weighed::of(chosen, question.start, situation.present_room());
                let [before, after] = nearest_legal(chosen, &weighed.place, SEARCH_DAYS)
                    .map(|near| near.map(|near| calendar.local_start(&near)));
                let words = |violation: &Violation| (*violation, violation.words(calendar, self.speech()));
                StartAnswer {
                    room: weighed
                        .room()
                        .filter(|_| weighed.broken.is_empty())
                        .map(|room| calendar.room(room).id.clone()),
                    broken: weighed.broken.iter().map(words).collect(),
                    before,
                    after,
                }
            })
        })
    }
}

/// Everything that rules 1 to 12 need to know about one visit, read at one moment.
pub(crate) struct Situation {
    pub calendar: Calendar,
    /// The series of the visit being moved, and its week.
    session: Option<(Series, SessionLink)>,
    /// The visit being moved, and where it stands among those that occupy time.
    moved: Option<Appointment>,
    moved_visit: Option<usize>,
}

impl Situation {
    /// Reads what one start is held against, and so many days more on either side.
    pub(crate) fn load(view: &Reader, question: &StartQuestion, days: i32) -> Result<Self, Error> {
        let practitioners = std::slice::from_ref(&question.practitioner);
        Self::around(view, question, practitioners, days)
    }

    /// Reads what starts with any of some practitioners are held against.
    pub(crate) fn around(
        view: &Reader,
        question: &StartQuestion,
        practitioners: &[PractitionerId],
        days: i32,
    ) -> Result<Self, Error> {
        let clinic = view.clinic()?;
        let moved = match &question.moved {
            Some(id) => Some(
                view.appointment(id)?
                    .ok_or_else(|| Error::not_found("appointment", id))?,
            ),
            None => None,
        };
        let rooms = rooms_in_question(&clinic, question, moved.as_ref());
        let (date, reach) = (question.start.date(), TimeDelta::days(i64::from(days)));
        let horizon = view.horizon(
            &question.patient,
            practitioners,
            &rooms,
            date.checked_sub_signed(reach).unwrap_or(date),
            date.checked_add_signed(reach).unwrap_or(date),
        )?;
        let mut appointments = horizon.appointments;
        let mut session = None;
        if let Some(link) = moved.as_ref().and_then(|moved| moved.session.clone())
            && let Some(series) = view.series(&link.series)?
        {
            // However far the visit is moved, the other sessions of its series count.
            let far = view.appointments_of_series(&series.id)?;
            let known: HashSet<_> = appointments.iter().map(|visit| visit.id.clone()).collect();
            appointments.extend(far.into_iter().filter(|visit| !known.contains(&visit.id)));
            appointments.sort_by_key(|visit| visit.start);
            session = Some((series, link));
        }
        let calendar = Calendar::new(horizon.clinic, vec![horizon.patient], appointments)?;
        let moved_visit = question
            .moved
            .as_ref()
            .and_then(|id| calendar.visit_of(calendar.appointment_index(id)?));
        Ok(Self {
            calendar,
            session,
            moved,
            moved_visit,
        })
    }

    /// Reads what starts on some dates are held against, whoever the patient is.
    pub(crate) fn without_patient(
        view: &Reader,
        clinic: Clinic,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Self, Error> {
        Ok(Self {
            calendar: calendar_of(view, clinic, from, to)?,
            session: None,
            moved: None,
            moved_visit: None,
        })
    }

    /// What a start is held against; one that is kept, as when only the length changes, may lie in the past.
    pub(crate) fn limits(&self, start: NaiveDateTime, now: NaiveDateTime) -> start::Limits {
        if self.moved.as_ref().is_some_and(|moved| moved.start == start) {
            return start::Limits::default();
        }
        start::Limits {
            now: Some(self.calendar.clock().to_utc(now)),
            earliest: None,
            slot_minutes: self.calendar.clinic().slot_minutes as i32,
        }
    }

    /// The room that the visit being moved has.
    pub(crate) fn present_room(&self) -> Option<usize> {
        self.calendar.room_index(self.moved.as_ref()?.room.as_ref()?)
    }

    /// Asks something about the visit in question.
    pub(crate) fn with_chosen<T>(
        &self,
        question: &StartQuestion,
        now: NaiveDateTime,
        ask: impl FnOnce(&Chosen<'_>, &Calendar) -> T,
    ) -> Result<T, Error> {
        let calendar = &self.calendar;
        let service = calendar
            .service_index(&question.service)
            .ok_or_else(|| Error::not_found("service", &question.service))?;
        let practitioner = calendar
            .practitioner_index(&question.practitioner)
            .ok_or_else(|| Error::not_found("practitioner", &question.practitioner))?;
        let room = match &question.room {
            Some(room) => Some(
                calendar
                    .room_index(room)
                    .ok_or_else(|| Error::not_found("room", room))?,
            ),
            None => None,
        };
        let series = self.session.as_ref().and_then(|(series, link)| {
            let order = [
                calendar.discipline_index(&series.order[0])?,
                calendar.discipline_index(&series.order[1])?,
            ];
            Some((series, link, order))
        });
        let mut same_series = Vec::new();
        let mut others = Vec::new();
        if let Some((series, _, _)) = series {
            for (index, visit) in calendar.visits().iter().enumerate() {
                let link = calendar.appointment(index).session.as_ref();
                if let Some(link) = link.filter(|link| link.series == series.id) {
                    same_series.push(index);
                    if Some(index) != self.moved_visit {
                        others.push((visit.place, link.week));
                    }
                }
            }
        }
        let discipline = &calendar.service(service).discipline;
        let usual_day = series.and_then(|(series, _, _)| {
            let usual = series
                .usual
                .iter()
                .find(|usual| &usual.discipline == discipline)?;
            Some((day_number(usual.date), series.tolerance_days))
        });
        let replaced: Vec<usize> = self.moved_visit.into_iter().collect();
        let (minutes, buffer_minutes) = self.length(calendar.service(service), question);
        let chosen = Chosen {
            scope: Scope {
                calendar,
                patient: PatientRules {
                    patient: calendar.patient_index(&question.patient),
                    protocol: series.map(|(series, _, order)| (order, series.spacing)),
                },
                start: self.limits(question.start, now),
                practitioners: None,
                others: Others {
                    replaced: &replaced,
                    same_series: &same_series,
                },
            },
            session: series.map(|(series, link, order)| SessionRules {
                week: link.week,
                order,
                spacing: series.spacing,
                rhythm: usual_day,
                others: &others,
            }),
            service,
            practitioner,
            room,
            minutes: minutes as i32,
            buffer_minutes: buffer_minutes as i32,
        };
        Ok(ask(&chosen, calendar))
    }

    /// Treatment and buffer: as booked for a visit that is moved, else the service's.
    fn length(&self, service: &Service, question: &StartQuestion) -> (u32, u32) {
        let (minutes, buffer_minutes) = self
            .moved
            .as_ref()
            .map_or((service.minutes, service.buffer_minutes), |moved| {
                (moved.minutes, moved.buffer_minutes)
            });
        (question.minutes.unwrap_or(minutes), buffer_minutes)
    }
}

/// The rooms that a visit could be in, whether or not they are free.
fn rooms_in_question(clinic: &Clinic, question: &StartQuestion, moved: Option<&Appointment>) -> Vec<RoomId> {
    let service = clinic
        .services
        .iter()
        .find(|service| service.id == question.service);
    let kinds = service.map_or(&[][..], |service| &service.room_kinds);
    let named = [
        question.room.as_ref(),
        moved.and_then(|moved| moved.room.as_ref()),
    ];
    let could_be =
        |room: &&Room| room.kinds.iter().any(|kind| kinds.contains(kind)) || named.contains(&Some(&room.id));
    let rooms = clinic.rooms.iter().filter(could_be);
    rooms.map(|room| room.id.clone()).collect()
}

/// What the rules say of one place.
pub(crate) struct Weighed {
    /// The place, in the room that was asked for, if any.
    pub place: Placement,
    /// Every rule that it breaks, in order.
    pub broken: Vec<Violation>,
    /// The rooms in which it breaks no more than that: the one it is in first, then the clinic's order.
    pub rooms: Vec<usize>,
}

impl Weighed {
    /// Holds a start against every rule; `present` is the room that a visit being moved has.
    pub(crate) fn of(chosen: &Chosen<'_>, start: NaiveDateTime, present: Option<usize>) -> Self {
        let calendar = chosen.scope.calendar;
        let place = calendar.place_lasting(
            chosen.service,
            chosen.practitioner,
            chosen.room,
            start,
            chosen.minutes,
            chosen.buffer_minutes,
        );
        let broken = check_start(chosen, &place);
        let mut rooms: Vec<usize> = match chosen.room {
            Some(room) => vec![room],
            None => {
                let fitting = calendar.rooms_for(place.service).iter().copied();
                let others = fitting.filter(|room| Some(*room) != present);
                present.into_iter().chain(others).collect()
            }
        };
        rooms.retain(|&room| {
            let there = Placement {
                room: Some(room),
                ..place
            };
            check_start(chosen, &there) == broken
        });
        Self { place, broken, rooms }
    }

    /// The room that it takes; none where none is needed, or none is free and a reason stands against that.
    pub(crate) fn room(&self) -> Option<usize> {
        self.rooms.first().copied()
    }

    /// Whether a reason would do for every broken rule.
    pub(crate) fn yields(&self) -> bool {
        self.broken.iter().all(Violation::yields_to_a_reason)
    }

    /// What is noted on a visit that is put there: the reason where it needs one.
    ///
    /// # Errors
    /// [`Code::RuleBroken`] when a reason is needed and none is given, or none would do.
    pub(crate) fn allowed(&self, reason: &str, calendar: &Calendar, speech: Speech) -> Result<String, Error> {
        let reason = reason.trim();
        if self.broken.is_empty() {
            Ok(String::new())
        } else if self.yields() && !reason.is_empty() {
            Ok(reason.to_owned())
        } else {
            let broken = self.words(calendar, speech);
            let text = match speech.language {
                Language::English => format!("the visit cannot lie there: {}", broken.join("; ")),
                Language::French => {
                    format!("le rendez-vous ne peut pas être là\u{a0}: {}", broken.join("; "))
                }
            };
            Err(Error::new(Code::RuleBroken, text))
        }
    }

    /// The broken rules in words.
    pub(crate) fn words(&self, calendar: &Calendar, speech: Speech) -> Vec<String> {
        let words = |violation: &Violation| violation.words(calendar, speech);
        self.broken.iter().map(words).collect()
    }
}
