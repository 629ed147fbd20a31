//! A process with what it cost, as Linux's /proc tells while it runs.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// Between two looks; the kernel keeps the peak itself, so only the last moment can be missed.
const LOOK: Duration = Duration::from_millis(5);
/// The kernel counts CPU time in hundredths of a second (`USER_HZ` on every Linux of today).
const TICKS_PER_SECOND: f64 = 100.0;

/// What a process cost.
pub struct Measured {
    /// From start to end.
    pub wall_seconds: f64,
    /// User and system time.
    pub cpu_seconds: f64,
    /// Largest resident memory.
    pub peak_bytes: u64,
    /// Its standard output.
    pub output: String,
}

/// Runs a command that must succeed.
pub fn measure(mut command: Command) -> Result<Measured> {
    let began = Instant::now();
    let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut out = process.stdout.take().context("no output")?;
    let reading = thread::spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).map(|_| text)
    });
    let folder = format!("/proc/{}", process.id());
    let (mut cpu_seconds, mut peak_bytes) = (0.0, 0);
    let status = loop {
        // The files are empty once the process has ended; what was seen before counts.
        if let Some(cpu) = fs::read_to_string(format!("{folder}/stat"))
            .ok()
            .as_deref()
            .and_then(cpu)
        {
            cpu_seconds = cpu;
        }
        if let Some(peak) = fs::read_to_string(format!("{folder}/status"))
            .ok()
            .as_deref()
            .and_then(peak)
        {
            peak_bytes = peak;
        }
        if let Some(status) = process.try_wait()? {
            break status;
        }
        thread::sleep(LOOK);
    };
    let wall_seconds = began.elapsed().as_secs_f64();
    let output = reading
        .join()
        .map_err(|_| anyhow::anyhow!("its output could not be read"))??;
    ensure!(status.success(), "{command:?} ended with {status}: {output}");
    Ok(Measured {
        wall_seconds,
        cpu_seconds,
        peak_bytes,
        output,
    })
}

/// Fields 14 and 15 of `stat`, user and system ticks; the name in field 2 may hold spaces.
fn cpu(stat: &str) -> Option<f64> {
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(ticks as f64 / TICKS_PER_SECOND)
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()? * 1024)
}
