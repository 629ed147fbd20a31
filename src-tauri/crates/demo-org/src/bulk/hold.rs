//! The brake that tests pull to look at jobs that are under way.

use std::sync::{Condvar, Mutex, PoisonError};

#[derive(Debug, Default)]
struct Brake {
    /// Rows after which a job waits; `None` while the brake is off.
    after_rows: Option<u32>,
    closing: bool,
    changes: u64,
}

/// Keeps jobs *InProgress* until released.
#[derive(Debug, Default)]
pub struct Hold {
    brake: Mutex<Brake>,
    changed: Condvar,
}

impl Hold {
    /// Jobs stop once they have done this many rows.
    pub fn hold(&self, after_rows: u32) {
        self.change(|brake| brake.after_rows = Some(after_rows));
    }

    /// Jobs go on.
    pub fn release(&self) {
        self.change(|brake| brake.after_rows = None);
    }

    /// Whether jobs are held.
    pub fn is_on(&self) -> bool {
        let brake = self.brake.lock().unwrap_or_else(PoisonError::into_inner);
        brake.after_rows.is_some()
    }

    /// The org is closing: nobody waits any longer.
    pub fn close(&self) {
        self.change(|brake| brake.closing = true);
    }

    /// Makes waiting jobs look again whether they were aborted.
    pub fn wake(&self) {
        self.change(|_| {});
    }

    fn change(&self, how: impl FnOnce(&mut Brake)) {
        let mut brake = self.brake.lock().unwrap_or_else(PoisonError::into_inner);
        how(&mut brake);
        brake.changes += 1;
        self.changed.notify_all();
    }

    /// Waits while the brake holds a job that has done so many rows. Returns how many rows it may have done before it
    /// must ask again (`u32::MAX` without brake), or `None` when the job should stop.
    pub fn wait(&self, done_rows: u32, aborted: impl Fn() -> bool) -> Option<u32> {
        let mut brake = self.brake.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if brake.closing || aborted() {
                return None;
            }
            match brake.after_rows {
                None => return Some(u32::MAX),
                Some(limit) if done_rows < limit => return Some(limit),
                Some(_) => brake = self.changed.wait(brake).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}
