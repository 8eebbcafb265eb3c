//! What the other process does: each thing is said only once it is done.

use std::io::Write as _;
use std::path::Path;

use chrono::{Days, NaiveDate};
use ordo_core::model::{DisciplineId, Frequency};
use ordo_desk::view::board::{NewVisit, VisitPlace};
use ordo_desk::{Ask, Code, Desk, Error};

use crate::keys;
use crate::victim::{VISITS, Victim, open, today};
use crate::{Failure, words_of};

/// Runs one worker.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["book", database, first] => book(Path::new(database), number(first)?),
        ["migrate", database] => open(Path::new(database)).and_then(|_| say("migrated")),
        ["backup", database] => back_up(Path::new(database)),
        ["restore", database] => restore(Path::new(database)),
        ["replace", database, backup] => replace(Path::new(database), backup),
        ["rekey", database, rounds] => rekey(Path::new(database), number(rounds)?),
        ["race", database, racer, slots] => race(Path::new(database), number(racer)?, number(slots)?),
        _ => Err(format!("no worker does {words:?}")),
    }
}

fn number(text: &str) -> Result<usize, Failure> {
    text.parse().map_err(words_of)
}

fn say(line: &str) -> Result<(), Failure> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{line}")
        .and_then(|()| output.flush())
        .map_err(words_of)
}

/// What a refusal looks like to the one who listens.
fn refused(what: &str, error: &Error) -> String {
    let code = serde_json::to_value(error.code).unwrap_or_default();
    let code = code.as_str().unwrap_or_default().to_owned();
    format!("refused {what} {code} {}", error.message.replace('\n', " "))
}

/// Books series of eight visits, one patient after the other, until there is no room on the disk or nobody is left.
fn book(database: &Path, first: usize) -> Result<(), Failure> {
    let mut desk = match Desk::open(database, &crate::victim::key(), Victim::new()) {
        Ok(desk) => desk,
        Err(error) => return say(&refused("opening", &error)),
    };
    let patients = desk.records().map_err(words_of)?.patients;
    say("ready")?;
    for (at, patient) in patients
        .iter()
        .cycle()
        .skip(first)
        .take(patients.len())
        .enumerate()
    {
        let ask = Ask {
            weeks: Some(4),
            first: Some(DisciplineId::new("physio")),
            frequency: Some(Frequency::BothWeekly),
            availability: Some(Vec::new()),
            earliest: today().checked_add_days(Days::new(120 + 7 * ((first + at) as u64 % 30))),
            tolerance_days: Some(3),
            ..Ask::default()
        };
        let Ok(proposed) = desk.propose(&patient.id, &ask) else {
            continue;
        };
        if proposed.plan.proposals[0].sessions.len() != VISITS {
            continue;
        }
        match desk.book(&proposed, 0, "") {
            Ok(booked) => say(&format!("booked {}", booked.series))?,
            Err(error) if error.code == Code::NoLongerFits => {}
            Err(error) => return say(&refused("booking", &error)),
        }
    }
    Ok(())
}

/// How many backups a worker takes at most.
const ROUNDS: usize = 12;

/// Notes something and takes a backup, again and again.
fn back_up(database: &Path) -> Result<(), Failure> {
    let mut desk = match Desk::open(database, &crate::victim::key(), Victim::new()) {
        Ok(desk) => desk,
        Err(error) => return say(&refused("opening", &error)),
    };
    let visits = desk.records().map_err(words_of)?.appointments;
    say("ready")?;
    // Under a disk that comes to harm the worker is to end by itself.
    for (round, visit) in visits.iter().enumerate().take(ROUNDS) {
        match desk.put_note(&visit.id, &visit.note, &format!("round {round}")) {
            Ok(_) => say(&format!("noted {}", visit.id))?,
            Err(error) => return say(&refused("noting", &error)),
        }
        match desk.back_up() {
            Ok(backup) => say(&format!("backed-up {}", backup.name))?,
            Err(error) => return say(&refused("backup", &error)),
        }
    }
    Ok(())
}

/// Puts each of the backups back in turn.
fn restore(database: &Path) -> Result<(), Failure> {
    let mut desk = open(database)?;
    let backups = desk.backups().map_err(words_of)?.backups;
    say("ready")?;
    for backup in backups.iter().cycle().take(100) {
        desk.restore(&backup.name).map_err(words_of)?;
        say(&format!("restored {}", backup.name))?;
    }
    Ok(())
}

/// Puts a backup in the place of a database that does not open.
fn replace(database: &Path, backup: &str) -> Result<(), Failure> {
    say("ready")?;
    crate::replace::put_back(database, backup)?;
    say("replaced")
}

/// Gives the database one new key after the other, in the keychain and under a passphrase in turn.
fn rekey(database: &Path, rounds: usize) -> Result<(), Failure> {
    let mut desk = keys::open_here(database)?;
    let visit = desk.records().map_err(words_of)?.appointments.swap_remove(0);
    let keychain = keys::keychain(database);
    let vault = keys::vault(&keychain);
    say("ready")?;
    for round in 0..rounds {
        let note = format!("round {round} of {}", std::process::id());
        let original = desk.visit(&visit.id).map_err(words_of)?.note;
        desk.put_note(&visit.id, &original, &note).map_err(words_of)?;
        say(&format!("noted {note}"))?;
        let paper = desk.draft_recovery_key(vault).map_err(words_of)?;
        say(&format!("paper {}", paper.groups.join(" ")))?;
        let group = &paper.groups[paper.asked as usize - 1];
        let passphrase = (round % 2 == 1).then_some(keys::PASSPHRASE);
        desk.protect_key(group, passphrase, vault).map_err(words_of)?;
        say("rekeyed")?;
    }
    Ok(())
}

/// Asks for one slot after the other, as all racers do.
fn race(database: &Path, racer: usize, slots: usize) -> Result<(), Failure> {
    let mut desk = open(database)?;
    let records = desk.records().map_err(words_of)?;
    let patient = records.patients[racer].id.to_string();
    say("ready")?;
    for (slot, (practitioner, service, date, minute)) in
        slots_of(&records.clinic, slots).into_iter().enumerate()
    {
        let visit = NewVisit {
            request: format!("race-{racer:04}-{slot:06}"),
            patient: patient.clone(),
            service,
            note: String::new(),
            place: VisitPlace {
                date,
                minute,
                practitioner,
                room: None,
                minutes: None,
                override_reason: String::new(),
            },
        };
        loop {
            match desk.book_visit(&visit) {
                Ok(_) => say(&format!("booked {slot}"))?,
                Err(error) => {
                    say(&refused(&slot.to_string(), &error))?;
                    // Whoever is told that somebody else is writing tries again, as people do.
                    if error.code == Code::Busy {
                        continue;
                    }
                }
            }
            break;
        }
    }
    Ok(())
}

/// Places in the calendar of a clinic, far enough ahead that nothing is booked there.
fn slots_of(clinic: &ordo_core::model::Clinic, count: usize) -> Vec<(String, String, NaiveDate, u32)> {
    let hours = [9 * 60, 11 * 60, 13 * 60, 15 * 60];
    let dates = (150..2000).filter_map(|later| today().checked_add_days(Days::new(later)));
    dates
        .flat_map(|date| hours.map(|minute| (date, minute)))
        .flat_map(|(date, minute)| {
            clinic.practitioners.iter().filter_map(move |practitioner| {
                let works = practitioner.hours.iter().any(|hours| {
                    hours.weekday == chrono::Datelike::weekday(&date)
                        && hours.from.minutes() <= minute as i32
                        && hours.to.minutes() >= minute as i32 + 90
                });
                let service = practitioner.services.first()?;
                works.then(|| (practitioner.id.to_string(), service.to_string(), date, minute))
            })
        })
        .take(count)
        .collect()
}
