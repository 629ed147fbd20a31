//! Progress: a bar on a terminal, JSON lines for programs.

use engine::contract::event::Event;
use engine::contract::runs::RunView;
use engine::{Code, Engine, Fault};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::task::JoinHandle;

use crate::command::ask;
use crate::output::Output;

/// Shows how far an import is, until it is ended.
pub struct ImportBar {
    bar: ProgressBar,
    task: JoinHandle<()>,
}

impl ImportBar {
    /// Starts to watch.
    pub fn start(engine: &Engine, output: Output) -> Self {
        let bar = bar(output, "{bar:40} {bytes}/{total_bytes}  {msg}");
        let mut events = engine.watch();
        let shown = bar.clone();
        let task = tokio::spawn(async move {
            while let Ok(event) = events.recv().await {
                if let Event::Import { progress } = event {
                    shown.set_length(progress.total_bytes);
                    shown.set_position(progress.read_bytes);
                    shown.set_message(format!("{} rows", progress.read_rows));
                    if output.tells_progress() {
                        output.line(&json!({ "progress": progress }));
                    }
                }
            }
        });
        Self { bar, task }
    }

    /// Takes the bar away.
    pub fn end(self) {
        self.task.abort();
        self.bar.finish_and_clear();
    }
}

/// Waits until a run ends, waits for something, or somebody stops this program; the journal keeps what is open.
pub async fn follow(
    engine: &Engine,
    run: i64,
    events: &mut Receiver<Event>,
    output: Output,
) -> Result<RunView, Fault> {
    let bar = bar(output, "{bar:40} {pos}/{len} records  {msg}");
    loop {
        // Asked in this order, a run that is no longer sent has its last state written.
        let sending = engine.is_sending(run);
        let view: RunView = ask(engine, "runs.show", json!({ "run": run })).await?;
        if !sending {
            bar.finish_and_clear();
            return Ok(view);
        }
        tell(&bar, &view, output);
        tokio::select! {
            event = events.recv() => match event {
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return Ok(view),
            },
            stopped = tokio::signal::ctrl_c() => {
                bar.finish_and_clear();
                stopped.map_err(|error| Fault::new(Code::Internal, "Signals cannot be read.").with_detail(error.to_string()))?;
                return Err(Fault::new(
                    Code::Cancelled,
                    format!("Stopped. Nothing is lost: go on with “landbridge-cli runs resume {run}”, or give up with “runs cancel {run}”."),
                ));
            }
        }
    }
}

fn tell(bar: &ProgressBar, view: &RunView, output: Output) {
    let tally = &view.summary.tally;
    let total = view.summary.total_records;
    bar.set_length(u64::from(total));
    bar.set_position(u64::from(total - tally.waiting_records));
    if let Some(seconds) = view.pace.and_then(|pace| pace.seconds_left) {
        bar.set_message(format!("about {seconds:.0} s left"));
    }
    if output.tells_progress() {
        output.line(&json!({ "progress": { "run": view.summary.run, "state": view.summary.state, "tally": tally, "api_calls": view.summary.api_calls } }));
    }
}

fn bar(output: Output, template: &str) -> ProgressBar {
    if !output.shows_bar() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
