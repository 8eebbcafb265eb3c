//! Working time that a session makes useless.

use super::candidates::Candidates;
use crate::calendar::{Calendar, Placement};
use crate::rules::Others;
use crate::time::Span;

/// Minutes of the free stretch around a session that are left before it and behind its buffer, each piece counted only
/// when it is too short for the shortest service that the practitioner offers.
pub(super) fn orphan_minutes(calendar: &Calendar, place: &Placement, others: &Others<'_>) -> u32 {
    let shortest = calendar
        .services_offered(place.practitioner)
        .iter()
        .map(|&service| calendar.service(service).minutes as i32)
        .min()
        .unwrap_or(0);
    let free = calendar
        .free_stretch(place.practitioner, place.day, place.treatment, |visit| {
            others.counts(visit)
        })
        .unwrap_or(place.treatment);
    let pieces = [
        Span::new(free.from, place.treatment.from),
        Span::new(place.busy_until, free.to),
    ];
    pieces
        .into_iter()
        .map(Span::minutes)
        .filter(|&minutes| 0 < minutes && minutes < shortest)
        .sum::<i32>()
        .unsigned_abs()
}

/// The orphan minutes of the starts of a request, each worked out once.
pub(super) struct Orphans {
    slots: usize,
    /// For each set of slots, where its minutes begin, once asked for.
    begins: Vec<Option<usize>>,
    minutes: Vec<Option<u32>>,
}

impl Orphans {
    pub fn new<const W: usize>(candidates: &Candidates<'_, W>) -> Self {
        Self {
            slots: 1440 / candidates.request.slot_minutes() as usize,
            begins: vec![None; candidates.set_count()],
            minutes: Vec::new(),
        }
    }

    /// The orphan minutes of a session at a slot with one of the rhythm's practitioners.
    pub fn of<const W: usize>(
        &mut self,
        candidates: &Candidates<'_, W>,
        rhythm: usize,
        layer: usize,
        slot: i32,
        practitioner: usize,
    ) -> u32 {
        let set = candidates.set_index(layer, practitioner);
        let begin = *self.begins[set].get_or_insert_with(|| {
            let begin = self.minutes.len();
            self.minutes.resize(begin + self.slots, None);
            begin
        });
        *self.minutes[begin + slot as usize].get_or_insert_with(|| {
            let giver = candidates.request.rhythms[rhythm].practitioners[practitioner];
            let place = candidates.place(rhythm, layer, slot, giver);
            orphan_minutes(candidates.calendar, &place, &candidates.request.others())
        })
    }
}
