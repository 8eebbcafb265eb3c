//! What could not be read, with the line, in words for people.

use crate::Language;

/// The most faults that are listed; more are counted.
const LISTED: usize = 200;

/// Why a file gives no calendar at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is too large.
    #[error("the calendar has more than {} MB, and no more are read; export fewer years from the other program",
        super::MOST_BYTES >> 20)]
    TooLarge,
    /// It is UTF-16.
    #[error("the calendar is written in UTF-16; save it as UTF-8")]
    Utf16,
    /// Nothing in it begins a calendar.
    #[error("this is no calendar: no line says BEGIN:VCALENDAR; export an .ics file from the other program")]
    NoCalendar,
}

impl ReadError {
    /// What is wrong and what to do.
    pub fn words(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, _) => self.to_string(),
            (Language::French, Self::TooLarge) => format!(
                "le calendrier fait plus de {} Mo, et pas plus n’est lu; exportez moins d’années depuis l’autre programme",
                super::MOST_BYTES >> 20
            ),
            (Language::French, Self::Utf16) => {
                "le calendrier est écrit en UTF-16; enregistrez-le en UTF-8".to_owned()
            }
            (Language::French, Self::NoCalendar) => "ce n’est pas un calendrier\u{a0}: aucune ligne ne dit \
                 BEGIN:VCALENDAR; exportez un fichier .ics depuis l’autre programme"
                .to_owned(),
        }
    }
}

/// Something that was passed over, or read otherwise than it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Why.
    pub why: Skip,
}

/// Why something was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// The line lies outside every calendar.
    Outside,
    /// The line has no name and value.
    NoProperty,
    /// The parameters of a property cannot be read.
    BadProperty {
        /// Its name.
        property: String,
    },
    /// Characters are not UTF-8; they were replaced.
    NotUtf8,
    /// Components lie too deep in each other.
    TooDeep,
    /// A component ends nowhere; what it holds was read.
    NoEnd {
        /// Its name.
        component: String,
    },
    /// A component that never began ends.
    NoBegin {
        /// Its name.
        component: String,
    },
    /// An event says no start, or none that is a time.
    NoStart,
    /// A time is none.
    BadTime {
        /// The property.
        property: String,
        /// What it says.
        value: String,
    },
    /// An event takes no time.
    NoLength,
    /// An event ends before it begins.
    EndsBefore,
    /// A zone is known neither in the file, nor as an IANA or Windows name; another was used.
    UnknownZone {
        /// What the file calls it.
        name: String,
        /// The one used.
        used: String,
    },
    /// A rule of recurrence cannot be followed; only the first time was read.
    BadRule {
        /// The rule.
        rule: String,
    },
    /// Exceptions by rule are not followed.
    ExceptionRule,
    /// An event comes back too often; the first times were read.
    TooOften,
    /// The calendar holds more events than are read.
    TooMany {
        /// How many are read.
        most: usize,
    },
    /// The event is one that this program wrote.
    Own,
}

impl Skip {
    /// What was passed over and why.
    pub fn words(&self, language: Language) -> String {
        match language {
            Language::English => self.english(),
            Language::French => self.french(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Outside => "the line lies outside every calendar; it was passed over".to_owned(),
            Self::NoProperty => "the line has no name before a colon; it was passed over".to_owned(),
            Self::BadProperty { property } => {
                format!("the parameters of {property} cannot be read; the line was passed over")
            }
            Self::NotUtf8 => "some characters are not UTF-8; they were replaced".to_owned(),
            Self::TooDeep => "too many parts lie in each other; this one was passed over".to_owned(),
            Self::NoEnd { component } => format!("{component} has no END; what it holds was read"),
            Self::NoBegin { component } => format!("END of {component}, which never began"),
            Self::NoStart => "the event says no start; it was passed over".to_owned(),
            Self::BadTime { property, value } => {
                format!("“{value}” in {property} is no time; it was passed over")
            }
            Self::NoLength => "the event takes no time; it was passed over".to_owned(),
            Self::EndsBefore => "the event ends before it begins; it was passed over".to_owned(),
            Self::UnknownZone { name, used } => {
                format!("the time zone “{name}” is unknown; its times were read in {used}")
            }
            Self::BadRule { rule } => {
                format!("the repetition “{rule}” cannot be followed; only its first time was read")
            }
            Self::ExceptionRule => "exceptions given as a rule (EXRULE) are not followed".to_owned(),
            Self::TooOften => "the event comes back too often; only its first times were read".to_owned(),
            Self::TooMany { most } => format!("only the first {most} times were read"),
            Self::Own => "the event was written by Ordo itself; it was passed over".to_owned(),
        }
    }

    fn french(&self) -> String {
        match self {
            Self::Outside => "la ligne est hors de tout calendrier; elle a été ignorée".to_owned(),
            Self::NoProperty => {
                "la ligne n’a pas de nom devant un deux-points; elle a été ignorée".to_owned()
            }
            Self::BadProperty { property } => {
                format!("les paramètres de {property} sont illisibles; la ligne a été ignorée")
            }
            Self::NotUtf8 => "certains caractères ne sont pas en UTF-8; ils ont été remplacés".to_owned(),
            Self::TooDeep => "trop d’éléments sont imbriqués; celui-ci a été ignoré".to_owned(),
            Self::NoEnd { component } => format!("{component} n’a pas de END; son contenu a été lu"),
            Self::NoBegin { component } => format!("END de {component}, qui n’a jamais commencé"),
            Self::NoStart => "l’événement n’a pas de début; il a été ignoré".to_owned(),
            Self::BadTime { property, value } => {
                format!("«\u{a0}{value}\u{a0}» dans {property} n’est pas une heure; cela a été ignoré")
            }
            Self::NoLength => "l’événement n’a aucune durée; il a été ignoré".to_owned(),
            Self::EndsBefore => "l’événement finit avant de commencer; il a été ignoré".to_owned(),
            Self::UnknownZone { name, used } => {
                format!(
                    "le fuseau horaire «\u{a0}{name}\u{a0}» est inconnu; ses heures ont été lues dans {used}"
                )
            }
            Self::BadRule { rule } => {
                format!(
                    "la répétition «\u{a0}{rule}\u{a0}» ne peut être suivie; seule la première fois a été lue"
                )
            }
            Self::ExceptionRule => {
                "les exceptions données comme règle (EXRULE) ne sont pas suivies".to_owned()
            }
            Self::TooOften => {
                "l’événement revient trop souvent; seules ses premières fois ont été lues".to_owned()
            }
            Self::TooMany { most } => format!("seules les {most} premières fois ont été lues"),
            Self::Own => "l’événement a été écrit par Ordo; il a été ignoré".to_owned(),
        }
    }
}

/// Collects faults; the first are listed, the others counted.
#[derive(Debug, Default)]
pub(super) struct Faults {
    listed: Vec<Skipped>,
    more: usize,
}

impl Faults {
    pub(super) fn add(&mut self, line: usize, why: Skip) {
        if self.listed.len() < LISTED {
            self.listed.push(Skipped { line, why });
        } else {
            self.more += 1;
        }
    }

    /// Adds a fault that is told once only.
    pub(super) fn add_once(&mut self, line: usize, why: Skip) {
        if !self.listed.iter().any(|known| known.why == why) {
            self.add(line, why);
        }
    }

    pub(super) fn listed(mut self) -> (Vec<Skipped>, usize) {
        self.listed.sort_by_key(|skipped| skipped.line);
        (self.listed, self.more)
    }
}

/// The beginning of a value, for telling about it.
pub(super) fn beginning(value: &str) -> String {
    const SHOWN: usize = 60;
    let visible = value.chars().filter(|character| !character.is_control());
    let mut shown: String = visible.take(SHOWN).collect();
    if value.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
