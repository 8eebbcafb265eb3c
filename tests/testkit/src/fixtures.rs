//! The recorded problems of `tests/planner`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::brute_force::{CostList, LEVELS};
use crate::generator::Class;

/// A public example: the two files and what is proven of them.
#[derive(Debug, Clone)]
pub struct PublicExample {
    /// The number in the file names.
    pub name: String,
    /// Text of the clinic file.
    pub clinic: String,
    /// Text of the request file.
    pub request: String,
    /// The proven cost lists, in the order of [`LEVELS`].
    pub costs: [CostList; 3],
    /// The seconds that a general constraint solver took for each strategy.
    pub seconds: [f64; 3],
}

/// What is proven of one generated instance.
#[derive(Debug, Clone, Copy)]
pub struct Proven {
    /// The seed of the instance.
    pub seed: u64,
    /// The proven cost lists, in the order of [`LEVELS`].
    pub costs: [CostList; 3],
}

/// All public examples, by name.
///
/// # Errors
///
/// Says which file is missing or not of the recorded form.
pub fn public() -> Result<Vec<PublicExample>, String> {
    let folder = folder().join("public");
    names(&folder)?
        .into_iter()
        .map(|name| public_example(&folder, name))
        .collect()
}

fn public_example(folder: &Path, name: String) -> Result<PublicExample, String> {
    let path = folder.join(format!("optimum/{name}.json"));
    let malformed = || format!("{}: not a list of recorded optima", path.display());
    let recorded: Value = serde_json::from_str(&read(&path)?).map_err(|_| malformed())?;
    let mut costs = [CostList::default(); 3];
    let mut seconds = [0.0; 3];
    for (index, (strategy, levels)) in LEVELS.iter().enumerate() {
        if recorded[index]["strategy"] != *strategy {
            return Err(malformed());
        }
        seconds[index] = recorded[index]["seconds"].as_f64().ok_or_else(malformed)?;
        for (cost, level) in costs[index].iter_mut().zip(levels) {
            *cost = recorded[index]["cost"][level].as_i64().ok_or_else(malformed)?;
        }
    }
    Ok(PublicExample {
        clinic: read(&folder.join(format!("{name}.clinic.json")))?,
        request: read(&folder.join(format!("{name}.request.json")))?,
        name,
        costs,
        seconds,
    })
}

/// What is proven of the generated instances of a class; none when nothing is recorded for it.
///
/// # Errors
///
/// Says which line is not of the recorded form.
pub fn generated(class: Class) -> Result<Vec<Proven>, String> {
    let path = folder().join(format!("generated/{}.jsonl", class.name()));
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = read(&path)?;
    text.lines()
        .map(|line| proven(line).ok_or_else(|| format!("{}: {line}", path.display())))
        .collect()
}

fn proven(line: &str) -> Option<Proven> {
    let value: Value = serde_json::from_str(line).ok()?;
    Some(Proven {
        seed: value["seed"].as_u64()?,
        costs: cost_lists(&value)?,
    })
}

/// A small instance written by hand.
#[derive(Debug, Clone)]
pub struct Crafted {
    /// Its name, as in the names of its files.
    pub name: String,
    /// The clinic file.
    pub clinic: Value,
    /// The request file.
    pub request: Value,
    /// The proven cost lists, in the order of [`LEVELS`].
    pub costs: [CostList; 3],
}

/// All instances written by hand, by name.
///
/// # Errors
///
/// Says which file is missing or not of the recorded form.
pub fn crafted() -> Result<Vec<Crafted>, String> {
    let folder = folder().join("crafted");
    let part = |name: &str, part: &str| -> Result<Value, String> {
        let path = folder.join(format!("{name}.{part}.json"));
        serde_json::from_str(&read(&path)?).map_err(|error| format!("{}: {error}", path.display()))
    };
    names(&folder)?
        .into_iter()
        .map(|name| {
            let optimum = part(&name, "optimum")?;
            Ok(Crafted {
                clinic: part(&name, "clinic")?,
                request: part(&name, "request")?,
                costs: cost_lists(&optimum).ok_or_else(|| format!("{name}: no cost lists"))?,
                name,
            })
        })
        .collect()
}

/// The names of the requests in a folder, sorted.
fn names(folder: &Path) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".request.json")?.to_owned()))
        .collect();
    names.sort();
    Ok(names)
}

fn cost_lists(value: &Value) -> Option<[CostList; 3]> {
    let mut costs = [CostList::default(); 3];
    for (index, list) in costs.iter_mut().enumerate() {
        for (level, cost) in list.iter_mut().enumerate() {
            *cost = value["costs"][index][level].as_i64()?;
        }
    }
    Some(costs)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../planner")
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
