//! Which calendars an account has.

use http::Uri;
use libdav::caldav::{FindCalendarHomeSet, FindCalendars};
use libdav::dav::{FindPropertyHrefs, GetProperty, Propfind};
use libdav::names;

use super::{Access, AccountError, Client, Course, Failed, collection, folder_of, run};

/// Where RFC 6764 has servers say where their calendars lie.
const WELL_KNOWN: &str = "/.well-known/caldav";

/// So often a server may point elsewhere.
const MOST_MOVES: usize = 4;

/// A calendar of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCalendar {
    /// Its address.
    pub address: String,
    /// What its owner calls it; the end of its address where it has no name.
    pub name: String,
}

/// The calendars that an account has: the one at the address, or all that its user finds from there.
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
        let answer = client.send(&FindCalendars::new(&folder)).await?;
        for calendar in answer.calendars {
            let name = calendar
                .properties
                .into_iter()
                .find(|(property, _)| **property == names::DISPLAY_NAME)
                .and_then(|(_, name)| name);
            found.push(FoundCalendar {
                address: client.whole(&encoded(&client, &calendar.href)?),
                name: named(name, &calendar.href),
            });
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
    let asked = Propfind::new(folder).with_properties(&[&names::RESOURCETYPE]);
    let answer = match client.send(&asked).await {
        Ok(answer) => answer,
        // The address of a provider, not of anything there.
        Err(Failed::Status(403..=405) | Failed::Moved(_) | Failed::Answer(_)) => return Ok(None),
        Err(failed) => return Err(failed.into()),
    };
    let is_calendar = answer
        .xml_tree()
        .is_ok_and(|tree| tree.descendants().any(|node| node.tag_name() == names::CALENDAR));
    if !is_calendar {
        return Ok(None);
    }
    let name = client.send(&GetProperty::new(folder, &names::DISPLAY_NAME)).await;
    Ok(Some(FoundCalendar {
        address: client.base().to_string(),
        name: named(name.ok().and_then(|answer| answer.value), folder),
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

/// A path as it stands in an address.
fn encoded(client: &Client, href: &str) -> Result<String, AccountError> {
    libdav::dav::make_relative_url(client.base().clone(), href)
        .map(|uri| uri.path().to_owned())
        .map_err(|error| AccountError::Answer(error.to_string()))
}

fn named(name: Option<String>, path: &str) -> String {
    let name = name.map(|name| name.trim().to_owned());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| {
        let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
        parts.next().unwrap_or(path).to_owned()
    })
}
