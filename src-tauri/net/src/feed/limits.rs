//! What the server bears.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// Bounds on clients.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at a time; more wait for one to end.
    pub connections: usize,
    /// How long a client may take to send a request, and between two of them.
    pub patience: Duration,
    /// How long one connection may last, whatever it does.
    pub longest: Duration,
    /// Requests of one feed from one address in a minute.
    pub requests_per_minute: u32,
    /// Requests for what is not there from one address in a minute.
    pub misses_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2048,
            patience: Duration::from_secs(10),
            longest: Duration::from_secs(300),
            requests_per_minute: 60,
            misses_per_minute: 20,
        }
    }
}

/// The most clients that are counted; beyond, the ones counted longest ago are forgotten first.
const COUNTED: usize = 10_000;

const MINUTE: Duration = Duration::from_secs(60);

/// Counts what clients do within a minute.
#[derive(Debug)]
pub(super) struct Counter<K> {
    counts: HashMap<K, (Instant, u32)>,
    most: u32,
}

impl<K: Eq + Hash> Counter<K> {
    pub(super) fn new(most: u32) -> Self {
        Self {
            counts: HashMap::new(),
            most,
        }
    }

    /// Counts one more; false when it is one too many.
    pub(super) fn admits(&mut self, key: K, now: Instant) -> bool {
        if self.counts.len() >= COUNTED {
            self.counts
                .retain(|_, (since, _)| now.duration_since(*since) < MINUTE);
        }
        if self.counts.len() >= COUNTED {
            self.counts.clear();
        }
        let (since, count) = self.counts.entry(key).or_insert((now, 0));
        if now.duration_since(*since) >= MINUTE {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= self.most
    }

    /// Whether one more would be admitted, without counting it.
    pub(super) fn has_room(&self, key: &K, now: Instant) -> bool {
        self.counts
            .get(key)
            .is_none_or(|(since, count)| now.duration_since(*since) >= MINUTE || *count < self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_so_many_and_the_next_as_many_again() {
        let start = Instant::now();
        let mut counter = Counter::new(2);
        let admitted: Vec<bool> = [0, 1, 59, 60, 61, 62]
            .map(|second| counter.admits("a", start + Duration::from_secs(second)))
            .into();
        assert_eq!(admitted, [true, true, false, true, true, false]);
        assert!(counter.admits("b", start + Duration::from_secs(62)));
        assert!(!counter.has_room(&"a", start + Duration::from_secs(62)));
        assert!(counter.has_room(&"a", start + Duration::from_secs(120)));
    }

    #[test]
    fn a_flood_of_clients_takes_no_more_memory() {
        let mut counter = Counter::new(1);
        let now = Instant::now();
        for client in 0..50_000 {
            counter.admits(client, now);
        }
        assert!(counter.counts.len() <= COUNTED);
    }
}
