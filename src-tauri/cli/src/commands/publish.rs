//! Publishing a practitioner's calendar to their account.

use ordo_desk::CalendarAccount;
use ordo_keychain::keychain;
use ordo_net::account::{Access, Course, check_address};
use ordo_net::publish::Report;
use serde_json::json;

use crate::args::{self, Arguments};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use crate::passwords::password;

/// Publishes the calendar, and names or forgets the account.
pub fn publish(arguments: &Arguments, asked: &args::Publish, output: Output) -> Result<(), Failure> {
    let mut desk = open::open(arguments)?;
    let practitioner = asked.practitioner.as_str().into();
    if asked.forget {
        let Some(account) = desk.sharing(&practitioner)?.account else {
            return output.answer(
                || "There is no account to forget.".to_owned(),
                || json!({"account": null}),
            );
        };
        desk.end_account(&practitioner)?;
        keychain().forget_password(&account.title());
        return output.answer(
            || "The account is forgotten; what was published stays.".to_owned(),
            || json!({"account": null}),
        );
    }
    if let (Some(address), Some(user)) = (&asked.address, &asked.account) {
        // What can be no address is not named; whether anything answers there may be another day's question.
        check_address(address).map_err(|error| Failure::new(Exit::Refused, error.to_string()))?;
        let account = CalendarAccount {
            address: address.clone(),
            user: user.clone(),
        };
        desk.share_account(&practitioner, account)?;
    }
    let Some(account) = desk.sharing(&practitioner)?.account else {
        let text = "no account is known yet; name it with --address and --account";
        return Err(Failure::new(Exit::Refused, text));
    };
    let publication = desk.publication(&practitioner)?;
    let mut report = Report::default();
    let password = password(&account)?;
    let access = Access {
        address: &account.address,
        user: &account.user,
        password: &password.text,
    };
    let done = ordo_net::publish::publish(
        &access,
        &publication.events(),
        publication.from(),
        &mut report,
        Course::UNWATCHED,
    );
    let text = format!(
        "{} created, {} updated, {} deleted, {} as they were, {} left to the next time, {} refused",
        report.created,
        report.updated,
        report.deleted,
        report.unchanged,
        report.left,
        report.refused.len()
    );
    let kept = match &done {
        Ok(()) if asked.keep_password && !password.is_kept => {
            if keychain().keep_password(&account.title(), &password.text) {
                " The password is kept in the keychain; the window keeps the calendar up to date."
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
