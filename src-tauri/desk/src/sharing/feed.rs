//! Feeds: calendars at secret addresses.

use ordo_core::ical::calendar_text;
use ordo_core::model::{PractitionerId, Sharing};

use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// Starts a practitioner's feed under a new secret, 32 random octets; the old address, if any, stops working.
    pub fn start_feed(&mut self, practitioner: &PractitionerId, random: [u8; 32]) -> Result<Sharing, Error> {
        self.allow(UseCase::ShareFeed)?;
        let secret: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        self.change_sharing(practitioner, |sharing| sharing.feed_secret = Some(secret))
    }

    /// Ends a practitioner's feed; its address stops working at once.
    pub fn stop_feed(&mut self, practitioner: &PractitionerId) -> Result<Sharing, Error> {
        self.allow(UseCase::ShareFeed)?;
        self.change_sharing(practitioner, |sharing| sharing.feed_secret = None)
    }

    /// Refuses whoever may not have the feeds served.
    pub fn may_serve(&self) -> Result<(), Error> {
        self.allow(UseCase::ServeFeeds)
    }

    /// Differs whenever any feed may differ: with every change, and on another day.
    pub fn feed_version(&self) -> Result<String, Error> {
        let today = self.now()?.date();
        let spoken = self.language.code();
        Ok(format!("{} {today} {spoken}", self.store.newest_change()?))
    }

    /// The calendar of the feed whose secret `is_it` knows; every secret is asked about, so that time tells nothing.
    pub fn feed_text(&self, is_it: impl Fn(&str) -> bool) -> Result<Option<String>, Error> {
        let mut found = None;
        for sharing in self.store.sharings()? {
            if sharing.feed_secret.as_deref().is_some_and(&is_it) {
                found = Some(sharing);
            }
        }
        let text = |sharing: Sharing| {
            let export = self.current_export(&sharing.practitioner, sharing.names)?;
            Ok(calendar_text(&export))
        };
        found.map(text).transpose()
    }
}

#[cfg(test)]
mod tests {
    use ordo_core::model::{AppointmentStatus, NamesShown};
    use ordo_store::Which;

    use super::*;
    use crate::Code;
    use crate::test_support::{TestHost, small_desk};

    fn feed(desk: &Desk<TestHost>, secret: &str) -> Option<String> {
        desk.feed_text(|known| known == secret).expect("a store")
    }

    #[test]
    fn a_feed_lives_under_its_secret_and_dies_with_it() {
        let (_folder, mut desk) = small_desk();
        assert_eq!(feed(&desk, ""), None);
        let pia: PractitionerId = "pia".into();
        let secret = desk
            .start_feed(&pia, [0xab; 32])
            .expect("a feed")
            .feed_secret
            .expect("a secret");
        assert_eq!(secret.len(), 64);
        let text = feed(&desk, &secret).expect("a feed");
        assert!(text.contains("SUMMARY:Z. G. · Physio 45\r\n") && !text.contains("Gagnon"));
        let version = desk.feed_version().expect("a version");
        desk.share_names(&pia, NamesShown::Busy).expect("a level");
        assert_ne!(desk.feed_version().expect("a version"), version);
        assert!(!feed(&desk, &secret).expect("a feed").contains("Z. G."));
        let newer = desk
            .start_feed(&pia, [0xcd; 32])
            .expect("a feed")
            .feed_secret
            .expect("a secret");
        assert_eq!(feed(&desk, &secret), None, "a new address ends the old one");
        desk.stop_feed(&pia).expect("ended");
        assert_eq!(feed(&desk, &newer), None);
        let refused = desk.undo(Which::Last, "").expect_err("nothing is revived");
        assert_eq!(refused.code, Code::BadRequest);
        assert_eq!(feed(&desk, &newer), None);
        assert_eq!(
            desk.start_feed(&"nobody".into(), [1; 32])
                .expect_err("nobody")
                .code,
            Code::NotFound
        );
    }

    #[test]
    fn a_cancelled_visit_stays_thirty_days() {
        let (_folder, mut desk) = small_desk();
        let secret = desk
            .start_feed(&"pia".into(), [1; 32])
            .expect("a feed")
            .feed_secret
            .expect("a secret");
        desk.set_status(&"z2".into(), AppointmentStatus::Cancelled, "ill")
            .expect("cancelled");
        let cancelled = |desk: &Desk<_>| feed(desk, &secret).expect("a feed").contains("STATUS:CANCELLED");
        assert!(cancelled(&desk));
        desk.host.set("2026-04-01T07:00");
        assert!(cancelled(&desk));
        desk.host.set("2026-04-01T10:00");
        assert!(!cancelled(&desk));
    }
}
