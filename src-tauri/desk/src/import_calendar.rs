//! Bringing a calendar in as the absences of a practitioner.
//!
//! What was brought in is known by its UID and, for one time of a recurring event, by when that was to begin; so the
//! same file changes nothing, and a newer one changes what differs.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use ordo_core::ical::reading::{BusyTime, ReadOptions, Reading, Skipped, read_calendar};
use ordo_core::model::{Absence, Clinic, ImportedFrom, Practitioner};
use ordo_store::Action;

use crate::ics::refuse_dates;
use crate::setup::practitioner_form;
use crate::view::calendars::{CalendarImportForm, CalendarImportView, ImportedTime, SkippedLine};
use crate::view::setup::ClinicPart;
use crate::{Code, Desk, Error, Host, UseCase};

/// How many days are looked at when nothing is said.
const A_YEAR: u64 = 365;

impl<H: Host> Desk<H> {
    /// What bringing a calendar in would do; `bytes` are the file as it is.
    pub fn preview_calendar(
        &self,
        form: &CalendarImportForm,
        bytes: &[u8],
    ) -> Result<CalendarImportView, Error> {
        self.allow(UseCase::PreviewCalendar)?;
        let clinic = self.store.clinic()?;
        let practitioner = practitioner(&clinic, form)?;
        let (options, reading) = self.read(&clinic, form, bytes)?;
        let (merged, done) = merged(practitioner, &reading, &options, form.titles);
        let mut view = self.view(&options, reading, done);
        view.affected = self.part_impact(&ClinicPart::Practitioner(practitioner_form(&merged)))?;
        Ok(view)
    }

    /// Brings a calendar in, as one change.
    pub fn import_calendar(
        &mut self,
        form: &CalendarImportForm,
        bytes: &[u8],
    ) -> Result<CalendarImportView, Error> {
        self.allow(UseCase::ImportCalendar)?;
        let (options, reading) = self.read(&self.store.clinic()?, form, bytes)?;
        let stamp = self.stamp("");
        let changed = self.store.change(&stamp, Action::ImportList, |transaction| {
            let clinic = transaction.clinic()?;
            let (merged, done) = merged(practitioner(&clinic, form)?, &reading, &options, form.titles);
            transaction.put_practitioner(&merged)?;
            Ok::<_, Error>(done)
        })?;
        let mut view = self.view(&options, reading, changed.value);
        view.entry = changed.entry.map(|entry| entry.seq);
        Ok(view)
    }

    fn read(
        &self,
        clinic: &Clinic,
        form: &CalendarImportForm,
        bytes: &[u8],
    ) -> Result<(ReadOptions, Reading), Error> {
        let from = match form.from {
            Some(from) => from,
            None => self.now()?.date(),
        };
        let in_a_year = || from.checked_add_days(Days::new(A_YEAR)).unwrap_or(NaiveDate::MAX);
        let to = form.to.unwrap_or_else(in_a_year);
        refuse_dates(self, from, to)?;
        let options = ReadOptions {
            time_zone: clinic.time_zone,
            from,
            to,
        };
        let reading = read_calendar(bytes, &options)
            .map_err(|error| Error::new(Code::BadFile, error.words(self.language)))?;
        Ok((options, reading))
    }

    fn view(&self, options: &ReadOptions, reading: Reading, done: Merge) -> CalendarImportView {
        let skipped = |skipped: &Skipped| SkippedLine {
            line: count(skipped.line),
            why: skipped.why.words(self.language),
        };
        let times = |absences: Vec<Absence>| absences.into_iter().map(imported_time).collect();
        CalendarImportView {
            name: reading.name,
            from: options.from,
            to: options.to,
            added: times(done.added),
            changed: times(done.changed),
            removed: times(done.removed),
            unchanged: count(done.unchanged),
            outside: count(reading.outside),
            free: count(reading.free),
            skipped: reading.skipped.iter().map(skipped).collect(),
            more_skipped: count(reading.more_skipped),
            affected: Vec::new(),
            entry: None,
        }
    }
}

fn practitioner<'clinic>(
    clinic: &'clinic Clinic,
    form: &CalendarImportForm,
) -> Result<&'clinic Practitioner, Error> {
    let found = clinic
        .practitioners
        .iter()
        .find(|known| known.id.as_str() == form.practitioner);
    found.ok_or_else(|| Error::not_found("practitioner", &form.practitioner))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn imported_time(absence: Absence) -> ImportedTime {
    ImportedTime {
        from: absence.from,
        to: absence.to,
        reason: absence.reason,
    }
}

/// What changes among the absences of a practitioner.
#[derive(Debug, Default)]
struct Merge {
    added: Vec<Absence>,
    changed: Vec<Absence>,
    removed: Vec<Absence>,
    unchanged: usize,
}

/// A practitioner with the times of a calendar as absences.
///
/// Of what was brought in before, that whose event the calendar tells of and that reaches into the dates is made what
/// the calendar says; all else stays.
fn merged(
    practitioner: &Practitioner,
    reading: &Reading,
    options: &ReadOptions,
    titles: bool,
) -> (Practitioner, Merge) {
    let mut news: HashMap<&ImportedFrom, &BusyTime> = reading
        .events
        .iter()
        .map(|event| (&event.source, event))
        .collect();
    let mut done = Merge::default();
    let mut absences = Vec::with_capacity(practitioner.absences.len() + news.len());
    for absence in &practitioner.absences {
        let told = absence
            .imported
            .as_ref()
            .filter(|source| reading.uids.contains(&source.uid));
        let Some(source) = told.filter(|_| reaches_in(absence, options.from, options.to)) else {
            absences.push(absence.clone());
            continue;
        };
        let Some(event) = news.remove(source) else {
            done.removed.push(absence.clone());
            continue;
        };
        let mut now = absence_of(event, titles);
        if !titles {
            // A reason that somebody wrote is kept.
            now.reason.clone_from(&absence.reason);
        }
        if now == *absence {
            done.unchanged += 1;
        } else {
            done.changed.push(now.clone());
        }
        absences.push(now);
    }
    // Times outside the dates may have been brought in before, when others were looked at.
    let known = |source: &ImportedFrom| {
        practitioner
            .absences
            .iter()
            .any(|absence| absence.imported.as_ref() == Some(source))
    };
    for event in &reading.events {
        if news.remove(&event.source).is_some() && !known(&event.source) {
            let absence = absence_of(event, titles);
            done.added.push(absence.clone());
            absences.push(absence);
        }
    }
    let merged = Practitioner {
        absences,
        ..practitioner.clone()
    };
    (merged, done)
}

fn reaches_in(absence: &Absence, from: NaiveDate, to: NaiveDate) -> bool {
    absence.to > from.and_time(NaiveTime::MIN) && absence.from < (to + Days::new(1)).and_time(NaiveTime::MIN)
}

fn absence_of(event: &BusyTime, titles: bool) -> Absence {
    let is_told = titles && !event.is_private;
    Absence {
        from: event.from,
        to: event.to,
        reason: if is_told {
            event.title.clone()
        } else {
            String::new()
        },
        imported: Some(event.source.clone()),
    }
}

#[cfg(test)]
mod tests;
