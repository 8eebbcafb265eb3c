//! Rules 1 to 7, for one session by itself.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use serde_json::Value;

use super::Malformed;
use super::facts::{Facts, Session};
use super::form::{
    date, date_time, entry, instant, is_weekday, list, minute_of_day, minutes_since_1970, number, text,
};
use super::pricing::{PlacedSession, illegal};
use super::spans::{Span, less, meet, merged, within};

/// A legal start of a session with one practitioner.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub start: i64,
    pub end: i64,
    pub date: NaiveDate,
    pub minute: i64,
    pub practitioner: String,
    /// The free rooms; `None` when it needs none.
    pub rooms: Option<Vec<String>>,
    pub orphan: i64,
    pub fixed: bool,
    pub moved: bool,
}

impl<'a> Facts<'a> {
    /// Every place that rules 1 to 8 allow a session; the one place of a fixed session.
    pub fn places(&self, session: &Session) -> Result<Vec<Place>, Malformed> {
        let wanted = self.wanted(session);
        let current = self.current(session)?;
        if let Some(entry) = self.listed("fixed", session) {
            let local = date_time(text(entry, "start")?)?;
            let start = instant(self.zone, local)?;
            let practitioner = text(entry, "practitioner")?;
            return Ok(vec![Place {
                start,
                end: start + session.minutes,
                date: local.date(),
                minute: minute_of_day(local),
                practitioner: practitioner.to_owned(),
                rooms: entry["room"].as_str().map(|room| vec![room.to_owned()]),
                orphan: 0,
                fixed: true,
                moved: current.is_some_and(|place| place != (start, practitioner)),
            }]);
        }
        let service = self.service(text(wanted, "service")?)?;
        let slot = number(&self.clinic["clinic"], "slot_minutes")?;
        let mut places = Vec::new();
        let behind = if session.position == self.first_held() {
            vec![0]
        } else {
            self.steps()
        };
        let last_step = behind.iter().max().copied().unwrap_or(0);
        let from = self.earliest + Duration::days(7 * session.week - self.tolerance);
        let to = self.latest_start + Duration::days(7 * session.week + last_step + self.tolerance);
        for date in from.iter_days().take_while(|date| *date <= to) {
            for minute in (0..24 * 60).step_by(usize::try_from(slot).unwrap_or(1)) {
                let local = date.and_time(NaiveTime::MIN) + Duration::minutes(minute);
                let Some(moment) = self.zone.from_local_datetime(&local).earliest() else {
                    continue;
                };
                let start = minutes_since_1970(&moment);
                for practitioner in list(wanted, "practitioners").iter().filter_map(Value::as_str) {
                    let Some((rooms, orphan)) = self.allowed(session, service, practitioner, date, start)?
                    else {
                        continue;
                    };
                    places.push(Place {
                        start,
                        end: start + session.minutes,
                        date,
                        minute,
                        practitioner: practitioner.to_owned(),
                        rooms,
                        orphan,
                        fixed: false,
                        moved: current.is_some_and(|place| place != (start, practitioner)),
                    });
                }
            }
        }
        Ok(places)
    }

    /// Rules 1 to 7 for one start: the free rooms and the orphan minutes.
    #[expect(
        clippy::type_complexity,
        reason = "the two facts that rules 4 and the orphan cost leave"
    )]
    fn allowed(
        &self,
        session: &Session,
        service: &Value,
        practitioner: &str,
        date: NaiveDate,
        start: i64,
    ) -> Result<Option<(Option<Vec<String>>, i64)>, Malformed> {
        let (end, busy_until) = (start + session.minutes, start + session.minutes + session.buffer);
        if start < self.now || date < self.earliest {
            return Ok(None);
        }
        let working = self.working_time(practitioner, date)?;
        if !working.iter().any(|span| within((start, end), *span)) {
            return Ok(None);
        }
        let busy: Vec<Span> = self
            .appointments
            .iter()
            .filter(|appointment| appointment.practitioner == practitioner)
            .map(|appointment| (appointment.start, appointment.busy_until))
            .collect();
        if busy.iter().any(|span| meet((start, busy_until), *span)) {
            return Ok(None);
        }
        let kinds = list(service, "room_kinds");
        let mut rooms = None;
        if !kinds.is_empty() {
            let free: Vec<String> = list(self.clinic, "rooms")
                .iter()
                .filter(|room| list(room, "kinds").iter().any(|kind| kinds.contains(kind)))
                .filter_map(|room| room["id"].as_str())
                .filter(|room| {
                    self.appointments.iter().all(|appointment| {
                        appointment.room != Some(room)
                            || !meet((start, busy_until), (appointment.start, appointment.busy_until))
                    })
                })
                .map(str::to_owned)
                .collect();
            if free.is_empty() {
                return Ok(None);
            }
            rooms = Some(free);
        }
        if !self.patient_can_come(date, (start, end))? || !self.beside_others(session, date, (start, end)) {
            return Ok(None);
        }
        let free = less(&working, &busy);
        let shortest = self.shortest_service(practitioner)?;
        let Some(&(from, to)) = free.iter().find(|span| within((start, end), **span)) else {
            return Ok(None);
        };
        let orphan = [start - from, to - busy_until]
            .into_iter()
            .filter(|piece| 0 < *piece && *piece < shortest)
            .sum();
        Ok(Some((rooms, orphan)))
    }

    fn shortest_service(&self, practitioner: &str) -> Result<i64, Malformed> {
        let mut shortest = i64::MAX;
        for id in list(entry(self.clinic, "practitioners", practitioner)?, "services") {
            shortest = shortest.min(number(self.service(id.as_str().unwrap_or_default())?, "minutes")?);
        }
        Ok(shortest)
    }

    /// Rule 2: hours and extra hours of a date, merged, less absences; none on a closure.
    fn working_time(&self, practitioner: &str, date: NaiveDate) -> Result<Vec<Span>, Malformed> {
        let named = |entry: &&Value| entry["date"].as_str() == Some(&date.to_string());
        if list(self.clinic, "closures")
            .iter()
            .any(|closure| named(&closure))
        {
            return Ok(Vec::new());
        }
        let person = entry(self.clinic, "practitioners", practitioner)?;
        let mut spans = Vec::new();
        for hours in list(person, "hours") {
            let first = hours["valid_from"].as_str().map(self::date).transpose()?;
            let last = hours["valid_to"].as_str().map(self::date).transpose()?;
            let every = hours["every_weeks"].as_i64().unwrap_or(1);
            let in_week = every == 1
                || first.is_some_and(|first| (monday(date) - monday(first)).num_weeks() % every == 0);
            if is_weekday(date, text(hours, "weekday")?)
                && first.is_none_or(|first| first <= date)
                && last.is_none_or(|last| date <= last)
                && in_week
            {
                spans.push(self.window(date, hours)?);
            }
        }
        for extra in list(person, "extra_hours").iter().filter(named) {
            spans.push(self.window(date, extra)?);
        }
        let mut absences = Vec::new();
        for absence in list(person, "absences") {
            absences.push((
                instant(self.zone, date_time(text(absence, "from")?)?)?,
                instant(self.zone, date_time(text(absence, "to")?)?)?,
            ));
        }
        Ok(less(&merged(spans), &absences))
    }

    fn window(&self, date: NaiveDate, entry: &Value) -> Result<Span, Malformed> {
        let at = |key: &str| -> Result<i64, Malformed> {
            let time = NaiveTime::parse_from_str(text(entry, key)?, "%H:%M");
            instant(
                self.zone,
                date.and_time(time.map_err(|_| Malformed(key.to_owned()))?),
            )
        };
        Ok((at("from")?, at("to")?))
    }

    /// Rule 5.
    fn patient_can_come(&self, date: NaiveDate, treatment: Span) -> Result<bool, Malformed> {
        let patient = entry(self.clinic, "patients", text(self.request, "patient")?)?;
        let availability = list(patient, "availability");
        let mut windows = Vec::new();
        for window in availability {
            if is_weekday(date, text(window, "weekday")?) {
                windows.push(self.window(date, window)?);
            }
        }
        let available =
            availability.is_empty() || merged(windows).iter().any(|span| within(treatment, *span));
        let free = self
            .appointments
            .iter()
            .all(|other| !other.of_patient || !meet(treatment, (other.start, other.end)));
        Ok(available && free)
    }

    /// Rules 6 and 7.
    fn beside_others(&self, session: &Session, date: NaiveDate, (start, end): Span) -> bool {
        let own = self.order[session.position];
        self.appointments
            .iter()
            .filter(|other| other.of_patient)
            .all(|other| {
                if other.discipline == own {
                    return other.date != date;
                }
                if self.same_day {
                    let in_order = if session.position == 0 {
                        end <= other.start
                    } else {
                        other.end <= start
                    };
                    return other.date != date || in_order;
                }
                start - other.end >= self.gap.0 || other.start - end >= self.gap.0
            })
    }

    /// The place of one session of a plan; rules 1 to 7 are checked, and that its room is one of the free ones.
    pub fn place_of(&self, placed: &PlacedSession) -> Result<(Session, Place), Malformed> {
        let session = *self
            .sessions
            .iter()
            .find(|session| self.order[session.position] == placed.discipline && session.week == placed.week)
            .ok_or_else(|| illegal(placed, "is no session of the request"))?;
        let start = instant(self.zone, placed.start)?;
        let same = |place: &Place| place.start == start && place.practitioner == placed.practitioner;
        if self.is_fixed(&session) {
            let place = self.places(&session)?.into_iter().find(same);
            return Ok((
                session,
                place.ok_or_else(|| illegal(placed, "is not where it is fixed"))?,
            ));
        }
        let (date, minute) = (placed.start.date(), minute_of_day(placed.start));
        if minute % number(&self.clinic["clinic"], "slot_minutes")? != 0 {
            return Err(illegal(placed, "is off the grid"));
        }
        let wanted = self.wanted(&session);
        if !list(wanted, "practitioners")
            .iter()
            .any(|id| *id == placed.practitioner)
        {
            return Err(illegal(placed, "is given by somebody else"));
        }
        let service = self.service(text(wanted, "service")?)?;
        let (rooms, orphan) = self
            .allowed(&session, service, &placed.practitioner, date, start)?
            .ok_or_else(|| illegal(placed, "breaks one of rules 1 to 7"))?;
        let room_is_right = match (&rooms, &placed.room) {
            (Some(free), Some(room)) => free.contains(room),
            (free, room) => free.is_none() && room.is_none(),
        };
        if !room_is_right {
            return Err(illegal(placed, "is not in a free room of the right kind"));
        }
        let current = self.current(&session)?;
        let moved = current.is_some_and(|place| place != (start, placed.practitioner.as_str()));
        let place = Place {
            start,
            end: start + session.minutes,
            date,
            minute,
            practitioner: placed.practitioner.clone(),
            rooms: placed.room.clone().map(|room| vec![room]),
            orphan,
            fixed: false,
            moved,
        };
        Ok((session, place))
    }
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()))
}
