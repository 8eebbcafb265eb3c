//! What can be said on the command line.

mod calendars;

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use ordo_core::model::{AppointmentStatus, AvailabilityWindow};
use ordo_core::time::TimeOfDay;
use ordo_desk::view::journal::JournalKind;

pub use calendars::{Ics, ImportIcs, ImportPatients, Publish, Serve, Share};

/// Books series of treatments in the right order, with the right gaps.
#[derive(Debug, Parser)]
#[command(name = "ordo", version, about, long_about = None, after_help = EXIT_CODES)]
pub struct Arguments {
    /// The clinic’s database.
    #[arg(long, short, global = true, env = "ORDO_DATABASE", value_name = "FILE")]
    pub database: Option<PathBuf>,
    /// Print JSON instead of text.
    #[arg(long, global = true)]
    pub json: bool,
    /// Act as if it were this moment, as in 2026-03-02T08:00 (the clinic’s wall clock).
    #[arg(long, global = true, env = "ORDO_NOW", value_name = "TIME", value_parser = local_time)]
    pub now: Option<NaiveDateTime>,
    /// Who acts, by name, where the clinic knows people; the password comes from ORDO_PASSWORD or is asked for.
    #[arg(long, global = true, env = "ORDO_USER", value_name = "NAME")]
    pub user: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 the answer is no (a start is not legal, an audit found faults);
2 wrong usage; 3 a file is not what it should be; 4 the database cannot be used;
5 what was asked for cannot be done (unknown name, a visit that no longer fits).

The key comes from ORDO_KEY (64 hexadecimal digits, the passphrase or the recovery key), from this
computer’s keychain, from FILE.key beside a demo database, or is asked for. Where the clinic knows people, --user says who acts, and the
password or PIN comes from ORDO_PASSWORD or is asked for.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the demo clinic in a new database.
    #[command(
        after_help = "Example:\n  ordo demo --database demo.ordo\n  ordo demo --write demo.clinic.json"
    )]
    Demo(Demo),
    /// Bring a clinic file into a new database: all of it or nothing.
    #[command(after_help = "Example:\n  ordo import clinic.json --database clinic.ordo")]
    Import {
        /// The clinic file (`ordo-clinic/1`).
        file: PathBuf,
    },
    /// Bring a calendar in as the absences of a practitioner, as one change; the same calendar again changes nothing.
    #[command(
        after_help = "Examples:\n  ordo import-ics holidays.ics --practitioner anna --preview\n  ordo import-ics holidays.ics --practitioner anna --titles\n  ordo import-ics --address https://cloud.example/ --account anna --calendar Home --practitioner anna\n\nThe password of an account comes from ORDO_CALENDAR_PASSWORD or the system’s keychain, or is asked for; it is not kept."
    )]
    ImportIcs(ImportIcs),
    /// Bring patients in from a list (CSV), as one change; who may be here already is told and left out.
    #[command(
        after_help = "Columns are known by their headings; name them with --column where they are not, counted from 1.\n\nExamples:\n  ordo import-patients patients.csv --preview\n  ordo import-patients patients.csv --column name=1 --column date-of-birth=4 --dates day-first"
    )]
    ImportPatients(ImportPatients),
    /// Write the clinic as a clinic file.
    #[command(after_help = "Example:\n  ordo export clinic.json")]
    Export {
        /// Where to; `-` for standard output.
        file: PathBuf,
    },
    /// Decide order, spacing and frequency.
    #[command(after_help = "Example:\n  ordo decide --condition low-back-pain --sensitivity tires-easily")]
    Decide(Decide),
    /// Plan from files, without a database.
    #[command(
        after_help = "Examples:\n  ordo plan --clinic 2000.clinic.json --request 2000.request.json --json\n  ordo plan --batch examples\n\nThe time told is the median of up to nine plannings in a row, the files already read."
    )]
    Plan(Plan),
    /// Propose a series for a patient.
    #[command(
        after_help = "Example:\n  ordo propose --patient \"Noah Nguyen\" --condition low-back-pain --sensitivity tires-easily --weeks 8"
    )]
    Propose(Propose),
    /// Propose a series and book one of the proposals: every visit or none.
    #[command(
        after_help = "Example:\n  ordo book --patient pt120 --condition knee-pain --weeks 6 --proposal 1"
    )]
    Book {
        /// What to propose.
        #[command(flatten)]
        ask: Propose,
        /// Which proposal: 1, 2 or 3.
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=3))]
        proposal: u32,
        /// Why, for the journal.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Say which rules a start breaks, and the nearest legal starts.
    #[command(
        after_help = "Example:\n  ordo why --patient pt120 --service rmt-60 --practitioner daniel --start 2026-03-03T10:00"
    )]
    Why(Why),
    /// Show one day.
    #[command(after_help = "Example:\n  ordo day 2026-03-03")]
    Day {
        /// The day; today when left out.
        #[arg(value_parser = date)]
        date: Option<NaiveDate>,
    },
    /// Show one week.
    #[command(after_help = "Example:\n  ordo week 2026-03-03 --practitioner anna")]
    Week {
        /// Any day of the week; today when left out.
        #[arg(value_parser = date)]
        date: Option<NaiveDate>,
        /// One practitioner alone.
        #[arg(long)]
        practitioner: Option<String>,
        /// One room alone.
        #[arg(long)]
        room: Option<String>,
    },
    /// Show series and how they go.
    #[command(
        after_help = "Examples:\n  ordo series\n  ordo series --patient pt001\n  ordo series series-01"
    )]
    Series {
        /// One series.
        id: Option<String>,
        /// The series of one patient.
        #[arg(long)]
        patient: Option<String>,
    },
    /// Note where a visit stands.
    #[command(
        after_help = "Examples:\n  ordo status visit-00042 arrived\n  ordo status visit-00042 cancelled --reason Ill"
    )]
    Status {
        /// The appointment.
        appointment: String,
        /// booked, arrived, fulfilled, cancelled or noshow.
        #[arg(value_parser = status)]
        status: AppointmentStatus,
        /// Why.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Move one visit.
    #[command(after_help = "Example:\n  ordo move visit-00042 --to 2026-03-03T10:00")]
    Move {
        /// The appointment.
        appointment: String,
        /// The new start.
        #[arg(long, value_parser = local_time)]
        to: NaiveDateTime,
        /// The new practitioner.
        #[arg(long)]
        practitioner: Option<String>,
        /// The new room.
        #[arg(long)]
        room: Option<String>,
        /// Why it may break a rule.
        #[arg(long, value_name = "REASON", default_value = "")]
        override_reason: String,
    },
    /// Take the last change back, or the change of a journal entry.
    Undo {
        /// The journal entry.
        entry: Option<u32>,
    },
    /// Make an undone change again.
    Redo {
        /// The journal entry.
        entry: Option<u32>,
    },
    /// Show what was done and seen, by whom and why; check that nothing in it was altered.
    #[command(
        after_help = "Examples:\n  ordo journal --patient \"Noah Nguyen\" --kind view\n  ordo journal --person anna --from 2026-03-01 --to 2026-03-31 --csv journal.csv\n  ordo journal --verify"
    )]
    Journal(Journal),
    /// Take an encrypted backup and look through it.
    #[command(after_help = "Example:\n  ordo backup --folder /media/clinic/backups")]
    Backup {
        /// The folder for this and every later backup.
        #[arg(long, value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
    /// List the backups.
    Backups,
    /// Put a backup back: looked through in a copy first; the database as it was is kept beside it.
    #[command(after_help = "Example:\n  ordo restore clinic-20260302T140000Z-42-0a1b2c3d.ordo-backup")]
    Restore {
        /// The name of a backup in the list, or any backup file.
        backup: PathBuf,
    },
    /// Look through the whole database: every page, every index, every reference, the journal.
    Inspect,
    /// Check everything that is booked against every rule.
    Audit {
        /// A clinic file instead of the database.
        #[arg(long, value_name = "FILE")]
        clinic: Option<PathBuf>,
    },
    /// Write a calendar (iCalendar): a practitioner’s days, a patient’s series or the clinic’s closures.
    #[command(
        after_help = "Examples:\n  ordo ics --practitioner anna --from 2026-03-01 --to 2026-03-31 --out anna.ics\n  ordo ics --series series-01 --language fr --out visits.ics\n  ordo ics --closures --from 2026-01-01 --to 2026-12-31 --out closed.ics"
    )]
    Ics(Ics),
    /// Say where the database’s key is kept, and change that.
    #[command(
        subcommand,
        after_help = "Examples:\n  ordo key status\n  ordo key rekey\n  ORDO_NEW_PASSPHRASE=\"…\" ordo key rekey --passphrase"
    )]
    Key(KeyCommand),
    /// Show or change how practitioners’ calendars are shared: how patients are named, and feeds.
    #[command(after_help = "Examples:\n  ordo sharing\n  ordo sharing anna --names busy --feed")]
    Sharing(Share),
    /// Keep a folder up to date: one calendar for each practitioner, as chosen with `ordo sharing`.
    #[command(after_help = "Example:\n  ordo folder ~/OneDrive/calendars --watch")]
    Folder {
        /// The folder; other files in it are left alone.
        folder: PathBuf,
        /// Go on until it is interrupted, and write whenever something changed.
        #[arg(long)]
        watch: bool,
    },
    /// Serve the feeds to calendar programs until it is interrupted.
    #[command(after_help = "Examples:\n  ordo serve\n  ordo serve --listen 0.0.0.0:8437 --name clinic.local")]
    Serve(Serve),
    /// Publish a practitioner’s calendar to their own account (CalDAV).
    #[command(
        after_help = "The password comes from ORDO_CALENDAR_PASSWORD or the system’s keychain, or is asked for; it is never part of the clinic.\n\nExample:\n  ordo publish anna --address https://cloud.example/dav/anna/visits/ --account anna"
    )]
    Publish(Publish),
    /// Tell the whole story on the demo clinic, in a temporary database.
    Tour,
    /// Print the completions of a shell.
    #[command(after_help = "Example:\n  ordo completions bash > /etc/bash_completion.d/ordo")]
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// What to do about the key.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Say where the key is kept.
    Status,
    /// Make a new recovery key, to be printed; the one before is no longer valid then.
    Recovery,
    /// Give the database a new random key, with a new recovery key: kept in this computer’s keychain, or under a
    /// passphrase where there is none. Nobody else may have the database open.
    Rekey {
        /// Under a passphrase, also where there is a keychain; it comes from ORDO_NEW_PASSPHRASE or is asked for.
        #[arg(long)]
        passphrase: bool,
    },
    /// Keep the key under a new passphrase, which comes from ORDO_NEW_PASSPHRASE or is asked for.
    Passphrase,
    /// Keep the key in this computer’s keychain, without a passphrase.
    Keychain,
}

/// The demo clinic.
#[derive(Debug, Args)]
pub struct Demo {
    /// Write a clinic file instead of a database; `-` for standard output.
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// The day that it is laid around; today when left out.
    #[arg(long, value_parser = date)]
    pub date: Option<NaiveDate>,
}

/// What a patient comes with.
#[derive(Clone, Debug, Default, Args)]
pub struct Decide {
    /// A condition, the main one first (repeat for more).
    #[arg(long = "condition", value_name = "ID")]
    pub conditions: Vec<String>,
    /// A need (repeat for more).
    #[arg(long = "need", value_name = "ID")]
    pub needs: Vec<String>,
    /// A sensitivity (repeat for more).
    #[arg(long = "sensitivity", value_name = "ID")]
    pub sensitivities: Vec<String>,
    /// A patient of the database, whose record counts too.
    #[arg(long)]
    pub patient: Option<String>,
}

/// Planning from files.
#[derive(Debug, Args)]
pub struct Plan {
    /// The clinic file.
    #[arg(
        long,
        value_name = "FILE",
        requires = "request",
        required_unless_present = "batch"
    )]
    pub clinic: Option<PathBuf>,
    /// The request file.
    #[arg(long, value_name = "FILE", requires = "clinic")]
    pub request: Option<PathBuf>,
    /// Every N.clinic.json with N.request.json of a folder; one line of JSON each.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["clinic", "request"])]
    pub batch: Option<PathBuf>,
}

/// What to propose.
#[derive(Debug, Args)]
pub struct Propose {
    /// What the patient comes with.
    #[command(flatten)]
    pub case: Decide,
    /// How many weeks.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=104))]
    pub weeks: u32,
    /// The discipline that comes first, where nothing else decides.
    #[arg(long, value_name = "DISCIPLINE")]
    pub first: Option<String>,
    /// combined, alternating or both-weekly.
    #[arg(long, value_parser = frequency)]
    pub frequency: Option<ordo_core::model::Frequency>,
    /// One discipline alone.
    #[arg(long, value_name = "DISCIPLINE")]
    pub only: Option<String>,
    /// A service (repeat for the other discipline).
    #[arg(long = "service", value_name = "ID")]
    pub services: Vec<String>,
    /// A practitioner (repeat for more); everybody of a discipline when none of it is named.
    #[arg(long = "practitioner", value_name = "ID")]
    pub practitioners: Vec<String>,
    /// When the patient can come, as in "tue 16:00-19:00" (repeat for more).
    #[arg(long = "available", value_name = "WINDOW", value_parser = window)]
    pub available: Vec<AvailabilityWindow>,
    /// The first date.
    #[arg(long, value_parser = date)]
    pub earliest: Option<NaiveDate>,
    /// The last date of the first week.
    #[arg(long, value_parser = date)]
    pub latest_start: Option<NaiveDate>,
    /// Days around the usual day, 0 to 3.
    #[arg(long, value_parser = clap::value_parser!(u32).range(0..=3))]
    pub tolerance: Option<u32>,
    /// The longest wait between two treatments of a day, in minutes.
    #[arg(long, value_parser = clap::value_parser!(u32).range(0..=240))]
    pub max_wait: Option<u32>,
    /// Shorten the series to what the insurance covers.
    #[arg(long)]
    pub within_cover: bool,
}

/// One start.
#[derive(Debug, Args)]
pub struct Why {
    /// The patient, by identifier or name.
    #[arg(long)]
    pub patient: String,
    /// The service.
    #[arg(long)]
    pub service: String,
    /// The practitioner.
    #[arg(long)]
    pub practitioner: String,
    /// The room; any that fits when left out.
    #[arg(long)]
    pub room: Option<String>,
    /// The start, as in 2026-03-03T10:00.
    #[arg(long, value_parser = local_time)]
    pub start: NaiveDateTime,
    /// The appointment that would be moved there.
    #[arg(long)]
    pub moved: Option<String>,
}

/// Which entries of the journal, and what is done with them.
#[derive(Debug, Args)]
pub struct Journal {
    /// How many entries, newest first.
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
    /// The entries after this number instead, oldest first.
    #[arg(long, value_name = "ENTRY", conflicts_with_all = ["patient", "person", "kind", "from", "to", "csv", "verify"])]
    pub after: Option<u32>,
    /// Those about a patient, by identifier or name.
    #[arg(long)]
    pub patient: Option<String>,
    /// Those of a person, as the journal names them.
    #[arg(long)]
    pub person: Option<String>,
    /// Those of a kind: view, book, reschedule, cancel, set-status, edit-appointment, edit-series, edit-patient,
    /// edit-clinic, edit-protocols, edit-access, edit-sharing, import-list, import, restore, update, turn or recompute.
    #[arg(long, value_parser = journal_kind)]
    pub kind: Option<JournalKind>,
    /// Those from this day on.
    #[arg(long, value_parser = date)]
    pub from: Option<NaiveDate>,
    /// Those up to this day.
    #[arg(long, value_parser = date)]
    pub to: Option<NaiveDate>,
    /// Write all that fit as a table (CSV); `-` for standard output.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Check the whole chain: that no entry was altered, removed or put in between.
    #[arg(long, conflicts_with_all = ["patient", "person", "kind", "from", "to", "csv"])]
    pub verify: bool,
    /// Take the journal for the right one as it is, after an older copy was put back by hand.
    #[arg(long, conflicts_with_all = ["patient", "person", "kind", "from", "to", "csv", "verify", "after"])]
    pub accept: bool,
}

fn date(text: &str) -> Result<NaiveDate, String> {
    let date =
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "a date looks like 2026-03-09".to_owned())?;
    if ordo_core::time::YEARS.contains(&chrono::Datelike::year(&date)) {
        Ok(date)
    } else {
        Err("the year must lie between 2000 and 2119".to_owned())
    }
}

fn local_time(text: &str) -> Result<NaiveDateTime, String> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .map_err(|_| "a time looks like 2026-03-09T14:30".to_owned())?;
    date(&local.date().to_string()).map(|_| local)
}

fn journal_kind(text: &str) -> Result<JournalKind, String> {
    JournalKind::parse(text).ok_or_else(|| {
        let words: Vec<&str> = JournalKind::ALL.into_iter().map(JournalKind::as_str).collect();
        format!("one of {}", words.join(", "))
    })
}

fn status(text: &str) -> Result<AppointmentStatus, String> {
    AppointmentStatus::parse(text).ok_or_else(|| "booked, arrived, fulfilled, cancelled or noshow".to_owned())
}

fn frequency(text: &str) -> Result<ordo_core::model::Frequency, String> {
    ordo_desk::file::parse_frequency(text).ok_or_else(|| "combined, alternating or both-weekly".to_owned())
}

fn window(text: &str) -> Result<AvailabilityWindow, String> {
    let parse = || {
        let (day, times) = text.trim().split_once(' ')?;
        let (from, to) = times.trim().split_once('-')?;
        let (from, to) = (TimeOfDay::parse(from.trim())?, TimeOfDay::parse(to.trim())?);
        let weekday = day.parse().ok()?;
        (from < to).then_some(AvailabilityWindow { weekday, from, to })
    };
    parse().ok_or_else(|| "a window looks like \"tue 16:00-19:00\"".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::*;

    /// What stands on a command line is seen by everybody on the computer, and kept by the shell.
    #[test]
    fn no_secret_is_taken_from_the_command_line() {
        fn check(command: &Command) {
            for argument in command
                .get_arguments()
                .filter(|argument| argument.get_action().takes_values())
            {
                let name = argument.get_id().as_str();
                for secret in ["password", "passphrase", "secret", "token"] {
                    assert!(!name.contains(secret), "{} {name}", command.get_name());
                }
            }
            command.get_subcommands().for_each(check);
        }
        check(&Arguments::command());
    }
}
