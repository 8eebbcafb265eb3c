//! The whole story on the demo clinic, in a temporary database.

use std::process::ExitCode;

use chrono::{NaiveDate, TimeDelta};
use ordo_core::Language;
use ordo_core::protocol::Case;
use ordo_desk::key::Keys;
use ordo_desk::{Ask, Desk, Key, StartQuestion, demo, unwritten};
use serde_json::json;

use crate::args::Arguments;
use crate::commands::audit::audit_text;
use crate::commands::{clinic, ics};
use crate::failure::{Exit, Failure};
use crate::host::SystemHost;
use crate::open;
use crate::output::{Output, write_file};
use crate::words::{day, decision, proposal};

/// Imports the demo clinic, decides, plans, explains, books, shows the weeks, writes the calendars and audits.
pub fn tour(arguments: &Arguments, output: Output) -> Result<ExitCode, Failure> {
    let today = clinic::today(arguments);
    let folder = TemporaryFolder::new()?;
    let database = folder.0.join("clinic.ordo");
    let key = Key::from_passphrase("a tour keeps nothing")
        .map_err(|error| Failure::new(Exit::Usage, error.to_string()))?;
    let say = |text: &str| if output.json { Ok(()) } else { output.line(text) };

    say(&format!(
        "1. The demo clinic around {today}, in an encrypted database\n"
    ))?;
    let records = demo::records(today, Language::English)?;
    // Eight in the morning: the day lies ahead.
    let now = today.and_hms_opt(8, 0, 0);
    Desk::create(&database, &key, SystemHost::default())?.import_records(&records, "tour")?;
    let mut desk = open::open_at(&database, &Keys::of_one(key), now)?;
    say(&day::day_text(&desk.day(today)?))?;

    say("2. A patient with low back pain who tires easily\n")?;
    let patient = desk.find_patient("pt121")?;
    let case = Case {
        conditions: vec!["low-back-pain".to_owned()],
        sensitivities: vec!["tires-easily".to_owned()],
        ..Case::default()
    };
    let decided = desk.decide(Some(&patient.id), case.clone())?;
    say(&decision::text(&decided))?;

    say("3. Eight weeks, three proposals\n")?;
    let ask = Ask {
        case,
        weeks: Some(8),
        earliest: Some(today + TimeDelta::days(1)),
        ..Ask::default()
    };
    let proposed = desk.propose(&patient.id, &ask)?;
    say(&proposal::plan_text(
        &proposed.calendar,
        &proposed.plan,
        &proposed.unplaced,
    ))?;

    say("4. Why not tomorrow at half past four?\n")?;
    let rhythm = &proposed.request.rhythms[0];
    let question = StartQuestion {
        patient: patient.id.clone(),
        service: rhythm.service.clone(),
        practitioner: rhythm.practitioners[0].clone(),
        room: None,
        start: (today + TimeDelta::days(1))
            .and_hms_opt(16, 30, 0)
            .unwrap_or_default(),
        moved: None,
        minutes: None,
    };
    let answer = desk.why(&question)?;
    for (violation, words) in &answer.broken {
        say(&format!("   rule {:>2}  {words}", violation.rule().number()))?;
    }
    for (side, start) in [("before", answer.before), ("after", answer.after)] {
        let start = start.map_or_else(|| "none".to_owned(), |start| Language::English.moment(start));
        say(&format!("   nearest legal start {side}: {start}"))?;
    }

    let booked = desk.book(&proposed, 0, "tour")?;
    say(&format!(
        "\n5. Proposal 1 is booked: {} visits, journal entry {}\n",
        booked.appointments.len(),
        booked.entry
    ))?;
    for date in dates_of(&proposed, 3) {
        let mut shown = desk.day(date)?;
        shown.practitioners.retain(|each| {
            each.appointments
                .iter()
                .any(|visit| visit.patient_name == patient.name)
        });
        say(&day::day_text(&shown))?;
    }

    say("6. The practitioners’ calendars\n")?;
    let to = today + TimeDelta::days(60);
    for practitioner in &records.clinic.practitioners {
        let text = ics::calendar(&mut desk, practitioner.id.as_str(), today, to, None)?.text;
        let path = folder.0.join(format!("{}.ics", practitioner.id));
        write_file(&path, &text)?;
        say(&format!(
            "   {}.ics  {} visits",
            practitioner.id,
            text.matches("BEGIN:VEVENT").count()
        ))?;
    }

    say("\n7. The audit of everything that is booked\n")?;
    let audit = desk.audit()?;
    say(&audit_text(&audit))?;
    if output.json {
        let value =
            json!({"date": today.to_string(), "booked": booked.appointments.len(), "faults": audit.faults()});
        output.line(&value.to_string())?;
    }
    Ok(if audit.faults() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Exit::No as u8)
    })
}

/// The first few dates of the proposal that is booked.
fn dates_of(proposed: &ordo_desk::Proposed, count: usize) -> Vec<NaiveDate> {
    let sessions = &proposed.plan.proposals[0].sessions;
    let mut dates: Vec<_> = sessions
        .iter()
        .map(|session| proposed.calendar.local_start(&session.place).date())
        .collect();
    dates.dedup();
    dates.truncate(count);
    dates
}

/// A folder of this process that goes when the tour ends.
struct TemporaryFolder(std::path::PathBuf);

impl TemporaryFolder {
    fn new() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("ordo-tour-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&path)
            .map_err(|error| Failure::new(Exit::Database, unwritten(&path, &error, Language::English)))?;
        Ok(Self(path))
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
