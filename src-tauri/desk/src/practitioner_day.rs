//! A practitioner's own day.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use ordo_core::Language;
use ordo_core::audit::{SeriesHealth, series_health};
use ordo_core::calendar::Calendar;
use ordo_core::model::{
    Appointment, AppointmentStatus, Clinic, Patient, PatientId, Practitioner, PractitionerId, Series,
};
use ordo_core::protocol::{Protocols, discipline_words};
use ordo_core::rules::pair;
use ordo_core::time::{TimeOfDay, day_number};
use ordo_store::{NearestVisits, Reader, StoreError};

use crate::patients::pair_of;
use crate::view::day::{Around, day_view};
use crate::view::practitioner::{AwaySpan, OrderHint, PractitionerDay, PractitionerName, PractitionerVisit};
use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// Everybody who treats, in the clinic's order.
    pub fn practitioners(&self) -> Result<Vec<PractitionerName>, Error> {
        self.allow(UseCase::Practitioners)?;
        let clinic = self.store.clinic()?;
        let sight = self.sight()?;
        let all = clinic
            .practitioners
            .iter()
            .filter(|known| sight.sees_time_of(&known.id));
        Ok(all.map(|practitioner| name_of(&clinic, practitioner)).collect())
    }

    /// One practitioner's day: visits with their notes and how each lies to the other treatment of its week.
    /// That these patients' records were looked at is noted in the journal.
    pub fn practitioner_day(
        &mut self,
        id: &PractitionerId,
        date: NaiveDate,
    ) -> Result<PractitionerDay, Error> {
        self.allow(UseCase::PractitionerDay)?;
        let sight = self.sight()?;
        sight.allow_time_of(id)?;
        let now = self.now()?;
        let loaded = self.store.read(|view| Loaded::read(view, id, date))?;
        let Loaded {
            clinic,
            protocols,
            day,
            patients,
            of_series,
            nearest,
        } = loaded;
        let known = clinic.practitioners.iter().find(|known| &known.id == id);
        let practitioner = known
            .cloned()
            .ok_or_else(|| Error::not_found("practitioner", id))?;
        let series_visits: Vec<_> = of_series
            .iter()
            .map(|(series, visits)| (series.id.clone(), visits.clone()))
            .collect();
        let mut all = day.clone();
        for (_, visits) in &of_series {
            all.extend(visits.iter().filter(|visit| !day.contains(visit)).cloned());
        }
        all.sort_by(|one, two| (one.start, &one.id).cmp(&(two.start, &two.id)));
        let calendar = Calendar::new(clinic, patients, all)?;
        let around = Around {
            series: &series_visits,
            nearest: &nearest,
        };
        let drawn = day_view(&calendar, day_number(date), around);
        let mine = drawn
            .practitioners
            .into_iter()
            .find(|each| each.id == id.as_str());
        let (working, appointments) =
            mine.map_or_else(Default::default, |mine| (mine.working, mine.appointments));
        let told = Told {
            calendar: &calendar,
            protocols: &protocols,
            of_series: &of_series,
            language: self.language,
        };
        let visits: Vec<PractitionerVisit> = appointments
            .into_iter()
            .filter_map(|drawn| {
                let visit = day.iter().find(|visit| visit.id.as_str() == drawn.id)?;
                if sight.hides(&visit.patient) {
                    return Some(PractitionerVisit::busy(
                        drawn,
                        sight.name_of(&visit.patient, String::new()),
                    ));
                }
                let patient = calendar
                    .patients()
                    .iter()
                    .find(|patient| patient.id == visit.patient);
                Some(PractitionerVisit {
                    patient: visit.patient.to_string(),
                    first_visit: drawn.first_visit,
                    note: visit.note.clone(),
                    patient_notes: patient.map_or_else(String::new, |patient| patient.notes.clone()),
                    sensitivities: patient.map_or_else(Vec::new, |patient| told.sensitivities(patient)),
                    override_reason: visit.override_reason.clone(),
                    order: told.order(visit),
                    id: drawn.id,
                    patient_name: drawn.patient_name,
                    service: drawn.service,
                    discipline: drawn.discipline,
                    room: drawn.room,
                    from_minute: drawn.from_minute,
                    to_minute: drawn.to_minute,
                    status: drawn.status,
                    series_position: drawn.series_position,
                })
            })
            .collect();
        // A record in a lock-box was not looked at.
        let seen = visits.iter().filter(|visit| !visit.patient.is_empty());
        let patients = seen.map(|visit| visit.patient.as_str().into()).collect();
        self.note_views(patients)?;
        let is_today = now.date() == date;
        Ok(PractitionerDay {
            date,
            practitioner: name_of(calendar.clinic(), &practitioner),
            closed: drawn.closed,
            working,
            away: away(&practitioner, date),
            next: if is_today { next(&day, id, now) } else { None },
            visits,
            now_minute: is_today.then(|| TimeOfDay::of(now).minutes().unsigned_abs()),
        })
    }
}

fn name_of(clinic: &Clinic, practitioner: &Practitioner) -> PractitionerName {
    let gives = |discipline: &&ordo_core::model::Discipline| {
        clinic
            .services
            .iter()
            .any(|service| service.discipline == discipline.id && practitioner.services.contains(&service.id))
    };
    PractitionerName {
        id: practitioner.id.to_string(),
        name: practitioner.name.clone(),
        disciplines: clinic
            .disciplines
            .iter()
            .filter(gives)
            .map(|discipline| discipline.id.to_string())
            .collect(),
    }
}

struct Loaded {
    clinic: Clinic,
    protocols: Protocols,
    /// The practitioner's visits of the day.
    day: Vec<Appointment>,
    patients: Vec<Patient>,
    /// Every series that the day touches, with all its visits.
    of_series: Vec<(Series, Vec<Appointment>)>,
    nearest: Vec<NearestVisits>,
}

impl Loaded {
    fn read(view: &Reader, practitioner: &PractitionerId, date: NaiveDate) -> Result<Self, StoreError> {
        let all = view.day(date)?;
        let mut day = all.appointments;
        day.retain(|visit| &visit.practitioner == practitioner);
        let mut ids: Vec<_> = day
            .iter()
            .filter_map(|visit| Some(visit.session.as_ref()?.series.clone()))
            .collect();
        ids.sort();
        ids.dedup();
        let mut of_series = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(series) = view.series(&id)? {
                of_series.push((series, view.appointments_of_series(&id)?));
            }
        }
        let mut seen: Vec<PatientId> = day.iter().map(|visit| visit.patient.clone()).collect();
        seen.sort();
        seen.dedup();
        Ok(Self {
            clinic: view.clinic()?,
            protocols: view.protocols()?,
            nearest: view.nearest_visits(&seen, TimeOfDay::MIDNIGHT.on(date))?,
            patients: all.patients,
            day,
            of_series,
        })
    }
}

/// The first visit of today that is not over and is still expected.
fn next(day: &[Appointment], practitioner: &PractitionerId, now: NaiveDateTime) -> Option<String> {
    let expected = |visit: &&Appointment| {
        &visit.practitioner == practitioner
            && matches!(
                visit.status,
                AppointmentStatus::Booked | AppointmentStatus::Arrived
            )
            && visit.start + TimeDelta::minutes(i64::from(visit.minutes)) > now
    };
    let first = day
        .iter()
        .filter(expected)
        .min_by_key(|visit| (visit.start, &visit.id));
    first.map(|visit| visit.id.to_string())
}

/// When a practitioner is away on a date.
pub(crate) fn away(practitioner: &Practitioner, date: NaiveDate) -> Vec<AwaySpan> {
    let day = (TimeOfDay::MIDNIGHT.on(date), TimeOfDay::END_OF_DAY.on(date));
    let minute = |at: NaiveDateTime| (at - day.0).num_minutes().clamp(0, 1440) as u32;
    practitioner
        .absences
        .iter()
        .filter(|absence| absence.from < day.1 && absence.to > day.0)
        .map(|absence| AwaySpan {
            from_minute: minute(absence.from),
            to_minute: minute(absence.to),
            reason: absence.reason.clone(),
        })
        .collect()
}

/// What a visit is told with.
struct Told<'a> {
    calendar: &'a Calendar,
    protocols: &'a Protocols,
    of_series: &'a [(Series, Vec<Appointment>)],
    language: Language,
}

impl Told<'_> {
    fn sensitivities(&self, patient: &Patient) -> Vec<String> {
        let name = |id: &String| {
            let known = self.protocols.sensitivities.iter().find(|known| &known.id == id);
            known.map_or_else(|| id.clone(), |known| known.name.clone())
        };
        patient.sensitivities.iter().map(name).collect()
    }

    fn order(&self, visit: &Appointment) -> Option<OrderHint> {
        let link = visit.session.as_ref().filter(|_| visit.status.occupies_time())?;
        let (series, _) = self
            .of_series
            .iter()
            .find(|(series, _)| series.id == link.series)?;
        let due = series
            .rhythms
            .iter()
            .filter(|rhythm| rhythm.has_session_in(link.week));
        if due.count() < 2 {
            return None;
        }
        let clinic = self.calendar.clinic();
        let health = series_health(
            clinic,
            self.calendar.clock(),
            series,
            self.calendar.appointments(),
        );
        let other = self.other(&health, visit, link.week);
        let order = series
            .order
            .each_ref()
            .map(|id| discipline_words(id, self.language));
        let Some((first, second)) = pair_of(self.calendar, &health, link.week) else {
            return Some(OrderHint {
                text: words::no_other(order, self.language),
                kept: false,
                other_start: None,
                other_practitioner: None,
            });
        };
        let broken = pair::check(&first, &second, series.spacing);
        let broken = broken.map(|violation| violation.words(self.calendar, self.language));
        let practitioner = other.and_then(|other| {
            let treats = clinic
                .practitioners
                .iter()
                .find(|known| known.id == other.practitioner);
            treats.map(|treats| treats.name.clone())
        });
        Some(OrderHint {
            kept: broken.is_none(),
            text: words::order(order, series.spacing, broken.as_deref(), self.language),
            other_start: other.map(|other| other.start),
            other_practitioner: practitioner,
        })
    }

    /// The other visit of the same week.
    fn other(&self, health: &SeriesHealth, visit: &Appointment, week: u32) -> Option<&Appointment> {
        let other = health
            .sessions
            .iter()
            .filter(|session| session.week == week)
            .filter_map(|session| session.appointment.as_ref())
            .find(|id| **id != visit.id)?;
        self.calendar
            .appointments()
            .iter()
            .find(|visit| &visit.id == other)
    }
}

mod words;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;
    use crate::test_support::{TestHost, local, small_desk};
    use crate::view::day::DayStatus;

    fn day(desk: &mut Desk<TestHost>, practitioner: &str, date: &str) -> PractitionerDay {
        let date = date.parse().expect("a date");
        desk.practitioner_day(&practitioner.into(), date).expect("a day")
    }

    #[test]
    fn a_day_shows_visits_notes_and_what_comes_next() {
        let (_folder, mut desk) = small_desk();
        let monday = day(&mut desk, "pia", "2026-03-02");
        assert_eq!(monday.practitioner.name, "Pia Côté");
        assert_eq!(monday.practitioner.disciplines, ["physio"]);
        assert_eq!(monday.working[0].from_minute, 540);
        assert_eq!(
            (monday.now_minute, monday.next.as_deref()),
            (Some(480), Some("o2"))
        );
        assert!(!monday.visits[0].first_visit, "he was here in February");
        assert_eq!(monday.visits[0].order, None);
        for (now, next) in [("2026-03-02T09:44", Some("o2")), ("2026-03-02T09:45", None)] {
            desk.host.set(now);
            assert_eq!(day(&mut desk, "pia", "2026-03-02").next.as_deref(), next, "{now}");
        }
        let tuesday = day(&mut desk, "pia", "2026-03-03");
        assert_eq!((tuesday.now_minute, tuesday.next), (None, None));
        assert_eq!(tuesday.visits[0].note, "left knee");
        assert_eq!(
            tuesday.visits[0]
                .series_position
                .map(|position| (position.number, position.of)),
            Some((2, 4))
        );
        let later = day(&mut desk, "pia", "2026-03-17");
        assert!(later.visits[0].first_visit);
        assert_eq!(later.visits[0].patient_notes, "Prefers the quiet room.");
        assert!(later.visits[0].sensitivities[0].starts_with("Chronic pain"));
        assert_eq!(
            day(&mut desk, "pia", "2026-04-03").closed.as_deref(),
            Some("Good Friday")
        );
        assert_eq!(day(&mut desk, "max", "2026-03-05").visits, []);
        let error = desk.practitioner_day(&"nobody".into(), local("2026-03-02T00:00").date());
        assert_eq!(error.expect_err("nobody").code, Code::NotFound);
    }

    #[test]
    fn order_and_gap_are_told_on_both_treatments() {
        let (_folder, mut desk) = small_desk();
        let hint = |desk: &mut Desk<TestHost>, practitioner: &str, date: &str| {
            day(desk, practitioner, date).visits[0]
                .order
                .clone()
                .expect("a hint")
        };
        let first = hint(&mut desk, "max", "2026-03-02");
        let second = hint(&mut desk, "pia", "2026-03-03");
        assert_eq!(first.text, "massage before physiotherapy, 24 h gap kept");
        assert_eq!((first.text, first.kept), (second.text, second.kept));
        assert_eq!(first.other_start, Some(local("2026-03-03T11:00")));
        assert_eq!(second.other_practitioner.as_deref(), Some("Max Roy"));
        let close = hint(&mut desk, "pia", "2026-03-10");
        assert!(!close.kept && close.text.contains("22 h"), "{}", close.text);
        desk.set_status(&"m1".into(), AppointmentStatus::Cancelled, "ill")
            .expect("cancelled");
        let alone = hint(&mut desk, "pia", "2026-03-10");
        assert!(!alone.kept);
        assert_eq!(
            alone.text,
            "massage before physiotherapy, but only one of the two is booked this week"
        );
        let cancelled = day(&mut desk, "max", "2026-03-09").visits.remove(0);
        assert_eq!((cancelled.status, cancelled.order), (DayStatus::Cancelled, None));
        desk.speak(Language::French);
        assert_eq!(
            hint(&mut desk, "pia", "2026-03-03").text,
            "massothérapie avant physiothérapie, écart de 24 h respecté"
        );
    }
}
