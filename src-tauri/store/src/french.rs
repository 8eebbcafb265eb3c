//! The errors that people meet in the window, in French: of files, of undoing, of two visits at one time.

use ordo_core::named;

use crate::error::{Conflict, FileError, StoreError, Taken, UndoRefusal};

impl StoreError {
    /// What is wrong and what to do, in French; none where only programs ask for what is refused.
    pub fn french(&self) -> Option<String> {
        Some(match self {
            Self::File(error) => error.french(),
            Self::NoClinic => {
                "la base de données ne contient pas encore de clinique; importez d’abord un fichier de clinique".to_owned()
            }
            Self::NotEmpty => {
                "la base de données contient déjà une clinique; importez dans une nouvelle".to_owned()
            }
            Self::Conflict(conflict) => conflict.french(),
            Self::Undo(refusal) => refusal.french()?,
            Self::Dangling { .. } | Self::Missing { .. } | Self::Duplicate { .. } | Self::Invalid { .. } => {
                return None;
            }
        })
    }
}

impl Conflict {
    fn french(&self) -> String {
        let taken = match self.taken {
            Taken::Practitioner => "le praticien",
            Taken::Room => "la salle",
            Taken::Patient => "le patient",
        };
        format!(
            "{taken} du rendez-vous {} est déjà pris à cette heure par le rendez-vous {}; choisissez une autre heure, ou donnez le motif d’une double réservation",
            self.appointment, self.other
        )
    }
}

impl UndoRefusal {
    fn french(&self) -> Option<String> {
        Some(match self {
            Self::NothingToUndo => "il n’y a rien à annuler".to_owned(),
            Self::NothingToRedo => "il n’y a rien à rétablir".to_owned(),
            Self::NoEntry { seq } => format!("le journal n’a pas d’entrée {seq}"),
            Self::NotAChange { seq } => format!(
                "l’entrée {seq} du journal n’est pas une modification de dossiers; choisissez-en une autre"
            ),
            Self::Access { seq } => format!(
                "l’entrée {seq} du journal a changé qui peut faire ou voir quoi; cela se change là où c’est réglé"
            ),
            Self::AlreadyUndone { seq } => format!("l’entrée {seq} du journal est déjà annulée"),
            Self::NotUndone { seq } => {
                format!("l’entrée {seq} du journal n’est pas annulée; elle ne peut donc être rétablie")
            }
            Self::Superseded { seq, later } => format!(
                "l’entrée {seq} du journal ne peut être rétablie\u{a0}: l’entrée {later} a changé quelque chose depuis"
            ),
            Self::ChangedSince { seq, .. } => format!(
                "des dossiers ont changé depuis l’entrée {seq} du journal; annulez d’abord les modifications plus récentes"
            ),
            Self::Conflict { seq, conflict } => format!(
                "l’entrée {seq} du journal ne peut être reprise\u{a0}: {}",
                conflict.french()
            ),
            Self::NotAlone => return None,
        })
    }
}

impl FileError {
    fn french(&self) -> String {
        match self {
            Self::NotFound { path } => format!(
                "il n’y a pas de base de données à {}; vérifiez le chemin, ou faites-en une en important un fichier de clinique ou la démonstration",
                named(path)
            ),
            Self::NoFolder { folder } => format!(
                "le dossier {} n’existe pas; créez-le, ou choisissez un autre endroit",
                named(folder)
            ),
            Self::Exists { path } => format!(
                "{} existe déjà; choisissez un autre endroit pour une nouvelle base de données",
                named(path)
            ),
            Self::NotAFolder { file } => format!(
                "{} est un fichier et non un dossier, et rien ne peut s’y trouver; vérifiez le chemin",
                named(file)
            ),
            Self::BadName { path } => format!(
                "aucun fichier ne peut s’appeler {}, ni comme ce qui va avec; choisissez un nom plus court, sans signes particuliers",
                named(path)
            ),
            Self::NotAFile { path } => format!(
                "{} n’est pas un fichier; donnez le chemin d’une base de données",
                named(path)
            ),
            Self::Empty { path } => format!(
                "{} est un fichier vide et non une base de données; supprimez-le, ou remettez une copie",
                named(path)
            ),
            Self::NotADatabase { path } => format!(
                "{} n’est pas une base de données d’Ordo, ou il y manque la fin; choisissez un autre fichier, ou remettez une copie",
                named(path)
            ),
            Self::NotEncrypted { path } => format!(
                "{} est une base de données non chiffrée, et donc pas une d’Ordo; choisissez un autre fichier",
                named(path)
            ),
            Self::Foreign { path } => format!(
                "{} est une base de données d’un autre programme; choisissez un autre fichier",
                named(path)
            ),
            Self::WrongKey { path } => format!(
                "la clé n’ouvre pas {}; vérifiez la clé, et que le fichier est une base de données d’Ordo",
                named(path)
            ),
            Self::Newer { path, found, known } => format!(
                "{} est de la version {found}, et cet Ordo connaît les versions jusqu’à {known}; mettez Ordo à jour pour l’ouvrir",
                named(path)
            ),
            Self::Migration {
                path,
                found,
                known,
                detail,
            } => format!(
                "{} est de la version {found} et n’a pu être amené à la version {known}; rien n’y a été changé (pour l’assistance\u{a0}: {detail})",
                named(path)
            ),
            Self::Copy { path, detail } => format!(
                "aucune copie n’a pu être gardée à {} avant la mise à jour; libérez de l’espace ou permettez d’écrire dans le dossier (pour l’assistance\u{a0}: {detail})",
                named(path)
            ),
            Self::ReadOnly { path } => format!(
                "impossible d’écrire {} ou son dossier; permettez d’y écrire, ou déplacez la base de données",
                named(path)
            ),
            Self::NoAccess { path } => format!(
                "impossible d’ouvrir {}; vérifiez que le fichier et son dossier peuvent être lus et écrits",
                named(path)
            ),
            Self::Full { path } => format!(
                "il n’y a plus de place pour {}; rien n’a été changé\u{a0}: libérez de l’espace sur le disque et recommencez",
                named(path)
            ),
            Self::Locked { path } => format!(
                "{} est utilisé par un autre programme; attendez qu’il ait fini, ou fermez-le",
                named(path)
            ),
            Self::Damaged { path, detail } => format!(
                "{} est endommagé; restaurez une sauvegarde (pour l’assistance\u{a0}: {detail})",
                named(path)
            ),
            Self::DamagedBackup { path, detail } => format!(
                "la sauvegarde {} est endommagée, et rien n’a été changé; choisissez-en une autre (pour l’assistance\u{a0}: {detail})",
                named(path)
            ),
            Self::Failed { path, detail } => format!(
                "{} n’a pu être lu ou écrit; vérifiez le disque et réessayez (pour l’assistance\u{a0}: {detail})",
                named(path)
            ),
        }
    }
}
