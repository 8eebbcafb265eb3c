//! How calendars are shared.

use ordo_core::model::{CalendarAccount, NamesShown, PractitionerId, Sharing};
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Result};

#[derive(Serialize, Deserialize)]
pub(super) struct SharingImage {
    practitioner: String,
    names: String,
    feed_secret: Option<String>,
    account: Option<AccountImage>,
}

#[derive(Serialize, Deserialize)]
struct AccountImage {
    address: String,
    user: String,
    /// Not said by those who wrote before there was anything to say.
    #[serde(default)]
    ends: bool,
}

impl From<&Sharing> for SharingImage {
    fn from(sharing: &Sharing) -> Self {
        Self {
            practitioner: sharing.practitioner.to_string(),
            names: sharing.names.as_str().to_owned(),
            feed_secret: sharing.feed_secret.clone(),
            account: sharing.account.as_ref().map(|account| AccountImage {
                address: account.address.clone(),
                user: account.user.clone(),
                ends: sharing.account_ends,
            }),
        }
    }
}

impl TryFrom<SharingImage> for Sharing {
    type Error = Fault;

    fn try_from(image: SharingImage) -> Result<Self> {
        let names = NamesShown::parse(&image.names);
        Ok(Self {
            practitioner: PractitionerId::new(image.practitioner),
            names: names
                .ok_or_else(|| Fault::Damaged(format!("\"{}\" says nothing about names", image.names)))?,
            feed_secret: image.feed_secret,
            account_ends: image.account.as_ref().is_some_and(|image| image.ends),
            account: image.account.map(|image| CalendarAccount {
                address: image.address,
                user: image.user,
            }),
        })
    }
}
