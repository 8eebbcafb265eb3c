//! What needs somebody's attention until it is mended: told quietly, and never in the way of a booking.

use chrono::{DateTime, TimeDelta, Utc};

use crate::journal::Words as JournalWords;
use crate::view::notices::{Notice, NoticeAbout};
use crate::{Desk, Error, Host, UseCase};

mod words;

use words::Words;

/// So far a clock may lie behind the newest entry: several computers never agree to the second.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(10);

impl<H: Host> Desk<H> {
    /// What needs attention now.
    pub fn notices(&self) -> Result<Vec<Notice>, Error> {
        self.allow(UseCase::Notices)?;
        let words = Words(self.language);
        let mut notices = Vec::new();
        if let Some(fault) = self.chain_faults.first() {
            let fault = JournalWords(self.language).fault(*fault);
            notices.push(Notice {
                about: NoticeAbout::Journal,
                words: words.chain(&fault),
            });
        }
        if let Some(trouble) = self.backup_trouble() {
            notices.push(Notice {
                about: NoticeAbout::Backup,
                words: trouble,
            });
        }
        if let Some(cut) = self.cut_restore() {
            notices.push(Notice {
                about: NoticeAbout::Backup,
                words: cut,
            });
        }
        if let Some(kind) = self.store.network_share() {
            notices.push(Notice {
                about: NoticeAbout::Place,
                words: words.share(self.store.place(), &kind),
            });
        }
        if self.key_lies_open()? {
            notices.push(Notice {
                about: NoticeAbout::Key,
                words: words.key().to_owned(),
            });
        }
        let newest = self.store.newest_moment()?;
        if newest.is_some_and(|newest| is_behind(self.host.now(), newest)) {
            notices.push(Notice {
                about: NoticeAbout::Clock,
                words: words.clock(self.now()?, self.clock),
            });
        }
        Ok(notices)
    }
}

/// Whether a clock was set back, seen from the newest entry of the journal.
fn is_behind(now: DateTime<Utc>, newest: DateTime<Utc>) -> bool {
    newest - now > CLOCKS_DIFFER
}

#[cfg(test)]
mod tests {
    use crate::test_support::{second_desk, small_desk};
    use crate::view::notices::NoticeAbout;

    #[test]
    fn a_clock_that_was_set_back_is_told_and_nothing_is_lost_by_it() {
        let (folder, mut desk) = small_desk();
        desk.patient_record(&"zoe".into()).expect("a record");
        assert_eq!(desk.notices().expect("notices"), []);
        desk.host.set("2026-03-02T07:51");
        assert_eq!(desk.notices().expect("notices"), []);
        desk.host.set("2025-03-02T08:00");
        let notices = desk.notices().expect("notices");
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].about, NoticeAbout::Clock);
        assert!(
            notices[0].words.contains("(Sun, Mar 2, 2025, 08:00)"),
            "{}",
            notices[0].words
        );
        // What is done meanwhile hangs on what was done before, whatever the clock says.
        desk.put_note(&"m0".into(), "", "at the wrong time")
            .expect("a note");
        desk.host.set("2031-01-01T08:00");
        desk.put_note(&"m0".into(), "at the wrong time", "far ahead")
            .expect("a note");
        let check = second_desk(&folder).check_journal().expect("a check");
        assert_eq!((check.checked, check.faults.len()), (4, 0));
        desk.undo(crate::Which::Last, "").expect("undone");
        assert_eq!(
            desk.visit(&"m0".into()).expect("a visit").note,
            "at the wrong time"
        );
    }
}
