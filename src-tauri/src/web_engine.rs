//! WebKitGTK's DMA-BUF renderer shows an empty window on many NVIDIA, Wayland and virtual machines, so the app
//! runs without it unless the variable is set.

/// Sets the variable by starting this program again with it, because changing the environment of a running
/// process is unsafe.
#[cfg(target_os = "linux")]
pub fn choose_renderer() -> std::io::Result<()> {
    use std::os::unix::process::CommandExt;

    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(VARIABLE).is_some() {
        return Ok(());
    }
    let program = std::env::current_exe()?;
    Err(std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(VARIABLE, "1")
        .exec())
}

/// Other systems have other web engines.
#[cfg(not(target_os = "linux"))]
pub fn choose_renderer() -> std::io::Result<()> {
    Ok(())
}
