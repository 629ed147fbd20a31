//! Progress: a bar on a terminal, JSON lines for programs.

use engine::contract::event::Event;
use engine::contract::runs::RunView;
use engine::{Engine, Fault};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::task::JoinHandle;

use crate::command::ask;
use crate::output::Output;
use crate::stop::StopSignal;

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
            let mut told = None;
            while let Ok(event) = events.recv().await {
                if let Event::Import { progress } = event {
                    shown.set_length(progress.total_bytes);
                    shown.set_position(progress.read_bytes);
                    shown.set_message(format!("{} rows", progress.read_rows));
                    tell_change(&mut told, json!(progress), output);
                }
            }
        });
        Self { bar, task }
    }

    /// Takes the bar away; no line of progress comes after it.
    pub async fn end(self) {
        self.task.abort();
        if let Err(error) = self.task.await
            && error.is_panic()
        {
            tracing::error!(%error, "progress could not be shown");
        }
        self.bar.finish_and_clear();
    }
}

/// Waits until a run ends or waits for something. When this program is asked to stop, the run stays as the journal has
/// it, and the view says so.
pub async fn follow(
    engine: &Engine,
    run: i64,
    events: &mut Receiver<Event>,
    output: Output,
    stop: &StopSignal,
) -> Result<RunView, Fault> {
    let bar = bar(output, "{bar:40} {pos}/{len} records  {msg}");
    let view = tokio::select! {
        biased;
        () = stop.received() => {
            output.say(&format!(
                "Stopped. Nothing is lost: go on with “landbridge-cli runs resume {run}”, or give up with “runs cancel {run}”."
            ));
            ask(engine, "runs.show", json!({ "run": run })).await
        }
        ended = settled(engine, run, events, &bar, output) => ended,
    };
    bar.finish_and_clear();
    view
}

async fn settled(
    engine: &Engine,
    run: i64,
    events: &mut Receiver<Event>,
    bar: &ProgressBar,
    output: Output,
) -> Result<RunView, Fault> {
    let mut told = None;
    loop {
        // Asked in this order, a run that is no longer sent has its last state written.
        let sending = engine.is_sending(run);
        let view: RunView = ask(engine, "runs.show", json!({ "run": run })).await?;
        if !sending {
            return Ok(view);
        }
        show(bar, &view);
        tell_change(&mut told, progress_of(&view), output);
        match events.recv().await {
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return Ok(view),
        }
    }
}

fn show(bar: &ProgressBar, view: &RunView) {
    let total = view.summary.total_records;
    bar.set_length(u64::from(total));
    bar.set_position(u64::from(total - view.summary.tally.waiting_records));
    let left = match view.pace.and_then(|pace| pace.seconds_left) {
        Some(seconds) => format!("about {seconds:.0} s left. "),
        None => String::new(),
    };
    bar.set_message(left + &view.summary.state_sentence);
}

fn progress_of(view: &RunView) -> Value {
    let summary = &view.summary;
    json!({
        "run": summary.run,
        "state": summary.state,
        "sentence": summary.state_sentence,
        "tally": summary.tally,
        "api_calls": summary.api_calls,
    })
}

/// A line of progress, unless the last one said the same.
fn tell_change(told: &mut Option<Value>, progress: Value, output: Output) {
    if output.tells_progress() && told.as_ref() != Some(&progress) {
        output.line(&json!({ "progress": progress }));
        *told = Some(progress);
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
