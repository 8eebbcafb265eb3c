//! The notices' words, in each language.

use std::path::Path;

use chrono::NaiveDateTime;
use ordo_core::{Clock, Language, Speech, named};

/// Speaks of what needs attention in one language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub Language);

impl Words {
    pub(super) fn chain(self, fault: &str) -> String {
        match self.0 {
            Language::English => format!("The journal is not as it was written: {fault}."),
            Language::French => format!("Le journal n’est pas tel qu’il a été écrit\u{a0}: {fault}."),
        }
    }

    pub(super) fn share(self, place: &Path, kind: &str) -> String {
        let place = named(place);
        match self.0 {
            Language::English => format!(
                "The clinic’s database lies on a network share ({kind}): {place}. Two computers may spoil it there. Move it to a disk of this computer, and let the backups go to the share."
            ),
            Language::French => format!(
                "La base de données de la clinique se trouve sur un partage réseau ({kind})\u{a0}: {place}. Deux ordinateurs peuvent l’y endommager. Déplacez-la sur un disque de cet ordinateur, et dirigez les sauvegardes vers le partage."
            ),
        }
    }

    pub(super) fn key(self) -> &'static str {
        self.0.pick(
            "The key of the clinic’s database lies in a plain file beside it: whoever takes the folder can read everything. Give the clinic a protected key in the set-up, under Keys.",
            "La clé de la base de données de la clinique se trouve dans un simple fichier à côté d’elle\u{a0}: quiconque prend le dossier peut tout lire. Donnez une clé protégée à la clinique dans les réglages, sous Clés.",
        )
    }

    pub(super) fn clock(self, now: NaiveDateTime, clock: Clock) -> String {
        let speech = Speech {
            language: self.0,
            clock,
        };
        let now = speech.moment(now);
        match self.0 {
            Language::English => format!(
                "This computer’s clock ({now}) is behind the journal’s newest entry. Set date and time right; until then entries carry the wrong time."
            ),
            Language::French => format!(
                "L’horloge de cet ordinateur ({now}) retarde sur la dernière entrée du journal. Réglez la date et l’heure; d’ici là, les entrées portent une heure fausse."
            ),
        }
    }
}
