//! What is said about access, in each language.

use chrono::TimeDelta;
use ordo_core::Language;
use ordo_core::model::Role;

use crate::{Code, Error};

/// Says why something is refused, in one language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words(pub Language);

impl Words {
    fn refused(self, code: Code, english: &str, french: &str) -> Error {
        Error::new(code, self.0.pick(english, french))
    }

    pub fn signed_out(self) -> &'static str {
        self.0.pick("sign in first", "ouvrez d’abord une session")
    }

    pub fn not_allowed(self, role: Role) -> Error {
        let text = match (self.0, role) {
            (Language::English, Role::Practitioner) => {
                "that is for the front desk or an owner of the clinic; ask one of them"
            }
            (Language::English, _) => "that is for an owner of the clinic; ask one of them",
            (Language::French, Role::Practitioner) => {
                "cela revient à la réception ou à un responsable de la clinique; demandez-leur"
            }
            (Language::French, _) => "cela revient à un responsable de la clinique; demandez-lui",
        };
        Error::new(Code::NotAllowed, text)
    }

    pub fn not_yours(self) -> Error {
        self.refused(
            Code::NotAllowed,
            "that is with somebody else; you see your own day and patients",
            "cela relève de quelqu’un d’autre; vous voyez vos journées et vos patients",
        )
    }

    pub fn in_a_lock_box(self) -> Error {
        self.refused(
            Code::NotAllowed,
            "this record is in a lock-box; only the people whom the patient agreed to may see it",
            "ce dossier est verrouillé; seules les personnes acceptées par le patient peuvent le voir",
        )
    }

    pub fn busy(self) -> &'static str {
        self.0.pick("Busy", "Occupé")
    }

    pub fn private(self) -> &'static str {
        self.0.pick("Private record", "Dossier verrouillé")
    }

    pub fn unknown_person(self, name: &str) -> Error {
        let text = match self.0 {
            Language::English => format!("nobody called \"{name}\" can sign in; check the name"),
            Language::French => {
                format!("personne du nom de «\u{a0}{name}\u{a0}» ne peut ouvrir de session; vérifiez le nom")
            }
        };
        Error::new(Code::NotFound, text)
    }

    pub fn wrong_secret(self) -> Error {
        self.refused(
            Code::NotAllowed,
            "that is not right; try again",
            "ce n’est pas le bon code; réessayez",
        )
    }

    pub fn wait(self, left: TimeDelta) -> Error {
        let seconds = left.num_seconds().max(1);
        let text = match self.0 {
            Language::English => format!("too many wrong attempts; wait {seconds} s and try again"),
            Language::French => format!("trop d’essais manqués; attendez {seconds} s et réessayez"),
        };
        Error::new(Code::NotAllowed, text)
    }

    pub fn locked_out(self) -> Error {
        self.refused(
            Code::NotAllowed,
            "too many wrong attempts: an owner must let you in again, in Set-up, People",
            "trop d’essais manqués\u{a0}: un responsable doit rétablir votre accès, dans Réglages, Personnes",
        )
    }

    pub fn locked_out_reason(self) -> &'static str {
        self.0.pick(
            "too many wrong attempts to sign in",
            "trop d’essais manqués à l’ouverture de session",
        )
    }

    pub fn no_users(self) -> Error {
        self.refused(
            Code::BadRequest,
            "this clinic knows no people yet; add them in Set-up, People",
            "cette clinique ne connaît encore personne; ajoutez les gens dans Réglages, Personnes",
        )
    }

    pub fn password_length(self, least: usize, most: usize) -> Error {
        let text = match self.0 {
            Language::English => format!("a password has {least} to {most} characters; a few words are best"),
            Language::French => {
                format!(
                    "un mot de passe a de {least} à {most} caractères; quelques mots conviennent le mieux"
                )
            }
        };
        Error::new(Code::BadRequest, text)
    }

    pub fn pin_length(self, least: usize, most: usize) -> Error {
        let text = match self.0 {
            Language::English => format!("a PIN has {least} to {most} digits"),
            Language::French => format!("un NIP a de {least} à {most} chiffres"),
        };
        Error::new(Code::BadRequest, text)
    }

    pub fn too_easy(self) -> Error {
        self.refused(
            Code::BadRequest,
            "that is easy to guess; choose one that does not count up or repeat",
            "c’est facile à deviner; choisissez-en un sans suite ni répétition",
        )
    }

    pub fn secret_is_needed(self) -> Error {
        self.refused(
            Code::BadRequest,
            "give a password or a PIN to sign in with",
            "donnez un mot de passe ou un NIP pour ouvrir la session",
        )
    }

    pub fn name_is_needed(self, most: usize) -> Error {
        let text = match self.0 {
            Language::English => format!("give the name, in at most {most} characters"),
            Language::French => format!("donnez le nom, en {most} caractères au plus"),
        };
        Error::new(Code::BadRequest, text)
    }

    pub fn name_is_taken(self, name: &str) -> Error {
        let text = match self.0 {
            Language::English => format!(
                "there is somebody called \"{name}\" already, perhaps one who left; the journal needs two names for two people"
            ),
            Language::French => format!(
                "quelqu’un s’appelle déjà «\u{a0}{name}\u{a0}», peut-être une personne partie; il faut deux noms pour deux personnes"
            ),
        };
        Error::new(Code::BadRequest, text)
    }

    pub fn practitioner_is_needed(self) -> Error {
        self.refused(
            Code::BadRequest,
            "say which practitioner this person is",
            "indiquez de quel praticien il s’agit",
        )
    }

    pub fn owner_is_needed(self) -> Error {
        self.refused(
            Code::BadRequest,
            "the clinic needs an owner who can sign in; begin with one, and make another before this one goes",
            "la clinique a besoin d’un responsable qui puisse ouvrir une session; commencez par lui, et nommez-en un autre avant que celui-ci ne parte",
        )
    }

    pub fn idle_is_out_of_range(self) -> Error {
        self.refused(
            Code::BadRequest,
            "the lock comes after 1 to 480 minutes",
            "le verrouillage vient après 1 à 480 minutes",
        )
    }

    pub fn nobody_is_named(self) -> Error {
        self.refused(
            Code::BadRequest,
            "name at least one person who may see the record",
            "nommez au moins une personne qui puisse voir le dossier",
        )
    }

    pub fn name_yourself(self) -> Error {
        self.refused(
            Code::BadRequest,
            "name yourself too, or have an owner lock the record; you could not open it again",
            "nommez-vous aussi, ou laissez un responsable verrouiller le dossier; vous ne pourriez plus l’ouvrir",
        )
    }

    pub fn not_your_change(self) -> Error {
        self.refused(
            Code::NotAllowed,
            "somebody else made that change; you can take back your own",
            "cette modification est de quelqu’un d’autre; vous pouvez annuler les vôtres",
        )
    }
}
