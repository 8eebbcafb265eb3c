//! Which starts of two layers can be the two sessions of one pair.
//!
//! Within two layers the rule for pairs depends only on how many slots lie between the two starts, so the starts that
//! have a partner are found by shifting sets of slots. Only where the first treatment's buffer may reach into the
//! second are rooms and practitioners looked at one by one.

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
    /// Whether some room may serve both services.
    shared_rooms: bool,
}

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
            shared_rooms: false,
        };
        let [first, second] = request.rhythms.as_slice() else {
            return all;
        };
        all.one_for_both = first
            .practitioners
            .iter()
            .any(|one| second.practitioners.contains(one));
        let rooms = [first, second].map(|rhythm| candidates.calendar.rooms_for(rhythm.service));
        all.shared_rooms = rooms[0].iter().any(|room| rooms[1].contains(room));
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
            delicate: reaching >= least && (self.one_for_both || self.shared_rooms),
        })
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
        let mut found = [Slots::EMPTY; 2];
        for slot in first.iter() {
            let partners = self.partners_of(candidates, fit, slot, second, who);
            if !partners.is_empty() {
                found[0].insert(slot);
                found[1] = found[1].or(partners);
            }
        }
        found
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
        let mut partners = second.and(Slots::range(slot + fit.least, slot + fit.most));
        if fit.delicate {
            let near = partners.and(Slots::range(slot + fit.least, slot + fit.reaching));
            for other in near.iter() {
                if !self.fit_side_by_side(candidates, fit, [slot, other], who) {
                    partners = partners.minus(Slots::range(other, other));
                }
            }
        }
        partners
    }

    /// Whether the first one's buffer reaches into the second, so that one practitioner cannot give both.
    pub fn needs_two(&self, fit: &Fit, slots: [i32; 2]) -> bool {
        slots[1] - slots[0] <= fit.reaching
    }

    /// Rule 12 where the first one's buffer reaches into the second.
    fn fit_side_by_side(
        &self,
        candidates: &Candidates<'_, W>,
        fit: &Fit,
        slots: [i32; 2],
        who: [Who; 2],
    ) -> bool {
        let givers =
            [0, 1].map(|rhythm| givers(candidates, rhythm, fit.layers[rhythm], slots[rhythm], who[rhythm]));
        let [mut first, second] = givers;
        let two_people = first.any(|one| second.clone().any(|two| one != two));
        if !two_people {
            return false;
        }
        if !self.shared_rooms || !(0..2).all(|at| candidates.one_room(fit.layers[at]).contains(slots[at])) {
            return true;
        }
        let only_room = |at: usize| {
            let place = candidates.place(at, fit.layers[at], slots[at], 0);
            candidates.rooms_at(&place).next().flatten()
        };
        same_date::check_rooms(only_room(0), only_room(1)).is_none()
    }
}

/// The practitioners, by index in the clinic, who can give a session at a slot.
fn givers<'b, const W: usize>(
    candidates: &'b Candidates<'_, W>,
    rhythm: usize,
    layer: usize,
    slot: i32,
    who: Who,
) -> impl Iterator<Item = usize> + Clone + 'b {
    let practitioners = &candidates.request.rhythms[rhythm].practitioners;
    let range = match who {
        Who::Anybody => 0..practitioners.len(),
        Who::Only(one) => one..one + 1,
    };
    range
        .filter(move |&one| candidates.with(layer, one).contains(slot))
        .map(|one| practitioners[one])
}
