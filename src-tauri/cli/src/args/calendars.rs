//! What can be said about calendars and lists that come in and go out.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::date;

/// A list of patients.
#[derive(Debug, Args)]
pub struct ImportPatients {
    /// The list; its first line names the columns.
    pub file: PathBuf,
    /// Which column holds what, as in name=1 (repeat for more): name, first-name, last-name, phone, email, date-of-birth, notes.
    #[arg(long = "column", value_name = "WHAT=N", value_parser = column)]
    pub columns: Vec<(String, u32)>,
    /// Which part of a date comes first, where the year does not.
    #[arg(long, value_parser = ["day-first", "month-first"])]
    pub dates: Option<String>,
    /// A line that is brought in although somebody alike is here already (repeat for more).
    #[arg(long = "also", value_name = "LINE")]
    pub also: Vec<u32>,
    /// Only tell what would be done.
    #[arg(long)]
    pub preview: bool,
}

/// A calendar of another program.
#[derive(Debug, Args)]
pub struct ImportIcs {
    /// The calendar; `-` for standard input.
    #[arg(required_unless_present = "address", conflicts_with = "address")]
    pub file: Option<PathBuf>,
    /// The address of a calendar on a server (CalDAV), or of an account there.
    #[arg(long, value_name = "URL", requires = "account")]
    pub address: Option<String>,
    /// Who signs in there.
    #[arg(long, value_name = "USER", requires = "address", value_parser = NonEmptyStringValueParser::new())]
    pub account: Option<String>,
    /// Which calendar of the account, by its name or address.
    #[arg(long, value_name = "NAME", requires = "address")]
    pub calendar: Option<String>,
    /// Whose absences its times become.
    #[arg(long)]
    pub practitioner: String,
    /// Keep titles as reasons; those of private events never are.
    #[arg(long)]
    pub titles: bool,
    /// The first day; today when left out.
    #[arg(long, value_parser = date)]
    pub from: Option<NaiveDate>,
    /// The last day; a year from the first when left out.
    #[arg(long, value_parser = date)]
    pub to: Option<NaiveDate>,
    /// Only tell what would be done.
    #[arg(long)]
    pub preview: bool,
}

/// A calendar that leaves the clinic.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["practitioner", "series", "closures"]))]
pub struct Ics {
    /// The visits and absences of a practitioner.
    #[arg(long, requires = "from", requires = "to")]
    pub practitioner: Option<String>,
    /// Every visit of a series, for the patient.
    #[arg(long, value_name = "ID", conflicts_with_all = ["from", "to", "names"])]
    pub series: Option<String>,
    /// The dates on which the clinic is closed.
    #[arg(long, requires = "from", requires = "to", conflicts_with = "names")]
    pub closures: bool,
    /// The first day.
    #[arg(long, value_parser = date)]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[arg(long, value_parser = date)]
    pub to: Option<NaiveDate>,
    /// How patients are named: initials, busy (not at all) or full; as chosen for the practitioner when left out.
    #[arg(long, value_parser = ["initials", "busy", "full"])]
    pub names: Option<String>,
    /// The language of a patient’s or the closures’ calendar.
    #[arg(long, default_value = "en", value_parser = ["en", "fr"])]
    pub language: String,
    /// Where to; standard output when left out or `-`.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// How a practitioner’s calendar is shared.
#[derive(Debug, Args)]
pub struct Share {
    /// The practitioner; all are shown when left out.
    pub practitioner: Option<String>,
    /// How patients are named from now on: initials, busy (not at all) or full.
    #[arg(long, value_parser = ["initials", "busy", "full"], requires = "practitioner")]
    pub names: Option<String>,
    /// Give the feed a new secret address; an old one stops working.
    #[arg(long, requires = "practitioner", conflicts_with = "no_feed")]
    pub feed: bool,
    /// End the feed.
    #[arg(long, requires = "practitioner")]
    pub no_feed: bool,
}

/// Publishing to an account.
#[derive(Debug, Args)]
pub struct Publish {
    /// The practitioner.
    pub practitioner: String,
    /// The address of the calendar on the server; the one named before when left out.
    #[arg(long, value_name = "URL", requires = "account")]
    pub address: Option<String>,
    /// Who signs in there.
    #[arg(long, value_name = "USER", requires = "address", value_parser = NonEmptyStringValueParser::new())]
    pub account: Option<String>,
    /// Keep the password in the system’s keychain once it has worked.
    #[arg(long, conflicts_with = "forget")]
    pub keep_password: bool,
    /// Forget the account and its password; what was published stays.
    #[arg(long, conflicts_with = "address")]
    pub forget: bool,
}

/// The feed server.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where it listens; other machines than this one are served with encryption only.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8437")]
    pub listen: std::net::SocketAddr,
    /// A PEM file with the certificate; one of the clinic’s own is made beside the database when it is needed and none is given.
    #[arg(long, value_name = "FILE", requires = "private_key")]
    pub certificate: Option<PathBuf>,
    /// A PEM file with the certificate’s private key.
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub private_key: Option<PathBuf>,
    /// A name or address by which other machines know this one, for a certificate of its own (repeat for more).
    #[arg(long = "name", value_name = "NAME")]
    pub names: Vec<String>,
    /// End after so many seconds; it runs until it is interrupted when left out.
    #[arg(long, value_name = "SECONDS", hide = true)]
    pub seconds: Option<u64>,
}

fn column(text: &str) -> Result<(String, u32), String> {
    const KNOWN: [&str; 7] = [
        "name",
        "first-name",
        "last-name",
        "phone",
        "email",
        "date-of-birth",
        "notes",
    ];
    let parse = || {
        let (what, number) = text.split_once('=')?;
        let number: u32 = number.parse().ok()?;
        (KNOWN.contains(&what) && number > 0).then(|| (what.to_owned(), number))
    };
    parse().ok_or_else(|| format!("a column looks like name=1; known are {}", KNOWN.join(", ")))
}
