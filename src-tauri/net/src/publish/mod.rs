//! Publishing a practitioner's calendar to their own account on a CalDAV server.
//!
//! What is on the server is the only memory: each run looks at what Ordo wrote before, and creates, updates or deletes what
//! differs, each by its ETag. So a run that was cut off is finished by the next one, and nothing that Ordo did not write is
//! ever touched.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use libdav::FetchedResource;
use libdav::caldav::GetCalendarResources;
use libdav::dav::{Delete, ListResources, PutResource};
use ordo_desk::PublishedEvent;
use sha2::{Digest, Sha256};

use crate::account::{self, Access, AccountError, Client, Course, Failed, folder_of, is_writable};

/// What every resource of Ordo's is called: this, letters and digits, and the ending.
const PREFIX: &str = "ordo-";
const ENDING: &str = ".ics";

/// The line in which an event says what it was written from.
const DIGEST: &str = "X-ORDO-DIGEST";

/// Resources that are fetched at a time.
const AT_ONCE: usize = 100;

/// A server that refuses so many requests in one run is left alone.
const MOST_REFUSALS: usize = 5;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Events that are new on the server.
    pub created: usize,
    /// Events that were written again.
    pub updated: usize,
    /// Events that were taken away.
    pub deleted: usize,
    /// Events that were as they should be.
    pub unchanged: usize,
    /// Events that somebody else changed or wrote at the same moment; the next run looks at them again.
    pub left: usize,
    /// What the server refused, in its words.
    pub refused: Vec<String>,
}

/// Brings the calendar of an account in line with a practitioner's events from a date on; what lies before stays.
///
/// # Errors
/// When the server cannot be reached or refuses; `report` then tells what was done until then.
pub fn publish(
    access: &Access<'_>,
    events: &[PublishedEvent],
    from: NaiveDate,
    report: &mut Report,
    course: Course<'_>,
) -> Result<(), AccountError> {
    account::run(access, course, async |client| {
        let folder = folder_of(client.base())?;
        is_writable(&client, &folder).await?;
        let run = Run {
            client: &client,
            folder,
            report,
            progress: course.progress,
        };
        run.go(events, from).await
    })
}

/// Takes everything away that Ordo wrote to the calendar of an account, whenever it is.
///
/// # Errors
/// As [`publish`].
pub fn remove(access: &Access<'_>, report: &mut Report, course: Course<'_>) -> Result<(), AccountError> {
    publish(access, &[], NaiveDate::MIN, report, course)
}

struct Run<'a> {
    client: &'a Client,
    folder: String,
    report: &'a mut Report,
    progress: &'a dyn Fn(usize, usize),
}

/// One of Ordo's events as it lies on the server.
struct Found {
    href: String,
    etag: String,
    data: String,
}

impl Run<'_> {
    async fn go(mut self, events: &[PublishedEvent], from: NaiveDate) -> Result<(), AccountError> {
        let found = self.found().await?;
        let wanted: Vec<(String, &PublishedEvent)> = events
            .iter()
            .map(|event| (resource_name(&event.uid), event))
            .collect();
        let names: BTreeSet<&String> = wanted.iter().map(|(name, _)| name).collect();
        let gone: Vec<&Found> = found
            .iter()
            .filter(|(name, _)| !names.contains(name))
            .map(|(_, found)| found)
            .filter(|found| start_of(&found.data).map_or(from == NaiveDate::MIN, |start| start >= from))
            .collect();
        let all = wanted.len() + gone.len();
        let mut done = 0;
        for (name, event) in &wanted {
            (self.progress)(done, all);
            done += 1;
            let text = with_digest(&event.text);
            match found.get(name) {
                Some(found) if is_same(&found.data, &text) => self.report.unchanged += 1,
                Some(found) => {
                    let put = PutResource::new(&found.href).update(text, CONTENT_TYPE, found.etag.as_str());
                    let put = self.client.send(&put).await;
                    if self.settled(put)? {
                        self.report.updated += 1;
                    }
                }
                None => {
                    let href = format!("{}{name}", self.folder);
                    let put = PutResource::new(&href).create(text, CONTENT_TYPE);
                    let put = self.client.send(&put).await;
                    if self.settled(put)? {
                        self.report.created += 1;
                    }
                }
            }
        }
        for found in gone {
            (self.progress)(done, all);
            done += 1;
            let delete = Delete::new(&found.href).with_etag(found.etag.as_str());
            let deleted = self.client.send(&delete).await;
            if self.settled(deleted)? {
                self.report.deleted += 1;
            }
        }
        (self.progress)(done, all);
        Ok(())
    }

    /// Ordo's own events on the server, by the names of their resources.
    async fn found(&mut self) -> Result<BTreeMap<String, Found>, AccountError> {
        let listed = self.client.send(&ListResources::new(&self.folder)).await?;
        let hrefs: Vec<String> = listed
            .resources
            .into_iter()
            .map(|resource| resource.href)
            .filter(|href| name_of(href).is_some_and(is_our_name))
            .collect();
        let mut found = BTreeMap::new();
        for some in hrefs.chunks(AT_ONCE) {
            let request = GetCalendarResources::new(&self.folder).with_hrefs(some);
            let answer = self.client.send(&request).await?;
            for FetchedResource { href, content } in answer.resources {
                if let (Ok(content), Some(name)) = (content, name_of(&href).map(str::to_owned))
                    && is_ours(&name, &content.data)
                {
                    let (etag, data) = (content.etag, content.data);
                    found.insert(name, Found { href, etag, data });
                }
            }
        }
        Ok(found)
    }

    /// Whether a request was done; what concerns one event alone is noted, and the run goes on.
    fn settled<T>(&mut self, done: Result<T, Failed>) -> Result<bool, AccountError> {
        match done {
            Ok(_) => Ok(true),
            // Changed, written or taken away by somebody else between looking and writing.
            Err(Failed::Status(404 | 409 | 412)) => {
                self.report.left += 1;
                Ok(false)
            }
            Err(Failed::Status(status)) if !matches!(status, 401 | 403 | 429 | 502..=504) => {
                self.report.refused.push(format!("status {status}"));
                if self.report.refused.len() >= MOST_REFUSALS {
                    return Err(AccountError::Refused(status));
                }
                Ok(false)
            }
            Err(failed) => Err(failed.into()),
        }
    }
}

const CONTENT_TYPE: &str = "text/calendar; charset=utf-8";

fn name_of(href: &str) -> Option<&str> {
    href.rsplit('/').next().filter(|name| !name.is_empty())
}

fn is_our_name(name: &str) -> bool {
    let middle = name
        .strip_prefix(PREFIX)
        .and_then(|name| name.strip_suffix(ENDING));
    middle.is_some_and(|middle| middle.len() == 40 && middle.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The name of an event's resource, which its UID decides.
fn resource_name(uid: &str) -> String {
    format!("{PREFIX}{}{ENDING}", hex(&Sha256::digest(uid.as_bytes())[..20]))
}

/// Whether a resource is one that Ordo wrote: its name follows from its UID, which is one of Ordo's.
fn is_ours(name: &str, data: &str) -> bool {
    value(data, "UID").is_some_and(|uid| uid.ends_with("@ordo") && resource_name(&uid) == name)
}

fn with_digest(text: &str) -> String {
    let digest = hex(&Sha256::digest(text.as_bytes())[..16]);
    text.replacen("END:VEVENT", &format!("{DIGEST}:{digest}\r\nEND:VEVENT"), 1)
}

/// Whether an event on the server is the one that would be written, and nobody has changed it there since.
fn is_same(found: &str, wanted: &str) -> bool {
    [DIGEST, "LAST-MODIFIED", "SEQUENCE", "STATUS"]
        .iter()
        .all(|name| value(found, name) == value(wanted, name))
        && start_of(found) == start_of(wanted)
}

/// The date on which an event begins, as it is written.
fn start_of(data: &str) -> Option<NaiveDate> {
    let start = value(data, "DTSTART")?;
    NaiveDate::parse_from_str(start.get(..8)?, "%Y%m%d").ok()
}

/// The value of the first property of a name inside the event.
fn value(data: &str, name: &str) -> Option<String> {
    let unfolded = data.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let event = unfolded.split_once("BEGIN:VEVENT")?.1;
    event.lines().find_map(|line| {
        let after = line.strip_prefix(name)?;
        let value = match after.as_bytes().first()? {
            b':' => &after[1..],
            b';' => after.split_once(':')?.1,
            _ => return None,
        };
        Some(value.trim().to_owned())
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nDTSTART:19700101T000000\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n\
        UID:appointment-1\r\n @ordo\r\nDTSTART;TZID=America/Toronto:20260302T100000\r\nSEQUENCE:1\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";

    #[test]
    fn only_what_ordo_wrote_is_known_as_such() {
        let name = resource_name("appointment-1@ordo");
        assert!(is_our_name(&name) && is_ours(&name, EVENT), "{name}");
        assert!(
            !is_ours(&resource_name("other@ordo"), EVENT),
            "a copy under another name"
        );
        assert!(!is_ours(&name, &EVENT.replace("@ordo", "@else")));
        for other in ["ordo-.ics", "ordo-list.ics", "1234.ics", "ordo-0123.ics"] {
            assert!(!is_our_name(other), "{other}");
        }
    }

    #[test]
    fn a_change_on_either_side_is_seen() {
        let written = with_digest(EVENT);
        assert!(is_same(&written.replace("\r\n", "\n"), &written));
        assert!(!is_same(EVENT, &written));
        assert!(
            !is_same(&written.replace("20260302", "20260303"), &written),
            "moved on the server"
        );
        assert!(!is_same(
            &written,
            &with_digest(&EVENT.replace("SEQUENCE:1", "SEQUENCE:2"))
        ));
        assert_eq!(start_of(EVENT), "2026-03-02".parse().ok());
    }
}
