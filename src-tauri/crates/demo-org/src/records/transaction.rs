//! What was written and how to take it back: for one writer, or for several requests that stand or fall together.

use std::thread::{self, ThreadId};

use super::{Records, Row};
use crate::value::Key;

/// How to take back one step.
#[derive(Debug)]
pub enum Undo {
    /// The last record of an object was made.
    Created(u16),
    /// A record was changed; this is what it was.
    Replaced(Key, Row),
}

/// The steps since the last moment that can be returned to.
#[derive(Debug, Default)]
pub struct Journal {
    steps: Vec<Undo>,
    owner: Option<ThreadId>,
}

impl Records {
    /// Where a new writer begins. Without an open transaction earlier steps can no longer be taken back.
    pub(super) fn journal_start(&mut self) -> usize {
        if self.journal.owner.is_none() {
            self.journal.steps.clear();
        }
        self.journal.steps.len()
    }

    /// Remembers how to take back a step.
    pub(super) fn note(&mut self, undo: Undo) {
        self.journal.steps.push(undo);
    }

    /// Takes back every step from a position on, the last one first.
    pub(super) fn undo_to(&mut self, start: usize) {
        while self.journal.steps.len() > start {
            match self.journal.steps.pop() {
                Some(Undo::Created(object)) => self.table_mut(object).pop(),
                Some(Undo::Replaced(key, row)) => {
                    self.table_mut(key.object).replace(key.number, row);
                }
                None => return,
            }
        }
    }

    /// Opens a transaction of this thread.
    pub fn begin(&mut self) {
        self.journal.steps.clear();
        self.journal.owner = Some(thread::current().id());
    }

    /// Makes what this transaction wrote so far irrevocable.
    pub fn keep(&mut self) {
        self.journal.steps.clear();
    }

    /// Takes back what was not kept, and closes the transaction.
    pub fn end(&mut self) {
        self.undo_to(0);
        self.journal.owner = None;
    }

    /// Whether no other thread has a transaction open.
    pub fn is_open_to_this_thread(&self) -> bool {
        self.journal
            .owner
            .is_none_or(|owner| owner == thread::current().id())
    }
}
