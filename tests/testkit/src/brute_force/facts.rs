use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use serde_json::Value;
use thiserror::Error;

use super::pricing::{PlacedSession, Usual, illegal};

/// Says which part of a file is not of the planner's form.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Malformed(pub String);

/// A span of instants, in minutes since 1970 in UTC.
type Span = (i64, i64);

/// One session of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Session {
    /// Position of its discipline in `order`.
    pub position: usize,
    pub week: i64,
    minutes: i64,
    buffer: i64,
}

/// The costs that depend on the usual slots.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AgainstUsual {
    pub changes: i64,
    pub days_off: i64,
    pub minutes_off: i64,
}

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
    moved: bool,
}

/// The files, read as literally as the definition is written.
pub(super) struct Facts<'a> {
    clinic: &'a Value,
    request: &'a Value,
    zone: Tz,
    now: i64,
    earliest: NaiveDate,
    latest_start: NaiveDate,
    tolerance: i64,
    order: [&'a str; 2],
    same_day: bool,
    max_wait: i64,
    gap: Span,
    pub sessions: Vec<Session>,
    appointments: Vec<Appointment<'a>>,
}

struct Appointment<'a> {
    practitioner: &'a str,
    room: Option<&'a str>,
    of_patient: bool,
    discipline: &'a str,
    date: NaiveDate,
    start: i64,
    end: i64,
    busy_until: i64,
}

impl<'a> Facts<'a> {
    pub fn read(clinic: &'a Value, request: &'a Value) -> Result<Self, Malformed> {
        let zone: Tz = text(&clinic["clinic"], "time_zone")?
            .parse()
            .map_err(|_| Malformed("time_zone".to_owned()))?;
        let spacing = &request["spacing"];
        let order = [0, 1].map(|position| request["order"][position].as_str().unwrap_or_default());
        let mut facts = Self {
            clinic,
            request,
            zone,
            now: instant(zone, date_time(text(request, "now")?)?)?,
            earliest: date(text(request, "earliest")?)?,
            latest_start: date(text(request, "latest_start")?)?,
            tolerance: number(request, "tolerance_days")?,
            order,
            same_day: text(spacing, "kind")? == "same-day",
            max_wait: spacing["max_wait_minutes"].as_i64().unwrap_or(0),
            gap: (
                60 * spacing["min_hours"].as_i64().unwrap_or(0),
                60 * spacing["max_hours"].as_i64().unwrap_or(0),
            ),
            sessions: Vec::new(),
            appointments: Vec::new(),
        };
        for (position, discipline) in order.into_iter().enumerate() {
            let wanted = &request["disciplines"][discipline];
            if wanted.is_null() {
                continue;
            }
            let service = facts.service(text(wanted, "service")?)?;
            let (every, first) = (number(wanted, "every_weeks")?, number(wanted, "first_week")?);
            for week in 0..number(request, "weeks")? {
                if week >= first && (week - first) % every == 0 {
                    facts.sessions.push(Session {
                        position,
                        week,
                        minutes: number(service, "minutes")?,
                        buffer: service["buffer_minutes"].as_i64().unwrap_or(0),
                    });
                }
            }
        }
        for appointment in list(clinic, "appointments") {
            let replaced = list(request, "replaces").contains(&appointment["id"]);
            let occupies = matches!(text(appointment, "status")?, "booked" | "arrived" | "fulfilled");
            if replaced || !occupies {
                continue;
            }
            let service = facts.service(text(appointment, "service")?)?;
            let local = date_time(text(appointment, "start")?)?;
            let start = instant(zone, local)?;
            let end = start + number(service, "minutes")?;
            facts.appointments.push(Appointment {
                practitioner: text(appointment, "practitioner")?,
                room: appointment["room"].as_str(),
                of_patient: appointment["patient"] == request["patient"],
                discipline: text(service, "discipline")?,
                date: local.date(),
                start,
                end,
                busy_until: end + service["buffer_minutes"].as_i64().unwrap_or(0),
            });
        }
        Ok(facts)
    }

    fn service(&self, id: &str) -> Result<&'a Value, Malformed> {
        entry(self.clinic, "services", id)
    }

    fn wanted(&self, session: &Session) -> &'a Value {
        &self.request["disciplines"][self.order[session.position]]
    }

    fn listed(&self, key: &str, session: &Session) -> Option<&'a Value> {
        list(self.request, key).iter().find(|entry| {
            entry["discipline"] == self.order[session.position]
                && entry["week"].as_i64() == Some(session.week)
        })
    }

    /// Rule 8: how many days the second discipline's usual date may lie behind the first's.
    fn steps(&self) -> Vec<i64> {
        let paired = self.sessions.iter().any(|one| {
            self.sessions
                .iter()
                .any(|two| one.position != two.position && one.week == two.week)
        });
        if self.same_day || !paired {
            return vec![0];
        }
        (1..=(self.gap.1 + 24 * 60 - 1) / (24 * 60)).collect()
    }

    fn usual_dates(&self) -> Vec<NaiveDate> {
        self.earliest
            .iter_days()
            .take_while(|date| *date <= self.latest_start)
            .collect()
    }

    /// The first discipline in `order` that the request holds; its usual date is the one that is bounded.
    fn first_held(&self) -> usize {
        usize::from(self.request["disciplines"][self.order[0]].is_null())
    }

    /// Every place that rules 1 to 8 allow a session; the one place of a fixed session.
    pub fn places(&self, session: &Session) -> Result<Vec<Place>, Malformed> {
        let wanted = self.wanted(session);
        let current = match self.listed("current", session) {
            Some(entry) => {
                let start = instant(self.zone, date_time(text(entry, "start")?)?)?;
                Some((start, text(entry, "practitioner")?))
            }
            None => None,
        };
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

    /// Rules 9 to 12 between two sessions but for more than two in one room; two fixed ones always stand together.
    pub fn stand_together(&self, one: &Session, a: &Place, two: &Session, b: &Place) -> bool {
        if a.fixed && b.fixed {
            return true;
        }
        if one.position == two.position {
            return a.date != b.date;
        }
        let (first, a, b) = if one.position == 0 {
            (one, a, b)
        } else {
            (two, b, a)
        };
        let gap = b.start - a.end;
        let pair = one.week == two.week;
        if !self.same_day {
            return if pair {
                a.date < b.date && self.gap.0 <= gap && gap <= self.gap.1
            } else {
                a.date != b.date && (gap >= self.gap.0 || a.start - b.end >= self.gap.0)
            };
        }
        if a.date != b.date {
            return !pair;
        }
        if gap < 0 || (pair && gap > self.max_wait) {
            return false;
        }
        if gap >= first.buffer {
            return true;
        }
        let two_rooms = match (&a.rooms, &b.rooms) {
            (Some(one), Some(two)) => one.iter().any(|room| two.iter().any(|other| other != room)),
            _ => true,
        };
        a.practitioner != b.practitioner && two_rooms
    }

    /// Whether the buffer of the earlier of two sessions reaches into the later one.
    pub fn buffers_meet(&self, one: &Session, a: &Place, two: &Session, b: &Place) -> bool {
        meet((a.start, a.end + one.buffer), (b.start, b.end + two.buffer))
    }

    /// Whether the request fixes a session.
    pub fn is_fixed(&self, session: &Session) -> bool {
        self.listed("fixed", session).is_some()
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
        let current = self.listed("current", &session).map(|entry| {
            let at = date_time(text(entry, "start")?).and_then(|local| instant(self.zone, local));
            Ok::<_, Malformed>((at?, text(entry, "practitioner")?))
        });
        let moved = current
            .transpose()?
            .is_some_and(|place| place != (start, placed.practitioner.as_str()));
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

    /// Rule 8 with given usual slots, and the costs against them.
    pub fn measure(&self, chosen: &[(Session, &Place)], usual: &[Usual]) -> Result<AgainstUsual, Malformed> {
        let mut dates = Vec::new();
        let mut sums = AgainstUsual::default();
        for (position, discipline) in self.order.into_iter().enumerate() {
            let wanted = &self.request["disciplines"][discipline];
            if wanted.is_null() {
                continue;
            }
            let slot = usual
                .iter()
                .find(|slot| slot.discipline == discipline)
                .ok_or_else(|| Malformed(format!("{discipline} has no usual slot")))?;
            if !list(wanted, "practitioners")
                .iter()
                .any(|id| *id == slot.practitioner)
            {
                return Err(Malformed(format!(
                    "the usual practitioner of {discipline} is not asked for"
                )));
            }
            dates.push(slot.date);
            for (session, place) in chosen.iter().filter(|(session, _)| session.position == position) {
                let off = ((place.date - slot.date).num_days() - 7 * session.week).abs();
                if !place.fixed && off > self.tolerance {
                    return Err(Malformed(format!(
                        "{discipline} of week {} is off its rhythm",
                        session.week
                    )));
                }
                sums.changes += i64::from(place.practitioner != slot.practitioner);
                sums.days_off += off;
                sums.minutes_off += (place.minute - slot.minute).abs();
            }
        }
        if !self.usual_dates().contains(&dates[0]) {
            return Err(Malformed("the first usual date is out of range".to_owned()));
        }
        if dates.len() == 2 && !self.steps().contains(&(dates[1] - dates[0]).num_days()) {
            return Err(Malformed("the usual dates are too far apart".to_owned()));
        }
        Ok(sums)
    }

    pub fn moved(&self, chosen: &[(Session, &Place)]) -> i64 {
        chosen.iter().map(|(_, place)| i64::from(place.moved)).sum()
    }

    /// The least number of changes over every choice of usual practitioners.
    pub fn least_changes(&self, chosen: &[(Session, &Place)]) -> i64 {
        self.sum_by_discipline(chosen, |wanted, mine| {
            list(wanted, "practitioners")
                .iter()
                .map(|usual| {
                    count(
                        mine.iter()
                            .filter(|place| Some(place.practitioner.as_str()) != usual.as_str()),
                    )
                })
                .min()
                .unwrap_or(0)
        })
    }

    /// The least minutes over every usual time of the day; a sum of distances is least at one of its points.
    pub fn least_minutes_off(&self, chosen: &[(Session, &Place)]) -> i64 {
        self.sum_by_discipline(chosen, |_, mine| {
            mine.iter()
                .map(|usual| usual.minute)
                .map(|usual| mine.iter().map(|place| (place.minute - usual).abs()).sum())
                .min()
                .unwrap_or(0)
        })
    }

    fn sum_by_discipline(
        &self,
        chosen: &[(Session, &Place)],
        least: impl Fn(&Value, &[&Place]) -> i64,
    ) -> i64 {
        [0, 1]
            .into_iter()
            .map(|position| {
                let mine: Vec<&Place> = chosen
                    .iter()
                    .filter(|(session, _)| session.position == position)
                    .map(|(_, place)| *place)
                    .collect();
                if mine.is_empty() {
                    0
                } else {
                    least(&self.request["disciplines"][self.order[position]], &mine)
                }
            })
            .sum()
    }

    /// The least days over every pair of usual dates that rule 8 allows; `None` when it allows none.
    pub fn least_days_off(&self, chosen: &[(Session, &Place)]) -> Option<i64> {
        let mut least = None;
        for usual in self.usual_dates() {
            for step in self.steps() {
                let mut total = Some(0);
                for (session, place) in chosen {
                    let behind = if session.position == self.first_held() {
                        0
                    } else {
                        step
                    };
                    let off = ((place.date - usual).num_days() - behind - 7 * session.week).abs();
                    total = total
                        .filter(|_| place.fixed || off <= self.tolerance)
                        .map(|sum| sum + off);
                }
                least = [least, total].into_iter().flatten().min();
            }
        }
        least
    }

    pub fn start_delay(&self, chosen: &[(Session, &Place)]) -> i64 {
        chosen
            .iter()
            .map(|(_, place)| (place.date - self.earliest).num_days())
            .min()
            .unwrap_or(0)
    }

    pub fn wait(&self, chosen: &[(Session, &Place)]) -> i64 {
        let mut total = 0;
        for (one, a) in chosen {
            for (two, b) in chosen {
                let pair = one.position == 0 && two.position == 1 && one.week == two.week;
                if self.same_day && pair && a.date == b.date {
                    total += (b.start - a.end).max(a.start - b.end).max(0);
                }
            }
        }
        total
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap_or(i64::MAX)
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str, Malformed> {
    value[key].as_str().ok_or_else(|| Malformed(key.to_owned()))
}

fn number(value: &Value, key: &str) -> Result<i64, Malformed> {
    value[key].as_i64().ok_or_else(|| Malformed(key.to_owned()))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn entry<'a>(value: &'a Value, key: &str, id: &str) -> Result<&'a Value, Malformed> {
    list(value, key)
        .iter()
        .find(|entry| entry["id"] == id)
        .ok_or_else(|| Malformed(format!("{key}: {id}")))
}

fn date(text: &str) -> Result<NaiveDate, Malformed> {
    text.parse().map_err(|_| Malformed(text.to_owned()))
}

fn date_time(text: &str) -> Result<NaiveDateTime, Malformed> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| Malformed(text.to_owned()))
}

fn instant(zone: Tz, local: NaiveDateTime) -> Result<i64, Malformed> {
    let moment = zone.from_local_datetime(&local).earliest();
    moment
        .map(|moment| minutes_since_1970(&moment))
        .ok_or_else(|| Malformed(local.to_string()))
}

fn minutes_since_1970(moment: &DateTime<Tz>) -> i64 {
    moment.timestamp() / 60
}

fn minute_of_day(local: NaiveDateTime) -> i64 {
    (local.time() - NaiveTime::MIN).num_minutes()
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()))
}

fn is_weekday(date: NaiveDate, name: &str) -> bool {
    date.format("%a").to_string().to_lowercase() == name
}

fn within(inner: Span, outer: Span) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

fn meet(one: Span, two: Span) -> bool {
    one.0 < two.1 && two.0 < one.1
}

/// Overlapping and touching spans as one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut whole: Vec<Span> = Vec::new();
    for span in spans {
        match whole.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => whole.push(span),
        }
    }
    whole
}

/// What of `spans` lies in none of `holes`.
fn less(spans: &[Span], holes: &[Span]) -> Vec<Span> {
    let mut left = spans.to_vec();
    for hole in holes {
        left = left
            .into_iter()
            .flat_map(|span| [(span.0, span.1.min(hole.0)), (span.0.max(hole.1), span.1)])
            .filter(|span| span.0 < span.1)
            .collect();
    }
    left
}
