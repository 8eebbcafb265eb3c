use proptest::prelude::*;

use super::*;
use crate::calendar::Placement;
use crate::rules::check_session_pair;
use crate::time::Span;

const MINUTES: i32 = 60;
const MISSING: Packed = 1_000;

fn chain() -> impl Strategy<Value = Chain> {
    let start = (-3..=3i32, 0..23i32, 0..40u8);
    let session = prop::collection::vec(start, 0..4);
    let week = (
        prop::option::weighted(0.9, session.clone()),
        prop::option::weighted(0.9, session),
    );
    let hours = (12..=120u32).prop_flat_map(|least| (Just(least), least..=120));
    let pays = (0..4usize, 0..100u8);
    (prop::collection::vec(week, 1..4), 0..=5i32, hours, pays).prop_map(|(weeks, shift, hours, pays)| {
        let mut links = Vec::new();
        for (week, (first, second)) in weeks.into_iter().enumerate() {
            for (rhythm, session) in [first, second].into_iter().enumerate() {
                let usual = 7 * week as i32 + shift * rhythm as i32;
                links.extend(session.map(|starts| link(week, rhythm, usual, &starts)));
            }
        }
        let (min_hours, max_hours) = hours;
        Chain {
            pays: match pays {
                (0, _) => Pays::Nobody,
                (1, settled) => Pays::Anybody((settled % 2 == 0).then_some(settled.into())),
                (_, week) => links
                    .get(usize::from(week) % links.len().max(1))
                    .map_or(Pays::Nobody, |link: &Link| Pays::Week(link.week)),
            },
            links,
            spacing: Spacing::SeparateDays { min_hours, max_hours },
            missing: MISSING,
        }
    })
}

fn link(week: usize, rhythm: usize, usual: i32, starts: &[(i32, i32, u8)]) -> Link {
    let mut starts: Vec<Start> = starts
        .iter()
        .map(|&(off, hour, cost)| {
            let day = usual + off;
            let from = day * 1440 + hour * 60;
            Start {
                day,
                from,
                to: from + MINUTES,
                cost: cost.into(),
                delay: (day + 3) as Packed,
            }
        })
        .collect();
    starts.sort_by_key(|start| start.from);
    Link { week, rhythm, starts }
}

fn place(rhythm: usize, start: &Start) -> Placement {
    Placement {
        service: rhythm,
        discipline: rhythm,
        practitioner: rhythm,
        room: None,
        day: start.day,
        time: start.from.rem_euclid(1440),
        treatment: Span::new(start.from, start.to),
        busy_until: start.to,
    }
}

/// Every legal choice of starts with what it costs.
fn all(chain: &Chain) -> Vec<(Packed, Vec<Option<usize>>)> {
    let mut choices: Vec<Vec<Option<usize>>> = vec![Vec::new()];
    for link in &chain.links {
        let starts = (0..link.starts.len()).map(Some).chain([None]);
        choices = choices
            .iter()
            .flat_map(|choice| {
                starts
                    .clone()
                    .map(move |start| [choice.as_slice(), &[start]].concat())
            })
            .collect();
    }
    choices
        .into_iter()
        .filter_map(|choice| Some((cost(chain, &choice)?, choice)))
        .collect()
}

fn cost(chain: &Chain, choice: &[Option<usize>]) -> Option<Packed> {
    let placed: Vec<(&Link, &Start)> = chain
        .links
        .iter()
        .zip(choice)
        .filter_map(|(link, start)| Some((link, &link.starts[(*start)?])))
        .collect();
    for (index, (one, one_start)) in placed.iter().enumerate() {
        for (other, other_start) in &placed[index + 1..] {
            let one = (&place(one.rhythm, one_start), one.week as u32);
            let other = (&place(other.rhythm, other_start), other.week as u32);
            if !check_session_pair(one, other, [0, 1], chain.spacing).is_empty() {
                return None;
            }
        }
    }
    let missing = (choice.len() - placed.len()) as Packed * chain.missing;
    let own: Packed = placed.iter().map(|(_, start)| start.cost).sum();
    let least_delay = |week: Option<usize>| {
        let paying = placed
            .iter()
            .filter(|(link, _)| week.is_none_or(|week| link.week == week));
        paying.map(|(_, start)| start.delay).min()
    };
    let delay = match chain.pays {
        Pays::Nobody => 0,
        Pays::Week(week) => least_delay(Some(week))?,
        Pays::Anybody(settled) => match (least_delay(None), settled) {
            (Some(one), Some(other)) => one.min(other),
            (Some(one), None) | (None, Some(one)) => one,
            // Leaving all out costs nothing more only where nothing can be placed.
            (None, None) if chain.links.iter().all(|link| link.starts.is_empty()) => 0,
            (None, None) => return None,
        },
    };
    Some(missing + own + delay)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_cheapest_way_is_the_cheapest_of_all(chain in chain()) {
        let all = all(&chain);
        let least = all.iter().map(|(cost, _)| *cost).min();
        let found = cheapest(&chain, 0, Packed::MAX);
        prop_assert_eq!(found.as_ref().map(|(cost, _)| *cost), least);
        if let Some((found, starts)) = found {
            prop_assert_eq!(cost(&chain, &starts), Some(found));
        }
    }

    #[test]
    fn ways_through_a_start_are_the_cheapest_with_it(chain in chain()) {
        // Where nothing can be placed at all there is nothing to go through.
        prop_assume!(chain.links.iter().any(|link| !link.starts.is_empty()));
        let all = all(&chain);
        let least = |with: &dyn Fn(&[Option<usize>]) -> bool| {
            let costs = all.iter().filter(|(_, choice)| with(choice)).map(|(cost, _)| *cost);
            costs.min().unwrap_or(Packed::MAX)
        };
        let through = chain.through();
        prop_assert_eq!(through.is_some(), least(&|_| true) < Packed::MAX);
        let Some(through) = through else { return Ok(()) };
        if crossing::cheapest(&chain, Packed::MAX).is_some() {
            prop_assert!(least(&|_| true) <= through.least);
            return Ok(());
        }
        for (at, link) in chain.links.iter().enumerate() {
            for start in 0..link.starts.len() {
                prop_assert_eq!(through.starts[at][start], least(&|choice| choice[at] == Some(start)));
            }
            prop_assert_eq!(through.left_out[at], least(&|choice| choice[at].is_none()));
        }
    }

    /// What no bound lets cross does not.
    #[test]
    fn what_costs_no_more_than_the_limit_is_found_with_it(chain in chain(), more in 0..3_000u128) {
        let Some((least, _)) = cheapest(&chain, 0, Packed::MAX) else { return Ok(()) };
        let found = cheapest(&chain, 0, least + more).map(|(cost, _)| cost);
        prop_assert_eq!(found, Some(least));
    }
}
