//! What is said about keys, in each language.

use std::path::Path;

use ordo_core::Language;

use crate::{Code, Error};

#[derive(Clone, Copy)]
pub(super) struct Words(pub Language);

impl Words {
    fn error(self, code: Code, english: &str, french: &str) -> Error {
        Error::new(code, self.0.pick(english, french))
    }

    pub fn key_needed(self) -> Error {
        self.error(
            Code::KeyNeeded,
            "this computer does not hold the clinic's key; type the passphrase, or the recovery key from the paper",
            "cet ordinateur n’a pas la clé de la clinique ; tapez la phrase secrète, ou la clé de secours du papier",
        )
    }

    pub fn wrong_passphrase(self) -> Error {
        self.error(
            Code::KeyNeeded,
            "that does not open the clinic; type the passphrase, or all 8 groups of the recovery key",
            "cela n’ouvre pas la clinique ; tapez la phrase secrète, ou les 8 groupes de la clé de secours",
        )
    }

    pub fn another_clinics_paper(self) -> Error {
        self.error(
            Code::KeyNeeded,
            "there is no typing error in it, but it is not the recovery key of this clinic as it is now; look for a newer paper",
            "il n’y a pas de faute de frappe, mais ce n’est pas la clé de secours actuelle de cette clinique ; cherchez un papier plus récent",
        )
    }

    pub fn no_key(self, database: &Path) -> Error {
        let place = database.display();
        let text = match self.0 {
            Language::English => format!(
                "{place} is encrypted and its key is not here; start Ordo with the key in the environment variable ORDO_KEY"
            ),
            Language::French => format!(
                "{place} est chiffrée et sa clé n’est pas ici ; lancez Ordo avec la clé dans la variable d’environnement ORDO_KEY"
            ),
        };
        Error::new(Code::Database, text)
    }

    pub fn short_passphrase(self, least: usize) -> Error {
        let text = match self.0 {
            Language::English => format!("a passphrase has at least {least} characters; four or five words are best"),
            Language::French => format!(
                "une phrase secrète a au moins {least} caractères ; quatre ou cinq mots conviennent le mieux"
            ),
        };
        Error::new(Code::BadRequest, text)
    }

    pub fn no_keychain(self) -> Error {
        self.error(
            Code::BadRequest,
            "this computer has no keychain that Ordo can use; choose a passphrase instead",
            "cet ordinateur n’a pas de trousseau qu’Ordo puisse utiliser ; choisissez plutôt une phrase secrète",
        )
    }
}
