//! Who may do what about newer versions of Ordo; they are looked for and installed where the desk runs.

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

    /// Refuses whoever may not install an update.
    pub fn may_install_update(&self) -> Result<(), Error> {
        self.allow(UseCase::InstallUpdate)
    }
}
