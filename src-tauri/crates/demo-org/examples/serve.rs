//! Serves a demo org until Ctrl-C: prints its announcement, then its consumer secret, one line each.
//!
//! `cargo run -p demo-org --example serve -- [PORT [ACCOUNTS CONTACTS LEADS]]`

use demo_org::{DemoOrg, Options};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let argument =
        |place: usize, usual: u32| std::env::args().nth(place).map_or(Ok(usual), |text| text.parse());
    let usual = Options::default();
    let org = DemoOrg::start(Options {
        port: argument(1, 0)?.try_into()?,
        accounts: argument(2, usual.accounts)?,
        contacts: argument(3, usual.contacts)?,
        leads: argument(4, usual.leads)?,
        ..usual
    })
    .await?;
    println!("{}", serde_json::to_string(&org.announcement())?);
    println!("{}", org.client_secret());
    tokio::signal::ctrl_c().await?;
    org.shutdown().await;
    Ok(())
}
