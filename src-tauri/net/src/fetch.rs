//! Reading a calendar of an account, as the one text that a file of it would be.

use std::time::Duration;

use libdav::FetchedResource;
use libdav::caldav::{CalendarComponent, GetCalendarResources, ListCalendarResources};
use libdav::dav::GetProperty;
use libdav::names;
use ordo_desk::Cause;
use tokio::time::timeout;

use crate::account::{self, Access, AccountError, Client, Course, folder_of};

/// Resources that are fetched at a time.
const AT_ONCE: usize = 100;

/// The largest calendar that is read, in octets; the largest file that is imported is as large.
const LARGEST: usize = 64 << 20;

/// How long all of it may take: somebody waits.
const PATIENCE: Duration = Duration::from_secs(600);

/// Every event of the calendar at an address, with the calendar's name; nothing there is changed.
///
/// # Errors
/// When there is none, it is too large, or the server cannot be reached or refuses.
pub fn calendar_text(access: &Access<'_>, course: Course<'_>) -> Result<String, AccountError> {
    account::run(access, course, async |client| {
        let folder = folder_of(client.base())?;
        let whole = timeout(PATIENCE, text(&client, &folder, course)).await;
        whole.unwrap_or(Err(AccountError::Unreachable(Cause::TimedOut)))
    })
}

async fn text(client: &Client, folder: &str, course: Course<'_>) -> Result<String, AccountError> {
    let events = ListCalendarResources::new(folder).with_component(CalendarComponent::VEvent);
    let mut hrefs: Vec<String> = client
        .send(&events)
        .await?
        .resources
        .into_iter()
        .map(|resource| resource.href)
        .collect();
    // The same calendar is the same text, whatever order the server is in.
    hrefs.sort();
    let name = client.send(&GetProperty::new(folder, &names::DISPLAY_NAME)).await;
    let name = name.ok().and_then(|answer| answer.value).unwrap_or_default();
    let mut text = format!(
        "BEGIN:VCALENDAR\r\nX-WR-CALNAME:{}\r\nEND:VCALENDAR\r\n",
        escaped(&name)
    );
    let mut done = 0;
    for some in hrefs.chunks(AT_ONCE) {
        (course.progress)(done, hrefs.len());
        done += some.len();
        let answer = client
            .send(&GetCalendarResources::new(folder).with_hrefs(some))
            .await?;
        let mut fetched: Vec<FetchedResource> = answer.resources;
        fetched.sort_by(|one, other| one.href.cmp(&other.href));
        for content in fetched.into_iter().filter_map(|resource| resource.content.ok()) {
            text.push_str(content.data.trim());
            text.push_str("\r\n");
        }
        if text.len() > LARGEST {
            return Err(AccountError::TooLarge);
        }
    }
    Ok(text)
}

/// A name as the value of a property: on one line, marks escaped.
fn escaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for letter in name.trim().chars() {
        if matches!(letter, '\\' | ',' | ';') {
            text.push('\\');
        }
        text.push(if letter.is_control() { ' ' } else { letter });
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::*;
    use crate::account::MOST_READ;
    use crate::test_server::{Answer, Server, response};

    /// What a connection may hold that nobody has read.
    const BUFFERED: usize = 16 << 20;

    fn fetched(server: &Server) -> Result<String, AccountError> {
        let address = server.address("/pia/");
        let access = Access {
            address: &address,
            user: "pia",
            password: "secret",
        };
        calendar_text(&access, Course::UNWATCHED)
    }

    #[test]
    fn an_answer_without_end_is_cut_off_while_it_comes() {
        // Long texts, and elements that take many times the memory of their text.
        for endless in ["no end of this ", "<a/>"] {
            let server = Server::start(move |request| match request.split(' ').next() {
                Some("REPORT") if request.contains("calendar-query") => Answer::Many(response(
                    "/pia/one.ics",
                    "<getetag>\"1\"</getetag><resourcetype/>",
                )),
                Some("REPORT") => Answer::Endless(endless),
                _ => Answer::Many(response("/pia/", "<displayname>Home</displayname>")),
            });
            assert_eq!(fetched(&server), Err(AccountError::TooLarge), "{endless}");
            let sent = server.sent.load(Ordering::Relaxed);
            assert!(sent > 0 && sent <= MOST_READ + BUFFERED, "{sent}");
        }
    }

    #[test]
    fn many_answers_together_are_bounded_too() {
        const EACH: usize = 1 << 20;
        let filler = format!("<!--{}-->", "x".repeat(EACH));
        let server = Server::start(move |request| match request.split(' ').next() {
            Some("REPORT") if request.contains("calendar-query") => Answer::Many(
                (0..AT_ONCE * 200)
                    .map(|number| {
                        response(
                            &format!("/pia/{number}.ics"),
                            "<getetag>\"1\"</getetag><resourcetype/>",
                        )
                    })
                    .collect(),
            ),
            Some("REPORT") => Answer::Many(filler.clone()),
            _ => Answer::Many(response("/pia/", "<displayname>Home</displayname>")),
        });
        assert_eq!(fetched(&server), Err(AccountError::TooLarge));
    }
}
