//! Accounts on CalDAV servers: the way in, what goes wrong there, and the calendars that an account has.

mod client;
mod error;
mod find;

use std::borrow::Cow;
use std::time::Duration;

use http::Uri;
use libdav::PropertyName;
use libdav::dav::Propfind;
use libdav::encoding::normalise_percent_encoded;
use libdav::names;
use roxmltree::Node;

pub use error::AccountError;
pub use find::{FoundCalendar, calendars};

#[cfg(test)]
pub(crate) use client::MOST_READ;
pub(crate) use client::{Client, Failed};

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the user of an account may do with a collection.
const PRIVILEGES: PropertyName<'static, 'static> =
    PropertyName::new(names::DAV, "current-user-privilege-set");

/// One of these things.
const PRIVILEGE: PropertyName<'static, 'static> = PropertyName::new(names::DAV, "privilege");

/// Those that let events be written.
const WRITING: [&str; 4] = ["all", "write", "write-content", "bind"];

/// The way into an account.
#[derive(Clone, Copy)]
pub struct Access<'a> {
    /// Where it is.
    pub address: &'a str,
    /// Who signs in.
    pub user: &'a str,
    /// With what.
    pub password: &'a str,
}

/// What a run tells while it goes, and asks whether it is to go on.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    /// Told how many events are done, of how many.
    pub progress: &'a dyn Fn(usize, usize),
    /// Asked several times a second; once it says no, the run is cut off wherever it is.
    pub goes_on: &'a dyn Fn() -> bool,
}

impl Course<'_> {
    /// That of a run that nobody watches, to its end.
    pub const UNWATCHED: Course<'static> = Course {
        progress: &|_, _| {},
        goes_on: &|| true,
    };
}

/// Whether an address can be one of a calendar; nothing is asked there.
///
/// # Errors
/// When it is none, or a password would cross the network unencrypted.
pub fn check_address(address: &str) -> Result<(), AccountError> {
    collection(address).map(drop)
}

/// Whether there is a calendar at an address that its user may write to.
///
/// # Errors
/// When there is none, or the server cannot be reached or refuses.
pub fn check(access: &Access<'_>) -> Result<(), AccountError> {
    run(access, Course::UNWATCHED, async |client| {
        let folder = folder_of(client.base())?;
        is_writable(&client, &folder).await
    })
}

/// Signs in and does something there, on a thread that waits.
pub(crate) fn run<T, F>(
    access: &Access<'_>,
    course: Course<'_>,
    what: impl FnOnce(Client) -> F,
) -> Result<T, AccountError>
where
    F: Future<Output = Result<T, AccountError>>,
{
    let address = collection(access.address)?;
    if access.password.is_empty() {
        return Err(AccountError::NoPassword(access.user.to_owned()));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| AccountError::System(error.into()))?;
    let done = runtime.block_on(async {
        let client = Client::new(address, access.user, access.password, PATIENCE)?;
        let stopped = async {
            while (course.goes_on)() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::select! {
            done = what(client) => done,
            () = stopped => Err(AccountError::Stopped),
        }
    });
    // A name that the system still looks for holds nobody up.
    runtime.shutdown_background();
    done
}

/// Refuses what is no calendar, or one that may only be read.
pub(crate) async fn is_writable(client: &Client, folder: &str) -> Result<(), AccountError> {
    let asked = [
        &names::RESOURCETYPE,
        &names::SUPPORTED_CALENDAR_COMPONENT_SET,
        &PRIVILEGES,
    ];
    let answer = client
        .send(&Propfind::new(folder).with_properties(&asked))
        .await?;
    let tree = answer
        .xml_tree()
        .map_err(|error| AccountError::Answer(error.to_string()))?;
    let told = Told::of(tree.root());
    if !told.is_calendar {
        return Err(AccountError::NotACalendar);
    }
    if !told.holds_events {
        return Err(AccountError::TasksOnly);
    }
    // A server that does not tell is found out by writing.
    if told.privileges.is_empty() || told.privileges.iter().any(|may| WRITING.contains(may)) {
        Ok(())
    } else {
        Err(AccountError::NoAccess)
    }
}

/// What a server tells of a collection.
pub(crate) struct Told<'a> {
    pub(crate) is_calendar: bool,
    /// Whether events may lie there; a server that names no kinds takes every kind.
    pub(crate) holds_events: bool,
    pub(crate) name: Option<&'a str>,
    privileges: Vec<&'a str>,
}

impl<'a> Told<'a> {
    /// What the part of an answer that is about one collection says.
    pub(crate) fn of(part: Node<'a, '_>) -> Self {
        let lies_in = |name: &'static PropertyName<'static, 'static>| {
            part.descendants().filter(move |node| {
                node.is_element() && node.parent().is_some_and(|outer| outer.tag_name() == *name)
            })
        };
        let mut kinds = lies_in(&names::SUPPORTED_CALENDAR_COMPONENT_SET).peekable();
        let names_none = kinds.peek().is_none();
        let mut named = part
            .descendants()
            .filter(|node| node.tag_name() == names::DISPLAY_NAME);
        Self {
            is_calendar: lies_in(&names::RESOURCETYPE).any(|node| node.tag_name() == names::CALENDAR),
            holds_events: names_none
                || kinds.any(|kind| {
                    let name = kind.attribute("name");
                    name.is_some_and(|name| name.eq_ignore_ascii_case("VEVENT"))
                }),
            name: named.find_map(|node| node.text()),
            privileges: lies_in(&PRIVILEGE).map(|node| node.tag_name().name()).collect(),
        }
    }
}

/// The address of a collection: encrypted unless it lies on this machine, and with a slash at its end.
pub(crate) fn collection(address: &str) -> Result<Uri, AccountError> {
    let bad = || AccountError::Address(address.to_owned());
    let mut text = address.trim().to_owned();
    if !text.ends_with('/') {
        text.push('/');
    }
    let uri: Uri = text.parse().map_err(|_| bad())?;
    let (authority, host) = uri.authority().zip(uri.host()).ok_or_else(bad)?;
    if authority.as_str().contains('@') {
        return Err(AccountError::SecretInAddress);
    }
    // Another port than the one that is meant would be asked in its place.
    if !authority.as_str().ends_with(host) && uri.port_u16().is_none() {
        return Err(bad());
    }
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if is_here => Ok(uri),
        Some("http") => Err(AccountError::Unencrypted(address.to_owned())),
        _ => Err(bad()),
    }
}

/// The path of an address as libdav takes paths: decoded but for what is not valid in one.
pub(crate) fn folder_of(address: &Uri) -> Result<String, AccountError> {
    let path = normalise_percent_encoded(address.path());
    path.map(Cow::into_owned)
        .map_err(|_| AccountError::Address(address.to_string()))
}

#[cfg(test)]
mod tests {
    use ordo_desk::Cause;

    use super::*;

    #[test]
    fn passwords_cross_the_network_encrypted_only() {
        assert!(collection("https://cloud.example/dav/pia").is_ok_and(|uri| uri.path() == "/dav/pia/"));
        assert!(collection("http://127.0.0.1:5232/pia/ordo/").is_ok());
        assert!(matches!(
            collection("http://cloud.example/dav"),
            Err(AccountError::Unencrypted(_))
        ));
        for bad in [
            "",
            "cloud",
            "ftp://cloud.example/",
            "https:///",
            "mailto:x@y.example",
            "https://cloud.example:99999/dav/",
            "https://cloud.example:dav/",
            "https://cloud.example:/dav/",
        ] {
            assert!(matches!(collection(bad), Err(AccountError::Address(_))), "{bad}");
        }
        for told in [
            "https://pia:secret@cloud.example/dav/",
            "https://pia@cloud.example/",
        ] {
            assert_eq!(collection(told), Err(AccountError::SecretInAddress), "{told}");
        }
        for port in ["https://cloud.example:8443/dav/", "http://[::1]:5232/pia/"] {
            assert!(collection(port).is_ok(), "{port}");
        }
    }

    #[test]
    fn what_may_pass_by_itself_is_told_from_what_somebody_must_mend() {
        let passing = [AccountError::Busy(503), AccountError::Unreachable(Cause::Refused)];
        assert!(passing.iter().all(AccountError::passes));
        let lasting = [
            AccountError::SignIn,
            AccountError::NoAccess,
            AccountError::NoCalendar(404),
            AccountError::NoPassword(String::new()),
        ];
        assert!(!lasting.iter().any(AccountError::passes));
    }
}
