//! Why a request cannot be planned at all.

use crate::model::{AppointmentId, DisciplineId, PatientId, PractitionerId, RoomId, ServiceId};

/// What is wrong with a request; a request that is merely hard to fulfil is never an error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The patient is not among those loaded.
    #[error("patient {0} is not known; add the patient first")]
    UnknownPatient(PatientId),
    /// A discipline is not one of the clinic's.
    #[error("discipline {0} is not known; name one of the clinic’s")]
    UnknownDiscipline(DisciplineId),
    /// A service is not one of the clinic's.
    #[error("service {0} is not known; name one of the clinic’s")]
    UnknownService(ServiceId),
    /// A practitioner is not one of the clinic's.
    #[error("practitioner {0} is not known; name one of the clinic’s")]
    UnknownPractitioner(PractitionerId),
    /// A room is not one of the clinic's.
    #[error("room {0} is not known; name one of the clinic’s")]
    UnknownRoom(RoomId),
    /// An appointment to be replaced is not in the calendar.
    #[error("appointment {0}, listed in replaces, is not known; take it out")]
    UnknownAppointment(AppointmentId),
    /// The request asks for nothing.
    #[error("the request holds no discipline; ask for one or both of the two in its order")]
    NoDiscipline,
    /// A discipline is asked for that the order does not name.
    #[error("discipline {0} is asked for but not in the order; put it there")]
    DisciplineNotInOrder(DisciplineId),
    /// A discipline is asked for twice.
    #[error("discipline {0} is asked for twice; once is enough")]
    DisciplineTwice(DisciplineId),
    /// A service belongs to another discipline than the one it is asked for in.
    #[error("service {service} is not one of {discipline}; choose one that is")]
    ServiceOfAnotherDiscipline {
        /// The service.
        service: ServiceId,
        /// The discipline it is asked for in.
        discipline: DisciplineId,
    },
    /// A practitioner does not offer the service.
    #[error("practitioner {practitioner} does not offer service {service}; choose another of either")]
    ServiceNotOffered {
        /// The practitioner.
        practitioner: PractitionerId,
        /// The service.
        service: ServiceId,
    },
    /// Nobody is named who could treat.
    #[error("no practitioner is named for {0}; name at least one")]
    NoPractitioner(DisciplineId),
    /// A number lies outside what can be planned.
    #[error("{name} is {value}; it must lie between {least} and {greatest}")]
    OutOfRange {
        /// Which number.
        name: &'static str,
        /// Its value.
        value: i64,
        /// The least that is accepted.
        least: i64,
        /// The greatest that is accepted.
        greatest: i64,
    },
    /// The last date for the first session lies before the earliest.
    #[error("latest_start lies before earliest; move one of them")]
    LatestBeforeEarliest,
    /// A time or date lies outside the years that a calendar covers.
    #[error("{0} lies outside the years 2000 to 2119")]
    OutsideYears(&'static str),
    /// A fixed or current session lies in a week without a session of its discipline.
    #[error("{list} names {discipline} in week {week}, in which the request has no such session")]
    NoSuchSession {
        /// `fixed` or `current`.
        list: &'static str,
        /// The discipline.
        discipline: DisciplineId,
        /// The week.
        week: u32,
    },
    /// A list names one session twice.
    #[error("{list} names {discipline} in week {week} twice; keep one")]
    SessionTwice {
        /// `fixed` or `current`.
        list: &'static str,
        /// The discipline.
        discipline: DisciplineId,
        /// The week.
        week: u32,
    },
    /// A fixed or current session starts at a time that the clocks skip.
    #[error("{list} places {discipline} of week {week} at a time that the clocks skip that day")]
    TimeSkipped {
        /// `fixed` or `current`.
        list: &'static str,
        /// The discipline.
        discipline: DisciplineId,
        /// The week.
        week: u32,
    },
}
