//! Declares the window's commands, so that the capability can name them one by one, and makes sure that the
//! folder of the built UI is there: `cargo check` and `clippy` must not need Node.

use std::path::Path;
use std::{fs, io};

const UI: &str = "ui/dist";
const PLACEHOLDER: &str = "<!doctype html><title>Landbridge</title><p>The user interface is not built. Run <code>cargo xtask demo</code>.</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    make_placeholder(Path::new(UI))?;
    println!("cargo:rerun-if-changed={UI}");
    let commands = tauri_build::AppManifest::new().commands(&[
        "call",
        "watch",
        "drop_chunk",
        "hold_window",
        "close_window",
    ]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))?;
    Ok(())
}

fn make_placeholder(folder: &Path) -> io::Result<()> {
    let page = folder.join("index.html");
    if !page.exists() {
        fs::create_dir_all(folder)?;
        fs::write(page, PLACEHOLDER)?;
    }
    Ok(())
}
