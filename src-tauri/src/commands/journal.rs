//! The journal: searching it, taking it out, checking its chain; notices of what needs attention.

use ordo_desk::view::journal::{JournalAsk, JournalCheck, JournalChoices, JournalPage};
use ordo_desk::view::notices::Notice;
use ordo_desk::{ChainCheck, Error};
use tauri::State;

use crate::clinic::OpenClinic;
use crate::files::Files;

/// What the search of the journal offers.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn journal_choices(clinic: State<'_, OpenClinic>) -> Result<JournalChoices, Error> {
    clinic.ask(|desk| desk.journal_choices())
}

/// Entries of the journal, newest first; those before the entry `before`, where one is named.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn journal_page(
    clinic: State<'_, OpenClinic>,
    ask: JournalAsk,
    before: Option<u32>,
    limit: u32,
) -> Result<JournalPage, Error> {
    clinic.ask(|desk| desk.journal_page(&ask, before, limit))
}

/// Saves every entry that fits as a table; gives its place, or none when the user thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_journal(
    clinic: State<'_, OpenClinic>,
    files: State<'_, Files>,
    ask: JournalAsk,
) -> Result<Option<String>, Error> {
    let file = clinic.ask(|desk| desk.journal_file(&ask))?;
    let place = files.save(&file.name, &file.text, clinic.language())?;
    Ok(place.map(|place| place.display().to_string()))
}

/// Checks the whole chain; the desk goes on working between its steps.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_journal(clinic: State<'_, OpenClinic>) -> Result<JournalCheck, Error> {
    let mut check = ChainCheck::default();
    loop {
        if let Some(result) = clinic.ask(|desk| check.go_on(desk))? {
            return Ok(result);
        }
    }
}

/// Takes the journal for the right one as it is.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn accept_journal(clinic: State<'_, OpenClinic>) -> Result<(), Error> {
    clinic.ask(ordo_desk::Desk::accept_journal)
}

/// What needs somebody's attention until it is mended.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn notices(clinic: State<'_, OpenClinic>) -> Result<Vec<Notice>, Error> {
    clinic.ask(|desk| desk.notices())
}

/// Says how many years records are kept.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_retention(clinic: State<'_, OpenClinic>, years: u32) -> Result<(), Error> {
    clinic.ask(|desk| desk.save_retention(years))
}
