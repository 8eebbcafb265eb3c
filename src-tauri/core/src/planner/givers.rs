//! Who gives the sessions, once their starts are settled.

use super::cost::Packed;
use super::leaf::Way;
use super::pairs::Who;
use super::search::Search;

impl<const W: usize> Search<'_, '_, '_, W> {
    /// The practitioners of a week's sessions: the least changes at a price and then the least orphan minutes.
    pub fn givers(&mut self, option: &Way, usual: [usize; 2], change_price: Packed) -> (Packed, [usize; 2]) {
        let choice = self.choices[option.choice];
        let mut each = [[(Packed::MAX, 0); 2]; 2];
        for (rhythm, best) in each.iter_mut().enumerate() {
            let Some(layer) = choice.layers[rhythm] else {
                *best = [(0, 0); 2];
                continue;
            };
            let place = (rhythm, layer, option.slots[rhythm], choice.who[rhythm]);
            self.each_giver(place, usual, change_price, |cost, one| {
                if cost < best[0].0 {
                    best[1] = best[0];
                    best[0] = (cost, one);
                } else if cost < best[1].0 {
                    best[1] = (cost, one);
                }
            });
        }
        let [first, second] = each;
        let rhythms = &self.weeks.candidates.request.rhythms;
        let same_person = choice
            .fit
            .is_some_and(|fit| self.weeks.pairs.needs_two(&fit, option.slots))
            && rhythms[0].practitioners[first[0].1] == rhythms[1].practitioners[second[0].1];
        if !same_person {
            return (first[0].0 + second[0].0, [first[0].1, second[0].1]);
        }
        // One of the two gives way to the next best; the others of the list are no better.
        let one = first[1].0.saturating_add(second[0].0);
        let other = first[0].0.saturating_add(second[1].0);
        if one <= other {
            (one, [first[1].1, second[0].1])
        } else {
            (other, [first[0].1, second[1].1])
        }
    }

    /// Who gives one session at the least cost, and that cost.
    pub fn cheapest_giver(
        &mut self,
        place: (usize, usize, i32, Who),
        usual: [usize; 2],
        change_price: Packed,
    ) -> Option<(Packed, usize)> {
        let mut least = None;
        self.each_giver(place, usual, change_price, |cost, one| {
            if least.is_none_or(|(other, _)| cost < other) {
                least = Some((cost, one));
            }
        });
        least
    }

    /// Tells what each practitioner costs who can give a session: of a rhythm, in a layer, at a slot.
    pub fn each_giver(
        &mut self,
        (rhythm, layer, slot, who): (usize, usize, i32, Who),
        usual: [usize; 2],
        change_price: Packed,
        mut tell: impl FnMut(Packed, usize),
    ) {
        let candidates = self.weeks.candidates;
        let range = match who {
            Who::Only(one) => one..one + 1,
            Who::Anybody => 0..candidates.request.rhythms[rhythm].practitioners.len(),
        };
        for one in range {
            if candidates.with(layer, one).contains(slot) {
                let orphan = self.orphans.of(candidates, rhythm, layer, slot, one);
                let change = if one == usual[rhythm] { 0 } else { change_price };
                tell(change + Packed::from(orphan) * self.prices.orphan, one);
            }
        }
    }
}
