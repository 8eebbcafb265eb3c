//! Who may do what about newer versions of Ordo; they are looked for and installed where the desk runs.

use ordo_store::{Entry, Stamp};

use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// Refuses whoever may not see whether an update waits.
    pub fn may_see_updates(&self) -> Result<(), Error> {
        self.allow(UseCase::Updates)
    }

    /// Refuses whoever may not have an update looked for now.
    pub fn may_look_for_update(&self) -> Result<(), Error> {
        self.allow(UseCase::LookForUpdate)
    }

    /// Refuses whoever may not choose that updates are looked for every day.
    pub fn may_look_daily(&self) -> Result<(), Error> {
        self.allow(UseCase::LookDaily)
    }

    /// Refuses whoever may not fetch an update.
    pub fn may_fetch_update(&self) -> Result<(), Error> {
        self.allow(UseCase::FetchUpdate)
    }

    /// Who has an update installed, as the journal names them; refuses whoever may not.
    pub fn may_install_update(&self) -> Result<String, Error> {
        self.allow(UseCase::InstallUpdate)?;
        Ok(self.actor())
    }

    /// Notes that Ordo became another version, once it is that version; whoever is at the desk by then.
    pub fn note_update(&mut self, from: &str, to: &str, by: &str) -> Result<Entry, Error> {
        let stamp = Stamp {
            actor: by.to_owned(),
            ..self.stamp(&format!("{from} → {to}"))
        };
        Ok(self.store.log_update(&stamp)?)
    }
}

#[cfg(test)]
mod tests {
    use ordo_core::Language;
    use ordo_store::Which;

    use crate::test_support::small_desk;
    use crate::view::journal::{JournalAsk, JournalKind};

    #[test]
    fn an_update_is_found_in_the_journal_and_stays_there() {
        let (_folder, mut desk) = small_desk();
        desk.set_status(&"m0".into(), ordo_core::model::AppointmentStatus::Arrived, "")
            .expect("a change");
        let noted = desk.note_update("0.1.0", "0.2.0", "Ana").expect("noted");
        let ask = JournalAsk {
            kind: Some(JournalKind::Update),
            ..JournalAsk::default()
        };
        for (language, what) in [
            (Language::English, "Ordo updated"),
            (Language::French, "Ordo mis à jour"),
        ] {
            desk.speak(language);
            let page = desk.journal_page(&ask, None, 10).expect("a page");
            let [line] = page.lines.as_slice() else {
                panic!("{:?}", page.lines);
            };
            assert_eq!((line.what.as_str(), line.person.as_str()), (what, "Ana"));
            assert_eq!(line.reason, "0.1.0 → 0.2.0");
        }
        assert!(desk.undo(Which::Entry(noted.seq), "").is_err());
        // What was done before can be taken back as if nothing had come between.
        let undone = desk.undo(Which::Last, "").expect("undone");
        assert_ne!(undone.seq, noted.seq);
        assert!(desk.check_newest().is_ok());
    }
}
