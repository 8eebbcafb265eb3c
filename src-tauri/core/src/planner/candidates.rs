//! Lists the legal starts of every session by rules 1 to 7, and by rules 9 to 12 against the fixed sessions.
//!
//! A layer holds the starts of one rhythm on one date as sets of slots: one set for anybody, one for each
//! practitioner. On a date with a change of clocks the slots before and after it make two layers, so that within
//! a layer the n-th slot always lies n slot lengths of elapsed time after the layer's base. Sessions of a rhythm share
//! layers; where the request holds fixed or current sessions, each session has its own.

use chrono::{NaiveTime, TimeDelta};

use super::ResolvedRequest;
use super::slots::Slots;
use crate::calendar::{Calendar, Placement};
use crate::rules::{
    self, between_pairs, check_session_pair, other_discipline, pair, patient, practitioner, room,
    same_discipline, start, working_hours,
};
use crate::time::{Span, UtcMinute, date_of};

/// How many sets of a layer come before those of the practitioners.
const HEAD: usize = 3;

/// The starts of one rhythm on one date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layer {
    /// The date.
    pub day: i32,
    /// Where slot 0 lies in elapsed minutes.
    pub base: UtcMinute,
    /// Whether it holds nothing but the place where its session is booked today.
    pub keeps: bool,
    /// Where its sets begin: anybody's starts, those with a single free room, those that a single practitioner can
    /// give, then one set a practitioner.
    sets: usize,
}

/// The layers of one session, by date.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    first_day: i32,
    /// For each date from the first, the index of its first layer; one more at the end.
    starts: Vec<usize>,
}

impl Table {
    /// All its layers.
    pub fn all(&self) -> std::ops::Range<usize> {
        match (self.starts.first(), self.starts.last()) {
            (Some(&first), Some(&last)) => first..last,
            _ => 0..0,
        }
    }

    /// The layers from one day up to and including another.
    pub fn between(&self, first: i32, last: i32) -> std::ops::Range<usize> {
        let end = self.starts.len() as i32 - 1;
        if end < 0 {
            return 0..0;
        }
        let at = |day: i32| self.starts[(day - self.first_day).clamp(0, end) as usize];
        at(first)..at(last.saturating_add(1)).max(at(first))
    }
}

/// Every legal start of every session.
pub(super) struct Candidates<'a, const W: usize> {
    pub calendar: &'a Calendar,
    pub request: &'a ResolvedRequest,
    pub layers: Vec<Layer>,
    sets: Vec<Slots<W>>,
    tables: Vec<Table>,
    /// For each session of the request, its table.
    table_of: Vec<usize>,
}

/// A part of a date in which slots and elapsed time run alike.
struct Segment<const W: usize> {
    base: UtcMinute,
    slots: Slots<W>,
}

impl<'a, const W: usize> Candidates<'a, W> {
    pub fn list(calendar: &'a Calendar, request: &'a ResolvedRequest) -> Self {
        let mut all = Self {
            calendar,
            request,
            layers: Vec::new(),
            sets: Vec::new(),
            tables: Vec::new(),
            table_of: Vec::new(),
        };
        for rhythm in 0..request.rhythms.len() {
            let table = all.list_rhythm(rhythm);
            all.tables.push(table);
        }
        let own_layers = request
            .sessions
            .iter()
            .any(|session| session.fixed.is_some() || session.current.is_some());
        for session in 0..request.sessions.len() {
            let rhythm = request.sessions[session].rhythm;
            if own_layers {
                let table = all.list_session(session);
                all.table_of.push(all.tables.len());
                all.tables.push(table);
            } else {
                all.table_of.push(rhythm);
            }
        }
        all
    }

    pub fn table(&self, session: usize) -> &Table {
        &self.tables[self.table_of[session]]
    }

    /// The starts of a layer with anybody.
    pub fn anybody(&self, layer: usize) -> Slots<W> {
        self.sets[self.layers[layer].sets]
    }

    /// The starts of a layer for which only one room is free.
    pub fn one_room(&self, layer: usize) -> Slots<W> {
        self.sets[self.layers[layer].sets + 1]
    }

    /// The starts of a layer that only one practitioner can give.
    pub fn one_giver(&self, layer: usize) -> Slots<W> {
        self.sets[self.layers[layer].sets + 2]
    }

    /// The starts of a layer with one practitioner, by place in the rhythm's list.
    pub fn with(&self, layer: usize, practitioner: usize) -> Slots<W> {
        self.sets[self.layers[layer].sets + HEAD + practitioner]
    }

    /// How many sets of slots there are.
    pub fn set_count(&self) -> usize {
        self.sets.len()
    }

    /// The number of the set of one practitioner in a layer.
    pub fn set_index(&self, layer: usize, practitioner: usize) -> usize {
        self.layers[layer].sets + HEAD + practitioner
    }

    /// How many starts there are, each practitioner's counted.
    pub fn count(&self) -> u64 {
        let mut count = 0;
        for (rhythm, table) in self.request.rhythms.iter().zip(&self.tables) {
            for layer in table.all() {
                for practitioner in 0..rhythm.practitioners.len() {
                    count += u64::from(self.with(layer, practitioner).len());
                }
            }
        }
        count
    }

    /// The placement of a session at a slot.
    pub fn place(&self, rhythm: usize, layer: usize, slot: i32, practitioner: usize) -> Placement {
        self.place_in(rhythm, &self.layers[layer], slot, practitioner)
    }

    fn list_rhythm(&mut self, rhythm: usize) -> Table {
        let request = self.request;
        let shifts = if rhythm == 0 {
            0..=0
        } else {
            request.usual_shifts()
        };
        let tolerance = request.tolerance_days as i32;
        let mut table = Table::default();
        let mut listing = Listing::new(self.calendar, request, rhythm);
        for session in request.sessions.iter().filter(|session| session.rhythm == rhythm) {
            let week = 7 * session.week as i32;
            let first = request.earliest + week + shifts.start() - tolerance;
            let last = request.latest_start + week + shifts.end() + tolerance;
            if table.starts.is_empty() {
                table.first_day = first;
            }
            for day in table.first_day + table.starts.len() as i32..=last {
                table.starts.push(self.layers.len());
                if day >= first {
                    self.list_day(&mut listing, day);
                }
            }
        }
        table.starts.push(self.layers.len());
        table
    }

    fn list_day(&mut self, listing: &mut Listing<'_, W>, day: i32) {
        let allowed = start::starts(day, &self.request.limits());
        if allowed.is_empty() {
            return;
        }
        let slot_minutes = self.request.slot_minutes();
        match whole_date(self.calendar, slot_minutes, day) {
            Some(whole) => self.list_segment(listing, day, &whole, allowed),
            None => {
                for segment in segments(self.calendar, slot_minutes, day) {
                    self.list_segment(listing, day, &segment, allowed);
                }
            }
        }
    }

    fn list_segment(&mut self, listing: &mut Listing<'_, W>, day: i32, segment: &Segment<W>, allowed: Span) {
        let sets = self.sets.len();
        if listing.add(&mut self.sets, day, segment, allowed) {
            self.layers.push(Layer {
                day,
                base: segment.base,
                keeps: false,
                sets,
            });
        } else {
            self.sets.truncate(sets);
        }
    }

    /// Copies a session's layers, less what the fixed sessions forbid, its present place apart.
    fn list_session(&mut self, session: usize) -> Table {
        let asked = self.request.sessions[session];
        let from = &self.tables[asked.rhythm];
        let (first_day, days) = (from.first_day, from.starts.len() as i32 - 1);
        let mut table = Table {
            first_day,
            starts: Vec::new(),
        };
        for day in first_day..first_day + days {
            table.starts.push(self.layers.len());
            let shared = self.tables[asked.rhythm].between(day, day);
            if asked.fixed.is_some() || !self.may_lie_on(session, day) {
                continue;
            }
            for source in shared {
                self.copy_layer(session, source);
            }
        }
        table.starts.push(self.layers.len());
        table
    }

    fn may_lie_on(&self, session: usize, day: i32) -> bool {
        let request = self.request;
        let asked = request.sessions[session];
        let shifts = if asked.rhythm == 0 {
            0..=0
        } else {
            request.usual_shifts()
        };
        let tolerance = request.tolerance_days as i32;
        let week = 7 * asked.week as i32;
        (request.earliest + week + shifts.start() - tolerance
            ..=request.latest_start + week + shifts.end() + tolerance)
            .contains(&day)
    }

    fn copy_layer(&mut self, session: usize, source: usize) {
        let request = self.request;
        let asked = request.sessions[session];
        let practitioners = request.rhythms[asked.rhythm].practitioners.len();
        let layer = self.layers[source];
        let sets = self.sets.len();
        self.sets
            .extend_from_within(layer.sets..layer.sets + HEAD + practitioners);
        self.keep_apart_from_fixed(session, &layer, sets);
        let (anybody, one_giver) = givers(&self.sets[sets + HEAD..]);
        self.sets[sets] = anybody;
        self.sets[sets + 2] = one_giver;
        if anybody.is_empty() {
            self.sets.truncate(sets);
            return;
        }
        let slot_minutes = request.slot_minutes();
        let kept = asked.current.and_then(|(start, practitioner)| {
            let slot = (start - layer.base).div_euclid(slot_minutes);
            let at = request.rhythms[asked.rhythm]
                .practitioners
                .iter()
                .position(|&one| one == practitioner)?;
            let on_grid = layer.base + slot * slot_minutes == start;
            (on_grid && self.sets[sets + HEAD + at].contains(slot)).then_some((slot, at))
        });
        self.layers.push(Layer { sets, ..layer });
        if let Some((slot, at)) = kept {
            let own = self.sets.len();
            let only = Slots::range(slot, slot);
            self.sets.push(only);
            self.sets.push(self.sets[sets + 1].and(only));
            self.sets.push(only);
            self.sets.extend((0..practitioners).map(
                |practitioner| {
                    if practitioner == at { only } else { Slots::EMPTY }
                },
            ));
            self.layers.push(Layer {
                sets: own,
                keeps: true,
                ..layer
            });
        }
    }

    /// Takes out of a copied layer what rules 9 to 12 forbid against the fixed sessions.
    fn keep_apart_from_fixed(&mut self, session: usize, layer: &Layer, sets: usize) {
        let request = self.request;
        let asked = request.sessions[session];
        let rhythm = &request.rhythms[asked.rhythm];
        let minutes = self.calendar.service(rhythm.service).minutes as i32;
        let is_first = rhythm.discipline == request.order[0];
        let mut left = self.sets[sets];
        let mut on_the_date = Vec::new();
        for other in &request.sessions {
            let Some(fixed) = &other.fixed else { continue };
            if fixed.day == layer.day {
                on_the_date.push((fixed, other.week));
            } else if other.rhythm == asked.rhythm {
                continue;
            } else if other.week == asked.week {
                let gaps = if is_first {
                    pair::allowed_gaps(layer.day, fixed.day, request.spacing).map(|(least, most)| {
                        (
                            fixed.treatment.from - minutes - most,
                            fixed.treatment.from - minutes - least,
                        )
                    })
                } else {
                    pair::allowed_gaps(fixed.day, layer.day, request.spacing)
                        .map(|(least, most)| (fixed.treatment.to + least, fixed.treatment.to + most))
                };
                left = gaps.map_or(Slots::EMPTY, |(from, to)| {
                    left.and(slots_of(
                        layer.base,
                        request.slot_minutes(),
                        Span::new(from, to + 1),
                    ))
                });
            } else {
                let blocked =
                    between_pairs::blocked_starts((is_first, layer.day, minutes), fixed, request.spacing);
                left = left.minus(slots_of(layer.base, request.slot_minutes(), blocked));
            }
        }
        for at in 0..rhythm.practitioners.len() {
            let mut own = self.sets[sets + HEAD + at].and(left);
            if !on_the_date.is_empty() {
                let whole = own;
                own = Slots::EMPTY;
                for slot in whole.iter() {
                    let place = self.place_in(asked.rhythm, layer, slot, rhythm.practitioners[at]);
                    let fits = self.rooms_at(&place).any(|room| {
                        let place = Placement { room, ..place };
                        on_the_date.iter().all(|&(fixed, week)| {
                            check_session_pair(
                                (&place, asked.week),
                                (fixed, week),
                                request.order,
                                request.spacing,
                            )
                            .is_empty()
                        })
                    });
                    if fits {
                        own.insert(slot);
                    }
                }
            }
            self.sets[sets + HEAD + at] = own;
        }
    }

    fn place_in(&self, rhythm: usize, layer: &Layer, slot: i32, practitioner: usize) -> Placement {
        let asked = &self.request.rhythms[rhythm];
        let service = self.calendar.service(asked.service);
        let from = layer.base + slot * self.request.slot_minutes();
        let to = from + service.minutes as i32;
        Placement {
            service: asked.service,
            discipline: asked.discipline,
            practitioner,
            room: None,
            day: layer.day,
            time: slot * self.request.slot_minutes(),
            treatment: Span::new(from, to),
            busy_until: to + service.buffer_minutes as i32,
        }
    }

    /// The rooms in which a treatment can be given, in the clinic's order; `None` alone when it needs none.
    pub fn rooms_at<'b>(&'b self, place: &Placement) -> impl Iterator<Item = Option<usize>> + 'b {
        let occupied = place.occupied();
        let needs_room = !self.calendar.service(place.service).room_kinds.is_empty();
        let others = self.request.others();
        let free = self
            .calendar
            .rooms_for(place.service)
            .iter()
            .filter(move |&&room| needs_room && room::is_free(self.calendar, room, occupied, &others))
            .map(|&room| Some(room));
        (!needs_room).then_some(None).into_iter().chain(free)
    }
}

/// What listing the starts of one rhythm needs again and again.
struct Listing<'a, const W: usize> {
    calendar: &'a Calendar,
    request: &'a ResolvedRequest,
    rhythm: usize,
    minutes: i32,
    occupied_minutes: i32,
    stretches: Vec<Span>,
}

impl<'a, const W: usize> Listing<'a, W> {
    fn new(calendar: &'a Calendar, request: &'a ResolvedRequest, rhythm: usize) -> Self {
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

    /// Adds a layer's sets; false, when no start is left.
    fn add(&mut self, sets: &mut Vec<Slots<W>>, day: i32, segment: &Segment<W>, allowed: Span) -> bool {
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
fn givers<const W: usize>(sets: &[Slots<W>]) -> (Slots<W>, Slots<W>) {
    let (once, twice) = sets
        .iter()
        .fold((Slots::EMPTY, Slots::EMPTY), |(once, twice), &set| {
            (once.or(set), twice.or(once.and(set)))
        });
    (once, once.minus(twice))
}

/// The slots whose starts lie in a stretch of elapsed time.
fn slots_of<const W: usize>(base: UtcMinute, slot_minutes: i32, starts: Span) -> Slots<W> {
    let at_or_after = |minute: UtcMinute| {
        minute
            .saturating_sub(base)
            .saturating_add(slot_minutes - 1)
            .div_euclid(slot_minutes)
    };
    Slots::range(at_or_after(starts.from), at_or_after(starts.to) - 1)
}

/// A date on which no clock changes.
fn whole_date<const W: usize>(calendar: &Calendar, slot_minutes: i32, day: i32) -> Option<Segment<W>> {
    let base = calendar.clock().to_utc_on(day, 0);
    (calendar.clock().to_utc_on(day, 1440) - base == 1440).then(|| Segment {
        base,
        slots: Slots::range(0, 1440 / slot_minutes - 1),
    })
}

/// The parts of a date on either side of a change of clocks; times that the clocks skip are in none.
fn segments<const W: usize>(calendar: &Calendar, slot_minutes: i32, day: i32) -> Vec<Segment<W>> {
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
