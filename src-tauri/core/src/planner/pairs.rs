//! Which starts of two layers can be the two sessions of one pair.
//!
//! Within two layers the rule for pairs depends only on how many slots lie between the two starts, so the starts that
//! have a partner are found by shifting sets of slots. Only where the first treatment's buffer may reach into the
//! second are rooms and practitioners looked at one by one.

use std::cell::OnceCell;

use super::candidates::Candidates;
use super::slots::Slots;
use crate::model::Spacing;
use crate::rules::{pair, same_date};

/// With whom a session may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Anybody,
    /// One practitioner, by place in the rhythm's list.
    Only(usize),
}

/// How two layers fit together: the second start lies `least` to `most` slots after the first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    pub layers: [usize; 2],
    pub least: i32,
    pub most: i32,
    /// Up to this many slots after it, the first one's buffer reaches into the second.
    reaching: i32,
    /// Whether rooms and practitioners must be looked at where it does.
    delicate: bool,
}

/// The pairs of layers of a request.
pub(super) struct Pairs<const W: usize> {
    /// For each layer of a first session, its partners and where their entries begin.
    partners: Vec<(std::ops::Range<usize>, usize)>,
    found: Vec<Option<[Slots<W>; 2]>>,
    /// Whether somebody may treat in both disciplines.
    one_for_both: bool,
    /// For each practitioner of the first rhythm, the place in the second's list.
    in_both: Vec<Option<usize>>,
    /// Whether some room may serve both services.
    shared_rooms: bool,
    /// For each layer, the rooms that are the only one for some start, once asked for.
    only_rooms: Vec<OnceCell<OnlyRooms<W>>>,
}

/// Rooms, each with the starts for which no other is free.
type OnlyRooms<const W: usize> = Vec<(usize, Slots<W>)>;

impl<const W: usize> Pairs<W> {
    /// The days that the second session of a pair may lie after the first.
    pub fn days_apart(spacing: Spacing, minutes: i32) -> (i32, i32) {
        match spacing {
            Spacing::SameDay { .. } => (0, 0),
            // A date may last an hour longer than 24.
            Spacing::SeparateDays { max_hours, .. } => {
                (1, (max_hours as i32 * 60 + minutes + 120) / 1440 + 1)
            }
        }
    }

    /// Prepares for pairs of the given sessions.
    pub fn new(candidates: &Candidates<'_, W>, pairs: impl Iterator<Item = [usize; 2]>) -> Self {
        let request = candidates.request;
        let mut all = Self {
            partners: vec![(usize::MAX..usize::MAX, 0); candidates.layers.len()],
            found: Vec::new(),
            one_for_both: false,
            in_both: Vec::new(),
            shared_rooms: false,
            only_rooms: Vec::new(),
        };
        let [first, second] = request.rhythms.as_slice() else {
            return all;
        };
        all.in_both = first
            .practitioners
            .iter()
            .map(|one| second.practitioners.iter().position(|other| other == one))
            .collect();
        all.one_for_both = all.in_both.iter().any(Option::is_some);
        let rooms = [first, second].map(|rhythm| candidates.calendar.rooms_for(rhythm.service));
        all.shared_rooms = rooms[0].iter().any(|room| rooms[1].contains(room));
        if all.shared_rooms {
            all.only_rooms.resize_with(candidates.layers.len(), OnceCell::new);
        }
        let minutes = candidates.calendar.service(first.service).minutes as i32;
        let (nearest, farthest) = Self::days_apart(request.spacing, minutes);
        let mut entries = 0;
        for [one, two] in pairs {
            for layer in candidates.table(one).all() {
                if all.partners[layer].0.start == usize::MAX {
                    let day = candidates.layers[layer].day;
                    let partners = candidates.table(two).between(day + nearest, day + farthest);
                    let count = partners.len();
                    all.partners[layer] = (partners, entries);
                    entries += count;
                }
            }
        }
        all.found = vec![None; entries];
        all
    }

    /// How two layers fit together, unless rule 9 forbids their dates or they lie too far apart.
    pub fn fit(&self, candidates: &Candidates<'_, W>, layers: [usize; 2]) -> Option<Fit> {
        if !self.partners[layers[0]].0.contains(&layers[1]) {
            return None;
        }
        let request = candidates.request;
        let [first, second] = layers.map(|layer| candidates.layers[layer]);
        let (least, most) = pair::allowed_gaps(first.day, second.day, request.spacing)?;
        let service = candidates.calendar.service(request.rhythms[0].service);
        let slot = request.slot_minutes();
        let end = first.base - second.base + service.minutes as i32;
        let reaching = if first.day == second.day {
            -(-(end + service.buffer_minutes as i32)).div_euclid(slot) - 1
        } else {
            i32::MIN
        };
        let least = -(-(end + least)).div_euclid(slot);
        Some(Fit {
            layers,
            least,
            most: (end + most).div_euclid(slot),
            reaching,
            delicate: reaching >= least && (self.one_for_both || self.rooms_may_clash(candidates, layers)),
        })
    }

    fn rooms_may_clash(&self, candidates: &Candidates<'_, W>, layers: [usize; 2]) -> bool {
        self.shared_rooms && layers.iter().all(|&layer| !candidates.one_room(layer).is_empty())
    }

    /// The layers of the second rhythm that may hold the partner of a first session in a layer.
    pub fn partners(&self, layer: usize) -> std::ops::Range<usize> {
        self.partners[layer].0.clone()
    }

    /// The starts of two layers that have a partner, with anybody; asked for often, so kept.
    pub fn matched(&mut self, candidates: &Candidates<'_, W>, fit: &Fit) -> [Slots<W>; 2] {
        let (partners, entry) = &self.partners[fit.layers[0]];
        let entry = entry + fit.layers[1] - partners.start;
        if let Some(found) = self.found[entry] {
            return found;
        }
        let starts = fit.layers.map(|layer| candidates.anybody(layer));
        let found = self.among(candidates, fit, starts, [Who::Anybody; 2]);
        self.found[entry] = Some(found);
        found
    }

    /// Of some starts of two layers, those that have a partner among the other's.
    pub fn among(
        &self,
        candidates: &Candidates<'_, W>,
        fit: &Fit,
        starts: [Slots<W>; 2],
        who: [Who; 2],
    ) -> [Slots<W>; 2] {
        let [first, second] = starts;
        if !fit.delicate {
            return [
                first.and(second.reach(-fit.most, -fit.least)),
                second.and(first.reach(fit.least, fit.most)),
            ];
        }
        // Starts that clash with the same others are matched all at once, the rest one by one.
        let single = self.single(candidates, fit, who);
        let plain = first.minus(single);
        let clashing = match who[0] {
            Who::Only(giver) => self.clashing_giver(candidates, fit, giver, who[1]).and(second),
            Who::Anybody => Slots::EMPTY,
        };
        let free = second.minus(clashing);
        let beyond = fit.reaching + 1;
        let mut found = [
            plain.and(free.reach(-fit.most, -fit.least)),
            free.and(plain.reach(fit.least, fit.most)),
        ];
        if !clashing.is_empty() {
            found[0] = found[0].or(plain.and(clashing.reach(-fit.most, -beyond)));
            found[1] = found[1].or(clashing.and(plain.reach(beyond, fit.most)));
        }
        for slot in first.and(single).iter() {
            let partners = self.partners_of(candidates, fit, slot, second, who);
            if !partners.is_empty() {
                found[0].insert(slot);
                found[1] = found[1].or(partners);
            }
        }
        found
    }

    /// The starts of the first layer that may clash with others than the rest of the layer.
    fn single(&self, candidates: &Candidates<'_, W>, fit: &Fit, who: [Who; 2]) -> Slots<W> {
        let [first, second] = fit.layers;
        let mut single = Slots::EMPTY;
        if self.shared_rooms && !candidates.one_room(second).is_empty() {
            single = candidates.one_room(first);
        }
        if self.one_for_both && who[0] == Who::Anybody {
            for giver in 0..self.in_both.len() {
                if !self.clashing_giver(candidates, fit, giver, who[1]).is_empty() {
                    single = single.or(candidates.one_giver(first).and(candidates.with(first, giver)));
                }
            }
        }
        single
    }

    /// The starts of the second layer that only a practitioner of the first rhythm can give.
    fn clashing_giver(
        &self,
        candidates: &Candidates<'_, W>,
        fit: &Fit,
        giver: usize,
        other: Who,
    ) -> Slots<W> {
        let second = fit.layers[1];
        match (self.in_both.get(giver).copied().flatten(), other) {
            (Some(at), Who::Only(one)) if one == at => candidates.with(second, at),
            (Some(at), Who::Anybody) => candidates.one_giver(second).and(candidates.with(second, at)),
            _ => Slots::EMPTY,
        }
    }

    /// Of some starts of the second layer, those that can follow one start of the first.
    pub fn partners_of(
        &self,
        candidates: &Candidates<'_, W>,
        fit: &Fit,
        slot: i32,
        second: Slots<W>,
        who: [Who; 2],
    ) -> Slots<W> {
        let partners = second.and(Slots::range(slot + fit.least, slot + fit.most));
        if !fit.delicate {
            return partners;
        }
        let clashing = self.clashing(candidates, fit, slot, who);
        if clashing.is_empty() {
            return partners;
        }
        partners.minus(clashing.and(Slots::range(slot + fit.least, slot + fit.reaching)))
    }

    /// The starts of the second layer that need the only practitioner or the only room of one start of the first.
    fn clashing(&self, candidates: &Candidates<'_, W>, fit: &Fit, slot: i32, who: [Who; 2]) -> Slots<W> {
        let first = fit.layers[0];
        let mut clashing = Slots::EMPTY;
        if self.one_for_both
            && let Some(giver) = only_giver(candidates, first, slot, who[0])
        {
            clashing = self.clashing_giver(candidates, fit, giver, who[1]);
        }
        if self.shared_rooms && candidates.one_room(first).contains(slot) {
            let rooms = |rhythm: usize| {
                self.only_rooms[fit.layers[rhythm]]
                    .get_or_init(|| only_rooms(candidates, rhythm, fit.layers[rhythm]))
            };
            let own = rooms(0).iter().find(|(_, starts)| starts.contains(slot));
            for (room, starts) in rooms(1) {
                if own.is_some_and(|(own, _)| same_date::check_rooms(Some(*own), Some(*room)).is_some()) {
                    clashing = clashing.or(*starts);
                }
            }
        }
        clashing
    }

    /// Whether the first one's buffer reaches into the second, so that one practitioner cannot give both.
    pub fn needs_two(&self, fit: &Fit, slots: [i32; 2]) -> bool {
        slots[1] - slots[0] <= fit.reaching
    }
}

/// The only practitioner who can give a session at a slot, by place in the rhythm's list.
fn only_giver<const W: usize>(
    candidates: &Candidates<'_, W>,
    layer: usize,
    slot: i32,
    who: Who,
) -> Option<usize> {
    match who {
        Who::Only(one) => Some(one),
        Who::Anybody if candidates.one_giver(layer).contains(slot) => {
            let count = candidates.request.rhythms[0].practitioners.len();
            (0..count).find(|&one| candidates.with(layer, one).contains(slot))
        }
        Who::Anybody => None,
    }
}

/// The rooms that are the only one for some start of a layer, each with those starts.
fn only_rooms<const W: usize>(candidates: &Candidates<'_, W>, rhythm: usize, layer: usize) -> OnlyRooms<W> {
    let mut rooms: OnlyRooms<W> = Vec::new();
    for slot in candidates.one_room(layer).iter() {
        let place = candidates.place(rhythm, layer, slot, 0);
        let Some(room) = candidates.rooms_at(&place).next().flatten() else {
            continue;
        };
        match rooms.iter_mut().find(|(other, _)| *other == room) {
            Some((_, starts)) => starts.insert(slot),
            None => rooms.push((room, Slots::range(slot, slot))),
        }
    }
    rooms
}
