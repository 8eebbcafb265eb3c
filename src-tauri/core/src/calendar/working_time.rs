//! When practitioners work and when patients can come, on one date.

use super::Calendar;
use crate::model::Practitioner;
use crate::time::{Span, ZoneClock, day_number, merge, subtract};

/// A practitioner's hours, resolved.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    weekly: [Vec<Weekly>; 7],
    /// (day, stretch in minutes of the day), sorted.
    extra: Vec<(i32, Span)>,
    /// In elapsed minutes, sorted and merged.
    absences: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Weekly {
    stretch: Span,
    valid: Span,
    every_weeks: i32,
    first_monday: i32,
}

impl Pattern {
    pub(super) fn new(practitioner: &Practitioner, clock: &ZoneClock) -> Self {
        let mut weekly: [Vec<Weekly>; 7] = Default::default();
        for hours in &practitioner.hours {
            let first = hours.valid_from.map_or(i32::MIN, day_number);
            let last = hours.valid_to.map_or(i32::MAX, |date| day_number(date) + 1);
            weekly[hours.weekday.num_days_from_monday() as usize].push(Weekly {
                stretch: Span::new(hours.from.minutes(), hours.to.minutes()),
                valid: Span::new(first, last),
                every_weeks: hours.every_weeks.max(1) as i32,
                first_monday: hours.valid_from.map_or(0, |date| monday_of(day_number(date))),
            });
        }
        let mut extra: Vec<_> = practitioner
            .extra_hours
            .iter()
            .map(|extra| {
                (
                    day_number(extra.date),
                    Span::new(extra.from.minutes(), extra.to.minutes()),
                )
            })
            .collect();
        extra.sort_unstable();
        let mut absences: Vec<_> = practitioner
            .absences
            .iter()
            .map(|absence| Span::new(clock.to_utc(absence.from), clock.to_utc(absence.to)))
            .collect();
        merge(&mut absences);
        Self {
            weekly,
            extra,
            absences,
        }
    }

    fn add_hours(&self, day: i32, clock: &ZoneClock, stretches: &mut Vec<Span>) {
        let on_the_day = |stretch: Span| {
            Span::new(
                clock.to_utc_on(day, stretch.from),
                clock.to_utc_on(day, stretch.to),
            )
        };
        for weekly in &self.weekly[weekday_of(day)] {
            let in_rhythm = weekly.every_weeks == 1
                || (monday_of(day) - weekly.first_monday).rem_euclid(7 * weekly.every_weeks) == 0;
            if weekly.valid.from <= day && day < weekly.valid.to && in_rhythm {
                stretches.push(on_the_day(weekly.stretch));
            }
        }
        let first = self.extra.partition_point(|&(extra_day, _)| extra_day < day);
        for &(_, stretch) in self.extra[first..]
            .iter()
            .take_while(|&&(extra_day, _)| extra_day == day)
        {
            stretches.push(on_the_day(stretch));
        }
        if stretches.len() > 1 {
            merge(stretches);
        }
    }
}

impl Calendar {
    /// The hours of a practitioner on a date, absences and closures not yet taken out; sorted and merged.
    pub fn hours_on(&self, practitioner: usize, day: i32) -> Vec<Span> {
        let mut stretches = Vec::new();
        self.working[practitioner].add_hours(day, &self.clock, &mut stretches);
        stretches
    }

    /// The stretches of working time that reach into a date: hours and extra hours, merged, less absences, none
    /// on a closure date; in elapsed minutes, sorted. A stretch that goes on over midnight is one.
    pub fn working_time(&self, practitioner: usize, day: i32, stretches: &mut Vec<Span>) {
        stretches.clear();
        self.working_time_of_date(practitioner, day, stretches);
        let (Some(&first), Some(&last)) = (stretches.first(), stretches.last()) else {
            return;
        };
        if last.to == self.clock.to_utc_on(day + 1, 0) {
            let mut next = Vec::new();
            self.working_time_of_date(practitioner, day + 1, &mut next);
            if let (Some(go_on), Some(last)) = (next.first(), stretches.last_mut())
                && go_on.from == last.to
            {
                last.to = go_on.to;
            }
        }
        if first.from == self.clock.to_utc_on(day, 0) {
            let mut before = Vec::new();
            self.working_time_of_date(practitioner, day - 1, &mut before);
            if let (Some(came), Some(first)) = (before.last(), stretches.first_mut())
                && came.to == first.from
            {
                first.from = came.from;
            }
        }
    }

    /// The free stretch that holds a treatment: the practitioner's working time less the time of visits that
    /// count; `None` outside working time.
    pub fn free_stretch(
        &self,
        practitioner: usize,
        day: i32,
        treatment: Span,
        counts: impl Fn(usize) -> bool,
    ) -> Option<Span> {
        let mut stretches = Vec::new();
        self.working_time(practitioner, day, &mut stretches);
        let mut free = *stretches.iter().find(|stretch| stretch.contains(treatment))?;
        for taken in self.practitioner_occupancy(practitioner).meeting(free) {
            if !counts(taken.visit) {
                continue;
            }
            if taken.span.from >= treatment.to {
                free.to = free.to.min(taken.span.from);
            } else {
                free.from = free.from.max(taken.span.to);
            }
        }
        Some(free)
    }

    /// The working time that reaches into a date less the time of visits; in elapsed minutes, sorted.
    pub fn free_time(&self, practitioner: usize, day: i32) -> Vec<Span> {
        let (mut stretches, mut free) = (Vec::new(), Vec::new());
        self.working_time(practitioner, day, &mut stretches);
        if let (Some(first), Some(last)) = (stretches.first(), stretches.last()) {
            let reach = Span::new(first.from, last.to);
            let mut taken: Vec<Span> = self
                .practitioner_occupancy(practitioner)
                .meeting(reach)
                .map(|taken| taken.span)
                .collect();
            // Double bookings overlap.
            merge(&mut taken);
            subtract(&stretches, taken, &mut free);
        }
        free
    }

    /// The absences of a practitioner, in elapsed minutes, sorted and merged.
    pub fn absences(&self, practitioner: usize) -> &[Span] {
        &self.working[practitioner].absences
    }

    /// The windows in which a patient can come that reach into a date, in elapsed minutes, sorted; `None` when
    /// the patient can always come. A window that goes on over midnight is one.
    pub fn availability_on(&self, patient: usize, day: i32) -> Option<Vec<Span>> {
        let mut windows = Vec::new();
        self.add_availability(patient, day, &mut windows)
            .then_some(windows)
    }

    /// Adds the windows of [`Calendar::availability_on`] to none; false, when the patient can always come.
    pub fn add_availability(&self, patient: usize, day: i32, windows: &mut Vec<Span>) -> bool {
        let Some(week) = self.availability.get(patient) else {
            return false;
        };
        if week.iter().all(Vec::is_empty) {
            return false;
        }
        for near in day - 1..=day + 1 {
            let on_the_day = |window: &Span| {
                Span::new(
                    self.clock.to_utc_on(near, window.from),
                    self.clock.to_utc_on(near, window.to),
                )
            };
            windows.extend(week[weekday_of(near)].iter().map(on_the_day));
        }
        merge(windows);
        let date = Span::new(self.clock.to_utc_on(day, 0), self.clock.to_utc_on(day + 1, 0));
        windows.retain(|window| window.meets(date));
        true
    }

    fn working_time_of_date(&self, practitioner: usize, day: i32, stretches: &mut Vec<Span>) {
        if self.closure_on(day).is_some() {
            return;
        }
        let pattern = &self.working[practitioner];
        pattern.add_hours(day, &self.clock, stretches);
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
            return;
        };
        let reach = Span::new(first.from, last.to);
        let start = pattern
            .absences
            .partition_point(|absence| absence.to <= reach.from);
        if pattern
            .absences
            .get(start)
            .is_some_and(|absence| absence.from < reach.to)
        {
            let whole = std::mem::take(stretches);
            subtract(&whole, pattern.absences[start..].iter().copied(), stretches);
        }
    }
}

/// The weekday of a day, Monday 0 to Sunday 6.
fn weekday_of(day: i32) -> usize {
    (day + 3).rem_euclid(7) as usize
}

fn monday_of(day: i32) -> i32 {
    day - weekday_of(day) as i32
}
