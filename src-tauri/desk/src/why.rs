//! Asked about one start: the rules that it breaks, and the nearest legal ones.

use chrono::{NaiveDate, NaiveDateTime};
use ordo_core::calendar::{Calendar, Placement};
use ordo_core::model::{AppointmentId, PatientId, PractitionerId, RoomId, Series, ServiceId, SessionLink};
use ordo_core::rules::{Others, PatientRules, Scope, Violation, start};
use ordo_core::time::day_number;
use ordo_core::why::{Chosen, SessionRules, check_start, nearest_legal};
use ordo_store::Reader;

use crate::{Desk, Error, Host};

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
    /// The appointment that is being moved; it is in nobody's way.
    pub moved: Option<AppointmentId>,
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
        let now = self.now()?;
        self.store.read(|view| {
            let situation = Situation::load(view, question)?;
            situation.with_chosen(question, now, |chosen, calendar| {
                let place = calendar.place_lasting(
                    chosen.service,
                    chosen.practitioner,
                    chosen.room,
                    question.start,
                    chosen.minutes,
                    chosen.buffer_minutes,
                );
                let broken: Vec<_> = check_start(chosen, &place)
                    .into_iter()
                    .map(|violation| (violation, violation.words(calendar, self.language)))
                    .collect();
                let [before, after] = nearest_legal(chosen, &place, SEARCH_DAYS)
                    .map(|near| near.map(|near| calendar.local_start(&near)));
                let room = if broken.is_empty() {
                    room_for(chosen, &place)
                } else {
                    None
                };
                StartAnswer {
                    broken,
                    room,
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
    moved: Option<usize>,
}

impl Situation {
    pub(crate) fn load(view: &Reader, question: &StartQuestion) -> Result<Self, Error> {
        Self::around(
            view,
            &question.patient,
            std::slice::from_ref(&question.practitioner),
            (question.start.date(), SEARCH_DAYS + 8),
            question.moved.as_ref(),
        )
    }

    /// Reads what visits with any of some practitioners are held against, so many days around a date.
    pub(crate) fn around(
        view: &Reader,
        patient: &PatientId,
        practitioners: &[PractitionerId],
        (date, days): (NaiveDate, i32),
        moved: Option<&AppointmentId>,
    ) -> Result<Self, Error> {
        let clinic = view.clinic()?;
        let reach = chrono::TimeDelta::days(i64::from(days));
        let rooms: Vec<_> = clinic.rooms.iter().map(|room| room.id.clone()).collect();
        let horizon = view.horizon(
            patient,
            practitioners,
            &rooms,
            date.checked_sub_signed(reach).unwrap_or(date),
            date.checked_add_signed(reach).unwrap_or(date),
        )?;
        let mut session = None;
        if let Some(id) = moved {
            let appointment = view
                .appointment(id)?
                .ok_or_else(|| Error::not_found("appointment", id))?;
            if let Some(link) = appointment.session
                && let Some(series) = view.series(&link.series)?
            {
                session = Some((series, link));
            }
        }
        let calendar = Calendar::new(horizon.clinic, vec![horizon.patient], horizon.appointments)?;
        let moved = moved.and_then(|id| {
            let appointment = calendar
                .appointments()
                .iter()
                .position(|appointment| &appointment.id == id)?;
            calendar.visit_of(appointment)
        });
        Ok(Self {
            calendar,
            session,
            moved,
        })
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
                    if Some(index) != self.moved {
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
        let replaced: Vec<usize> = self.moved.into_iter().collect();
        let chosen = Chosen {
            scope: Scope {
                calendar,
                patient: PatientRules {
                    patient: calendar.patient_index(&question.patient),
                    protocol: series.map(|(series, _, order)| (order, series.spacing)),
                },
                start: start::Limits {
                    now: Some(calendar.clock().to_utc(now)),
                    earliest: None,
                    slot_minutes: calendar.clinic().slot_minutes as i32,
                },
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
            minutes: calendar.service(service).minutes as i32,
            buffer_minutes: calendar.service(service).buffer_minutes as i32,
        };
        Ok(ask(&chosen, calendar))
    }
}

/// The first room that makes a legal place: the one asked for, else one that fits and is free.
pub(crate) fn room_for(chosen: &Chosen<'_>, place: &Placement) -> Option<RoomId> {
    let calendar = chosen.scope.calendar;
    let rooms = chosen
        .room
        .map_or_else(|| calendar.rooms_for(place.service).to_vec(), |room| vec![room]);
    let fits = |room: &usize| {
        check_start(
            chosen,
            &Placement {
                room: Some(*room),
                ..*place
            },
        )
        .is_empty()
    };
    rooms
        .into_iter()
        .find(fits)
        .map(|room| calendar.room(room).id.clone())
}
