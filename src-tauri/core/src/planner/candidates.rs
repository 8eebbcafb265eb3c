//! The legal starts of every session by rules 1 to 7, and by rules 9 to 12 against the fixed sessions.
//!
//! A layer holds the starts of one rhythm on one date as sets of slots ([`super::listing`]): one set for anybody, one
//! for each practitioner. On a date with a change of clocks the slots before and after it make two layers, so that
//! within a layer the n-th slot always lies n slot lengths of elapsed time after the layer's base. Sessions of a rhythm
//! share layers; where the request holds fixed or current sessions, each session has its own.

use std::ops::{Range, RangeInclusive};

use super::ResolvedRequest;
use super::listing::{HEAD, Listing, Segment, givers, segments, slots_of, whole_date};
use super::slots::Slots;
use crate::calendar::{Calendar, Placement};
use crate::rules::{between_pairs, check_session_pair, pair, room, start};
use crate::time::{Span, UtcMinute};

/// The starts of one rhythm on one date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layer {
    /// The date.
    pub day: i32,
    /// Where slot 0 lies in elapsed minutes.
    pub base: UtcMinute,
    /// Whether it holds nothing but the place where its session is booked today.
    pub keeps: bool,
    /// Where its sets begin: its head, then one set a practitioner.
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
    pub fn all(&self) -> Range<usize> {
        match (self.starts.first(), self.starts.last()) {
            (Some(&first), Some(&last)) => first..last,
            _ => 0..0,
        }
    }

    /// The layers from one day up to and including another.
    pub fn between(&self, first: i32, last: i32) -> Range<usize> {
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
        let mut table = Table::default();
        let mut listing = Listing::new(self.calendar, request, rhythm);
        for session in request.sessions.iter().filter(|session| session.rhythm == rhythm) {
            let (first, last) = dates_of(request, rhythm, session.week).into_inner();
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
        let dates = dates_of(self.request, asked.rhythm, asked.week);
        for day in first_day..first_day + days {
            table.starts.push(self.layers.len());
            if asked.fixed.is_none() && dates.contains(&day) {
                for source in self.tables[asked.rhythm].between(day, day) {
                    self.copy_layer(session, source);
                }
            }
        }
        table.starts.push(self.layers.len());
        table
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

/// The dates on which a session of a rhythm may lie in a week, whatever is usual.
fn dates_of(request: &ResolvedRequest, rhythm: usize, week: u32) -> RangeInclusive<i32> {
    let shifts = if rhythm == 0 {
        0..=0
    } else {
        request.usual_shifts()
    };
    let (week, tolerance) = (7 * week as i32, request.tolerance_days as i32);
    request.earliest + week + shifts.start() - tolerance
        ..=request.latest_start + week + shifts.end() + tolerance
}
