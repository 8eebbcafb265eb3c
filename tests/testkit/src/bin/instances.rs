//! Writes generated instances as N.clinic.json and N.request.json.

use std::path::Path;
use std::process::ExitCode;

use ordo_testkit::generator::{Class, instance};

const USAGE: &str = "usage: instances CLASS FIRST_SEED COUNT FOLDER
writes FOLDER/CLASS-SEED.clinic.json and FOLDER/CLASS-SEED.request.json; classes: tiny, tight, small, medium, large, largest, varied";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let [class, first, count, folder] = arguments else {
        return Err(USAGE.to_owned());
    };
    let class = Class::named(class).ok_or(USAGE)?;
    let first: u64 = first.parse().map_err(|_| USAGE)?;
    let count: u64 = count.parse().map_err(|_| USAGE)?;
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for seed in first..first + count {
        let instance = instance(class, seed);
        for (part, value) in [("clinic", &instance.clinic), ("request", &instance.request)] {
            let path = folder.join(format!("{}-{seed}.{part}.json", class.name()));
            std::fs::write(&path, value.to_string())
                .map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}
