//! Lists the legal starts of one rhythm on one date by rules 1 to 7, as sets of slots.
//!
//! Whatever forbids a stretch of starts forbids it to all slots in it at once: no start is looked at by itself.

use chrono::{NaiveTime, TimeDelta};

use super::ResolvedRequest;
use super::slots::Slots;
use crate::calendar::Calendar;
use crate::rules::{self, other_discipline, patient, practitioner, room, same_discipline, working_hours};
use crate::time::{Span, UtcMinute, date_of};

/// How many sets of a layer come before those of the practitioners: anybody's starts, those with a single free room,
/// those that a single practitioner can give.
pub(super) const HEAD: usize = 3;

/// A part of a date in which slots and elapsed time run alike.
pub(super) struct Segment<const W: usize> {
    /// Where slot 0 lies in elapsed minutes.
    pub base: UtcMinute,
    /// The slots that are in it.
    pub slots: Slots<W>,
}

/// What listing the starts of one rhythm needs again and again.
pub(super) struct Listing<'a, const W: usize> {
    calendar: &'a Calendar,
    request: &'a ResolvedRequest,
    rhythm: usize,
    minutes: i32,
    occupied_minutes: i32,
    stretches: Vec<Span>,
}

impl<'a, const W: usize> Listing<'a, W> {
    pub fn new(calendar: &'a Calendar, request: &'a ResolvedRequest, rhythm: usize) -> Self {
        let service = calendar.service(request.rhythms[rhythm].service);
        Self {
            calendar,
            request,
            rhythm,
            minutes: service.minutes as i32,
            occupied_minutes: (service.minutes + service.buffer_minutes) as i32,
            stretches: Vec::new(),
        }
    }

    /// Adds the sets of a layer, its head and one set a practitioner; false, when no start is left.
    pub fn add(&mut self, sets: &mut Vec<Slots<W>>, day: i32, segment: &Segment<W>, allowed: Span) -> bool {
        let slot_minutes = self.request.slot_minutes();
        let slots = |starts: Span| slots_of(segment.base, slot_minutes, starts);
        let open = self.patient_can_come(day, segment.base, segment.slots.and(slots(allowed)));
        if open.is_empty() {
            return false;
        }
        let at = sets.len();
        sets.extend([Slots::EMPTY; HEAD]);
        let others = self.request.others();
        let mut anybody = Slots::EMPTY;
        for &one in &self.request.rhythms[self.rhythm].practitioners {
            self.calendar.working_time(one, day, &mut self.stretches);
            let mut own = Slots::EMPTY;
            for &stretch in &self.stretches {
                own = own.or(slots(working_hours::starts(stretch, self.minutes)));
            }
            own = own.and(open);
            if let (Some(first), Some(last)) = (own.first(), own.last()) {
                let reach = Span::new(
                    segment.base + first * slot_minutes,
                    segment.base + last * slot_minutes + self.occupied_minutes,
                );
                for taken in self.calendar.practitioner_occupancy(one).meeting(reach) {
                    if others.counts(taken.visit) {
                        own = own.minus(slots(practitioner::blocked_starts(
                            taken.span,
                            self.occupied_minutes,
                        )));
                    }
                }
            }
            anybody = anybody.or(own);
            sets.push(own);
        }
        let (some_room, one_room) = self.rooms(anybody, segment.base);
        anybody = anybody.and(some_room);
        sets[at] = anybody;
        sets[at + 1] = one_room.and(anybody);
        for set in &mut sets[at + HEAD..] {
            *set = set.and(anybody);
        }
        (_, sets[at + 2]) = givers(&sets[at + HEAD..]);
        !anybody.is_empty()
    }

    /// Rules 5 to 7.
    fn patient_can_come(&mut self, day: i32, base: UtcMinute, mut open: Slots<W>) -> Slots<W> {
        let slot_minutes = self.request.slot_minutes();
        let slots = |starts: Span| slots_of(base, slot_minutes, starts);
        let patient = self.request.patient;
        self.stretches.clear();
        if self.calendar.add_availability(patient, day, &mut self.stretches) {
            let within = self.stretches.iter().fold(Slots::EMPTY, |all, &window| {
                all.or(slots(patient::starts(window, self.minutes)))
            });
            open = open.and(within);
        }
        let (Some(first), Some(last)) = (open.first(), open.last()) else {
            return open;
        };
        let others = self.request.others();
        let near = Span::new(
            base + first * slot_minutes - rules::REACH,
            base + last * slot_minutes + self.minutes + rules::REACH,
        );
        let discipline = self.request.rhythms[self.rhythm].discipline;
        let protocol = self.request.patient_rules().protocol;
        for taken in self.calendar.patient_occupancy(patient).meeting(near) {
            if !others.counts(taken.visit) {
                continue;
            }
            let other = &self.calendar.visits()[taken.visit].place;
            open = open.minus(slots(patient::blocked_starts(taken.span, self.minutes)));
            if same_discipline::blocks_day(discipline, day, other) {
                return Slots::EMPTY;
            }
            if let Some((order, spacing)) = protocol {
                let blocked =
                    other_discipline::blocked_starts((discipline, day, self.minutes), other, order, spacing);
                open = open.minus(slots(blocked));
            }
        }
        open
    }

    /// Of some starts, those with a free room, and those with only one.
    fn rooms(&self, wanted: Slots<W>, base: UtcMinute) -> (Slots<W>, Slots<W>) {
        let service = self.request.rhythms[self.rhythm].service;
        let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else {
            return (Slots::EMPTY, Slots::EMPTY);
        };
        if self.calendar.service(service).room_kinds.is_empty() {
            return (wanted, Slots::EMPTY);
        }
        let slot_minutes = self.request.slot_minutes();
        let others = self.request.others();
        let reach = Span::new(
            base + first * slot_minutes,
            base + last * slot_minutes + self.occupied_minutes,
        );
        let (mut once, mut twice) = (Slots::EMPTY, Slots::EMPTY);
        for &room in self.calendar.rooms_for(service) {
            let mut free = wanted;
            for taken in self.calendar.room_occupancy(room).meeting(reach) {
                if others.counts(taken.visit) {
                    free = free.minus(slots_of(
                        base,
                        slot_minutes,
                        room::blocked_starts(taken.span, self.occupied_minutes),
                    ));
                }
            }
            twice = twice.or(once.and(free));
            once = once.or(free);
            if twice == wanted {
                break;
            }
        }
        (once, once.minus(twice))
    }
}

/// The slots of some sets, and those that lie in one of them only.
pub(super) fn givers<const W: usize>(sets: &[Slots<W>]) -> (Slots<W>, Slots<W>) {
    let (once, twice) = sets
        .iter()
        .fold((Slots::EMPTY, Slots::EMPTY), |(once, twice), &set| {
            (once.or(set), twice.or(once.and(set)))
        });
    (once, once.minus(twice))
}

/// The slots whose starts lie in a stretch of elapsed time.
pub(super) fn slots_of<const W: usize>(base: UtcMinute, slot_minutes: i32, starts: Span) -> Slots<W> {
    let at_or_after = |minute: UtcMinute| {
        minute
            .saturating_sub(base)
            .saturating_add(slot_minutes - 1)
            .div_euclid(slot_minutes)
    };
    Slots::range(at_or_after(starts.from), at_or_after(starts.to) - 1)
}

/// A date on which no clock changes.
pub(super) fn whole_date<const W: usize>(
    calendar: &Calendar,
    slot_minutes: i32,
    day: i32,
) -> Option<Segment<W>> {
    let base = calendar.clock().to_utc_on(day, 0);
    (calendar.clock().to_utc_on(day, 1440) - base == 1440).then(|| Segment {
        base,
        slots: Slots::range(0, 1440 / slot_minutes - 1),
    })
}

/// The parts of a date on either side of a change of clocks; times that the clocks skip are in none.
pub(super) fn segments<const W: usize>(calendar: &Calendar, slot_minutes: i32, day: i32) -> Vec<Segment<W>> {
    let clock = calendar.clock();
    let midnight = date_of(day).and_time(NaiveTime::MIN);
    let mut segments: Vec<Segment<W>> = Vec::new();
    for slot in 0..1440 / slot_minutes {
        let time = slot * slot_minutes;
        let exists = midnight
            .checked_add_signed(TimeDelta::minutes(i64::from(time)))
            .is_some_and(|local| clock.exists(local));
        if !exists {
            continue;
        }
        let base = clock.to_utc_on(day, time) - time;
        match segments.last_mut() {
            Some(last) if last.base == base => last.slots.insert(slot),
            _ => segments.push(Segment {
                base,
                slots: Slots::range(slot, slot),
            }),
        }
    }
    segments
}
