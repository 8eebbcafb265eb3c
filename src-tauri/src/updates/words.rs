//! The words about updates, in each language.

use ordo_desk::{Cause, Language, for_support};

use super::refusal::Refusal;

/// Speaks of updates in one language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub Language);

impl Words {
    pub(super) fn newest(self, version: &str) -> String {
        self.0.pick(
            format!("Ordo {version} is the newest version."),
            format!("Ordo {version} est la version la plus récente."),
        )
    }

    pub(super) fn none(self) -> &'static str {
        self.0.pick(
            "this Ordo was built without updates; install a newer package in its place",
            "cet Ordo a été construit sans mises à jour; installez un paquet plus récent à sa place",
        )
    }

    pub(super) fn under_way(self) -> &'static str {
        self.0.pick(
            "an update is being taken already; wait until it is here",
            "une mise à jour est déjà en cours; attendez qu’elle soit là",
        )
    }

    pub(super) fn not_fetched(self) -> &'static str {
        self.0.pick(
            "no update has been fetched; fetch it first",
            "aucune mise à jour n’a été téléchargée; téléchargez-la d’abord",
        )
    }

    pub(super) fn unsaved(self) -> &'static str {
        self.0.pick(
            "something in this window is not saved; save it or discard it, then install",
            "tout n’est pas enregistré dans cette fenêtre; enregistrez ou abandonnez, puis installez",
        )
    }

    /// What stands against an update and what to do; the version in use stays.
    pub(super) fn refusal(self, refusal: &Refusal) -> String {
        let (english, french) = match refusal {
            Refusal::NoConnection(Cause::Other(_)) => (
                "The server for updates cannot be reached. Check this computer’s connection, then look again.",
                "Impossible de joindre le serveur des mises à jour. Vérifiez la connexion de cet ordinateur, puis cherchez de nouveau.",
            ),
            Refusal::NoConnection(cause) => return self.no_connection(cause),
            Refusal::NoList => (
                "The server for updates has no list of versions at present. Look again later.",
                "Le serveur des mises à jour n’a pas de liste de versions pour le moment. Cherchez de nouveau plus tard.",
            ),
            Refusal::BadList => (
                "What the server for updates sent is no list of versions. Nothing was taken; look again later.",
                "Ce que le serveur des mises à jour a envoyé n’est pas une liste de versions. Rien n’a été pris; cherchez de nouveau plus tard.",
            ),
            Refusal::NoPackage => (
                "The newer version has no package for this kind of computer.",
                "La nouvelle version n’a pas de paquet pour ce genre d’ordinateur.",
            ),
            Refusal::Gone => (
                "The update is not there any more. Look for a new version again.",
                "La mise à jour n’est plus là. Cherchez de nouveau une nouvelle version.",
            ),
            Refusal::Cut => (
                "The connection ended before all of it was here. Nothing was changed; try again.",
                "La connexion s’est interrompue avant la fin. Rien n’a été changé; essayez de nouveau.",
            ),
            Refusal::TooLarge => (
                "The server sent more than any version of Ordo is large. Nothing was taken.",
                "Le serveur a envoyé plus que la taille d’aucune version d’Ordo. Rien n’a été pris.",
            ),
            Refusal::Foreign => (
                "The update is signed with a key that is not that of Ordo’s makers. It was not taken; tell them.",
                "La mise à jour est signée avec une clé qui n’est pas celle des auteurs d’Ordo. Elle n’a pas été prise; avertissez-les.",
            ),
            Refusal::Tampered => (
                "The update is not what its makers signed: it was changed or damaged on its way. It was not taken; try again, and tell them if it happens twice.",
                "La mise à jour n’est pas celle que ses auteurs ont signée\u{a0}: elle a été modifiée ou abîmée en chemin. Elle n’a pas été prise; essayez de nouveau, et avertissez-les si cela se répète.",
            ),
            Refusal::NoSignature => (
                "The update carries no signature that can be read. It was not taken.",
                "La mise à jour ne porte pas de signature lisible. Elle n’a pas été prise.",
            ),
            Refusal::OtherVersion => (
                "The update was not signed as the version that it is offered as. It was not taken; tell the makers of Ordo.",
                "La mise à jour n’a pas été signée pour la version annoncée. Elle n’a pas été prise; avertissez les auteurs d’Ordo.",
            ),
            Refusal::Full => (
                "There is no room on the disk for the update. Make room, then install again.",
                "Il n’y a plus de place sur le disque pour la mise à jour. Libérez de l’espace, puis installez de nouveau.",
            ),
            Refusal::NotAllowed => (
                "The system did not allow the update to be installed. Install it as somebody who may install programs.",
                "Le système n’a pas permis d’installer la mise à jour. Installez-la en tant que personne autorisée à installer des programmes.",
            ),
            Refusal::Older { offered, present } => return self.older(offered, present),
            Refusal::NoBackup(words) => return self.no_backup(words),
            Refusal::Other(detail) => return self.other(detail),
        };
        self.0.pick(english, french).to_owned()
    }

    fn older(self, offered: &str, present: &str) -> String {
        self.0.pick(
            format!("The server offers {offered}, which is older than {present}, the version in use. It was not taken."),
            format!("Le serveur propose {offered}, plus ancienne que {present}, la version utilisée. Elle n’a pas été prise."),
        )
    }

    fn no_backup(self, words: &str) -> String {
        self.0.pick(
            format!("No update without a backup: {words}"),
            format!("Pas de mise à jour sans sauvegarde\u{a0}: {words}"),
        )
    }

    fn no_connection(self, cause: &Cause) -> String {
        let cause = cause.words(self.0);
        self.0.pick(
            format!("The server for updates cannot be reached: {cause}."),
            format!("Impossible de joindre le serveur des mises à jour\u{a0}: {cause}."),
        )
    }

    fn other(self, detail: &str) -> String {
        let words = self.0.pick(
            "The update failed. Ordo goes on as it is; try again later.",
            "La mise à jour a échoué. Ordo continue tel quel; essayez de nouveau plus tard.",
        );
        for_support(words, detail, self.0)
    }
}
