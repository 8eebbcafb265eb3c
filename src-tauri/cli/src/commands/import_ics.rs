//! A calendar of another program, or of an account, as the absences of a practitioner.

use std::fmt::Write;

use ordo_desk::CalendarAccount;
use ordo_desk::view::calendars::{CalendarImportForm, CalendarImportView, ImportedTime};
use ordo_net::account::{Access, AccountError, Course, FoundCalendar, calendars};
use ordo_net::fetch::calendar_text;
use serde_json::json;

use crate::args::{self, Arguments};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::{Output, read_bytes};
use crate::passwords::password;

/// The largest calendar that is read, in octets; the core refuses the same with more words.
const MOST: u64 = ordo_core::ical::reading::MOST_BYTES as u64 + 1;

/// Brings a calendar in, or tells what that would do.
pub fn import_ics(arguments: &Arguments, asked: &args::ImportIcs, output: Output) -> Result<(), Failure> {
    let mut desk = open::open(arguments)?;
    let bytes = match (&asked.file, &asked.address, &asked.account) {
        (Some(file), _, _) => read_bytes(file, MOST)?,
        (None, Some(address), Some(user)) => {
            desk.may_fetch_calendar()?;
            let account = CalendarAccount {
                address: address.clone(),
                user: user.clone(),
            };
            fetched(&account, asked.calendar.as_deref())?.into_bytes()
        }
        _ => {
            let text = "name the calendar: a file, or --address and --account";
            return Err(Failure::new(Exit::Usage, text));
        }
    };
    let form = CalendarImportForm {
        practitioner: asked.practitioner.clone(),
        titles: asked.titles,
        from: asked.from,
        to: asked.to,
    };
    let done = if asked.preview {
        desk.preview_calendar(&form, &bytes)?
    } else {
        desk.import_calendar(&form, &bytes)?
    };
    output.answer(|| text(&done, asked.preview), || json!(done))
}

/// The calendar at an address of an account, or the one of its calendars that is named.
fn fetched(account: &CalendarAccount, calendar: Option<&str>) -> Result<String, Failure> {
    let refused = |error: AccountError| Failure::new(Exit::Refused, error.to_string());
    let password = password(account)?.text;
    let at = |address| Access {
        address,
        user: &account.user,
        password: &password,
    };
    let mut found = calendars(&at(&account.address)).map_err(refused)?;
    if let Some(name) = calendar {
        let is_it = |known: &FoundCalendar| known.name == name || known.address == name;
        if !found.iter().any(is_it) {
            let text = format!("the account has no calendar \"{name}\"; it has {}", list(&found));
            return Err(Failure::new(Exit::Refused, text));
        }
        found.retain(is_it);
    }
    let [one] = found.as_slice() else {
        let text = format!("say with --calendar which one is meant: {}", list(&found));
        return Err(Failure::new(Exit::Refused, text));
    };
    calendar_text(&at(&one.address), Course::UNWATCHED).map_err(refused)
}

fn list(calendars: &[FoundCalendar]) -> String {
    let line = |calendar: &FoundCalendar| format!("\"{}\" ({})", calendar.name, calendar.address);
    let lines: Vec<String> = calendars.iter().map(line).collect();
    lines.join(", ")
}

fn text(done: &CalendarImportView, is_preview: bool) -> String {
    let name = done.name.as_deref().unwrap_or("The calendar");
    let would = if is_preview { "would be " } else { "" };
    let mut text = format!(
        "{name}, {} to {}: {} {would}added, {} {would}changed, {} {would}removed, {} as they were; {} lie outside these \
         dates, {} take no time.",
        done.from,
        done.to,
        done.added.len(),
        done.changed.len(),
        done.removed.len(),
        done.unchanged,
        done.outside,
        done.free
    );
    let sections = [("+", &done.added), ("~", &done.changed), ("-", &done.removed)];
    for (sign, times) in sections {
        for time in times {
            let _ = write!(text, "\n  {sign} {}", time_text(time));
        }
    }
    for hit in &done.affected {
        let _ = write!(
            text,
            "\n  ! {} {}: {}",
            hit.visit.start.format("%Y-%m-%d %H:%M"),
            hit.patient_name,
            hit.why
        );
    }
    for skipped in &done.skipped {
        let _ = write!(text, "\n  line {}: {}", skipped.line, skipped.why);
    }
    if done.more_skipped > 0 {
        let _ = write!(text, "\n  and {} more lines", done.more_skipped);
    }
    text
}

fn time_text(time: &ImportedTime) -> String {
    let format = "%Y-%m-%d %H:%M";
    let reason = if time.reason.is_empty() {
        String::new()
    } else {
        format!("  {}", time.reason)
    };
    format!(
        "{} – {}{reason}",
        time.from.format(format),
        time.to.format(format)
    )
}
