//! The audit of everything that is booked.

use ordo_core::audit::{Finding, SeriesHealth, audit_calendar, series_health};
use ordo_core::calendar::Calendar;
use ordo_core::model::ClinicRecords;

use crate::{Desk, Error, Host, UseCase};

/// Every violation among what is booked, and the health of every series.
#[derive(Clone, Debug)]
pub struct CalendarAudit {
    /// The calendar that findings refer to.
    pub calendar: Calendar,
    /// The violations.
    pub findings: Vec<Finding>,
    /// Every series, planned against actual.
    pub series: Vec<SeriesHealth>,
}

impl CalendarAudit {
    /// Audits a clinic's records.
    pub fn of(records: ClinicRecords) -> Result<Self, Error> {
        let calendar = Calendar::new(records.clinic, records.patients, records.appointments)?;
        let findings = audit_calendar(&calendar, &records.series);
        let mut of_series = std::collections::HashMap::<_, Vec<_>>::new();
        for appointment in calendar.appointments() {
            if let Some(link) = &appointment.session {
                of_series
                    .entry(link.series.clone())
                    .or_default()
                    .push(appointment.clone());
            }
        }
        let series = records
            .series
            .iter()
            .map(|series| {
                let visits = of_series.get(&series.id).map_or(&[][..], Vec::as_slice);
                series_health(calendar.clinic(), calendar.clock(), series, visits)
            })
            .collect();
        Ok(Self {
            calendar,
            findings,
            series,
        })
    }

    /// How many findings are not deliberate.
    pub fn faults(&self) -> usize {
        self.findings.iter().filter(|finding| !finding.deliberate).count()
    }
}

impl<H: Host> Desk<H> {
    /// Audits the whole clinic.
    pub fn audit(&self) -> Result<CalendarAudit, Error> {
        self.allow(UseCase::Audit)?;
        CalendarAudit::of(self.store.records()?)
    }
}
