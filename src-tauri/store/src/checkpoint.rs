//! The checkpoint of the journal's chain: how far it was checked, kept in a small file beside the database.
//!
//! Whoever can write the database could write a whole new chain into it; the checkpoint and the copies lie outside it
//! and give that away. It tells nothing of the content.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::chain::{ChainFault, Hash, Link};
use crate::error::StoreError;
use crate::file::beside;
use crate::reader::Reader;

/// How many of the newest entries are checked where nothing says how far they were.
const WITHOUT_CHECKPOINT: u32 = 1000;

/// How many entries are checked in one read, so that nobody waits for the whole.
const AT_ONCE: u32 = 500;

/// What the file's name ends in.
pub(crate) const ENDING: &str = ".chain";

/// The first word of the file.
const FORMAT: &str = "ordo-chain/1";

/// What the check at the start has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartCheck {
    /// How many entries were checked.
    pub checked: u32,
    /// What is wrong, oldest first.
    pub faults: Vec<ChainFault>,
}

impl Reader {
    /// Checks what was written since the last checkpoint and moves the checkpoint to the newest entry.
    ///
    /// The cost grows with what is new, not with what is there. Where something is wrong the checkpoint stays.
    pub fn check_newest(&self) -> Result<StartCheck, StoreError> {
        let kept = read(&self.path);
        let from = match kept {
            Some(kept) => {
                if let Some(fault) = self.against(kept)? {
                    return Ok(StartCheck {
                        checked: 0,
                        faults: vec![fault],
                    });
                }
                kept
            }
            None => {
                let seq = self.current_seq()?.saturating_sub(WITHOUT_CHECKPOINT);
                let hash = self.chain_at(seq)?.unwrap_or(Hash::NONE);
                Link { seq, hash }
            }
        };
        let mut check = StartCheck {
            checked: 0,
            faults: Vec::new(),
        };
        let mut last = from;
        loop {
            let stretch = self.check_chain(last, AT_ONCE)?;
            check.checked += stretch.checked;
            check.faults.extend(stretch.faults);
            last = stretch.last;
            if stretch.is_end {
                break;
            }
        }
        if check.faults.is_empty() && kept != Some(last) {
            write(&self.path, last);
        }
        Ok(check)
    }

    /// What the checkpoint says against the journal; nothing where there is no checkpoint.
    pub fn check_checkpoint(&self) -> Result<Option<ChainFault>, StoreError> {
        match read(&self.path) {
            Some(kept) => self.against(kept),
            None => Ok(None),
        }
    }

    fn against(&self, kept: Link) -> Result<Option<ChainFault>, StoreError> {
        let newest = self.current_seq()?;
        if newest < kept.seq {
            let kept = kept.seq;
            return Ok(Some(ChainFault::Shortened { kept, newest }));
        }
        let seq = kept.seq;
        let same = self.chain_at(seq)? == Some(kept.hash);
        Ok((!same).then_some(ChainFault::Replaced { seq }))
    }

    /// Takes the journal as it is for the right one, such as after an older copy was put back on purpose.
    pub fn accept_journal(&self) -> Result<(), StoreError> {
        write(&self.path, self.chain_end()?);
        Ok(())
    }
}

/// Where the checkpoint of a database lies.
pub(crate) fn place(database: &Path) -> PathBuf {
    beside(database, ENDING)
}

/// Whether there is one, so that there was a journal.
pub(crate) fn is_there(database: &Path) -> bool {
    place(database).exists()
}

/// The checkpoint; none where there is none that can be read.
fn read(database: &Path) -> Option<Link> {
    let text = fs::read_to_string(place(database)).ok()?;
    let mut words = text.split_ascii_whitespace();
    let (format, seq, hash) = (words.next()?, words.next()?, words.next()?);
    if format != FORMAT {
        return None;
    }
    Some(Link {
        seq: seq.parse().ok()?,
        hash: Hash::parse(hash)?,
    })
}

/// Takes the checkpoint away while another content is put in place: killed in between, it must not speak of entries that
/// were given up on purpose. Gives what it was.
pub(crate) fn take(database: &Path) -> Option<Link> {
    let kept = read(database);
    let _ = fs::remove_file(place(database));
    kept
}

/// Puts back the checkpoint that was taken away for a content that did not come in place.
pub(crate) fn give_back(database: &Path, taken: Option<Link>) {
    if let Some(link) = taken {
        write(database, link);
    }
}

/// Writes the checkpoint: wholly or not at all. Without one the next start checks more; that is no reason to stop.
pub(crate) fn write(database: &Path, link: Link) {
    let place = place(database);
    let fresh = beside(&place, &format!("-{}", std::process::id()));
    let written = File::create(&fresh).and_then(|mut file| {
        file.write_all(format!("{FORMAT} {} {}\n", link.seq, link.hash).as_bytes())?;
        file.sync_all()
    });
    if written.and_then(|()| fs::rename(&fresh, &place)).is_err() {
        let _ = fs::remove_file(&fresh);
    }
}
