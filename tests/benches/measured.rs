//! A process with what it cost, as Linux's /proc tells.

use std::fs;
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// Between two looks at memory; the kernel keeps the peak itself, so only the last moment can be missed.
const LOOK: Duration = Duration::from_millis(5);
/// The kernel counts CPU time in hundredths of a second (`USER_HZ` on every Linux of today).
const TICKS_PER_SECOND: f64 = 100.0;

/// What a process cost.
pub struct Measured {
    /// From start to end.
    pub wall_seconds: f64,
    /// User and system time, of the processes that it started and waited for too.
    pub cpu_seconds: f64,
    /// Largest resident memory.
    pub peak_bytes: u64,
    /// Its standard output.
    pub output: String,
}

/// Runs a command that must succeed.
pub fn measure(command: Command) -> Result<Measured> {
    let (measured, status) = run(command, || Ok(false))?;
    ensure!(
        status.success(),
        "a command ended with {status}: {}",
        measured.output
    );
    Ok(measured)
}

/// Runs a command and kills it as soon as `is_time` says so; it must not end before.
#[allow(dead_code, reason = "not every bench kills")]
pub fn measure_until_killed(command: Command, is_time: impl FnMut() -> Result<bool>) -> Result<Measured> {
    let (measured, status) = run(command, is_time)?;
    ensure!(
        status.code().is_none(),
        "a command ended before it was killed: {}",
        measured.output
    );
    Ok(measured)
}

fn run(mut command: Command, mut is_time: impl FnMut() -> Result<bool>) -> Result<(Measured, ExitStatus)> {
    let before = cpu_of_children()?;
    let began = Instant::now();
    let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut out = process.stdout.take().context("no output")?;
    let reading = thread::spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).map(|_| text)
    });
    let its_status = format!("/proc/{}/status", process.id());
    let mut peak_bytes = 0;
    let status = loop {
        // The file is empty once the process has ended; what was seen before counts.
        if let Some(peak) = fs::read_to_string(&its_status).ok().as_deref().and_then(peak) {
            peak_bytes = peak;
        }
        if let Some(status) = process.try_wait()? {
            break status;
        }
        if is_time()? {
            process.kill()?;
        }
        thread::sleep(LOOK);
    };
    let wall_seconds = began.elapsed().as_secs_f64();
    let cpu_seconds = cpu_of_children()? - before;
    let output = reading
        .join()
        .map_err(|_| anyhow::anyhow!("its output could not be read"))??;
    let measured = Measured {
        wall_seconds,
        cpu_seconds,
        peak_bytes,
        output,
    };
    Ok((measured, status))
}

/// CPU time of the processes that this one has waited for: fields 16 and 17 of `stat`, user and system ticks. The name in
/// field 2 may hold spaces.
fn cpu_of_children() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(") ").context("no name")?;
    let ticks: u64 = fields
        .split(' ')
        .skip(13)
        .take(2)
        .map(str::parse::<u64>)
        .sum::<Result<_, _>>()?;
    Ok(ticks as f64 / TICKS_PER_SECOND)
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()? * 1024)
}
