//! Which calendars an account has.

use std::fmt::Display;

use http::Uri;
use libdav::caldav::FindCalendarHomeSet;
use libdav::dav::{FindPropertyHrefs, Propfind, make_relative_url};
use libdav::encoding::normalise_percent_encoded;
use libdav::{Depth, PropertyName, names};

use super::{Access, AccountError, Client, Course, Failed, Told, collection, folder_of, run};

/// Where RFC 6764 has servers say where their calendars lie.
const WELL_KNOWN: &str = "/.well-known/caldav";

/// So often a server may point elsewhere.
const MOST_MOVES: usize = 4;

/// What is asked of what may be a calendar.
const ASKED: [&PropertyName<'static, 'static>; 3] = [
    &names::RESOURCETYPE,
    &names::DISPLAY_NAME,
    &names::SUPPORTED_CALENDAR_COMPONENT_SET,
];

/// A calendar of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCalendar {
    /// Its address.
    pub address: String,
    /// What its owner calls it; the end of its address where it has no name.
    pub name: String,
}

/// The calendars that an account has: the one at the address, or all that its user finds from there. Those that hold tasks
/// alone are none.
///
/// # Errors
/// When there are none, or the server cannot be reached or refuses.
pub fn calendars(access: &Access<'_>) -> Result<Vec<FoundCalendar>, AccountError> {
    run(access, Course::UNWATCHED, find)
}

async fn find(client: Client) -> Result<Vec<FoundCalendar>, AccountError> {
    let folder = folder_of(client.base())?;
    if let Some(calendar) = the_one(&client, &folder).await? {
        return Ok(vec![calendar]);
    }
    let (client, principal) = principal(client, &folder).await?;
    let home = FindCalendarHomeSet::new(&principal);
    let homes = client.send(&home).await?.home_sets;
    let mut found = Vec::new();
    for home in homes {
        let client = beside(&client, &home)?;
        let folder = folder_of(&home)?;
        let asked = Propfind::new(&folder)
            .with_properties(&ASKED)
            .with_depth(Depth::One);
        let answer = client.send(&asked).await?;
        let tree = answer
            .xml_tree()
            .map_err(|error| AccountError::Answer(error.to_string()))?;
        for part in tree
            .descendants()
            .filter(|node| node.tag_name() == names::RESPONSE)
        {
            let told = Told::of(part);
            let mut hrefs = part.children().filter(|node| node.tag_name() == names::HREF);
            let Some(href) = hrefs.find_map(|node| node.text()) else {
                continue;
            };
            if told.is_calendar
                && told.holds_events
                && let Ok(place) = address_of(&client, href.trim())
                && let Ok(path) = folder_of(&place)
            {
                found.push(FoundCalendar {
                    name: named(told.name, &path),
                    address: place.to_string(),
                });
            }
        }
    }
    if found.is_empty() {
        return Err(AccountError::NoCalendars);
    }
    found.sort_by_key(|calendar| calendar.name.to_lowercase());
    Ok(found)
}

/// The calendar that lies at a path itself, if one does.
async fn the_one(client: &Client, folder: &str) -> Result<Option<FoundCalendar>, AccountError> {
    let asked = Propfind::new(folder).with_properties(&ASKED);
    let answer = match client.send(&asked).await {
        Ok(answer) => answer,
        // The address of a provider, not of anything there.
        Err(Failed::Status(403..=405) | Failed::Moved(_) | Failed::Answer(_)) => return Ok(None),
        Err(failed) => return Err(failed.into()),
    };
    let Ok(tree) = answer.xml_tree() else {
        return Ok(None);
    };
    let told = Told::of(tree.root());
    if !told.is_calendar {
        return Ok(None);
    }
    if !told.holds_events {
        return Err(AccountError::TasksOnly);
    }
    Ok(Some(FoundCalendar {
        address: client.base().to_string(),
        name: named(told.name, folder),
    }))
}

/// Who is signed in, as a path on a server: asked at the address, then where servers are to say it.
async fn principal(client: Client, folder: &str) -> Result<(Client, String), AccountError> {
    let mut last = AccountError::NoCalendars;
    for place in [folder, WELL_KNOWN, "/"] {
        let (mut client, mut place) = (client.clone(), place.to_owned());
        for _ in 0..MOST_MOVES {
            let asked = FindPropertyHrefs::new(&place, &names::CURRENT_USER_PRINCIPAL);
            match client.send(&asked).await {
                Ok(answer) => {
                    if let Some(principal) = answer.hrefs.first() {
                        let path = folder_of(principal)?;
                        return Ok((beside(&client, principal)?, path));
                    }
                    break;
                }
                Err(Failed::Moved(address)) => {
                    let address = collection(&address)?;
                    place = folder_of(&address)?;
                    client = client.at(address);
                }
                Err(failed) => {
                    let error = AccountError::from(failed);
                    if !matches!(error, AccountError::NoCalendar(_)) {
                        last = error;
                    }
                    break;
                }
            }
        }
        if matches!(last, AccountError::SignIn | AccountError::Unreachable(_)) {
            return Err(last);
        }
    }
    Err(last)
}

/// The way in at a place that a server names: on itself, or on another server of its provider.
fn beside(client: &Client, place: &Uri) -> Result<Client, AccountError> {
    if place.host().is_none() {
        return Ok(client.clone());
    }
    Ok(client.at(collection(&place.to_string())?))
}

/// The address of something that a server names by its path, or with its own name.
fn address_of(client: &Client, href: &str) -> Result<Uri, AccountError> {
    let unusable = |error: &dyn Display| AccountError::Answer(error.to_string());
    if !href.starts_with('/') {
        return collection(href);
    }
    let path = normalise_percent_encoded(href).map_err(|error| unusable(&error))?;
    make_relative_url(client.base().clone(), &path).map_err(|error| unusable(&error))
}

fn named(name: Option<&str>, path: &str) -> String {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
    name.or_else(|| parts.next()).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::check;
    use crate::test_server::{Answer, Server, response};

    const CALENDAR: &str = "<resourcetype><collection/><C:calendar/></resourcetype>";

    fn kinds(kinds: &[&str]) -> String {
        let kinds: String = kinds
            .iter()
            .map(|kind| format!("<C:comp name=\"{kind}\"/>"))
            .collect();
        format!("{CALENDAR}<C:supported-calendar-component-set>{kinds}</C:supported-calendar-component-set>")
    }

    /// An account with a calendar of each kind.
    fn account() -> Server {
        Server::start(|request| {
            let answer = match request.split(' ').nth(1).unwrap_or_default() {
                "/tasks/" => response("/tasks/", &kinds(&["VTODO"])),
                "/" => {
                    let principal = "<current-user-principal><href>/pia/</href></current-user-principal>";
                    response(
                        "/",
                        &format!("<resourcetype><collection/></resourcetype>{principal}"),
                    )
                }
                "/pia/" => {
                    let home = "<C:calendar-home-set><href>/home/</href></C:calendar-home-set>";
                    response("/pia/", home)
                }
                _ => [
                    response("/home/", "<resourcetype><collection/></resourcetype>"),
                    response("/home/tasks/", &kinds(&["VTODO"])),
                    response("/home/notes/", &kinds(&["VJOURNAL", "VTODO"])),
                    response("/home/both/", &kinds(&["VTODO", "VEVENT"])),
                    response(
                        "/home/unsaid/",
                        &format!("{CALENDAR}<displayname>All kinds</displayname>"),
                    ),
                    response("/home/a b%C3%A9/", &kinds(&["vevent"])),
                    response("https://other.example/cal/", &kinds(&["VEVENT"])),
                ]
                .concat(),
            };
            Answer::Many(answer)
        })
    }

    fn access(address: &str) -> Access<'_> {
        Access {
            address,
            user: "pia",
            password: "secret",
        }
    }

    #[test]
    fn calendars_of_tasks_alone_are_not_offered() {
        let server = account();
        let found = calendars(&access(&server.address("/"))).expect("calendars");
        let found: Vec<(&str, String)> = found
            .iter()
            .map(|calendar| {
                (
                    calendar.name.as_str(),
                    calendar.address.replace(&server.address(""), ""),
                )
            })
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(name, path)| (*name, path.as_str())).collect();
        assert_eq!(
            found,
            [
                ("a bé", "/home/a%20b%C3%A9/"),
                ("All kinds", "/home/unsaid/"),
                ("both", "/home/both/"),
                ("cal", "https://other.example/cal/"),
            ]
        );
    }

    #[test]
    fn a_calendar_of_tasks_is_neither_read_nor_published_to() {
        let server = account();
        let address = server.address("/tasks/");
        assert_eq!(calendars(&access(&address)), Err(AccountError::TasksOnly));
        assert_eq!(check(&access(&address)), Err(AccountError::TasksOnly));
    }
}
