//! What goes wrong with an account, in words that say what to do.

use ordo_desk::{Cause, Language, for_support};

/// Why something with an account ended early; what was done until then stays, and the next run goes on from there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words(Language::English))]
pub enum AccountError {
    /// The address is none.
    Address(String),
    /// The address tells who signs in, and would be kept and shown.
    SecretInAddress,
    /// The password would cross the network unencrypted.
    Unencrypted(String),
    /// Nobody knows the password.
    NoPassword(String),
    /// The server does not let the user in.
    SignIn,
    /// The user is let in, but may not write there.
    NoAccess,
    /// There is nothing at the address.
    NoCalendar(u16),
    /// There is something at the address that is no calendar.
    NotACalendar,
    /// The calendar holds tasks and no events.
    TasksOnly,
    /// The account has no calendars that hold events, or does not say which.
    NoCalendars,
    /// It lies at another address now.
    Moved(String),
    /// The server is busy or has a fault of its own.
    Busy(u16),
    /// The server cannot be reached, or the connection was cut.
    Unreachable(Cause),
    /// The server answers with something else.
    Answer(String),
    /// The server refuses several events.
    Refused(u16),
    /// A calendar is larger than any that is read.
    TooLarge,
    /// The system gives no threads.
    System(Cause),
    /// Somebody stopped it.
    Stopped,
}

impl AccountError {
    /// Whether the same may work by itself a while later; else somebody has to do something first.
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Busy(_) | Self::Unreachable(_) | Self::Refused(_) | Self::System(_) | Self::Stopped
        )
    }

    /// What happened and what to do.
    pub fn words(&self, language: Language) -> String {
        match language {
            Language::English => self.english(),
            Language::French => self.french(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Address(address) => format!(
                "\"{address}\" is no address of a calendar; it begins with https:// and is shown in the settings of the calendar"
            ),
            Self::SecretInAddress => {
                "the address tells a user or a password; leave them out of it, they are entered on their own".to_owned()
            }
            Self::Unencrypted(address) => format!(
                "{address} is not encrypted, so the password would be sent in the clear; use the address that begins with https://"
            ),
            Self::NoPassword(user) => format!("the password of {user} is not known; enter it again"),
            Self::SignIn => {
                "the server does not accept the user and password; check both, many providers want a password for apps".to_owned()
            }
            Self::NoAccess => {
                "the server lets the user in but allows no writing there; take a calendar of their own, or have its owner give them the right to write".to_owned()
            }
            Self::NoCalendar(status) => format!(
                "there is nothing at this address ({status}); copy it again from the settings of the calendar"
            ),
            Self::NotACalendar => {
                "what lies at this address is no calendar; copy the address of one calendar from its settings".to_owned()
            }
            Self::TasksOnly => {
                "this calendar holds tasks and no events; take another calendar of the account".to_owned()
            }
            Self::NoCalendars => {
                "no calendar is found there; give the address of one calendar, as its settings show it".to_owned()
            }
            Self::Moved(address) => format!("the calendar lies at {address} now; enter that address"),
            Self::Busy(status) => format!(
                "the server is busy or has a fault of its own ({status}); try again later"
            ),
            Self::Unreachable(cause) => {
                format!("the server cannot be reached: {}", cause.words(Language::English))
            }
            Self::Answer(what) => for_support(
                "the server answered with something that is no calendar; check the address",
                what,
                Language::English,
            ),
            Self::Refused(status) => format!(
                "the server refused several events, the last with {status}; the rest follows with the next try"
            ),
            Self::TooLarge => {
                "the server sent more than is read of a calendar (64 MB); take another calendar, or import a file with the part that is wanted".to_owned()
            }
            Self::System(cause) => format!(
                "this cannot start; restart the program: {}",
                cause.words(Language::English)
            ),
            Self::Stopped => "it was stopped; what was done until then stays".to_owned(),
        }
    }

    fn french(&self) -> String {
        match self {
            Self::Address(address) => format!(
                "«\u{a0}{address}\u{a0}» n’est pas l’adresse d’un calendrier; elle commence par https:// et se trouve dans les réglages du calendrier"
            ),
            Self::SecretInAddress => {
                "l’adresse contient un utilisateur ou un mot de passe; enlevez-les, ils se saisissent à part".to_owned()
            }
            Self::Unencrypted(address) => format!(
                "{address} n’est pas chiffrée, le mot de passe serait envoyé en clair; utilisez l’adresse qui commence par https://"
            ),
            Self::NoPassword(user) => {
                format!("le mot de passe de {user} n’est pas connu; saisissez-le de nouveau")
            }
            Self::SignIn => {
                "le serveur n’accepte pas l’utilisateur et le mot de passe; vérifiez les deux, bien des fournisseurs veulent un mot de passe d’application".to_owned()
            }
            Self::NoAccess => {
                "le serveur accepte l’utilisateur, mais n’y permet pas d’écrire; prenez un calendrier à lui, ou demandez le droit d’écrire à son propriétaire".to_owned()
            }
            Self::NoCalendar(status) => format!(
                "il n’y a rien à cette adresse ({status}); copiez-la de nouveau depuis les réglages du calendrier"
            ),
            Self::NotACalendar => {
                "ce qui se trouve à cette adresse n’est pas un calendrier; copiez l’adresse d’un calendrier depuis ses réglages".to_owned()
            }
            Self::TasksOnly => {
                "ce calendrier contient des tâches et pas d’événements; prenez un autre calendrier du compte".to_owned()
            }
            Self::NoCalendars => {
                "aucun calendrier n’y a été trouvé; donnez l’adresse d’un calendrier, telle que ses réglages la montrent".to_owned()
            }
            Self::Moved(address) => {
                format!("le calendrier se trouve désormais à {address}; saisissez cette adresse")
            }
            Self::Busy(status) => format!(
                "le serveur est occupé ou en panne ({status}); réessayez plus tard"
            ),
            Self::Unreachable(cause) => {
                format!("le serveur est injoignable\u{a0}: {}", cause.words(Language::French))
            }
            Self::Answer(what) => for_support(
                "le serveur a répondu autre chose qu’un calendrier; vérifiez l’adresse",
                what,
                Language::French,
            ),
            Self::Refused(status) => format!(
                "le serveur a refusé plusieurs événements, le dernier avec {status}; la suite viendra au prochain essai"
            ),
            Self::TooLarge => {
                "le serveur a envoyé plus que ce qui est lu d’un calendrier (64 Mo); prenez un autre calendrier, ou importez un fichier de la partie voulue".to_owned()
            }
            Self::System(cause) => format!(
                "le démarrage est impossible; redémarrez le programme\u{a0}: {}",
                cause.words(Language::French)
            ),
            Self::Stopped => "cela a été arrêté; ce qui était fait reste".to_owned(),
        }
    }
}
