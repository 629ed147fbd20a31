//! Serves a demo org until Ctrl-C: prints its announcement, then its consumer secret, one line each.
//!
//! `cargo run -p demo-org --example serve -- [PORT] [--tls] [--certificate-file FILE] [--trouble FILE]
//! [--jwt-certificate FILE]`; `TROUBLE.md` says what a trouble file may hold.

use std::{error::Error, fs};

use demo_org::{DemoOrg, Options};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    let mut certificate_file = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut file = || arguments.next().ok_or(format!("{argument} needs a file"));
        match argument.as_str() {
            "--tls" => options.tls = true,
            "--certificate-file" => certificate_file = Some(file()?),
            "--trouble" => options.trouble = fs::read_to_string(file()?)?.parse()?,
            "--jwt-certificate" => options.jwt_certificate = Some(fs::read_to_string(file()?)?),
            port => options.port = port.parse()?,
        }
    }
    let org = DemoOrg::start(options).await?;
    if let (Some(file), Some(certificate)) = (certificate_file, org.certificate_pem()) {
        fs::write(file, certificate)?;
    }
    println!("{}", serde_json::to_string(&org.announcement())?);
    println!("{}", org.client_secret());
    tokio::signal::ctrl_c().await?;
    org.shutdown().await;
    Ok(())
}
