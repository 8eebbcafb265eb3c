//! Where a visit may lie: every start of a date, and one start weighed.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use ordo_core::model::{AppointmentId, Clinic, PractitionerId, RoomId, ServiceId};
use ordo_core::rules::Violation;
use ordo_core::time::{TimeOfDay, day_number};
use ordo_core::why::{Chosen, check_start, nearest_legal};
use ordo_store::Reader;

use super::booking::{minutes_of, start_of};
use crate::view::board::{
    BrokenRule, DateStarts, NearStart, PlaceView, PractitionerStarts, RoomName, ServiceChoice, StartState,
    StartStretch, VisitPlace, Wanted,
};
use crate::week::week_of;
use crate::why::{Situation, Weighed};
use crate::{Desk, Error, Host, StartQuestion, UseCase};

/// How many days around a start the window is told the nearest legal one; further, people look at the board.
const NEAR_DAYS: i32 = 7;
/// How far the other days of a week lie from any of them.
const WEEK_REACH: i32 = 6;

impl<H: Host> Desk<H> {
    /// Every start of a date for a visit, for everybody who offers its service, with what the rules say.
    ///
    /// With a length in minutes, for the visit at that length.
    pub fn starts(
        &self,
        wanted: &Wanted,
        date: NaiveDate,
        minutes: Option<u32>,
    ) -> Result<Vec<PractitionerStarts>, Error> {
        self.allow(UseCase::Starts)?;
        self.allow_wanted(wanted)?;
        let now = self.now()?;
        let minutes = minutes_of(minutes, self.language)?;
        self.store.read(|view| {
            let (date_start, anybody) = (TimeOfDay::MIDNIGHT.on(date), PractitionerId::from(""));
            let question = StartQuestion {
                minutes,
                ..question(view, wanted, &anybody, date_start)?
            };
            let givers = who_offers(&view.clinic()?, &question.service);
            let situation = Situation::around(view, &question, &givers, 0)?;
            givers
                .into_iter()
                .map(|practitioner| {
                    let question = StartQuestion {
                        practitioner,
                        ..question.clone()
                    };
                    let stretches = situation.with_chosen(&question, now, |chosen, _| {
                        self.stretches(&situation, chosen, date, now)
                    })?;
                    Ok(PractitionerStarts {
                        practitioner: question.practitioner.to_string(),
                        stretches,
                    })
                })
                .collect()
        })
    }

    /// Every start of the week of a date for a visit with one practitioner, in one room if it is named.
    pub fn week_starts(
        &self,
        wanted: &Wanted,
        date: NaiveDate,
        practitioner: &PractitionerId,
        room: Option<&RoomId>,
    ) -> Result<Vec<DateStarts>, Error> {
        self.allow(UseCase::WeekStarts)?;
        self.allow_wanted(wanted)?;
        let now = self.now()?;
        self.store.read(|view| {
            let question = StartQuestion {
                room: room.cloned(),
                ..question(view, wanted, practitioner, TimeOfDay::MIDNIGHT.on(date))?
            };
            let situation = Situation::load(view, &question, WEEK_REACH)?;
            situation.with_chosen(&question, now, |chosen, _| {
                let of_date = |date| DateStarts {
                    date,
                    stretches: self.stretches(&situation, chosen, date, now),
                };
                week_of(date).map(of_date).collect()
            })
        })
    }

    /// One place for a visit: the rules that it breaks, the room it would take, and the nearest legal starts.
    pub fn weigh(&self, wanted: &Wanted, place: &VisitPlace) -> Result<PlaceView, Error> {
        self.allow(UseCase::Weigh)?;
        self.allow_wanted(wanted)?;
        let now = self.now()?;
        let start = start_of(place)?;
        let minutes = minutes_of(place.minutes, self.language)?;
        self.store.read(|view| {
            let practitioner = place.practitioner.as_str().into();
            let question = StartQuestion {
                room: place.room.as_deref().map(Into::into),
                minutes,
                ..question(view, wanted, &practitioner, start)?
            };
            let situation = Situation::load(view, &question, NEAR_DAYS)?;
            situation.with_chosen(&question, now, |chosen, calendar| {
                let present = situation.present_room();
                let weighed = Weighed::of(chosen, start, present);
                let in_any_room = Chosen {
                    room: None,
                    ..*chosen
                };
                let rooms = Weighed::of(&in_any_room, start, present).rooms;
                let broken = |violation: &Violation| BrokenRule {
                    words: violation.words(calendar, self.speech()),
                    yields: violation.yields_to_a_reason(),
                };
                let name = |room: usize| RoomName {
                    id: calendar.room(room).id.to_string(),
                    name: calendar.room(room).name.clone(),
                };
                let [before, after] = nearest_legal(chosen, &weighed.place, NEAR_DAYS)
                    .map(|near| near.map(|near| near_start(calendar.local_start(&near))));
                PlaceView {
                    state: state(&weighed.broken),
                    broken: weighed.broken.iter().map(broken).collect(),
                    to_minute: place.minute + chosen.minutes.unsigned_abs(),
                    room: weighed.room().map(name),
                    rooms: rooms.into_iter().map(name).collect(),
                    before,
                    after,
                }
            })
        })
    }

    /// The services that somebody offers.
    pub fn service_choices(&self) -> Result<Vec<ServiceChoice>, Error> {
        self.allow(UseCase::Services)?;
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

    /// Refuses a new visit of somebody whose record is not for these eyes; one that is booked may be moved.
    fn allow_wanted(&self, wanted: &Wanted) -> Result<(), Error> {
        match wanted {
            Wanted::New { patient, .. } => self.allow_patient(&patient.as_str().into()),
            Wanted::Booked { .. } => Ok(()),
        }
    }

    /// The starts of a day's grid, merged where the answer is the same.
    fn stretches(
        &self,
        situation: &Situation,
        chosen: &Chosen<'_>,
        date: NaiveDate,
        now: NaiveDateTime,
    ) -> Vec<StartStretch> {
        let calendar = &situation.calendar;
        let slot = calendar.clinic().slot_minutes.clamp(1, 60);
        let midnight = TimeOfDay::MIDNIGHT.on(date);
        let mut stretches: Vec<StartStretch> = Vec::new();
        for minute in (0..1440).step_by(slot as usize) {
            let Some(place) = chosen.at(day_number(date), minute) else {
                continue;
            };
            let mut chosen = *chosen;
            chosen.scope.start = situation.limits(midnight + TimeDelta::minutes(i64::from(minute)), now);
            let broken = check_start(&chosen, &place);
            let state = state(&broken);
            let words = broken
                .iter()
                .map(|violation| violation.words(calendar, self.speech()));
            let words = words.collect::<Vec<_>>().join("; ");
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
}

/// The question that stands behind a wanted visit.
fn question(
    view: &Reader,
    wanted: &Wanted,
    practitioner: &PractitionerId,
    start: NaiveDateTime,
) -> Result<StartQuestion, Error> {
    let (patient, service, moved) = match wanted {
        Wanted::New { patient, service } => (patient.as_str().into(), service.as_str().into(), None),
        Wanted::Booked { appointment } => {
            let id = AppointmentId::from(appointment.as_str());
            let visit = view
                .appointment(&id)?
                .ok_or_else(|| Error::not_found("appointment", &id))?;
            (visit.patient, visit.service, Some(id))
        }
    };
    Ok(StartQuestion {
        patient,
        service,
        practitioner: practitioner.clone(),
        room: None,
        start,
        moved,
        minutes: None,
    })
}

fn state(broken: &[Violation]) -> StartState {
    if broken.is_empty() {
        StartState::Legal
    } else if broken.iter().all(Violation::yields_to_a_reason) {
        StartState::Reason
    } else {
        StartState::Illegal
    }
}

fn near_start(start: NaiveDateTime) -> NearStart {
    NearStart {
        date: start.date(),
        minute: TimeOfDay::of(start).minutes().unsigned_abs(),
    }
}

pub(super) fn who_offers(clinic: &Clinic, service: &ServiceId) -> Vec<PractitionerId> {
    clinic
        .practitioners
        .iter()
        .filter(|practitioner| practitioner.services.contains(service))
        .map(|practitioner| practitioner.id.clone())
        .collect()
}
