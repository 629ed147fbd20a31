//! What the desktop asks of a window, as its title bar's close button does.

use anyhow::{Context, Result};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, Window};
use x11rb::rust_connection::RustConnection;

/// Asks the app's window to close (Extended Window Manager Hints, "_NET_CLOSE_WINDOW"): the window manager passes it on as
/// it does for the button.
pub fn ask_to_close() -> Result<()> {
    let (desktop, screen) = x11rb::connect(None).context("no X server for the test")?;
    let root = desktop.setup().roots[screen].root;
    let window = shown_window(&desktop, root)?;
    let close = ClientMessageEvent::new(32, window, atom(&desktop, "_NET_CLOSE_WINDOW")?, [0, 2, 0, 0, 0]);
    let to_the_window_manager = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
    // Waits until the server has it: a server drops what it has not read of a connection that is closed.
    desktop
        .send_event(false, root, to_the_window_manager, close)?
        .check()
        .context("the X server took no message")
}

/// The one window that the window manager has: nothing but the app runs on this desktop.
fn shown_window(desktop: &RustConnection, root: Window) -> Result<Window> {
    let list = atom(desktop, "_NET_CLIENT_LIST")?;
    let windows = desktop
        .get_property(false, root, list, AtomEnum::WINDOW, 0, 16)?
        .reply()?;
    windows
        .value32()
        .and_then(|mut windows| windows.next())
        .context("the window manager has no window")
}

fn atom(desktop: &RustConnection, name: &str) -> Result<u32> {
    Ok(desktop.intern_atom(false, name.as_bytes())?.reply()?.atom)
}
