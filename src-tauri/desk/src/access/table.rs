//! The one table of who may do what.

use ordo_core::model::Role;
use serde::Serialize;
use specta::Type;

/// What a use case asks of whoever wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Nothing: it shows nothing of a patient and comes before signing in.
    Open,
    /// To see: a practitioner their own day and patients, the others the whole clinic.
    See,
    /// To note how a visit went, on the visits that one sees.
    Treat,
    /// To book and to keep the records of patients.
    Book,
    /// To keep hours, absences, closures, rooms and services.
    Run,
    /// To answer for the clinic: people, keys, protocols, what leaves the house as a whole, the journal.
    Own,
}

impl Right {
    /// Who has it.
    pub fn roles(self) -> &'static [Role] {
        use Role::{FrontDesk, Owner, Practitioner};
        match self {
            Self::Open | Self::See | Self::Treat => &[Owner, FrontDesk, Practitioner],
            Self::Book | Self::Run => &[Owner, FrontDesk],
            Self::Own => &[Owner],
        }
    }
}

macro_rules! use_cases {
    ($($case:ident: $right:ident,)+) => {
        /// What can be asked of the desk; each command of the window is one of the same name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "each is a use case of the same name")]
        pub enum UseCase {
            $($case,)+
        }

        impl UseCase {
            /// Every use case.
            pub const ALL: &'static [Self] = &[$(Self::$case,)+];

            /// What it asks of whoever wants it.
            pub fn right(self) -> Right {
                match self {
                    $(Self::$case => Right::$right,)+
                }
            }
        }
    };
}

// One line for each use case: its name, as the window's command has it in snake case, and the right that it asks
// for. The use case begins with `self.allow(UseCase::…)?`.
use_cases! {
    // Before signing in.
    Speak: Open,
    IsFirstStart: Open,
    NewClinicDefaults: Open,
    CheckFile: Open,
    Session: Open,
    SignInChoices: Open,
    SignIn: Open,
    SignOut: Open,
    AheadOfUtc: Open,
    UnlockClinic: Open,
    UnderstandAvailability: Open,
    // Seeing.
    LastChange: See,
    Notices: See,
    Day: See,
    Week: See,
    DateMarks: See,
    Visit: See,
    Practitioners: See,
    PractitionerDay: See,
    SaveCalendar: See,
    SaveSeriesCalendar: See,
    SaveClosures: See,
    SearchPatients: See,
    PatientRecord: See,
    Series: See,
    SeriesCard: See,
    SaveSeriesCard: See,
    Clinic: See,
    Services: See,
    ProposedService: See,
    SeriesChoices: See,
    PatientChoices: See,
    ChangeOwnSecret: See,
    // Treating.
    PutStatus: Treat,
    PutNote: Treat,
    Undo: Treat,
    Redo: Treat,
    // Booking.
    CancelVisit: Book,
    Starts: Book,
    WeekStarts: Book,
    NextFree: Book,
    Weigh: Book,
    BookVisit: Book,
    PlaceVisit: Book,
    SeriesProposals: Book,
    BookSeries: Book,
    SessionStarts: Book,
    RestOfSeries: Book,
    NoteProviderDecision: Book,
    Decide: Book,
    SimilarPatients: Book,
    NewPatient: Book,
    SavePatient: Book,
    RemovePatient: Book,
    MergePreview: Book,
    MergePatients: Book,
    PreviewPatientList: Book,
    ImportPatientList: Book,
    LockBox: Book,
    PutLockBox: Book,
    // Running the clinic.
    Setup: Run,
    SavePart: Run,
    PartImpact: Run,
    MisplacedVisits: Run,
    PractitionerWeek: Run,
    Holidays: Run,
    PreviewCalendar: Run,
    ImportCalendar: Run,
    AccountCalendars: Run,
    AccountCalendar: Run,
    Protocols: Run,
    Updates: Run,
    // Answering for it.
    StartDemo: Own,
    StartNew: Own,
    StartFile: Own,
    ProtocolsImpact: Own,
    SaveProtocols: Own,
    People: Own,
    SaveUser: Own,
    LiftLockOut: Own,
    SetIdleMinutes: Own,
    LockBoxes: Own,
    Sharing: Own,
    ShareNames: Own,
    ShareFeed: Own,
    ShareAccount: Own,
    EndAccount: Own,
    ServeFeeds: Own,
    ShareFolder: Own,
    Export: Own,
    Audit: Own,
    Journal: Own,
    JournalChoices: Own,
    JournalPage: Own,
    SaveJournal: Own,
    CheckJournal: Own,
    AcceptJournal: Own,
    SaveRetention: Own,
    Backups: Own,
    ChooseBackupFolder: Own,
    BackUp: Own,
    RestoreBackup: Own,
    Inspect: Own,
    KeyState: Own,
    DraftRecoveryKey: Own,
    ProtectKey: Own,
    RenewRecoveryKey: Own,
    MoveKey: Own,
    LookForUpdate: Own,
    LookDaily: Own,
    FetchUpdate: Own,
    InstallUpdate: Own,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_do_everything_and_a_practitioner_the_least() {
        for case in UseCase::ALL {
            let roles = case.right().roles();
            assert!(roles.contains(&Role::Owner), "{case:?}");
            assert!(
                roles.contains(&Role::FrontDesk) || !roles.contains(&Role::Practitioner),
                "{case:?}"
            );
        }
    }
}
