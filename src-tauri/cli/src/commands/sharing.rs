//! Sharing calendars: levels of names, feeds, the feed server, a folder that is kept up to date.

use std::fmt::Write;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ordo_core::model::{NamesShown, Sharing};
use ordo_core::on_one_line;
use ordo_net::feed::{Certificate, FeedError, Options, kept_certificate, start};
use serde_json::{Value, json};

use crate::args::{self, Arguments};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::{Output, read_file};

/// How often a watched folder is compared with the clinic.
const WATCH: Duration = Duration::from_millis(500);

/// Shows or changes how calendars are shared.
pub fn share(arguments: &Arguments, asked: &args::Share, output: Output) -> Result<(), Failure> {
    let mut desk = open::open(arguments)?;
    let Some(practitioner) = &asked.practitioner else {
        let all = desk.sharings()?;
        let text = || all.iter().map(line).collect::<Vec<_>>().join("\n");
        return output.answer(text, || all.iter().map(sharing_json).collect());
    };
    let practitioner = practitioner.as_str().into();
    if let Some(names) = asked.names.as_deref().and_then(NamesShown::parse) {
        desk.share_names(&practitioner, names)?;
    }
    if asked.feed {
        desk.start_feed(&practitioner, open::secret()?)?;
    }
    if asked.no_feed {
        desk.stop_feed(&practitioner)?;
    }
    let sharing = desk.sharing(&practitioner)?;
    let warning = if sharing.names == NamesShown::Full {
        "\nPatients are named in full: whoever has the file or the address reads their names."
    } else {
        ""
    };
    output.answer(
        || format!("{}{warning}", line(&sharing)),
        || sharing_json(&sharing),
    )
}

fn line(sharing: &Sharing) -> String {
    let mut text = format!("{}: names {}", sharing.practitioner, sharing.names.as_str());
    let _ = match &sharing.feed_secret {
        Some(secret) => write!(text, ", feed /calendar/{secret}.ics"),
        None => write!(text, ", no feed"),
    };
    text
}

fn sharing_json(sharing: &Sharing) -> Value {
    json!({
        "practitioner": sharing.practitioner.as_str(),
        "names": sharing.names.as_str(),
        "feed": sharing.feed_secret.as_ref().map(|secret| format!("/calendar/{secret}.ics")),
    })
}

/// Serves the feeds until it is interrupted.
pub fn serve(arguments: &Arguments, asked: &args::Serve, output: Output) -> Result<(), Failure> {
    let path = open::database_path(arguments)?;
    let desk = open::open(arguments)?;
    let feeds = desk
        .sharings()?
        .iter()
        .filter(|sharing| sharing.feed_secret.is_some())
        .count();
    let mut options = Options::at(asked.listen);
    options.certificate = match (&asked.certificate, &asked.private_key) {
        (Some(chain), Some(key)) => Some(Certificate {
            chain: read_file(chain)?,
            key: read_file(key)?,
        }),
        _ if asked.listen.ip().is_loopback() => None,
        _ => Some(own(&path, asked)?),
    };
    let scheme = if options.certificate.is_some() {
        "https"
    } else {
        "http"
    };
    let running = start(desk, &options).map_err(|error| failure(&error))?;
    let mut address = running.address().to_string();
    if let (true, Some(name)) = (asked.listen.ip().is_unspecified(), asked.names.first()) {
        // Nobody finds it at the address that stands for all.
        address = format!("{name}:{}", running.address().port());
    }
    output.answer(
        || format!("Serving {feeds} feeds at {scheme}://{address}/calendar/SECRET.ics; `ordo sharing` shows the secrets. End with Ctrl+C."),
        || json!({"address": format!("{scheme}://{address}"), "feeds": feeds}),
    )?;
    match asked.seconds {
        Some(seconds) => sleep(Duration::from_secs(seconds)),
        None => loop {
            sleep(Duration::from_secs(3600));
        },
    }
    Ok(())
}

fn failure(error: &FeedError) -> Failure {
    Failure::new(Exit::Refused, error.to_string())
}

/// The clinic's own certificate, made once and kept beside the database.
fn own(database: &Path, asked: &args::Serve) -> Result<Certificate, Failure> {
    let mut names = asked.names.clone();
    if names.is_empty() && !asked.listen.ip().is_unspecified() {
        names.push(asked.listen.ip().to_string());
    }
    if names.is_empty() {
        let text = "say with --name by which name or address other machines know this one, so that a certificate can be made";
        return Err(Failure::new(Exit::Usage, text));
    }
    kept_certificate(database, &names).map_err(|error| failure(&error))
}

/// Brings a folder up to date, once or until it is interrupted.
pub fn folder(arguments: &Arguments, folder: &Path, watch: bool, output: Output) -> Result<(), Failure> {
    let desk = open::open(arguments)?;
    // Who may not share may not write the folder either.
    desk.sharings()?;
    let mut version = desk.feed_version()?;
    let mut report = desk.write_folder(folder)?;
    loop {
        if !report.written.is_empty() || !watch {
            let names: Vec<String> = report
                .written
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            output.answer(
                || {
                    let written = names
                        .iter()
                        .map(|name| format!("Wrote {}.\n", on_one_line(name)))
                        .collect::<String>();
                    format!("{written}{} files were as they should be.", report.unchanged)
                },
                || json!({"written": names, "unchanged": report.unchanged}),
            )?;
        }
        if !watch {
            return Ok(());
        }
        let since = Instant::now();
        loop {
            sleep(WATCH);
            let now = desk.feed_version()?;
            // Once an hour in any case, because called-off visits leave by themselves.
            if now != version || since.elapsed() > Duration::from_secs(3600) {
                version = now;
                break;
            }
        }
        report = desk.write_folder(folder)?;
    }
}
