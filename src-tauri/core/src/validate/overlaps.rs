//! Appointments that take the same time of one practitioner, room or patient.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Fault, in_french};
use crate::model::{Appointment, ClinicRecords};
use crate::said;
use crate::time::{Span, ZoneClock};

/// Every appointment that overlaps another of the same practitioner, room or patient without a reason to.
///
/// Each appointment is named once per kind, with the earliest one in the way. Overlaps are no fault where either
/// says why, and none between visits that take no time.
pub fn overlaps(records: &ClinicRecords) -> Vec<Fault> {
    let clock = ZoneClock::new(records.clinic.time_zone);
    let taking: Vec<Taking<'_>> = records
        .appointments
        .iter()
        .enumerate()
        .filter(|(_, appointment)| appointment.status.occupies_time())
        .map(|(index, appointment)| {
            let from = clock.to_utc(appointment.start);
            let end = from.saturating_add(appointment.minutes.min(1440) as i32);
            Taking {
                index,
                appointment,
                treatment: Span::new(from, end),
                occupied: Span::new(
                    from,
                    end.saturating_add(appointment.buffer_minutes.min(1440) as i32),
                ),
            }
        })
        .collect();
    let mut faults = Vec::new();
    let of_practitioner = |taking: &Taking<'_>| {
        Some((
            taking.appointment.practitioner.as_str().to_owned(),
            taking.occupied,
        ))
    };
    let of_room = |taking: &Taking<'_>| {
        Some((
            taking.appointment.room.as_ref()?.as_str().to_owned(),
            taking.occupied,
        ))
    };
    let of_patient =
        |taking: &Taking<'_>| Some((taking.appointment.patient.as_str().to_owned(), taking.treatment));
    find(&taking, "practitioner", of_practitioner, &mut faults);
    find(&taking, "room", of_room, &mut faults);
    find(&taking, "patient", of_patient, &mut faults);
    faults
}

struct Taking<'a> {
    index: usize,
    appointment: &'a Appointment,
    treatment: Span,
    occupied: Span,
}

fn find<Key: Eq + Hash>(
    taking: &[Taking<'_>],
    kind: &str,
    key_and_span: impl Fn(&Taking<'_>) -> Option<(Key, Span)>,
    faults: &mut Vec<Fault>,
) {
    let mut groups: HashMap<Key, Vec<(Span, usize)>> = HashMap::new();
    for (position, one) in taking.iter().enumerate() {
        if let Some((key, span)) = key_and_span(one) {
            groups.entry(key).or_default().push((span, position));
        }
    }
    let mut found = Vec::new();
    for group in groups.values_mut() {
        group.sort_unstable_by_key(|&(span, position)| (span.from, taking[position].index));
        // The one that reaches furthest so far, with and without a reason of its own.
        let mut furthest: [Option<(Span, usize)>; 2] = [None, None];
        for &(span, position) in group.iter() {
            let excused = !taking[position].appointment.override_reason.is_empty();
            if let Some((other, first)) = furthest[0]
                && !excused
                && other.meets(span)
            {
                found.push((taking[position].index, first));
            }
            let reach = &mut furthest[usize::from(excused)];
            if reach.is_none_or(|(other, _)| other.to < span.to) {
                *reach = Some((span, position));
            }
        }
    }
    found.sort_unstable();
    for (index, first) in found {
        let other = &taking[first];
        let (at, id, start) = (other.index, &other.appointment.id, other.appointment.start);
        let french = in_french(kind);
        faults.push(Fault {
            path: format!("$.appointments[{index}]"),
            text: said!(
                "it overlaps appointments[{at}] ({id}, {start}) of the same {kind}; move one, or give it an override_reason",
                "il chevauche appointments[{at}] ({id}, {start}), même {french}; déplacez-en un, ou donnez-lui un override_reason"
            ),
        });
    }
}
