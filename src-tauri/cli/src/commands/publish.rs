//! Publishing a practitioner's calendar to their account.

use std::cell::RefCell;
use std::io::IsTerminal;

use ordo_desk::CalendarAccount;
use ordo_net::publish::{Passwords, Report};
use serde_json::json;

use crate::args::{self, Arguments};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;

/// Publishes the calendar, and names or forgets the account.
pub fn publish(arguments: &Arguments, asked: &args::Publish, output: Output) -> Result<(), Failure> {
    let mut desk = open::open(arguments)?;
    let practitioner = asked.practitioner.as_str().into();
    if asked.forget {
        if let Some(account) = desk.sharing(&practitioner)?.account {
            ordo_keychain::forget_password(&name(&account));
        }
        desk.share_account(&practitioner, None)?;
        return output.answer(
            || "The account is forgotten; what was published stays.".to_owned(),
            || json!({"account": null}),
        );
    }
    if let (Some(address), Some(user)) = (&asked.address, &asked.user) {
        let account = CalendarAccount {
            address: address.clone(),
            user: user.clone(),
        };
        desk.share_account(&practitioner, Some(account))?;
    }
    let Some(account) = desk.sharing(&practitioner)?.account else {
        let text = "no account is known yet; name it with --address and --user";
        return Err(Failure::new(Exit::Refused, text));
    };
    let (events, from) = desk.published_events(&practitioner)?;
    let mut report = Report::default();
    let passwords = Known::default();
    let done = ordo_net::publish::publish(&account, &passwords, &events, from, &mut report);
    let text = format!(
        "{} created, {} updated, {} deleted, {} as they were, {} left to the next time, {} refused",
        report.created,
        report.updated,
        report.deleted,
        report.unchanged,
        report.left,
        report.refused.len()
    );
    let kept = match (&done, passwords.typed.into_inner()) {
        (Ok(()), Some(typed)) if asked.keep_password => {
            if ordo_keychain::keep_password(&name(&account), &typed) {
                " The password is kept in the keychain."
            } else {
                " There is no keychain that keeps the password; it is asked for again the next time."
            }
        }
        _ => "",
    };
    match done {
        Ok(()) => output.answer(
            || format!("Published to {}: {text}.{kept}", account.address),
            || {
                json!({
                    "created": report.created, "updated": report.updated, "deleted": report.deleted,
                    "unchanged": report.unchanged, "left": report.left, "refused": report.refused,
                })
            },
        ),
        Err(error) => Err(Failure::new(Exit::Refused, format!("{error} ({text})"))),
    }
}

/// From the environment, the system's keychain, or whoever sits at the terminal.
#[derive(Default)]
struct Known {
    /// What was typed, or given in the environment.
    typed: RefCell<Option<String>>,
}

impl Passwords for Known {
    fn password(&self, account: &CalendarAccount) -> Option<String> {
        let given = std::env::var("ORDO_CALENDAR_PASSWORD").ok();
        let given = given.filter(|password| !password.is_empty());
        if given.is_none()
            && let Some(kept) = ordo_keychain::password(&name(account))
        {
            return Some(kept);
        }
        let typed = given.or_else(|| {
            let prompt = format!("Password of {} at {}: ", account.user, account.address);
            std::io::stdin()
                .is_terminal()
                .then(|| rpassword::prompt_password(prompt).ok())
                .flatten()
        });
        self.typed.replace(typed.clone());
        typed
    }
}

/// What the keychain calls an account.
fn name(account: &CalendarAccount) -> String {
    format!("{} at {}", account.user, account.address)
}
