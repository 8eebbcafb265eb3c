//! Passwords and PINs: what they must be, their hashes, and how often one may try.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use chrono::{DateTime, TimeDelta, Utc};
use ordo_core::model::SecretKind;
use ordo_core::said;
use ordo_store::UserSecret;

use super::words::Words;
use crate::Error;

/// So many wrong attempts in a row lock somebody out.
pub(super) const LOCK_OUT: u32 = 10;

const SHORTEST_PASSWORD: usize = 8;
const SHORTEST_PIN: usize = 4;
const LONGEST: usize = 200;
const LONGEST_PIN: usize = 12;

/// Refuses what is too easy to guess or no such secret at all.
pub(super) fn check(secret: &str, kind: SecretKind, words: Words) -> Result<(), Error> {
    let length = secret.chars().count();
    match kind {
        SecretKind::Password if !(SHORTEST_PASSWORD..=LONGEST).contains(&length) => {
            Err(words.password_length(SHORTEST_PASSWORD, LONGEST))
        }
        SecretKind::Password if is_run(secret) => Err(words.too_easy()),
        SecretKind::Pin
            if !(SHORTEST_PIN..=LONGEST_PIN).contains(&length)
                || !secret.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            Err(words.pin_length(SHORTEST_PIN, LONGEST_PIN))
        }
        SecretKind::Pin if is_run(secret) => Err(words.too_easy()),
        _ => Ok(()),
    }
}

/// Whether each character follows the one before at the same step, as in 0000, 1234 or 8765.
fn is_run(secret: &str) -> bool {
    let steps: Vec<i64> = secret
        .chars()
        .zip(secret.chars().skip(1))
        .map(|(one, next)| i64::from(u32::from(next)) - i64::from(u32::from(one)))
        .collect();
    steps.first().is_some_and(|first| first.abs() <= 1) && steps.windows(2).all(|pair| pair[0] == pair[1])
}

/// The hash of a secret with how it was made; `salt` was never used before.
pub(super) fn hash(secret: &str, salt: &str) -> Result<String, Error> {
    let salt = format!("ordo:{salt}");
    argon2()
        .and_then(|argon2| {
            argon2
                .hash_password_with_salt(secret.as_bytes(), salt.as_bytes())
                .map_err(|error| error.to_string())
        })
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|error| {
            let said = said!(
                "the password cannot be kept; restart Ordo and try again (for support: {error})",
                "le mot de passe ne peut être conservé; redémarrez Ordo et réessayez (pour l’assistance : {error})"
            );
            Error::said(crate::Code::Database, said)
        })
}

/// Whether a secret is the one of a hash; the hash says itself how it was made.
pub(super) fn fits(secret: &str, hash: &str) -> bool {
    argon2().is_ok_and(|argon2| argon2.verify_password(secret.as_bytes(), hash).is_ok())
}

/// Argon2id with 19 MiB and two passes, as OWASP's cheat sheet on storing passwords asks for.
fn argon2() -> Result<Argon2<'static>, String> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| error.to_string())?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// How long nobody may try for somebody yet; none when they may.
pub(super) fn wait(secret: &UserSecret, now: DateTime<Utc>) -> Option<TimeDelta> {
    let seconds = match secret.failures {
        0..=2 => return None,
        3 => 5,
        4 => 15,
        5 => 30,
        6 | 7 => 60,
        8 | 9 => 120,
        _ => 900,
    };
    // A clock that was set back must not let anybody wait for years.
    let since = now - secret.last_attempt?;
    let left = TimeDelta::seconds(seconds) - since.max(TimeDelta::zero());
    (left > TimeDelta::zero()).then_some(left)
}

#[cfg(test)]
mod tests {
    use ordo_core::Language;

    use super::*;

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        let words = Words(Language::English);
        for (secret, kind, holds) in [
            ("4071", SecretKind::Pin, true),
            ("1357", SecretKind::Pin, true),
            ("1234", SecretKind::Pin, false),
            ("9876", SecretKind::Pin, false),
            ("0000", SecretKind::Pin, false),
            ("471", SecretKind::Pin, false),
            ("47a1", SecretKind::Pin, false),
            ("٤٠٧١", SecretKind::Pin, false),
            ("quiet-otter", SecretKind::Password, true),
            ("aaaaaaaa", SecretKind::Password, false),
            ("short", SecretKind::Password, false),
            ("", SecretKind::Password, false),
        ] {
            assert_eq!(check(secret, kind, words).is_ok(), holds, "{secret}");
        }
    }

    #[test]
    fn a_hash_fits_its_secret_alone_and_says_how_it_was_made() {
        let made = hash("quiet-otter", "one").expect("a hash");
        assert!(made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{made}");
        assert!(fits("quiet-otter", &made));
        assert!(!fits("quiet-otte", &made));
        assert!(!fits("quiet-otter", "nonsense"));
        assert_ne!(made, hash("quiet-otter", "two").expect("a hash"));
    }

    #[test]
    fn attempts_become_slower_and_a_clock_set_back_waits_no_longer() {
        let now = DateTime::from_timestamp(1_772_460_000, 0).expect("a moment");
        let after = |failures, seconds| {
            let secret = UserSecret {
                hash: String::new(),
                failures,
                last_attempt: Some(now),
            };
            wait(&secret, now + TimeDelta::seconds(seconds)).map(|left| left.num_seconds())
        };
        assert_eq!(after(2, 0), None);
        assert_eq!(after(3, 0), Some(5));
        assert_eq!(after(3, 5), None);
        assert_eq!(after(9, 100), Some(20));
        assert_eq!(after(9, -86_400), Some(120));
    }
}
