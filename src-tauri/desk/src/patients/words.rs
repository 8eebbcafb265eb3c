//! What the desk says about patients' records, in each language.

use chrono::NaiveDate;
use ordo_core::Language;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Name,
    Phone,
    Email,
    DateOfBirth,
    Availability,
    Sensitivities,
    Covers,
    Notes,
}

/// Why a form cannot be a patient's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FormFault {
    NameNeeded,
    TooLong { field: Field, longest: usize },
    ControlCharacter { field: Field },
    NoAddress,
    Born(NaiveDate),
    Window,
    Unknown(String),
    Visits(u32),
    Until(NaiveDate),
}

impl Field {
    #[cfg(test)]
    const ALL: [Self; 8] = [
        Self::Name,
        Self::Phone,
        Self::Email,
        Self::DateOfBirth,
        Self::Availability,
        Self::Sensitivities,
        Self::Covers,
        Self::Notes,
    ];

    fn words(self, language: Language) -> &'static str {
        match self {
            Self::Name => language.pick("name", "nom"),
            Self::Phone => language.pick("phone", "téléphone"),
            Self::Email => language.pick("e-mail", "courriel"),
            Self::DateOfBirth => language.pick("date of birth", "date de naissance"),
            Self::Availability => language.pick("availability", "disponibilités"),
            Self::Sensitivities => language.pick("sensitivities", "sensibilités"),
            Self::Covers => language.pick("insurance cover", "couverture d’assurance"),
            Self::Notes => language.pick("notes", "notes"),
        }
    }
}

impl FormFault {
    pub(super) fn words(&self, language: Language) -> String {
        let english = language == Language::English;
        match self {
            Self::NameNeeded => language
                .pick("a patient needs a name", "il faut un nom au patient")
                .to_owned(),
            Self::TooLong { field, longest } => {
                let field = field.words(language);
                if english {
                    format!("{field}: at most {longest} characters fit; shorten it")
                } else {
                    format!("{field}\u{a0}: {longest} caractères au plus; raccourcissez le texte")
                }
            }
            Self::ControlCharacter { field } => {
                let field = field.words(language);
                if english {
                    format!("{field}: a character that cannot be shown is in it; type it again")
                } else {
                    format!("{field}\u{a0}: un caractère ne peut être affiché; saisissez le texte de nouveau")
                }
            }
            Self::NoAddress => language
                .pick(
                    "e-mail: an address looks like name@example.ca",
                    "courriel\u{a0}: une adresse ressemble à nom@exemple.ca",
                )
                .to_owned(),
            Self::Born(date) => {
                let date = language.plain_date(*date);
                if english {
                    format!("date of birth: {date} lies in the future or before 1900; check the year")
                } else {
                    format!("date de naissance\u{a0}: le {date} est à venir ou avant 1900; vérifiez l’année")
                }
            }
            Self::Window => language
                .pick(
                    "availability: each stretch must end after it begins",
                    "disponibilités\u{a0}: chaque plage doit finir après son début",
                )
                .to_owned(),
            Self::Unknown(id) => {
                if english {
                    format!("the clinic does not know \"{id}\" any more; choose again from the list")
                } else {
                    format!(
                        "la clinique ne connaît plus «\u{a0}{id}\u{a0}»; choisissez de nouveau dans la liste"
                    )
                }
            }
            Self::Visits(visits) => {
                if english {
                    format!("insurance cover: {visits} visits are too many; at most 1000 are possible")
                } else {
                    format!("couverture d’assurance\u{a0}: {visits} rendez-vous, c’est trop; 1000 au plus")
                }
            }
            Self::Until(date) => {
                let date = language.plain_date(*date);
                if english {
                    format!("insurance cover: {date} is too far away; check the year")
                } else {
                    format!("couverture d’assurance\u{a0}: le {date} est trop éloigné; vérifiez l’année")
                }
            }
        }
    }
}

/// Somebody else changed the same fields.
pub(super) fn changed_meanwhile(fields: &[Field], language: Language) -> String {
    let fields: Vec<_> = fields.iter().map(|field| field.words(language)).collect();
    let fields = fields.join(", ");
    match language {
        Language::English => format!(
            "somebody else has changed {fields} meanwhile; what you typed is still here: look at the record as it is now, \
             then save again"
        ),
        Language::French => format!(
            "quelqu’un d’autre a changé entre-temps\u{a0}: {fields}; votre saisie est toujours là\u{a0}: regardez le \
             dossier actuel, puis enregistrez de nouveau"
        ),
    }
}

/// Names nobody: it is said beside the record, also on a private screen.
pub(super) fn has_history(language: Language) -> &'static str {
    language.pick(
        "this patient has visits or series and is kept; if the record exists twice, merge the two",
        "ce patient a des rendez-vous ou des séries et est conservé; si le dossier existe en double, fusionnez les deux",
    )
}

pub(super) fn same_record(language: Language) -> &'static str {
    language.pick(
        "a record cannot be merged with itself; choose another one",
        "un dossier ne peut être fusionné avec lui-même; choisissez-en un autre",
    )
}

pub(super) fn clashes(count: usize, language: Language) -> String {
    match language {
        Language::English => format!(
            "{count} visits of the two records lie at the same time; call one of each off or move it, then merge"
        ),
        Language::French => format!(
            "{count} rendez-vous des deux dossiers tombent au même moment; annulez ou déplacez-en un, puis fusionnez"
        ),
    }
}

/// What the journal says of a merge.
pub(super) fn merged(name: &str, into: &str, language: Language) -> String {
    match language {
        Language::English => format!("merged {name} into {into}"),
        Language::French => format!("{name} fusionné avec {into}"),
    }
}

/// What of a merged record stands in the notes of the one that stays.
pub(super) fn merged_record(facts: &[String], language: Language) -> String {
    let facts = facts.join(" · ");
    language.pick(
        format!("Merged record: {facts}"),
        format!("Dossier fusionné\u{a0}: {facts}"),
    )
}

/// When the patient of a merged record was born.
pub(super) fn born(date: NaiveDate, language: Language) -> String {
    let date = language.plain_date(date);
    language.pick(format!("born {date}"), format!("date de naissance {date}"))
}

pub(super) fn nothing_ahead(due: usize, language: Language) -> String {
    match (language, due) {
        (Language::English, 1) => "nothing is booked ahead; 1 session is still due".to_owned(),
        (Language::English, _) => format!("nothing is booked ahead; {due} sessions are still due"),
        (Language::French, 1) => "rien n’est réservé; il reste 1 séance à faire".to_owned(),
        (Language::French, _) => format!("rien n’est réservé; il reste {due} séances à faire"),
    }
}

pub(super) fn to_place(sessions: usize, language: Language) -> String {
    match (language, sessions) {
        (Language::English, 1) => "1 session has no place yet".to_owned(),
        (Language::English, _) => format!("{sessions} sessions have no place yet"),
        (Language::French, 1) => "1 séance n’a pas encore de place".to_owned(),
        (Language::French, _) => format!("{sessions} séances n’ont pas encore de place"),
    }
}

pub(super) fn off_rhythm(visits: usize, days: u32, language: Language) -> String {
    match (language, visits) {
        (Language::English, 1) => format!("1 visit lies more than {} from its usual day", counted_days(days)),
        (Language::English, _) => {
            format!(
                "{visits} visits lie more than {} from their usual day",
                counted_days(days)
            )
        }
        (Language::French, 1) => format!("1 rendez-vous est à plus de {} de son jour habituel", jours(days)),
        (Language::French, _) => {
            format!(
                "{visits} rendez-vous sont à plus de {} de leur jour habituel",
                jours(days)
            )
        }
    }
}

pub(super) fn of_week(week: u32, what: &str, language: Language) -> String {
    match language {
        Language::English => format!("week {}: {what}", week + 1),
        Language::French => format!("semaine {}\u{a0}: {what}", week + 1),
    }
}

fn counted_days(days: u32) -> String {
    format!("{days} {}", if days == 1 { "day" } else { "days" })
}

fn jours(days: u32) -> String {
    format!("{days} {}", if days < 2 { "jour" } else { "jours" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_said_about_records() {
        let date = NaiveDate::from_ymd_opt(2031, 2, 3).expect("a date");
        let mut faults = vec![
            FormFault::NameNeeded,
            FormFault::NoAddress,
            FormFault::Born(date),
            FormFault::Window,
            FormFault::Unknown("reiki".to_owned()),
            FormFault::Visits(2000),
            FormFault::Until(date),
        ];
        for field in Field::ALL {
            faults.push(FormFault::TooLong { field, longest: 300 });
        }
        faults.push(FormFault::ControlCharacter { field: Field::Name });
        let said: Vec<String> = Language::ALL
            .into_iter()
            .flat_map(|language| {
                let mut said: Vec<String> = faults.iter().map(|fault| fault.words(language)).collect();
                said.push(changed_meanwhile(&[Field::Phone, Field::Notes], language));
                said.push(has_history(language).to_owned());
                said.push(same_record(language).to_owned());
                said.push(clashes(2, language));
                said.push(merged("Zoe", "Zoë", language));
                for number in [1, 2] {
                    said.push(nothing_ahead(number, language));
                    said.push(to_place(number, language));
                    said.push(off_rhythm(number, number as u32, language));
                }
                said.push(of_week(0, "…", language));
                said
            })
            .collect();
        insta::assert_snapshot!(said.join("\n"));
    }
}
