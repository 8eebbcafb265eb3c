//! Why a system or a connection refused something, in words that say what to do.
//!
//! What a system says itself is English, or whatever it speaks, and names no remedy: it is handed on to support alone.

use std::io::{self, ErrorKind};
use std::path::Path;

use ordo_core::{Language, named};

use crate::writing::OfAClinic;

/// Why a system or a connection refused something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Nothing of this name is there.
    NotFound,
    /// It is not allowed.
    NotAllowed,
    /// The disk can only be read.
    ReadOnly,
    /// No room is left on the disk.
    Full,
    /// Something of this name is there already.
    Taken,
    /// A part of the path is a file.
    NotAFolder,
    /// It is a folder.
    IsAFolder,
    /// No file can be called so.
    BadName,
    /// It belongs to a clinic, and would be lost.
    OfAClinic,
    /// Another program uses it.
    InUse,
    /// The disk has a fault.
    BadDisk,
    /// The network drive is away.
    DriveAway,
    /// It is no text in UTF-8.
    NotText,
    /// Nobody listens at the address.
    Refused,
    /// No server has the name.
    NoHost,
    /// No way leads to the server.
    NoWay,
    /// The server does not answer in time.
    TimedOut,
    /// The connection ended too early.
    Cut,
    /// Another program listens at the address.
    PortInUse,
    /// The address is not one of this computer's.
    NotOurAddress,
    /// Nobody who is trusted vouches for the server.
    Untrusted,
    /// The server's certificate holds no longer.
    Expired,
    /// The server's certificate does not hold yet.
    NotYetValid,
    /// The server's certificate is that of another one.
    OtherName,
    /// The server and this computer agree on no encryption.
    NoEncryption,
    /// What answers is no web server.
    NoWebServer,
    /// Anything else, as the system says it.
    Other(String),
}

impl From<&io::Error> for Cause {
    fn from(error: &io::Error) -> Self {
        if let Some(inner) = error.get_ref()
            && inner.is::<OfAClinic>()
        {
            return Self::OfAClinic;
        }
        let number = error.raw_os_error();
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::PermissionDenied => Self::NotAllowed,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::Full,
            ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty => Self::Taken,
            ErrorKind::NotADirectory => Self::NotAFolder,
            ErrorKind::IsADirectory => Self::IsAFolder,
            ErrorKind::InvalidFilename => Self::BadName,
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Self::InUse,
            ErrorKind::StaleNetworkFileHandle => Self::DriveAway,
            ErrorKind::InvalidData => Self::NotText,
            ErrorKind::ConnectionRefused => Self::Refused,
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
                Self::NoWay
            }
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Self::TimedOut,
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::NotConnected
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Self::Cut,
            ErrorKind::AddrInUse => Self::PortInUse,
            ErrorKind::AddrNotAvailable => Self::NotOurAddress,
            // Another program has the file open, or a part of it.
            _ if cfg!(windows) && matches!(number, Some(32 | 33)) => Self::InUse,
            // The disk failed while it was read or written.
            _ if cfg!(unix) && number == Some(5) => Self::BadDisk,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Self::from(&error)
    }
}

impl Cause {
    /// What stands against it and what to do, as the rest of a sentence.
    pub fn words(&self, language: Language) -> String {
        let (english, french) = match self {
            Self::NotFound => (
                "nothing of this name is there; check the path",
                "rien ne porte ce nom; vérifiez le chemin",
            ),
            Self::OfAClinic => (
                "it is the database of a clinic or belongs to one; choose another name",
                "c’est la base de données d’une clinique ou un fichier qui en fait partie; choisissez un autre nom",
            ),
            Self::NotAllowed => (
                "the system does not allow it; check the permissions",
                "le système ne le permet pas; vérifiez les autorisations",
            ),
            Self::ReadOnly => (
                "the disk can only be read; choose another place",
                "le disque est en lecture seule; choisissez un autre endroit",
            ),
            Self::Full => (
                "no room is left on the disk; make room there",
                "il n’y a plus de place sur le disque; libérez de l’espace",
            ),
            Self::Taken => (
                "something of this name is there already; choose another name",
                "ce nom est déjà pris; choisissez-en un autre",
            ),
            Self::NotAFolder => (
                "a part of the path is a file and no folder; check the path",
                "un élément du chemin est un fichier et non un dossier; vérifiez le chemin",
            ),
            Self::IsAFolder => (
                "it is a folder and no file; name a file",
                "c’est un dossier et non un fichier; indiquez un fichier",
            ),
            Self::BadName => (
                "no file can be called so; choose a shorter name without special signs",
                "aucun fichier ne peut porter ce nom; choisissez un nom plus court, sans signes particuliers",
            ),
            Self::InUse => (
                "another program uses it; close that program",
                "un autre programme l’utilise; fermez ce programme",
            ),
            Self::BadDisk => (
                "the disk has a fault; check its cable, or try another disk",
                "le disque est défaillant; vérifiez son câble, ou essayez un autre disque",
            ),
            Self::DriveAway => (
                "the network drive does not answer; connect it again",
                "le lecteur réseau ne répond pas; reconnectez-le",
            ),
            Self::NotText => (
                "it is no text in UTF-8; save it as UTF-8",
                "ce n’est pas du texte en UTF-8; enregistrez-le en UTF-8",
            ),
            Self::Refused => (
                "nothing answers at this address; check the address and its port, and whether the server is on",
                "rien ne répond à cette adresse; vérifiez l’adresse et son port, et si le serveur est en marche",
            ),
            Self::NoHost => (
                "no server of this name is found; check the address, and whether this computer has a network",
                "aucun serveur de ce nom n’est trouvé; vérifiez l’adresse, et si cet ordinateur a un réseau",
            ),
            Self::NoWay => (
                "no way leads there from this computer; check its network",
                "aucun chemin n’y mène depuis cet ordinateur; vérifiez son réseau",
            ),
            Self::TimedOut => (
                "it does not answer in time; check the network, or try again later",
                "il ne répond pas à temps; vérifiez le réseau, ou réessayez plus tard",
            ),
            Self::Cut => (
                "the connection was cut; check the network, and try again",
                "la connexion a été coupée; vérifiez le réseau, et réessayez",
            ),
            Self::PortInUse => (
                "another program listens there already; choose another port, or end that program",
                "un autre programme y écoute déjà; choisissez un autre port, ou fermez ce programme",
            ),
            Self::NotOurAddress => (
                "this computer does not have that address; choose one of its own",
                "cet ordinateur n’a pas cette adresse; choisissez-en une des siennes",
            ),
            Self::Untrusted => (
                "this computer does not trust its certificate; check the address, or ask whoever runs the server",
                "cet ordinateur ne fait pas confiance à son certificat; vérifiez l’adresse, ou demandez à qui gère le serveur",
            ),
            Self::Expired => (
                "its certificate has expired; check this computer’s date, or tell whoever runs the server",
                "son certificat a expiré; vérifiez la date de cet ordinateur, ou avertissez qui gère le serveur",
            ),
            Self::NotYetValid => (
                "its certificate does not hold yet; check this computer’s date, or tell whoever runs the server",
                "son certificat n’est pas encore valable; vérifiez la date de cet ordinateur, ou avertissez qui gère le serveur",
            ),
            Self::OtherName => (
                "its certificate is that of another server; check the address",
                "son certificat est celui d’un autre serveur; vérifiez l’adresse",
            ),
            Self::NoEncryption => (
                "it agrees on no encryption with this computer; check the address and its port",
                "il ne s’accorde sur aucun chiffrement avec cet ordinateur; vérifiez l’adresse et son port",
            ),
            Self::NoWebServer => (
                "what answers there is no web server; check the address and its port",
                "ce qui répond là n’est pas un serveur web; vérifiez l’adresse et son port",
            ),
            Self::Other(detail) => {
                let words = language.pick(
                    "the system refuses it; try again, and if it stays, ask support",
                    "le système le refuse; réessayez, et si cela persiste, demandez de l’aide",
                );
                return for_support(words, detail, language);
            }
        };
        language.pick(english, french).to_owned()
    }

    /// Why a path was refused.
    fn at(path: &Path, error: &io::Error) -> Self {
        match Self::from(error) {
            // What Windows says where a part of the path is a file.
            Self::NotFound | Self::Taken if cfg!(windows) && path.ancestors().skip(1).any(Path::is_file) => {
                Self::NotAFolder
            }
            cause => cause,
        }
    }
}

/// That a file or folder cannot be written, why, and what to do.
pub fn unwritten(path: &Path, error: &io::Error, language: Language) -> String {
    let (path, cause) = (named(path), Cause::at(path, error).words(language));
    language.pick(
        format!("{path} cannot be written: {cause}"),
        format!("impossible d’écrire {path}\u{a0}: {cause}"),
    )
}

/// That a file or folder cannot be read, why, and what to do.
pub fn unread(path: &Path, error: &io::Error, language: Language) -> String {
    let cause = match Cause::at(path, error) {
        // What Windows says of a folder that is read as a file.
        Cause::NotAllowed if cfg!(windows) && path.is_dir() => Cause::IsAFolder,
        cause => cause,
    };
    let (path, cause) = (named(path), cause.words(language));
    language.pick(
        format!("{path} cannot be read: {cause}"),
        format!("impossible de lire {path}\u{a0}: {cause}"),
    )
}

/// Words with what a system or another program says, which is for support alone.
pub fn for_support(words: &str, detail: &str, language: Language) -> String {
    language.pick(
        format!("{words} (for support: {detail})"),
        format!("{words} (pour l’assistance\u{a0}: {detail})"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_system_says_is_told_in_words_of_both_languages() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = std::fs::read(folder.path().join("missing")).expect_err("nothing is there");
        assert_eq!(Cause::from(&missing), Cause::NotFound);
        let here = std::fs::write(folder.path(), "").expect_err("a folder");
        assert!(matches!(Cause::from(&here), Cause::IsAFolder | Cause::NotAllowed));
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = nobody.local_addr().expect("an address");
        let taken = std::net::TcpListener::bind(at).expect_err("a port that is taken");
        assert_eq!(Cause::from(&taken), Cause::PortInUse);
        drop(nobody);
        let refused = std::net::TcpStream::connect(at).expect_err("nobody listens");
        assert_eq!(Cause::from(&refused), Cause::Refused);
        for error in [missing, here, taken, refused] {
            for language in Language::ALL {
                let words = Cause::from(&error).words(language);
                assert!(!words.contains("os error") && words.contains(';'), "{words}");
            }
        }
    }

    #[test]
    fn what_is_not_known_is_for_support_alone() {
        let cause = Cause::from(io::Error::other("EBADBEEF"));
        let [english, french] = Language::ALL.map(|language| cause.words(language));
        assert!(english.starts_with("the system refuses it"), "{english}");
        assert!(english.ends_with("(for support: EBADBEEF)"), "{english}");
        assert!(
            french.ends_with("(pour l’assistance\u{a0}: EBADBEEF)"),
            "{french}"
        );
    }
}
