//! Which booked visits a change of the clinic would hit, told before it is saved.

use std::collections::HashSet;

use chrono::NaiveDate;
use ordo_core::audit::audit_calendar;
use ordo_core::calendar::Calendar;
use ordo_core::model::{Appointment, AppointmentId, Clinic, Contact, Patient, PatientId};
use ordo_core::rules::{Rule, Violation};
use ordo_core::time::YEARS;
use ordo_store::{Filter, PatientLine, StoreError};

use super::forms::with_part;
use crate::patients::{VisitNames, visit_line};
use crate::view::setup::{AffectedVisit, ClinicPart};
use crate::{Desk, Error, Host};

impl<H: Host> Desk<H> {
    /// The visits from now on that would no longer fit the clinic with a part changed, of those that fit it now.
    pub fn part_impact(&self, part: &ClinicPart) -> Result<Vec<AffectedVisit>, Error> {
        let now = self.now()?;
        let (clinic, visits, lines) = self.store.read(|view| {
            let filter = match part {
                ClinicPart::Practitioner(form) => Filter {
                    practitioner: Some(form.id.as_str().into()),
                    ..Filter::default()
                },
                _ => Filter::default(),
            };
            let last = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(NaiveDate::MAX);
            let mut visits = view.appointments(now.date(), last, &filter)?;
            visits.retain(|visit| visit.status.occupies_time() && visit.start >= now && may_hit(part, visit));
            let mut ids: Vec<PatientId> = visits.iter().map(|visit| visit.patient.clone()).collect();
            ids.sort();
            ids.dedup();
            let lines = view.patient_lines_of(&ids)?;
            Ok::<_, StoreError>((view.clinic()?, visits, lines))
        })?;
        let after = with_part(&clinic, part);
        let patients: Vec<Patient> = lines.iter().map(named_alone).collect();
        let misfits_now: HashSet<AppointmentId> = misfits(clinic, &patients, &visits)?
            .1
            .into_iter()
            .map(|(visit, _)| visit)
            .collect();
        let (calendar, misfits) = misfits(after, &patients, &visits)?;
        let names = VisitNames(calendar.clinic());
        let mut told = HashSet::new();
        Ok(misfits
            .into_iter()
            .filter(|(visit, _)| !misfits_now.contains(visit) && told.insert(visit.clone()))
            .filter_map(|(id, violation)| {
                let visit = visits.iter().find(|visit| visit.id == id)?;
                let line = lines.iter().find(|line| line.id == visit.patient)?;
                Some(AffectedVisit {
                    visit: visit_line(&names, visit),
                    patient: line.id.to_string(),
                    patient_name: line.name.clone(),
                    phone: line.phone.clone(),
                    why: violation.words(&calendar, self.language),
                })
            })
            .collect())
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

/// Somebody of whom only the name matters.
fn named_alone(line: &PatientLine) -> Patient {
    Patient {
        id: line.id.clone(),
        name: line.name.clone(),
        contact: Contact::default(),
        date_of_birth: None,
        availability: Vec::new(),
        sensitivities: Vec::new(),
        covers: Vec::new(),
        provider_decisions: Vec::new(),
        notes: String::new(),
    }
}

/// The visits that break a rule about working hours, practitioner or room by themselves, in order of time.
fn misfits(
    clinic: Clinic,
    patients: &[Patient],
    visits: &[Appointment],
) -> Result<(Calendar, Vec<(AppointmentId, Violation)>), Error> {
    let calendar = Calendar::new(clinic, patients.to_vec(), visits.to_vec())?;
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
