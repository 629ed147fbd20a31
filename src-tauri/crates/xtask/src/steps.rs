//! A chore as a list of named steps: a heading and the time of each, and a summary at the end.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The steps done so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Prints the heading, does the work and prints its time. The first failure ends the chore with the step's name.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n== {name}");
        let start = Instant::now();
        let result = work();
        let elapsed = start.elapsed();
        match result {
            Ok(value) => {
                println!("   {name}: done in {}", shown(elapsed));
                self.done.push((name.to_owned(), elapsed));
                Ok(value)
            }
            Err(error) => {
                self.print();
                println!("   failed  {:>9}  {name}", shown(elapsed));
                Err(error).with_context(|| format!("Step \"{name}\" failed"))
            }
        }
    }

    /// Prints all steps with their times.
    pub fn print(&self) {
        println!("\n== Summary");
        for (name, elapsed) in &self.done {
            println!("   passed  {:>9}  {name}", shown(*elapsed));
        }
    }
}

/// A time for people: tenths of a second below a minute, else minutes and seconds.
fn shown(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    if seconds < 60 {
        format!("{:.1} s", elapsed.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short_to_read() {
        assert_eq!(shown(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(shown(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_failure_names_its_step() {
        let error = Steps::default()
            .step("Web UI", || -> Result<()> { anyhow::bail!("no npm") })
            .unwrap_err();
        assert_eq!(format!("{error:#}"), "Step \"Web UI\" failed: no npm");
    }
}
