//! Why an update was not taken.

use ordo_desk::Cause;
use ordo_net::cause_of;

use super::Failure;

/// Why an update was not taken. Whatever it is, the program goes on as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The server cannot be reached.
    NoConnection(Cause),
    /// It was reached and has no list of versions.
    NoList,
    /// What it sent is no list of versions.
    BadList,
    /// The list has no package for this kind of computer.
    NoPackage,
    /// What was offered is not there any more.
    Gone,
    /// The connection ended too early.
    Cut,
    /// More came than any package is large.
    TooLarge,
    /// The package is signed with another key.
    Foreign,
    /// The package is not the one that was signed.
    Tampered,
    /// What stands in the place of a signature is none.
    NoSignature,
    /// The package was signed as another version than the one it is offered as.
    OtherVersion,
    /// What is offered is older than what is in use.
    Older { offered: String, present: String },
    /// No backup could be taken first.
    NoBackup(String),
    /// There is no room for the package.
    Full,
    /// Nobody allowed the installing, or the system did not.
    NotAllowed,
    /// Anything else.
    Other(String),
}

impl Refusal {
    pub(super) fn of_asking(failure: Failure) -> Self {
        match failure {
            Failure::ReleaseNotFound => Self::NoList,
            Failure::Serialization(_) => Self::BadList,
            Failure::TargetNotFound(_) | Failure::TargetsNotFound(_) => Self::NoPackage,
            Failure::Reqwest(error) if error.is_decode() && is_bad_json(&error) => Self::BadList,
            other => Self::of_connection(other),
        }
    }

    pub(super) fn of_fetching(failure: Failure) -> Self {
        use minisign_verify::Error as Signature;
        match failure {
            Failure::Network(_) => Self::Gone,
            Failure::Minisign(Signature::UnexpectedKeyId) => Self::Foreign,
            Failure::Minisign(Signature::InvalidSignature) => Self::Tampered,
            Failure::Minisign(_) | Failure::Base64(_) | Failure::SignatureUtf8(_) => Self::NoSignature,
            Failure::MissingSignedVersion | Failure::SignedVersionMismatch { .. } => Self::OtherVersion,
            other => Self::of_connection(other),
        }
    }

    pub(super) fn of_installing(failure: Failure) -> Self {
        match failure {
            Failure::Io(error) => match Cause::from(&error) {
                Cause::Full => Self::Full,
                Cause::NotAllowed | Cause::ReadOnly => Self::NotAllowed,
                _ => Self::Other(error.to_string()),
            },
            // No folder for temporary files took it.
            Failure::TempDirNotFound => Self::Full,
            Failure::AuthenticationFailed | Failure::DebInstallFailed | Failure::PackageInstallFailed => {
                Self::NotAllowed
            }
            other => Self::Other(other.to_string()),
        }
    }

    fn of_connection(failure: Failure) -> Self {
        match failure {
            Failure::Reqwest(error) if error.is_body() || error.is_decode() => Self::Cut,
            Failure::Reqwest(error) if error.is_timeout() => Self::NoConnection(Cause::TimedOut),
            Failure::Reqwest(error) if error.is_connect() || error.is_request() => {
                Self::NoConnection(cause_of(&error))
            }
            other => Self::Other(other.to_string()),
        }
    }
}

/// Whether an answer came whole and is no JSON.
fn is_bad_json(error: &dyn std::error::Error) -> bool {
    let cause = error.source();
    cause.is_some_and(<dyn std::error::Error>::is::<serde_json::Error>)
}
