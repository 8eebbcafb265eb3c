//! What is said about keys, in each language.

use std::path::Path;

use ordo_core::{Language, named, said};

use crate::{Code, Error};

/// That this computer could not seal a key, most likely for want of memory.
pub(super) fn not_sealed() -> Error {
    let said = said!(
        "the key cannot be sealed; restart the computer, and try again",
        "la clé ne peut être scellée; redémarrez l’ordinateur, puis réessayez"
    );
    Error::said(Code::Database, said)
}

#[derive(Clone, Copy)]
pub(super) struct Words(pub Language);

impl Words {
    fn error(self, code: Code, english: &str, french: &str) -> Error {
        Error::new(code, self.0.pick(english, french))
    }

    pub fn key_needed(self) -> Error {
        self.error(
            Code::KeyNeeded,
            "this computer does not hold the clinic’s key; type the passphrase, or the recovery key from the paper",
            "cet ordinateur n’a pas la clé de la clinique; tapez la phrase secrète, ou la clé de secours du papier",
        )
    }

    pub fn opens_nothing(self) -> Error {
        self.error(
            Code::KeyNeeded,
            "that does not open the clinic; type the passphrase, or all 8 groups of the recovery key",
            "cela n’ouvre pas la clinique; tapez la phrase secrète, ou les 8 groupes de la clé de secours",
        )
    }

    pub fn another_paper(self) -> Error {
        self.error(
            Code::KeyNeeded,
            "there is no typing error in it, but it is not the recovery key of this clinic as it is now; look for a newer paper",
            "il n’y a pas de faute de frappe, mais ce n’est pas la clé de secours actuelle de cette clinique; cherchez un papier plus récent",
        )
    }

    pub fn no_key(self, database: &Path) -> Error {
        let place = named(database);
        let text = match self.0 {
            Language::English => format!(
                "{place} is encrypted and its key is not here; start Ordo with the key in the environment variable ORDO_KEY, or put the key file back that lay beside it"
            ),
            Language::French => format!(
                "{place} est chiffrée et sa clé n’est pas ici; lancez Ordo avec la clé dans la variable d’environnement ORDO_KEY, ou remettez le fichier de clés qui se trouvait à côté"
            ),
        };
        Error::new(Code::NoKey, text)
    }

    pub fn short_passphrase(self, least: usize) -> Error {
        let text = match self.0 {
            Language::English => {
                format!("a passphrase has at least {least} characters; four or five words are best")
            }
            Language::French => format!(
                "une phrase secrète a au moins {least} caractères; quatre ou cinq mots conviennent le mieux"
            ),
        };
        Error::new(Code::BadRequest, text)
    }

    pub fn no_keychain(self) -> Error {
        self.error(
            Code::BadRequest,
            "this computer has no keychain that Ordo can use; choose a passphrase instead",
            "cet ordinateur n’a pas de trousseau qu’Ordo puisse utiliser; choisissez plutôt une phrase secrète",
        )
    }

    pub fn not_protected(self) -> Error {
        self.error(
            Code::BadRequest,
            "the key is not kept by Ordo yet; give the clinic a new key first",
            "la clé n’est pas encore gardée par Ordo; donnez d’abord une nouvelle clé à la clinique",
        )
    }

    pub fn draft_first(self) -> Error {
        self.error(
            Code::BadRequest,
            "no recovery key was made to be written down; begin again",
            "aucune clé de secours n’a été préparée pour être notée; recommencez",
        )
    }

    pub fn other_group(self, place: usize) -> Error {
        let text = match self.0 {
            Language::English => {
                format!("that is not group {place} of the new recovery key; compare it with the paper")
            }
            Language::French => {
                format!(
                    "ce n’est pas le groupe {place} de la nouvelle clé de secours; comparez-le avec le papier"
                )
            }
        };
        Error::new(Code::BadRequest, text)
    }

    /// The reason in the journal, and the notice.
    pub fn key_changed(self) -> &'static str {
        self.0.pick(
            "the database was given a new key",
            "la base de données a reçu une nouvelle clé",
        )
    }

    pub fn recovery_key_renewed(self) -> &'static str {
        self.0.pick(
            "a new recovery key was made",
            "une nouvelle clé de secours a été créée",
        )
    }

    pub fn key_in_keychain(self) -> &'static str {
        self.0.pick(
            "the key is kept in the computer’s keychain",
            "la clé est gardée dans le trousseau de l’ordinateur",
        )
    }

    pub fn passphrase_changed(self) -> &'static str {
        self.0.pick(
            "the passphrase of the database was set",
            "la phrase secrète de la base de données a été définie",
        )
    }
}
