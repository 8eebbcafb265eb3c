//! Violations in French.

use super::{Seen, Violation};
use crate::Language;

pub(super) fn words(violation: &Violation, seen: &Seen<'_>) -> String {
    match *violation {
        Violation::InThePast => "c’est dans le passé".to_owned(),
        Violation::BeforeEarliest => "c’est avant la première date demandée".to_owned(),
        Violation::OffGrid { slot_minutes } => {
            format!("les rendez-vous commencent toutes les {slot_minutes} minutes")
        }
        Violation::Closed { closure } => format!("la clinique est fermée\u{a0}: {}", seen.closure(closure)),
        Violation::Away => "le praticien est absent".to_owned(),
        Violation::OutsideWorkingHours => {
            "le praticien ne travaille pas pendant toute cette période".to_owned()
        }
        Violation::ServiceNotOffered => "le praticien n’offre pas ce service".to_owned(),
        Violation::PractitionerNotAskedFor => "le praticien n’est pas parmi ceux demandés".to_owned(),
        Violation::PractitionerBusy { visit } if seen.is_under_practitioner_of(visit) => {
            format!("un autre rendez-vous, {}", occupied(seen, visit))
        }
        Violation::PractitionerBusy { visit } => format!(
            "{} a un autre rendez-vous, {}",
            seen.practitioner(visit),
            occupied(seen, visit)
        ),
        Violation::RoomUnfit { room } => format!("{} ne convient pas à ce service", seen.room(room)),
        Violation::RoomBusy { room, visit } => {
            format!("{} est occupée, {}", seen.room(room), occupied(seen, visit))
        }
        Violation::NoRoomFree => "aucune salle convenable n’est libre".to_owned(),
        Violation::PatientUnavailable => "le patient ne peut pas venir à ce moment".to_owned(),
        Violation::PatientBusy { visit } => {
            format!(
                "le patient est avec {}, {}",
                seen.practitioner(visit),
                when(seen, visit)
            )
        }
        Violation::SameDisciplineSameDate { visit } => format!(
            "le patient a un rendez-vous de la même discipline ce jour-là, {}",
            when(seen, visit)
        ),
        Violation::TooCloseToVisit {
            visit,
            gap_minutes,
            min_hours,
        } => format!(
            "{} avec le rendez-vous du patient du {}, il faut au moins {min_hours} h",
            apart(gap_minutes),
            dated(seen, visit)
        ),
        Violation::WrongOrderWithVisit { visit } => format!(
            "les deux soins seraient dans le mauvais ordre ce jour-là, voir {}",
            when(seen, visit)
        ),
        Violation::OffRhythm {
            days_off,
            tolerance_days,
        } => format!(
            "{} {} le jour habituel, {}",
            days(days_off),
            if days_off < 0 { "avant" } else { "après" },
            match tolerance_days {
                0 => "aucun n’est permis".to_owned(),
                most => format!(
                    "au plus {most} {}",
                    if most == 1 { "est permis" } else { "sont permis" }
                ),
            }
        ),
        Violation::UsualDateOutOfRange => "le jour habituel est hors des dates demandées".to_owned(),
        Violation::UsualDatesApart { days: 0 } => {
            "les jours habituels des deux soins sont les mêmes, ce que l’espacement ne permet pas".to_owned()
        }
        Violation::UsualDatesApart { days: between @ 1.. } => format!(
            "les jours habituels des deux soins sont à {} l’un de l’autre, ce que l’espacement ne permet pas",
            days(between)
        ),
        Violation::UsualDatesApart { days: between } => format!(
            "le jour habituel du second soin est {} avant celui du premier",
            days(between)
        ),
        Violation::PairOnOneDate => "les deux soins de la semaine sont le même jour".to_owned(),
        Violation::PairOnTwoDates => "les deux soins de la semaine ne sont pas le même jour".to_owned(),
        Violation::PairInWrongOrder => "les deux soins de la semaine sont dans le mauvais ordre".to_owned(),
        Violation::PairOverlaps => "les deux soins de la semaine se chevauchent".to_owned(),
        Violation::PairTooClose {
            gap_minutes,
            min_hours,
        } => format!(
            "{} entre les deux soins, il faut au moins {min_hours} h",
            apart(gap_minutes)
        ),
        Violation::PairTooFar {
            gap_minutes,
            max_hours,
        } => format!(
            "{} entre les deux soins, au plus {max_hours} h sont permises",
            apart(gap_minutes)
        ),
        Violation::WaitTooLong {
            wait_minutes,
            max_wait_minutes,
        } => format!(
            "une attente de {wait_minutes} min entre les deux soins, au plus {max_wait_minutes} sont permises"
        ),
        Violation::SessionsOnOneDate => {
            "des soins de deux semaines sont le même jour, l’espacement demande des jours séparés".to_owned()
        }
        Violation::SessionsTooClose {
            gap_minutes,
            min_hours,
        } => format!(
            "{} avec une séance d’une autre semaine, il faut au moins {min_hours} h",
            apart(gap_minutes)
        ),
        Violation::SessionsInWrongOrder => {
            "des séances de deux semaines sont le même jour dans le mauvais ordre".to_owned()
        }
        Violation::TwoOfOneDiscipline => "deux séances d’une même discipline sont le même jour".to_owned(),
        Violation::SessionsOverlap => "deux séances de la série se chevauchent".to_owned(),
        Violation::BufferNotCovered => {
            "le praticien donne les deux soins et n’a pas le temps de battement entre eux".to_owned()
        }
        Violation::OneRoomForTwo => {
            "les deux soins sont dans une même salle, et le battement du premier empiète sur le second"
                .to_owned()
        }
    }
}

/// The treatment of a visit: `lun. 2 mars, 10 h 00 à 11 h 00`, or `10 h 00 à 11 h 00` under its date.
fn when(seen: &Seen<'_>, visit: usize) -> String {
    if seen.is_under_date_of(visit) {
        times(seen, visit)
    } else {
        dated(seen, visit)
    }
}

fn dated(seen: &Seen<'_>, visit: usize) -> String {
    let day = Language::French.short_date(seen.treatment(visit).0.date());
    format!("{day}, {}", times(seen, visit))
}

fn times(seen: &Seen<'_>, visit: usize) -> String {
    let (from, to) = seen.treatment(visit);
    format!("{} à {}", seen.speech.time_of(from), seen.speech.time_of(to))
}

fn occupied(seen: &Seen<'_>, visit: usize) -> String {
    match seen.buffer_end(visit) {
        Some(until) => format!(
            "{} et son battement jusqu’à {}",
            when(seen, visit),
            seen.speech.time_of(until)
        ),
        None => when(seen, visit),
    }
}

/// Minutes for people: `23 h 30`, `45 min`, or `aucun temps` for none or less.
fn apart(minutes: i32) -> String {
    match minutes {
        ..=0 => "aucun temps".to_owned(),
        1..60 => format!("{minutes} min"),
        _ if minutes % 60 == 0 => format!("{} h", minutes / 60),
        _ => format!("{} h {:02}", minutes / 60, minutes % 60),
    }
}

/// A number of days in either direction: `1 jour`, `2 jours`.
fn days(number: i32) -> String {
    match number.abs() {
        1 => "1 jour".to_owned(),
        number => format!("{number} jours"),
    }
}
