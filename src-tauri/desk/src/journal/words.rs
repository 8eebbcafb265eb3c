//! The journal's words, in each language.

use chrono::NaiveDate;
use ordo_core::Language;
use ordo_core::model::{AppointmentStatus, NamesShown, Role};
use ordo_store::{ChainFault, Entity, Entry, EntryKind};

use crate::board::deed;
use crate::unsigned;
use crate::view::journal::JournalKind;

/// Speaks of the journal in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub Language);

/// What was changed in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Time,
    Minutes,
    Practitioner,
    Room,
    Service,
    Patient,
    Status,
    Note,
    CancelReason,
    Override,
    Name,
    Phone,
    Email,
    Birth,
    Notes,
    Sensitivities,
    Availability,
    Covers,
    Decisions,
    Role,
    SignsIn,
    LockedOut,
    Secret,
    Named,
    IdleMinutes,
    Years,
    NamesShown,
    Feed,
    Account,
    AccountEnds,
}

impl Words {
    /// The heads of the table's columns.
    pub(super) fn heads(self) -> [&'static str; 11] {
        self.0.pick(
            [
                "entry",
                "time",
                "UTC",
                "who",
                "what",
                "patients",
                "patient ids",
                "records",
                "details",
                "reason",
                "hash",
            ],
            [
                "entrée",
                "heure",
                "UTC",
                "qui",
                "quoi",
                "patients",
                "identifiants",
                "dossiers",
                "détails",
                "motif",
                "empreinte",
            ],
        )
    }

    pub(super) fn journal_exported(self) -> &'static str {
        self.0
            .pick("journal saved as a file", "journal enregistré dans un fichier")
    }

    /// The reason noted when the whole clinic leaves as a file.
    pub(crate) fn clinic_exported(self) -> &'static str {
        self.0
            .pick("clinic saved as a file", "clinique enregistrée dans un fichier")
    }

    /// The reason noted when a calendar with whole names leaves as a file.
    pub(crate) fn calendar_exported(self) -> &'static str {
        self.0.pick(
            "calendar with names saved as a file",
            "calendrier avec les noms enregistré dans un fichier",
        )
    }

    /// The reason noted when a calendar without whole names leaves as a file.
    pub(crate) fn calendar_of(self, from: NaiveDate, to: NaiveDate, names: NamesShown) -> String {
        let names = self.names_shown(names);
        match self.0 {
            Language::English => format!("calendar {from} to {to} saved as a file ({names})"),
            Language::French => format!("calendrier du {from} au {to} enregistré dans un fichier ({names})"),
        }
    }

    /// The reason noted when a patient's visits leave as a calendar.
    pub(crate) fn patient_calendar(self) -> &'static str {
        self.0.pick(
            "calendar for the patient saved as a file",
            "calendrier pour le patient enregistré dans un fichier",
        )
    }

    /// A kind of entry, in a list to choose from.
    pub(super) fn kind(self, kind: JournalKind) -> &'static str {
        let (english, french) = match kind {
            JournalKind::View => ("Records viewed", "Dossiers consultés"),
            JournalKind::Book => ("Bookings", "Réservations"),
            JournalKind::Reschedule => ("Moves", "Déplacements"),
            JournalKind::Cancel => ("Cancellations", "Annulations de rendez-vous"),
            JournalKind::SetStatus => ("Statuses", "Statuts"),
            JournalKind::EditAppointment => {
                ("Other changes of visits", "Autres modifications de rendez-vous")
            }
            JournalKind::EditSeries => ("Series", "Séries"),
            JournalKind::EditPatient => ("Patients", "Patients"),
            JournalKind::EditClinic => ("Clinic set-up", "Réglages"),
            JournalKind::EditAccess => ("People and access", "Personnes et accès"),
            JournalKind::EditSharing => ("Sharing of calendars", "Partage des calendriers"),
            JournalKind::ImportList => ("Files brought in", "Fichiers importés"),
            JournalKind::EditProtocols => ("Protocols", "Protocoles"),
            JournalKind::Import => ("Clinics brought in", "Cliniques importées"),
            JournalKind::Restore => ("Backups put back", "Sauvegardes restaurées"),
            JournalKind::Update => ("Updates of Ordo", "Mises à jour d’Ordo"),
            JournalKind::Turn => ("Undone and redone", "Annulé et rétabli"),
            JournalKind::Recompute => ("Time zone rules", "Règles des fuseaux horaires"),
        };
        self.0.pick(english, french)
    }

    /// What an entry is; `turned` is the entry that it took back or made again.
    pub(super) fn what(self, entry: &Entry, turned: Option<&Entry>) -> String {
        let language = self.0;
        match entry.kind {
            EntryKind::Change(_) => deed(language, entry).to_owned(),
            EntryKind::View
                if entry
                    .changes
                    .iter()
                    .any(|change| change.entity != Entity::Patient) =>
            {
                language.pick("taken out", "extrait").to_owned()
            }
            EntryKind::View if entry.changes.len() > 1 => {
                language.pick("records viewed", "dossiers consultés").to_owned()
            }
            EntryKind::View => language.pick("record viewed", "dossier consulté").to_owned(),
            EntryKind::Undo { of } => {
                let what = turned.map_or("", |turned| deed(language, turned));
                match language {
                    Language::English => format!("undone: {what} (entry {of})"),
                    Language::French => format!("annulé\u{a0}: {what} (entrée {of})"),
                }
            }
            EntryKind::Redo { of } => {
                let what = turned.map_or("", |turned| deed(language, turned));
                match language {
                    Language::English => format!("done again: {what} (entry {of})"),
                    Language::French => format!("rétabli\u{a0}: {what} (entrée {of})"),
                }
            }
            EntryKind::Recompute => language
                .pick("times derived again", "heures recalculées")
                .to_owned(),
        }
    }

    /// What was changed of something that is named.
    pub(super) fn fields_of(self, what: &str, fields: &[(Field, String, String)]) -> String {
        let fields = self.fields(fields);
        match self.0 {
            Language::English => format!("{what}: {fields}"),
            Language::French => format!("{what}\u{a0}: {fields}"),
        }
    }

    /// What was changed, from what to what.
    pub(super) fn fields(self, fields: &[(Field, String, String)]) -> String {
        let told = fields.iter().map(|(field, before, after)| {
            let name = self.field(*field);
            match (before.as_str(), after.as_str()) {
                ("", "") => name.to_owned(),
                (before, after) => {
                    let [before, after] =
                        [before, after].map(|value| if value.is_empty() { "–" } else { value });
                    format!("{name} {before} → {after}")
                }
            }
        });
        let told: Vec<String> = told.collect();
        if told.is_empty() {
            self.0.pick("unchanged", "inchangé").to_owned()
        } else {
            told.join("; ")
        }
    }

    fn field(self, field: Field) -> &'static str {
        let (english, french) = match field {
            Field::Time => ("time", "heure"),
            Field::Minutes => ("minutes", "minutes"),
            Field::Practitioner => ("practitioner", "praticien"),
            Field::Room => ("room", "salle"),
            Field::Service => ("service", "service"),
            Field::Patient => ("patient", "patient"),
            Field::Status => ("status", "statut"),
            Field::Note => ("note", "note"),
            Field::CancelReason => ("why cancelled", "motif de l’annulation"),
            Field::Override => ("reason for breaking a rule", "motif de la dérogation"),
            Field::Name => ("name", "nom"),
            Field::Phone => ("phone", "téléphone"),
            Field::Email => ("e-mail", "courriel"),
            Field::Birth => ("date of birth", "date de naissance"),
            Field::Notes => ("notes", "notes"),
            Field::Sensitivities => ("sensitivities", "sensibilités"),
            Field::Availability => ("availability", "disponibilités"),
            Field::Covers => ("insurance", "assurance"),
            Field::Decisions => ("provider’s decisions", "décisions du professionnel"),
            Field::Role => ("role", "rôle"),
            Field::SignsIn => ("may sign in", "peut ouvrir une session"),
            Field::LockedOut => ("locked out", "accès bloqué"),
            Field::Secret => ("PIN or password", "NIP ou mot de passe"),
            Field::Named => ("who may see the record", "qui peut voir le dossier"),
            Field::IdleMinutes => ("minutes until the lock", "minutes avant le verrouillage"),
            Field::NamesShown => ("names in the calendar", "noms dans le calendrier"),
            Field::Feed => ("feed", "flux"),
            Field::Account => ("account", "compte"),
            Field::AccountEnds => ("removing what was published", "retrait de ce qui a été publié"),
            Field::Years => ("years that records are kept", "années de conservation"),
        };
        self.0.pick(english, french)
    }

    pub(super) fn entity(self, entity: Entity) -> &'static str {
        let (english, french) = match entity {
            Entity::Settings => ("clinic", "clinique"),
            Entity::Discipline => ("discipline", "discipline"),
            Entity::Service => ("service", "service"),
            Entity::Room => ("room", "salle"),
            Entity::Practitioner => ("practitioner", "praticien"),
            Entity::Closure => ("closure", "fermeture"),
            Entity::Patient => ("patient", "patient"),
            Entity::Protocols => ("protocols, version", "protocoles, version"),
            Entity::Series => ("series", "série"),
            Entity::Sharing => ("calendar of", "calendrier de"),
            Entity::Appointment => ("visit", "rendez-vous"),
            Entity::User => ("person", "personne"),
            Entity::LockBox => ("lock-box, for", "dossier verrouillé, pour"),
            Entity::Access => ("minutes until the lock:", "minutes avant le verrouillage\u{a0}:"),
            Entity::Retention => ("retention in years:", "conservation en années\u{a0}:"),
        };
        self.0.pick(english, french)
    }

    /// Somebody as the journal names them, for people.
    pub(crate) fn person(self, actor: &str) -> String {
        match actor {
            unsigned::DESK => self.role(Role::FrontDesk),
            unsigned::COMMAND_LINE => self.0.pick("command line", "ligne de commande"),
            named => named,
        }
        .to_owned()
    }

    pub(super) fn role(self, role: Role) -> &'static str {
        let (english, french) = match role {
            Role::Owner => ("owner", "responsable"),
            Role::FrontDesk => ("front desk", "réception"),
            Role::Practitioner => ("practitioner", "praticien"),
        };
        self.0.pick(english, french)
    }

    pub(super) fn yes_or_no(self, yes: bool) -> &'static str {
        match yes {
            true => self.0.pick("yes", "oui"),
            false => self.0.pick("no", "non"),
        }
    }

    pub(super) fn names_shown(self, names: NamesShown) -> &'static str {
        let (english, french) = match names {
            NamesShown::Busy => ("busy only", "occupé seulement"),
            NamesShown::Initials => ("initials", "initiales"),
            NamesShown::Full => ("full names", "noms complets"),
        };
        self.0.pick(english, french)
    }

    pub(super) fn status(self, status: AppointmentStatus) -> &'static str {
        let (english, french) = match status {
            AppointmentStatus::Booked => ("booked", "réservé"),
            AppointmentStatus::Arrived => ("arrived", "arrivé"),
            AppointmentStatus::Fulfilled => ("done", "terminé"),
            AppointmentStatus::Cancelled => ("cancelled", "annulé"),
            AppointmentStatus::NoShow => ("did not come", "absent"),
        };
        self.0.pick(english, french)
    }

    pub(super) fn added(self, what: &str) -> String {
        match self.0 {
            Language::English => format!("added: {what}"),
            Language::French => format!("ajout\u{a0}: {what}"),
        }
    }

    pub(super) fn removed(self, what: &str) -> String {
        match self.0 {
            Language::English => format!("removed: {what}"),
            Language::French => format!("suppression\u{a0}: {what}"),
        }
    }

    pub(super) fn changed(self, what: &str) -> String {
        match self.0 {
            Language::English => format!("changed: {what}"),
            Language::French => format!("modification\u{a0}: {what}"),
        }
    }

    pub(super) fn more_records(self, count: usize) -> String {
        match self.0 {
            Language::English => format!("and {count} more"),
            Language::French => format!("et {count} de plus"),
        }
    }

    /// What is wrong with the chain.
    pub(crate) fn fault(self, fault: ChainFault) -> String {
        match (fault, self.0) {
            (ChainFault::Altered { seq }, Language::English) => {
                format!("entry {seq} of the journal was altered after it was written")
            }
            (ChainFault::Altered { seq }, Language::French) => {
                format!("l’entrée {seq} du journal a été modifiée après coup")
            }
            (ChainFault::Missing { from, to }, Language::English) if from == to => {
                format!("entry {from} of the journal is missing")
            }
            (ChainFault::Missing { from, to }, Language::French) if from == to => {
                format!("l’entrée {from} du journal manque")
            }
            (ChainFault::Missing { from, to }, Language::English) => {
                format!("entries {from} to {to} of the journal are missing")
            }
            (ChainFault::Missing { from, to }, Language::French) => {
                format!("les entrées {from} à {to} du journal manquent")
            }
            (ChainFault::Shortened { kept, newest }, Language::English) => format!(
                "the journal ends at entry {newest}, but entry {kept} was there before: entries were removed, or an older copy was put back"
            ),
            (ChainFault::Shortened { kept, newest }, Language::French) => format!(
                "le journal s’arrête à l’entrée {newest}, alors que l’entrée {kept} existait\u{a0}: des entrées ont été supprimées, ou une copie plus ancienne a été remise en place"
            ),
            (ChainFault::Replaced { seq }, Language::English) => format!(
                "entry {seq} of the journal is not the one that was there before: the journal was rewritten, or another copy was put in its place"
            ),
            (ChainFault::Replaced { seq }, Language::French) => format!(
                "l’entrée {seq} du journal n’est pas celle qui existait\u{a0}: le journal a été réécrit, ou une autre copie a pris sa place"
            ),
        }
    }

    pub(super) fn more_faults(self, count: usize) -> String {
        match self.0 {
            Language::English => format!("and {count} more faults"),
            Language::French => format!("et {count} autres défauts"),
        }
    }
}
