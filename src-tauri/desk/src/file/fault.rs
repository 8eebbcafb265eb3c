//! What is wrong with a file, and where.

use std::fmt;

use ordo_core::validate::Fault;

/// Why a file was refused: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFaults {
    /// Each fault with its path, in the order of the file where that is known; never empty.
    pub faults: Vec<Fault>,
}

/// How many faults are written out for people.
const SHOWN: usize = 20;

impl fmt::Display for FileFaults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.faults.len();
        write!(
            formatter,
            "{count} {} wrong with the file",
            if count == 1 { "thing is" } else { "things are" }
        )?;
        for fault in self.faults.iter().take(SHOWN) {
            write!(formatter, "\n  {}: {}", fault.path, fault.text)?;
        }
        if count > SHOWN {
            write!(
                formatter,
                "\n  … and {} more; --json lists them all",
                count - SHOWN
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for FileFaults {}
