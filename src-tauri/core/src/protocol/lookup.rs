//! Finds what a case names in the protocols.

/// Why no decision can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// The protocols have no such condition, need or sensitivity.
    #[error("there is no {kind} \"{id}\" in the protocols{}", suggestion(.near))]
    Unknown {
        /// `condition`, `need` or `sensitivity`.
        kind: &'static str,
        /// What was given.
        id: String,
        /// The nearest identifier there is.
        near: Option<String>,
    },
    /// Something is named twice.
    #[error("the {kind} \"{id}\" is named twice; name it once")]
    Twice {
        /// `condition`, `need` or `sensitivity`.
        kind: &'static str,
        /// What was given.
        id: String,
    },
}

fn suggestion(near: &Option<String>) -> String {
    near.as_ref()
        .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"))
}

/// The named items in the order named; each must be known and named once.
pub(super) fn find<'a, T>(
    wanted: &[String],
    known: &'a [T],
    kind: &'static str,
    id_of: fn(&T) -> &String,
) -> Result<Vec<&'a T>, DecideError> {
    let mut found: Vec<&T> = Vec::with_capacity(wanted.len());
    for (index, id) in wanted.iter().enumerate() {
        if wanted[..index].contains(id) {
            return Err(DecideError::Twice { kind, id: id.clone() });
        }
        let item = known
            .iter()
            .find(|item| id_of(item) == id)
            .ok_or_else(|| DecideError::Unknown {
                kind,
                id: id.clone(),
                near: nearest(id, known.iter().map(|item| id_of(item).as_str())),
            })?;
        found.push(item);
    }
    Ok(found)
}

/// The known word that shares most pairs of letters with the given one, if any is close.
fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let pairs = |word: &str| {
        word.to_lowercase()
            .replace(' ', "-")
            .as_bytes()
            .windows(2)
            .map(<[u8]>::to_vec)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let wanted = pairs(given);
    let likeness = |word: &str| {
        let has = pairs(word);
        200 * wanted.intersection(&has).count() / (wanted.len() + has.len()).max(1)
    };
    known
        .map(|word| (likeness(word), word))
        .filter(|&(alike, _)| alike >= 40)
        .max()
        .map(|(_, word)| word.to_owned())
}
