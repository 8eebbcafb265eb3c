//! The key of the database: where it is kept, the recovery key, a new key, the passphrase.

use std::io::IsTerminal;

use ordo_desk::view::keys::{KeyPlace, KeyState, RecoveryPaper};
use ordo_desk::{Code, Desk};
use ordo_keychain::vault;
use serde_json::json;

use crate::args::{Arguments, KeyCommand};
use crate::failure::{Exit, Failure};
use crate::host::SystemHost;
use crate::open;
use crate::output::Output;

/// Runs one of the commands.
pub fn key(arguments: &Arguments, command: &KeyCommand, output: Output) -> Result<(), Failure> {
    let mut desk = open::open(arguments)?;
    match command {
        KeyCommand::Status => status(&desk.key_state(vault())?, output),
        KeyCommand::Recovery => {
            let state = desk.key_state(vault())?;
            if !matches!(state.place, KeyPlace::Keychain | KeyPlace::Passphrase) {
                return Err(Failure::new(
                    Exit::Refused,
                    "there is nothing yet that a recovery key could open; run `ordo key rekey` first",
                ));
            }
            let (paper, typed) = write_down(&mut desk, output)?;
            desk.renew_recovery_key(&typed, vault())?;
            done(
                output,
                &paper,
                "The recovery key before this one is no longer needed; destroy its paper.",
            )
        }
        KeyCommand::Rekey { passphrase } => {
            let by_passphrase = *passphrase || !desk.key_state(vault())?.keychain_is_there;
            // Asked for first, so that nothing stands on paper for nothing.
            let passphrase = if by_passphrase {
                Some(new_passphrase()?)
            } else {
                None
            };
            let (paper, typed) = write_down(&mut desk, output)?;
            desk.protect_key(&typed, passphrase.as_deref(), vault())?;
            let mut text = String::from(
                "The database has its new key. Backups and copies made before keep the key that they were made with; \
                 Ordo still puts them back.",
            );
            if std::env::var_os("ORDO_KEY").is_some_and(|key| !key.is_empty()) {
                text += "\nORDO_KEY no longer opens it; leave it away, or set it to the passphrase or the recovery key.";
            }
            done(output, &paper, &text)
        }
        KeyCommand::Passphrase => {
            desk.move_key(Some(&new_passphrase()?), vault())?;
            let text = "The new passphrase is asked for from now on.";
            output.answer(|| text.to_owned(), || json!({"place": "passphrase"}))
        }
        KeyCommand::Keychain => {
            desk.move_key(None, vault())?;
            let text = "The key is kept in this computer’s keychain; no passphrase is asked for any more.";
            output.answer(|| text.to_owned(), || json!({"place": "keychain"}))
        }
    }
}

fn status(state: &KeyState, output: Output) -> Result<(), Failure> {
    let (place, text) = match state.place {
        KeyPlace::Keychain => ("keychain", "in this computer’s keychain"),
        KeyPlace::Passphrase => (
            "passphrase",
            "under a passphrase, which is asked for at each start",
        ),
        KeyPlace::File => (
            "file",
            "in a plain file beside the database: fine for a demo, not for patients; `ordo key rekey` protects it",
        ),
        KeyPlace::Given => (
            "given",
            "nowhere: it is given in ORDO_KEY; `ordo key rekey` has Ordo keep one",
        ),
    };
    let recovery = if state.has_recovery_key {
        "There is a recovery key on paper; `ordo key recovery` makes a new one."
    } else {
        "There is no recovery key."
    };
    let keychain = if state.keychain_is_there {
        "This computer has a keychain."
    } else {
        "This computer has no keychain that Ordo can use."
    };
    output.answer(
        || format!("The key is kept {text}.\n{recovery}\n{keychain}"),
        || json!({"place": place, "recovery_key": state.has_recovery_key, "keychain": state.keychain_is_there}),
    )
}

/// Shows a new recovery key before anything is changed, and has one group typed from the paper where somebody sits there.
fn write_down(desk: &mut Desk<SystemHost>, output: Output) -> Result<(RecoveryPaper, String), Failure> {
    let paper = desk.draft_recovery_key(vault())?;
    let asked = paper.asked as usize - 1;
    if !std::io::stdin().is_terminal() {
        let typed = paper.groups[asked].clone();
        if output.json {
            // The key comes with the answer; a blank line before it tells whether the answer will arrive.
            output.line_before_change("")?;
        } else {
            show(&paper, output)?;
        }
        return Ok((paper, typed));
    }
    show(&paper, output)?;
    let prompt = format!("Group {} from the paper: ", paper.asked);
    let typed = open::ask(&prompt, "nothing, and run it in a terminal")?;
    Ok((paper, typed))
}

fn show(paper: &RecoveryPaper, output: Output) -> Result<(), Failure> {
    let groups: Vec<String> = paper
        .groups
        .chunks(4)
        .map(|row| format!("    {}", row.join(" ")))
        .collect();
    output.line_before_change(&format!(
        "The new recovery key. Write it down or print it, and keep it away from this computer; it is shown this one \
         time. Keep the paper before it until this command says that it is done.\n\n{}\n",
        groups.join("\n")
    ))
}

fn done(output: Output, paper: &RecoveryPaper, text: &str) -> Result<(), Failure> {
    output.answer(
        || text.to_owned(),
        || json!({"done": text, "recovery_key": paper.groups.join(" ")}),
    )
}

/// A new passphrase, from ORDO_NEW_PASSPHRASE or typed twice.
fn new_passphrase() -> Result<String, Failure> {
    const VARIABLE: &str = "ORDO_NEW_PASSPHRASE";
    if let Some(given) = std::env::var(VARIABLE).ok().filter(|given| !given.is_empty()) {
        return Ok(given);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure {
            code: Some(Code::KeyNeeded),
            ..Failure::new(
                Exit::Refused,
                format!("a passphrase is needed to keep the key under; set {VARIABLE}"),
            )
        });
    }
    let passphrase = open::ask("New passphrase: ", VARIABLE)?;
    if open::ask("Once more: ", VARIABLE)? != passphrase {
        return Err(Failure::new(Exit::Usage, "the two passphrases differ; try again"));
    }
    Ok(passphrase)
}
