//! Eight processes that want the same places.

use std::collections::BTreeMap;

use crate::victim::{Process, fresh, template};
use crate::{Failure, witness, words_of};

const RACERS: u32 = 8;

/// The refusals that may come of a place that somebody else has.
const EXPECTED: [&str; 2] = ["rule-broken", "no-longer-fits"];

/// Attempts, divided among the racers.
pub fn run(count: u32) -> Result<String, Failure> {
    let folder = tempfile::tempdir().map_err(words_of)?;
    let database = folder.path().join("race.ordo");
    fresh(&template(folder.path())?, &database)?;
    let slots = count.div_ceil(RACERS).to_string();
    let path = database.to_string_lossy();
    let racers: Result<Vec<Process>, Failure> = (0..RACERS)
        .map(|racer| Process::start(&["race", &path, &racer.to_string(), &slots], None))
        .collect();
    let mut racers = racers?;
    for racer in &mut racers {
        racer.await_ready()?;
    }
    let mut winners: BTreeMap<String, u32> = BTreeMap::new();
    let mut named: BTreeMap<String, u32> = BTreeMap::new();
    let (mut attempts, mut waited) = (0, 0);
    for racer in racers {
        for line in racer.finish()? {
            attempts += 1;
            let words: Vec<&str> = line.splitn(4, ' ').collect();
            match words[..] {
                // Nobody waits for ever: it is told, and tried again.
                ["refused", _, "busy", reason] if !reason.trim().is_empty() => {
                    attempts -= 1;
                    waited += 1;
                }
                ["booked", slot] => *winners.entry(slot.to_owned()).or_default() += 1,
                ["refused", _, code, reason] if EXPECTED.contains(&code) && !reason.trim().is_empty() => {
                    *named.entry(code.to_owned()).or_default() += 1;
                }
                _ => return Err(format!("an unexpected answer: {line}")),
            }
        }
    }
    if let Some((slot, times)) = winners.iter().find(|(_, times)| **times != 1) {
        return Err(format!("slot {slot} was given {times} times"));
    }
    let asked: u32 = slots.parse().map_err(words_of)?;
    let given = u32::try_from(winners.len()).map_err(words_of)?;
    // A few places are no good for anybody, such as those on a holiday.
    if attempts != asked * RACERS || given * 10 < asked * 8 {
        return Err(format!(
            "{attempts} attempts at {asked} places, of which {given} were given"
        ));
    }
    let desk = crate::victim::open(&database)?;
    let audit = desk.audit().map_err(words_of)?;
    if audit.faults() > 0 {
        return Err(format!("the audit finds {} faults", audit.faults()));
    }
    drop(desk);
    witness::sound(&database)?;
    let refusals: Vec<String> = named
        .iter()
        .map(|(code, times)| format!("{times} {code}"))
        .collect();
    Ok(format!(
        "{attempts} attempts of {RACERS} processes at {asked} places: {given} given, each once; every refusal named ({}); {waited} times somebody \
         was told to wait and tried again",
        refusals.join(", ")
    ))
}
