//! The rules for one visit and for two sessions of a series, put together.

use super::{
    Violation, between_pairs, one_per_date, other_discipline, pair, patient, practitioner, room, same_date,
    same_discipline, start, working_hours,
};
use crate::calendar::{Calendar, Placement};
use crate::model::Spacing;
use crate::time::Span;

/// How far rules 6 and 7 look around a visit, in minutes: the longest gap is 120 hours, a date has at most 25.
pub const REACH: i32 = (120 + 25) * 60;

/// What one visit is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The calendar.
    pub calendar: &'a Calendar,
    /// Whose visit it is, and what holds for them.
    pub patient: PatientRules,
    /// Limits of the start.
    pub start: start::Limits,
    /// The practitioners that may treat; `None` for anybody who offers the service.
    pub practitioners: Option<&'a [usize]>,
    /// Which other visits count.
    pub others: Others<'a>,
}

/// The patient of a visit and the order and spacing that hold for them.
#[derive(Clone, Copy, Debug)]
pub struct PatientRules {
    /// Index of the patient; `None` for one who is not in the calendar and thus always free.
    pub patient: Option<usize>,
    /// The disciplines in order, and the spacing, where the patient has them.
    pub protocol: Option<([usize; 2], Spacing)>,
}

/// Which visits of the calendar count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Others<'a> {
    /// Visits that occupy nothing and count in no rule, sorted by index: those being replaced or moved.
    pub replaced: &'a [usize],
    /// Visits of the same series, sorted by index: rule 7 does not look at them, rules 9 to 12 do.
    pub same_series: &'a [usize],
}

impl Others<'_> {
    /// Whether a visit occupies time.
    pub fn counts(&self, visit: usize) -> bool {
        self.replaced.binary_search(&visit).is_err()
    }

    /// Whether a visit lies outside the series.
    pub fn is_outside(&self, visit: usize) -> bool {
        self.same_series.binary_search(&visit).is_err()
    }
}

/// Every violation of rules 1 to 7 by one visit, in the order of the rules.
pub fn check_visit(scope: &Scope<'_>, place: &Placement) -> Vec<Violation> {
    let mut found = Vec::new();
    run(scope, place, |violation| {
        found.push(violation);
        true
    });
    found
}

/// The first violation of rules 1 to 7 by one visit, in the order of the rules.
pub fn first_violation(scope: &Scope<'_>, place: &Placement) -> Option<Violation> {
    let mut found = None;
    run(scope, place, |violation| {
        found = Some(violation);
        false
    });
    found
}

/// Every violation of rules 9 to 12 between two sessions of one series; each comes with its week.
pub fn check_session_pair(
    one: (&Placement, u32),
    two: (&Placement, u32),
    order: [usize; 2],
    spacing: Spacing,
) -> Vec<Violation> {
    let ((one, one_week), (two, two_week)) = (one, two);
    if one.discipline == two.discipline {
        return one_per_date::check(one, two).into_iter().collect();
    }
    let (first, second) = if one.discipline == order[0] {
        (one, two)
    } else {
        (two, one)
    };
    let apart = if one_week == two_week {
        pair::check(first, second, spacing)
    } else {
        between_pairs::check(first, second, spacing)
    };
    apart.into_iter().chain(same_date::check(one, two)).collect()
}

/// Reports violations rule by rule until `report` answers false.
fn run(scope: &Scope<'_>, place: &Placement, mut report: impl FnMut(Violation) -> bool) {
    let calendar = scope.calendar;
    let others = &scope.others;
    let mut go_on = |violation: Option<Violation>| violation.is_none_or(&mut report);

    if !go_on(start::check(place, &scope.start)) {
        return;
    }
    let mut stretches: Vec<Span> = Vec::new();
    calendar.working_time(place.practitioner, place.day, &mut stretches);
    if !go_on(working_hours::check(calendar, place, &stretches)) {
        return;
    }
    if !go_on(practitioner::check_choice(calendar, place, scope.practitioners)) {
        return;
    }
    let busy = calendar
        .practitioner_occupancy(place.practitioner)
        .meeting(place.occupied());
    if !go_on(practitioner::check_free(
        place,
        busy.filter(|taken| others.counts(taken.visit)),
    )) {
        return;
    }
    if !go_on(room::check(calendar, place, others)) {
        return;
    }
    let Some(patient) = scope.patient.patient else {
        return;
    };
    let windows = calendar.availability_on(patient, place.day);
    if !go_on(patient::check_available(place, windows.as_deref())) {
        return;
    }
    let occupancy = calendar.patient_occupancy(patient);
    let busy = occupancy.meeting(place.treatment);
    if !go_on(patient::check_free(
        place,
        busy.filter(|taken| others.counts(taken.visit)),
    )) {
        return;
    }

    let near = Span::new(place.treatment.from - REACH, place.treatment.to + REACH);
    for taken in occupancy
        .meeting(near)
        .filter(|taken| others.counts(taken.visit) && others.is_outside(taken.visit))
    {
        let other = &calendar.visits()[taken.visit].place;
        if !go_on(same_discipline::check(place, other, taken.visit)) {
            return;
        }
    }
    let Some((order, spacing)) = scope.patient.protocol else {
        return;
    };
    for taken in occupancy
        .meeting(near)
        .filter(|taken| others.counts(taken.visit) && others.is_outside(taken.visit))
    {
        let other = &calendar.visits()[taken.visit].place;
        if !go_on(other_discipline::check(place, other, taken.visit, order, spacing)) {
            return;
        }
    }
}
