//! The running org: what every request handler shares.

use std::{
    collections::HashMap,
    marker::PhantomData,
    ops::Deref,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use crate::{
    bulk::Jobs,
    control::{Recorder, TroubleReport, Troubles},
    oauth::{IdKey, JwtKeys, Sessions},
    options::Options,
    records::Records,
    reporting::ReportRuns,
    schema::Schema,
    soql::Plan,
    trouble::Trouble,
    value::{IdBook, Key, Keys},
};

/// The rest of a query's answer, to be fetched page by page.
#[derive(Debug)]
pub struct Cursor {
    /// How records are printed.
    pub plan: Plan,
    /// The records, in order.
    pub keys: Keys,
    /// Records of a page.
    pub page_rows: usize,
}

/// Cursors kept at a time; the oldest goes first.
const OPEN_CURSORS: usize = 50;

/// Everything that requests read and write.
#[derive(Debug)]
pub struct Org {
    /// What was chosen at the start.
    pub options: Options,
    /// Objects and fields.
    pub schema: Arc<Schema>,
    /// Ids.
    pub ids: Arc<IdBook>,
    /// Where the org answers, without trailing slash.
    pub instance_url: String,
    /// The Organization record.
    pub organization: Key,
    /// The administrator.
    pub admin: Key,
    /// The administrator's Username.
    pub username: String,
    /// Everybody's password.
    pub password: String,
    /// Consumer key of the registered app.
    pub client_id: String,
    /// When the org started, seconds since 1970.
    pub started: i64,
    /// Bulk jobs.
    pub jobs: Jobs,
    /// Runs of reports.
    pub reports: ReportRuns,
    /// What was called.
    pub recorder: Recorder,
    /// What goes wrong on purpose.
    pub troubles: Troubles,
    /// Keys that JWT bearer tokens are verified with.
    pub jwt_keys: JwtKeys,
    /// The key that signs id tokens.
    pub id_key: IdKey,
    records: RwLock<Records>,
    turn: Mutex<()>,
    turn_ended: Condvar,
    sessions: Mutex<Sessions>,
    cursors: Mutex<HashMap<u32, Arc<Cursor>>>,
    next_cursor: AtomicU32,
    used_requests: AtomicU64,
}

/// What an org is made from.
#[derive(Debug)]
pub struct Beginning {
    /// What was chosen.
    pub options: Options,
    /// The first records.
    pub records: Records,
    /// Where the org answers.
    pub instance_url: String,
    /// The Organization record.
    pub organization: Key,
    /// The administrator.
    pub admin: Key,
    /// Consumer key of the registered app.
    pub client_id: String,
    /// Everybody's password.
    pub password: String,
}

impl Org {
    /// An org with its first records.
    pub fn new(beginning: Beginning) -> Self {
        let Beginning {
            mut options,
            mut records,
            instance_url,
            organization,
            admin,
            client_id,
            password,
        } = beginning;
        let trouble = std::mem::take(&mut options.trouble);
        let troubles = Troubles::default();
        records.row_locks = troubles.row_locks();
        let org = Self {
            schema: Arc::clone(&records.schema),
            ids: Arc::clone(&records.ids),
            instance_url,
            organization,
            admin,
            username: records.text_of(admin, "Username").unwrap_or_default(),
            password,
            client_id,
            started: crate::clock::now(),
            jobs: Jobs::default(),
            reports: ReportRuns::default(),
            recorder: Recorder::new(options.recorded_calls),
            troubles,
            jwt_keys: JwtKeys::default(),
            id_key: IdKey::default(),
            records: RwLock::new(records),
            turn: Mutex::default(),
            turn_ended: Condvar::new(),
            sessions: Mutex::default(),
            cursors: Mutex::default(),
            next_cursor: AtomicU32::new(1),
            used_requests: AtomicU64::new(0),
            options,
        };
        org.add_trouble(trouble);
        org
    }

    /// Adds trouble; says the numbers of its parts.
    pub fn add_trouble(&self, trouble: Trouble) -> Vec<u64> {
        if trouble.holds_jobs {
            self.jobs.hold.hold(0);
        }
        self.troubles.add(trouble)
    }

    /// Takes back all trouble, and releases held jobs.
    pub fn clear_trouble(&self) {
        self.troubles.clear();
        self.jobs.hold.release();
    }

    /// All trouble that there is, and how often each happened.
    pub fn trouble_report(&self) -> TroubleReport {
        self.troubles.report(self.jobs.hold.is_on())
    }

    /// Whether each refresh replaces the refresh token.
    pub fn rotates_refresh_tokens(&self) -> bool {
        self.options.rotates_refresh_tokens || self.troubles.rotates_refresh_tokens()
    }

    /// The records, to read. Waits while another thread has a transaction open.
    pub fn read(&self) -> RwLockReadGuard<'_, Records> {
        self.admitted(|| self.records.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The records, to write. Waits while another thread has a transaction open.
    pub fn write(&self) -> RwLockWriteGuard<'_, Records> {
        self.admitted(|| self.records.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Opens a transaction of this thread: until it ends, only this thread reads and writes records, and all that its
    /// requests write can be taken back. Must stay on its thread, and one thread opens one at a time.
    pub fn begin(&self) -> Transaction<'_> {
        self.write().begin();
        Transaction {
            org: self,
            bound: PhantomData,
        }
    }

    fn admitted<Guard: Deref<Target = Records>>(&self, lock: impl Fn() -> Guard) -> Guard {
        let guard = lock();
        if guard.is_open_to_this_thread() {
            return guard;
        }
        drop(guard);
        // The turn is held from the look at the records until the wait, so that no end goes unnoticed.
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let guard = lock();
            if guard.is_open_to_this_thread() {
                return guard;
            }
            drop(guard);
            turn = self.turn_ended.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn end(&self) {
        self.write().end();
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.turn_ended.notify_all();
        drop(turn);
    }

    /// Tokens and codes.
    pub fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id of the org.
    pub fn organization_id(&self) -> String {
        self.ids.id(self.organization)
    }

    /// The key of a user by number.
    pub fn user(&self, number: u32) -> Key {
        Key { number, ..self.admin }
    }

    /// Keeps a cursor and says its number.
    pub fn keep_cursor(&self, cursor: Cursor) -> u32 {
        let number = self.next_cursor.fetch_add(1, Ordering::Relaxed);
        let mut cursors = self.cursors.lock().unwrap_or_else(PoisonError::into_inner);
        if cursors.len() >= OPEN_CURSORS
            && let Some(oldest) = cursors.keys().min().copied()
        {
            cursors.remove(&oldest);
        }
        cursors.insert(number, Arc::new(cursor));
        number
    }

    /// A cursor that was kept.
    pub fn cursor(&self, number: u32) -> Option<Arc<Cursor>> {
        self.cursors
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&number)
            .cloned()
    }

    /// Counts a request against the daily allocation; says how many were used.
    pub fn count_request(&self) -> u64 {
        self.used_requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Requests counted so far.
    pub fn used_requests(&self) -> u64 {
        self.used_requests.load(Ordering::Relaxed)
    }
}

/// Several requests that are kept or taken back together. Dropping it takes them back.
#[derive(Debug)]
pub struct Transaction<'org> {
    org: &'org Org,
    /// A transaction belongs to its thread, so it must not be sent to another.
    bound: PhantomData<*const ()>,
}

impl Transaction<'_> {
    /// Keeps everything that was written.
    pub fn commit(self) {
        self.org.write().keep();
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        self.org.end();
    }
}
