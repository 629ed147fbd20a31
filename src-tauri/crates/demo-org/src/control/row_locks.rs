//! Which rows are locked, and how often each was tried.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::troubles::TroubleState;
use crate::trouble::RowLock;

#[derive(Debug)]
struct Lock {
    number: u64,
    trouble: RowLock,
    counted: u64,
    happened: u64,
    tries_by_row: HashMap<u64, u32>,
}

impl Lock {
    fn refuses(&mut self, object: &str, row: &str) -> bool {
        let wanted = self.trouble.object.as_deref();
        if !wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(object)) {
            return false;
        }
        self.counted += 1;
        let mut hasher = DefaultHasher::new();
        (self.trouble.seed, object, row).hash(&mut hasher);
        let digest = hasher.finish();
        let share = (digest >> 11) as f64 / (1_u64 << 53) as f64;
        if share >= f64::from(self.trouble.fraction) {
            return false;
        }
        let tries = self.tries_by_row.entry(digest).or_default();
        *tries = tries.saturating_add(1);
        let refuses = *tries <= self.trouble.tries;
        self.happened += u64::from(refuses);
        refuses
    }
}

/// The rows that are locked.
#[derive(Debug, Default)]
pub struct RowLocks {
    any: AtomicBool,
    locks: Mutex<Vec<Lock>>,
}

impl RowLocks {
    /// Adds locks.
    pub fn add(&self, number: u64, trouble: RowLock) {
        self.locks().push(Lock {
            number,
            trouble,
            counted: 0,
            happened: 0,
            tries_by_row: HashMap::new(),
        });
        self.any.store(true, Ordering::Release);
    }

    /// Unlocks everything.
    pub fn clear(&self) {
        self.any.store(false, Ordering::Release);
        self.locks().clear();
    }

    /// The locks, and how often each refused a row.
    pub fn report(&self) -> Vec<TroubleState<RowLock>> {
        let locks = self.locks();
        let states = locks.iter().map(|lock| TroubleState {
            number: lock.number,
            trouble: lock.trouble.clone(),
            counted: lock.counted,
            happened: lock.happened,
            left: None,
        });
        states.collect()
    }

    /// Whether a try to write a row is refused. `row` is asked for only when something is locked: what the row is known by.
    pub fn refuse(&self, object: &str, row: impl FnOnce() -> String) -> bool {
        if !self.any.load(Ordering::Acquire) {
            return false;
        }
        let row = row();
        self.locks().iter_mut().any(|lock| lock.refuses(object, &row))
    }

    fn locks(&self) -> MutexGuard<'_, Vec<Lock>> {
        self.locks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
