//! Every violation among what is booked. Imported calendars may hold any.

use std::collections::HashMap;

use crate::calendar::{Calendar, Visit};
use crate::model::{Series, SeriesId};
use crate::rules::{
    self, Others, Rule, Violation, check_session_pair, other_discipline, patient, practitioner, room,
    same_discipline, start, working_hours,
};
use crate::time::Span;

/// One broken rule among what is booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Index of the visit.
    pub visit: usize,
    /// The other visit of the clash, if it takes two.
    pub other: Option<usize>,
    /// What is broken.
    pub violation: Violation,
    /// Whether one of the two says why it may be.
    pub deliberate: bool,
}

/// Every violation of every rule among the visits of a calendar, by visit and rule; a clash of two is named once.
///
/// Rule 1 counts for the slot grid alone, since what is booked may lie in the past. Order and spacing are those of
/// a visit's series.
pub fn audit_calendar(calendar: &Calendar, series: &[Series]) -> Vec<Finding> {
    let all = SeriesIndex::new(calendar, series);
    let mut findings = Vec::new();
    for index in 0..calendar.visits().len() {
        audit_visit(calendar, &all, index, &mut findings);
    }
    for members in all.members.values() {
        audit_series(calendar, &all, members, &mut findings);
    }
    findings.sort_by_key(|finding| {
        (
            finding.visit,
            finding.violation.rule(),
            finding.other,
            finding.violation,
        )
    });
    findings
}

/// Series and the visits that belong to them.
struct SeriesIndex<'a> {
    series: HashMap<&'a SeriesId, &'a Series>,
    /// Indices of visits, sorted.
    members: HashMap<&'a SeriesId, Vec<usize>>,
}

impl<'a> SeriesIndex<'a> {
    fn new(calendar: &'a Calendar, series: &'a [Series]) -> Self {
        let mut members: HashMap<&SeriesId, Vec<usize>> = HashMap::new();
        for index in 0..calendar.visits().len() {
            if let Some(link) = &calendar.appointment(index).session {
                members.entry(&link.series).or_default().push(index);
            }
        }
        Self {
            series: series.iter().map(|series| (&series.id, series)).collect(),
            members,
        }
    }

    fn of(&self, calendar: &Calendar, visit: usize) -> Option<(&'a Series, &[usize])> {
        let link = calendar.appointment(visit).session.as_ref()?;
        Some((*self.series.get(&link.series)?, self.members.get(&link.series)?))
    }
}

fn audit_visit(calendar: &Calendar, all: &SeriesIndex<'_>, index: usize, findings: &mut Vec<Finding>) {
    let Visit { place, patient, .. } = calendar.visits()[index];
    let mut alone = |violation: Option<Violation>| {
        findings.extend(violation.map(|violation| finding(calendar, index, None, violation)));
    };
    let grid = start::Limits {
        slot_minutes: calendar.clinic().slot_minutes as i32,
        ..start::Limits::default()
    };
    alone(start::check(&place, &grid));
    let mut stretches = Vec::new();
    calendar.working_time(place.practitioner, place.day, &mut stretches);
    alone(working_hours::check(calendar, &place, &stretches));
    alone(practitioner::check_choice(calendar, &place, None));
    let windows = calendar.availability_on(patient, place.day);
    alone(patient::check_available(&place, windows.as_deref()));
    // Which other visits stand in the room's way is said pair by pair below.
    let mut replaced: Vec<usize> = match place.room {
        Some(room) => calendar
            .room_occupancy(room)
            .meeting(place.occupied())
            .map(|taken| taken.visit)
            .collect(),
        None => vec![index],
    };
    replaced.sort_unstable();
    alone(room::check(
        calendar,
        &place,
        &Others {
            replaced: &replaced,
            same_series: &[],
        },
    ));

    let mut clash = |other: usize, violation: Option<Violation>| {
        findings.extend(violation.map(|violation| finding(calendar, index, Some(other), violation)));
    };
    let later = |taken: &crate::calendar::Taken| taken.visit > index;
    for taken in calendar
        .practitioner_occupancy(place.practitioner)
        .meeting(place.occupied())
        .filter(later)
    {
        clash(taken.visit, practitioner::check_free(&place, [taken]));
    }
    if let Some(room) = place.room {
        for taken in calendar
            .room_occupancy(room)
            .meeting(place.occupied())
            .filter(later)
        {
            clash(
                taken.visit,
                Some(Violation::RoomBusy {
                    room,
                    visit: taken.visit,
                }),
            );
        }
    }
    let occupancy = calendar.patient_occupancy(patient);
    for taken in occupancy.meeting(place.treatment).filter(later) {
        clash(taken.visit, patient::check_free(&place, [taken]));
    }
    let own = all.of(calendar, index);
    let outside = |visit: usize| {
        visit != index && own.is_none_or(|(_, members)| members.binary_search(&visit).is_err())
    };
    let near = Span::new(
        place.treatment.from - rules::REACH,
        place.treatment.to + rules::REACH,
    );
    for taken in occupancy.meeting(near).filter(|taken| outside(taken.visit)) {
        let other = &calendar.visits()[taken.visit].place;
        if taken.visit > index {
            clash(taken.visit, same_discipline::check(&place, other, taken.visit));
        }
        // Where both belong to a series, each has its own order and spacing to keep; the clash is named once, by the
        // earlier visit where that one's are broken.
        let is_named = || {
            let (series, _) = all.of(calendar, taken.visit)?;
            against_outside(calendar, series, taken.visit, index)
        };
        if taken.visit > index || is_named().is_none() {
            let broken = own.and_then(|(series, _)| against_outside(calendar, series, index, taken.visit));
            clash(taken.visit, broken);
        }
    }
}

/// Rule 7 for a visit of a series against one outside it.
fn against_outside(calendar: &Calendar, series: &Series, visit: usize, other: usize) -> Option<Violation> {
    let visits = calendar.visits();
    let (place, other_place) = (&visits[visit].place, &visits[other].place);
    let order = order_of(calendar, series)?;
    other_discipline::check(place, other_place, other, order, series.spacing)
}

fn audit_series(calendar: &Calendar, all: &SeriesIndex<'_>, members: &[usize], findings: &mut Vec<Finding>) {
    let Some((series, _)) = members.first().and_then(|&first| all.of(calendar, first)) else {
        return;
    };
    let Some(order) = order_of(calendar, series) else {
        return;
    };
    let week_of = |visit: usize| {
        calendar
            .appointment(visit)
            .session
            .as_ref()
            .map_or(0, |link| link.week)
    };
    for (position, &one) in members.iter().enumerate() {
        let week = week_of(one);
        let place = &calendar.visits()[one].place;
        let discipline = &calendar.clinic().disciplines[place.discipline].id;
        if let Some(usual) = series.usual.iter().find(|usual| &usual.discipline == discipline) {
            let usual_day = crate::time::day_number(usual.date);
            let violation = rules::rhythm::check(place, week, usual_day, series.tolerance_days);
            findings.extend(violation.map(|violation| finding(calendar, one, None, violation)));
        }
        for &two in &members[position + 1..] {
            let other = &calendar.visits()[two].place;
            let is_near = other.treatment.from < place.treatment.to + rules::REACH;
            let two_week = week_of(two);
            if !is_near && two_week != week {
                continue;
            }
            let found = check_session_pair((place, week), (other, two_week), order, series.spacing);
            findings.extend(
                found
                    .into_iter()
                    .map(|violation| finding(calendar, one, Some(two), violation)),
            );
        }
    }
}

fn order_of(calendar: &Calendar, series: &Series) -> Option<[usize; 2]> {
    Some([
        calendar.discipline_index(&series.order[0])?,
        calendar.discipline_index(&series.order[1])?,
    ])
}

fn finding(calendar: &Calendar, visit: usize, other: Option<usize>, violation: Violation) -> Finding {
    let excused = |visit: usize| !calendar.appointment(visit).override_reason.is_empty();
    Finding {
        visit,
        other,
        violation,
        deliberate: excused(visit) || other.is_some_and(excused),
    }
}

impl Finding {
    /// The rule that is broken.
    pub fn rule(&self) -> Rule {
        self.violation.rule()
    }

    /// Why the violation was made on purpose: the reason of the visit, else of the other one.
    pub fn reason<'a>(&self, calendar: &'a Calendar) -> Option<&'a str> {
        [Some(self.visit), self.other]
            .into_iter()
            .flatten()
            .map(|visit| calendar.appointment(visit).override_reason.as_str())
            .find(|reason| !reason.is_empty())
    }
}

#[cfg(test)]
mod tests;
