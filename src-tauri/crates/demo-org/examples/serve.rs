//! Serves a demo org until Ctrl-C: prints its announcement, then its consumer secret, one line each.
//!
//! `cargo run -p demo-org --example serve -- [PORT]`

use demo_org::{DemoOrg, Options};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(0), |text| text.parse())?;
    let org = DemoOrg::start(Options {
        port,
        ..Options::default()
    })
    .await?;
    println!("{}", serde_json::to_string(&org.announcement())?);
    println!("{}", org.client_secret());
    tokio::signal::ctrl_c().await?;
    org.shutdown().await;
    Ok(())
}
