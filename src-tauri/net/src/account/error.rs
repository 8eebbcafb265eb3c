//! What goes wrong with an account, in words that say what to do.

use ordo_desk::Language;

/// Why something with an account ended early; what was done until then stays, and the next run goes on from there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words(Language::English))]
pub enum AccountError {
    /// The address is none.
    Address(String),
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
    /// The account has no calendars, or does not say which.
    NoCalendars,
    /// It lies at another address now.
    Moved(String),
    /// The server is busy or has a fault of its own.
    Busy(u16),
    /// The server cannot be reached, or the connection was cut.
    Unreachable(String),
    /// The server answers with something else.
    Answer(String),
    /// The server refuses several events.
    Refused(u16),
    /// A calendar is larger than any that is read.
    TooLarge,
    /// The system gives no threads.
    System(String),
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
            Self::NoCalendars => {
                "no calendar is found there; give the address of one calendar, as its settings show it".to_owned()
            }
            Self::Moved(address) => format!("the calendar lies at {address} now; enter that address"),
            Self::Busy(status) => format!(
                "the server is busy or has a fault of its own ({status}); try again later"
            ),
            Self::Unreachable(why) => format!(
                "the server cannot be reached ({why}); check the network and the address"
            ),
            Self::Answer(what) => {
                format!("the server answered with something that is no calendar ({what}); check the address")
            }
            Self::Refused(status) => format!(
                "the server refused several events, the last with {status}; the rest follows with the next try"
            ),
            Self::TooLarge => {
                "the calendar is larger than 64 MB; export the part that is wanted as a file and import that".to_owned()
            }
            Self::System(error) => format!("this cannot start ({error}); restart the program"),
            Self::Stopped => "it was stopped; what was done until then stays".to_owned(),
        }
    }

    fn french(&self) -> String {
        match self {
            Self::Address(address) => format!(
                "« {address} » n’est pas l’adresse d’un calendrier; elle commence par https:// et se trouve dans les réglages du calendrier"
            ),
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
            Self::NoCalendars => {
                "aucun calendrier n’y a été trouvé; donnez l’adresse d’un calendrier, telle que ses réglages la montrent".to_owned()
            }
            Self::Moved(address) => {
                format!("le calendrier se trouve désormais à {address}; saisissez cette adresse")
            }
            Self::Busy(status) => format!(
                "le serveur est occupé ou en panne ({status}); réessayez plus tard"
            ),
            Self::Unreachable(why) => format!(
                "le serveur est injoignable ({why}); vérifiez le réseau et l’adresse"
            ),
            Self::Answer(what) => format!(
                "le serveur a répondu autre chose qu’un calendrier ({what}); vérifiez l’adresse"
            ),
            Self::Refused(status) => format!(
                "le serveur a refusé plusieurs événements, le dernier avec {status}; la suite viendra au prochain essai"
            ),
            Self::TooLarge => {
                "le calendrier dépasse 64 Mo; exportez la partie voulue dans un fichier et importez celui-ci".to_owned()
            }
            Self::System(error) => {
                format!("le démarrage est impossible ({error}); redémarrez le programme")
            }
            Self::Stopped => "cela a été arrêté; ce qui était fait reste".to_owned(),
        }
    }
}
