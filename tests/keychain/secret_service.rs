//! The keychain's own lock, by its message bus.

use zbus::blocking::Connection;
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
