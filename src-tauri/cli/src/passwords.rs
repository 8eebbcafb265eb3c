//! The password of a calendar account: from the environment, the system's keychain, or whoever sits at the terminal.

use std::io::IsTerminal;

use ordo_desk::CalendarAccount;
use ordo_keychain::keychain;

use crate::failure::{Exit, Failure};

/// A password and where it comes from.
pub struct Password {
    /// The password.
    pub text: String,
    /// Whether the keychain has it already.
    pub is_kept: bool,
}

/// The password of an account.
///
/// # Errors
/// When nobody knows it and nobody can be asked.
pub fn password(account: &CalendarAccount) -> Result<Password, Failure> {
    let given = std::env::var("ORDO_CALENDAR_PASSWORD").ok();
    if let Some(text) = given.filter(|password| !password.is_empty()) {
        return Ok(Password { text, is_kept: false });
    }
    if let Some(text) = keychain().password(&account.title()) {
        return Ok(Password { text, is_kept: true });
    }
    if std::io::stdin().is_terminal() {
        let prompt = format!("Password of {} at {}: ", account.user, account.address);
        if let Ok(text) = rpassword::prompt_password(prompt) {
            return Ok(Password { text, is_kept: false });
        }
    }
    let text = format!(
        "the password of {} is not known; set ORDO_CALENDAR_PASSWORD, or ask at a terminal",
        account.user
    );
    Err(Failure::new(Exit::Refused, text))
}
