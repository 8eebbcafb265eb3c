//! Which booked visits a change of the clinic would hit, told before it is saved, and which wait to be moved since.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use ordo_core::Speech;
use ordo_core::audit::audit_calendar;
use ordo_core::calendar::Calendar;
use ordo_core::model::{Appointment, AppointmentId, Clinic, Patient, PatientId};
use ordo_core::rules::{Rule, Violation};
use ordo_core::time::YEARS;
use ordo_store::{Filter, PatientLine, StoreError};

use super::forms::with_part;
use crate::access::Sight;
use crate::patients::{VisitNames, visit_line};
use crate::view::setup::{AffectedVisit, ClinicPart};
use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// The visits from now on that would no longer fit the clinic with a part changed, of those that fit it now.
    pub fn part_impact(&self, part: &ClinicPart) -> Result<Vec<AffectedVisit>, Error> {
        self.allow(UseCase::PartImpact)?;
        let filter = match part {
            ClinicPart::Practitioner(form) => Filter {
                practitioner: Some(form.id.as_str().into()),
                ..Filter::default()
            },
            _ => Filter::default(),
        };
        let mut ahead = self.ahead(&filter)?;
        ahead.visits.retain(|visit| may_hit(part, visit));
        let after = with_part(&ahead.clinic, part);
        let (_, now) = ahead.misfits(ahead.clinic.clone())?;
        let now: HashSet<AppointmentId> = now.into_iter().map(|(visit, _)| visit).collect();
        let (calendar, mut misfits) = ahead.misfits(after)?;
        misfits.retain(|(visit, _)| !now.contains(visit));
        Ok(ahead.told(&calendar, misfits, &self.sight()?, self.speech()))
    }

    /// The visits from now on that do not fit the clinic as it is: somebody is away, the clinic is closed, a room or
    /// hours are gone. They wait to be moved or called off; those booked so with a reason are left out.
    pub fn misplaced_visits(&self) -> Result<Vec<AffectedVisit>, Error> {
        self.allow(UseCase::MisplacedVisits)?;
        let mut ahead = self.ahead(&Filter::default())?;
        ahead.visits.retain(|visit| visit.override_reason.is_empty());
        let (calendar, misfits) = ahead.misfits(ahead.clinic.clone())?;
        Ok(ahead.told(&calendar, misfits, &self.sight()?, self.speech()))
    }

    fn ahead(&self, filter: &Filter) -> Result<Ahead, Error> {
        let now = self.now()?;
        let last = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(NaiveDate::MAX);
        Ok(self.store.read(|view| {
            let mut visits = view.appointments(now.date(), last, filter)?;
            visits.retain(|visit| visit.status.occupies_time() && visit.start >= now);
            let mut ids: Vec<PatientId> = visits.iter().map(|visit| visit.patient.clone()).collect();
            ids.sort();
            ids.dedup();
            Ok::<_, StoreError>(Ahead {
                clinic: view.clinic()?,
                lines: view.patient_lines_of(&ids)?,
                visits,
            })
        })?)
    }
}

/// What is booked from now on, and for whom.
struct Ahead {
    clinic: Clinic,
    visits: Vec<Appointment>,
    lines: Vec<PatientLine>,
}

impl Ahead {
    /// The visits that break a rule about working hours, practitioner or room by themselves, in order of time.
    fn misfits(&self, clinic: Clinic) -> Result<(Calendar, Vec<(AppointmentId, Violation)>), Error> {
        // Of them only the names matter.
        let named = |line: &PatientLine| Patient::named(line.id.clone(), &line.name);
        let patients: Vec<Patient> = self.lines.iter().map(named).collect();
        let calendar = Calendar::new(clinic, patients, self.visits.clone())?;
        let about = |rule: Rule| matches!(rule, Rule::WorkingHours | Rule::Practitioner | Rule::Room);
        let mut found: Vec<_> = audit_calendar(&calendar, &[])
            .into_iter()
            .filter(|finding| finding.other.is_none() && about(finding.violation.rule()))
            .map(|finding| {
                let visit = calendar.appointment(finding.visit);
                (visit.start, visit.id.clone(), finding.violation)
            })
            .collect();
        found.sort_by(|one, two| (one.0, &one.1).cmp(&(two.0, &two.1)));
        let found = found
            .into_iter()
            .map(|(_, id, violation)| (id, violation))
            .collect();
        Ok((calendar, found))
    }

    /// Each visit once, with whom to call and the first thing that stands against it.
    fn told(
        &self,
        calendar: &Calendar,
        misfits: Vec<(AppointmentId, Violation)>,
        sight: &Sight,
        speech: Speech,
    ) -> Vec<AffectedVisit> {
        let names = VisitNames(calendar.clinic());
        let visits: HashMap<&AppointmentId, &Appointment> =
            self.visits.iter().map(|visit| (&visit.id, visit)).collect();
        let lines: HashMap<&PatientId, &PatientLine> =
            self.lines.iter().map(|line| (&line.id, line)).collect();
        let mut told = HashSet::new();
        misfits
            .into_iter()
            .filter(|(visit, _)| told.insert(visit.clone()))
            .filter_map(|(id, violation)| {
                let visit = visits.get(&id)?;
                let line = lines.get(&visit.patient)?;
                Some(AffectedVisit {
                    visit: visit_line(&names, visit),
                    patient: line.id.to_string(),
                    patient_name: sight.name_of(&line.id, line.name.clone()),
                    phone: sight.if_seen(&line.id, line.phone.clone()),
                    why: violation.words(calendar, speech),
                })
            })
            .collect()
    }
}

/// Closures touch their dates alone; a part that no visit depends on touches none.
fn may_hit(part: &ClinicPart, visit: &Appointment) -> bool {
    match part {
        ClinicPart::Closures(form) => {
            let next = |date: NaiveDate| date.succ_opt();
            form.closures.iter().any(|closure| {
                closure.date == visit.start.date() || next(visit.start.date()) == Some(closure.date)
            })
        }
        ClinicPart::Settings(_) => false,
        ClinicPart::Service(form) => visit.service.as_str() == form.id,
        ClinicPart::Room(form) => visit.room.as_ref().is_some_and(|room| room.as_str() == form.id),
        ClinicPart::Practitioner(_) => true,
    }
}
