//! The day board.

use chrono::NaiveDate;
use ordo_desk::view::board::{
    Change, DateMark, DateStarts, FreeStart, NewVisit, PlaceView, PractitionerStarts, ServiceChoice,
    VisitPlace, VisitView, Wanted,
};
use ordo_desk::view::day::{DayStatus, DayView};
use ordo_desk::{Clock, Error, Language, Speech};
use tauri::State;

use crate::clinic::OpenClinic;

/// Chooses the language of the program's words, `fr` for French, anything else for English, and the clock that English
/// tells the time by: `12`, anything else for 24 hours.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn speak(clinic: State<'_, OpenClinic>, language: &str, clock: &str) -> Result<(), Error> {
    clinic.speak(Speech {
        language: Language::of_code(language).unwrap_or_default(),
        clock: Clock::of_word(clock),
    });
    Ok(())
}

/// The number of the newest change, by whatever program.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn last_change(clinic: State<'_, OpenClinic>) -> Result<u32, Error> {
    clinic.ask(|desk| desk.last_change())
}

/// How many minutes the clinic's wall clock is ahead of UTC at present.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ahead_of_utc(clinic: State<'_, OpenClinic>) -> Result<i32, Error> {
    clinic.ask(|desk| desk.ahead_of_utc())
}

/// A visit as its card shows it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit(clinic: State<'_, OpenClinic>, id: &str) -> Result<VisitView, Error> {
    clinic.ask(|desk| desk.visit(&id.into()))
}

/// Every start of a date for a visit, at another length if one is named, with what the rules say.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn starts(
    clinic: State<'_, OpenClinic>,
    wanted: Wanted,
    date: NaiveDate,
    minutes: Option<u32>,
) -> Result<Vec<PractitionerStarts>, Error> {
    clinic.ask(|desk| desk.starts(&wanted, date, minutes))
}

/// The seven days of a date's week, of one practitioner or one room.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn week(
    clinic: State<'_, OpenClinic>,
    date: NaiveDate,
    practitioner: Option<String>,
    room: Option<String>,
) -> Result<Vec<DayView>, Error> {
    clinic.ask(|desk| desk.week(date, practitioner.as_deref(), room.as_deref()))
}

/// Every start of a date's week for a visit with one practitioner, in one room if it is named.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn week_starts(
    clinic: State<'_, OpenClinic>,
    wanted: Wanted,
    date: NaiveDate,
    practitioner: &str,
    room: Option<String>,
) -> Result<Vec<DateStarts>, Error> {
    let room = room.map(|room| room.as_str().into());
    clinic.ask(|desk| desk.week_starts(&wanted, date, &practitioner.into(), room.as_ref()))
}

/// The first free start for a service after a minute of a date.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn next_free(
    clinic: State<'_, OpenClinic>,
    service: &str,
    practitioner: Option<String>,
    date: NaiveDate,
    minute: u32,
) -> Result<Option<FreeStart>, Error> {
    let practitioner = practitioner.map(|practitioner| practitioner.as_str().into());
    clinic.ask(|desk| desk.next_free(&service.into(), practitioner.as_ref(), date, minute))
}

/// How much of each date there is to give.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn date_marks(
    clinic: State<'_, OpenClinic>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<DateMark>, Error> {
    clinic.ask(|desk| desk.date_marks(from, to))
}

/// One place for a visit, with what the rules say and what would do instead.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn weigh(
    clinic: State<'_, OpenClinic>,
    wanted: Wanted,
    place: VisitPlace,
) -> Result<PlaceView, Error> {
    clinic.ask(|desk| desk.weigh(&wanted, &place))
}

/// The services that can be booked.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn services(clinic: State<'_, OpenClinic>) -> Result<Vec<ServiceChoice>, Error> {
    clinic.ask(|desk| desk.service_choices())
}

/// The service that the card of a new visit begins with.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn proposed_service(
    clinic: State<'_, OpenClinic>,
    patient: Option<&str>,
    practitioner: &str,
    minutes: Option<u32>,
) -> Result<Option<String>, Error> {
    let patient = patient.map(Into::into);
    clinic.ask(|desk| desk.proposed_service(patient.as_ref(), &practitioner.into(), minutes))
}

/// Books one visit, once for each request.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn book_visit(clinic: State<'_, OpenClinic>, visit: NewVisit) -> Result<Change, Error> {
    clinic.ask(|desk| desk.book_visit(&visit))
}

/// Moves a visit.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn place_visit(
    clinic: State<'_, OpenClinic>,
    id: &str,
    place: VisitPlace,
) -> Result<Change, Error> {
    clinic.ask(|desk| desk.place_visit(&id.into(), &place))
}

/// Notes where a visit stands.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn put_status(
    clinic: State<'_, OpenClinic>,
    id: &str,
    status: DayStatus,
    reason: &str,
) -> Result<Change, Error> {
    clinic.ask(|desk| desk.put_status(&id.into(), status.into(), reason))
}

/// Writes the note of a visit over the one that was seen.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn put_note(
    clinic: State<'_, OpenClinic>,
    id: &str,
    original: &str,
    note: &str,
) -> Result<Change, Error> {
    clinic.ask(|desk| desk.put_note(&id.into(), original, note))
}

/// Takes one change back, or the last one.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn undo(clinic: State<'_, OpenClinic>, entry: Option<u32>) -> Result<Change, Error> {
    clinic.ask(|desk| desk.take_back(entry))
}

/// Makes one change that was taken back again, or the one taken back last.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn redo(clinic: State<'_, OpenClinic>, entry: Option<u32>) -> Result<Change, Error> {
    clinic.ask(|desk| desk.make_again(entry))
}
