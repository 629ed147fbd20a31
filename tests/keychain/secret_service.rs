//! The keychain's own lock, by its message bus, and its service, ended and begun anew.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use zbus::blocking::Connection;
use zbus::blocking::fdo::{DBusProxy, NameOwnerChangedIterator};
use zbus::names::BusName;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

/// Password of the tests' keychain, as it was typed: the end of its line belongs to it.
const PASSWORD: &str = "landbridge-tests\n";
const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";

/// Locks it, as a person who leaves the desk does.
pub fn lock() {
    on_bus(|bus| {
        let collections = vec![ObjectPath::try_from(COLLECTION).unwrap()];
        bus.call_method(
            Some(SERVICE),
            ROOT,
            Some("org.freedesktop.Secret.Service"),
            "Lock",
            &(collections,),
        )
        .unwrap();
        assert!(is_locked(bus), "the keychain does not lock");
    });
}

/// Unlocks it with its password, as its prompt does.
pub fn unlock() {
    on_bus(|bus| {
        let opened = bus
            .call_method(
                Some(SERVICE),
                ROOT,
                Some("org.freedesktop.Secret.Service"),
                "OpenSession",
                &("plain", Value::from("")),
            )
            .unwrap();
        let (_, session): (OwnedValue, OwnedObjectPath) = opened.body().deserialize().unwrap();
        let secret = (session, Vec::<u8>::new(), PASSWORD.as_bytes(), "text/plain");
        bus.call_method(
            Some(SERVICE),
            ROOT,
            // gnome-keyring's own, and the only way without a person at a prompt.
            Some("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
            "UnlockWithMasterPassword",
            &(ObjectPath::try_from(COLLECTION).unwrap(), secret),
        )
        .unwrap();
        assert!(!is_locked(bus), "the keychain does not unlock");
    });
}

/// Ends the keychain's service, as a crash of it does. The tests' message bus starts nothing by itself, so nobody answers then.
pub fn stop() {
    on_bus(|bus| {
        let names = DBusProxy::new(bus).unwrap();
        let mut changes = owner_changes(&names);
        let process = names
            .get_connection_unix_process_id(BusName::try_from(SERVICE).unwrap())
            .unwrap();
        let ended = Command::new("kill").arg(process.to_string()).status().unwrap();
        assert!(ended.success(), "the keychain's service cannot be ended");
        let gone = changes.next().unwrap();
        assert!(
            gone.args().unwrap().new_owner().is_none(),
            "somebody else answers as the keychain"
        );
    });
}

/// Begins the keychain's service anew, unlocked. It ends with the tests' message bus.
pub fn start() {
    on_bus(|bus| {
        let names = DBusProxy::new(bus).unwrap();
        let mut changes = owner_changes(&names);
        let mut service: Child = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = service.stdin.take().unwrap();
        input.write_all(PASSWORD.as_bytes()).unwrap();
        drop(input);
        std::thread::spawn(move || service.wait());
        let there = changes.next().unwrap();
        assert!(there.args().unwrap().new_owner().is_some());
        assert!(!is_locked(bus), "the keychain begins locked");
    });
}

fn owner_changes(names: &DBusProxy<'_>) -> NameOwnerChangedIterator {
    names
        .receive_name_owner_changed_with_args(&[(0, SERVICE)])
        .unwrap()
}

fn is_locked(bus: &Connection) -> bool {
    let told = bus
        .call_method(
            Some(SERVICE),
            COLLECTION,
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &("org.freedesktop.Secret.Collection", "Locked"),
        )
        .unwrap();
    let locked: OwnedValue = told.body().deserialize().unwrap();
    bool::try_from(locked).unwrap()
}

/// A blocking call has no place in an async test's own thread.
fn on_bus(work: impl FnOnce(&Connection) + Send + 'static) {
    std::thread::spawn(move || work(&Connection::session().unwrap()))
        .join()
        .unwrap();
}
