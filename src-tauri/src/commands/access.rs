//! Signing in, and the people who do.

use ordo_desk::view::access::{LockBoxLine, LockBoxView, PeopleView, SessionView, UserForm, UserTile};
use ordo_desk::{Desk, Error, UserId};
use tauri::State;

use crate::clinic::OpenClinic;

/// Who is at the desk and what they may do.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn session(clinic: State<'_, OpenClinic>) -> Result<SessionView, Error> {
    clinic.ask(|desk| desk.session())
}

/// Who can sign in.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sign_in_choices(clinic: State<'_, OpenClinic>) -> Result<Vec<UserTile>, Error> {
    clinic.ask(|desk| desk.sign_in_choices())
}

/// Signs somebody in; whoever was signed in before is signed out.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sign_in(
    clinic: State<'_, OpenClinic>,
    person: &str,
    secret: &str,
) -> Result<SessionView, Error> {
    clinic.ask(|desk| desk.sign_in(person, secret))
}

/// Signs out, which also locks the window.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sign_out(clinic: State<'_, OpenClinic>) -> Result<(), Error> {
    clinic.ask(Desk::sign_out)
}

/// Gives whoever is signed in another password or PIN.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn change_own_secret(
    clinic: State<'_, OpenClinic>,
    present: &str,
    next: &str,
) -> Result<(), Error> {
    clinic.ask(|desk| desk.change_own_secret(present, next))
}

/// Everybody who signs in or did.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn people(clinic: State<'_, OpenClinic>) -> Result<PeopleView, Error> {
    clinic.ask(|desk| desk.people())
}

/// Adds or changes somebody; gives the identifier.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_user(
    clinic: State<'_, OpenClinic>,
    id: Option<String>,
    form: UserForm,
) -> Result<String, Error> {
    let id = id.map(UserId::new);
    clinic.ask(|desk| Ok(desk.save_user(id.as_ref(), &form)?.to_string()))
}

/// Lets somebody sign in again who was locked out.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lift_lock_out(clinic: State<'_, OpenClinic>, id: &str) -> Result<(), Error> {
    clinic.ask(|desk| desk.lift_lock_out(&id.into()))
}

/// Sets after how many idle minutes the window locks itself.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_idle_minutes(clinic: State<'_, OpenClinic>, minutes: u32) -> Result<(), Error> {
    clinic.ask(|desk| desk.set_idle_minutes(minutes))
}

/// Who may see a patient's record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lock_box(clinic: State<'_, OpenClinic>, patient: &str) -> Result<LockBoxView, Error> {
    clinic.ask(|desk| desk.lock_box(&patient.into()))
}

/// Narrows a patient's record to some people, or opens it again.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn put_lock_box(
    clinic: State<'_, OpenClinic>,
    patient: &str,
    users: Option<Vec<String>>,
) -> Result<(), Error> {
    let users: Option<Vec<UserId>> = users.map(|users| users.into_iter().map(UserId::new).collect());
    clinic.ask(|desk| desk.put_lock_box(&patient.into(), users.as_deref()))
}

/// Every lock-box.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lock_boxes(clinic: State<'_, OpenClinic>) -> Result<Vec<LockBoxLine>, Error> {
    clinic.ask(|desk| desk.lock_boxes())
}
