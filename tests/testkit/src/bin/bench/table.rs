use std::fmt;
use std::time::Duration;

/// Figures beside what they are to reach.
#[derive(Debug, Default)]
pub struct Table(Vec<[String; 3]>);

impl Table {
    /// Adds a figure; `goal` may be empty.
    pub fn add(&mut self, what: impl Into<String>, figure: impl Into<String>, goal: &str) {
        self.0.push([what.into(), figure.into(), goal.to_owned()]);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; 3];
        for row in &self.0 {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for [what, figure, goal] in &self.0 {
            let [one, two, _] = widths;
            writeln!(formatter, "{what:<one$}  {figure:>two$}  {goal}")?;
        }
        Ok(())
    }
}

/// A duration in milliseconds.
pub fn milliseconds(duration: Duration) -> String {
    format!("{:.3} ms", duration.as_secs_f64() * 1000.0)
}

/// How many times as long one duration is as another.
pub fn ratio(one: Duration, two: Duration) -> f64 {
    one.as_secs_f64() / two.as_secs_f64()
}
