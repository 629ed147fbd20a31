//! The org with TLS: a certificate of its own that clients can check, and the same answers and trouble as without.

use demo_org::{DemoOrg, Options};
use reqwest::{Certificate, Client, StatusCode};
use serde_json::Value;

fn client(certificate: Option<&str>) -> Client {
    // Another test of this process may have installed it already; either way there is one.
    drop(rustls::crypto::ring::default_provider().install_default());
    let roots = certificate.map(|pem| Certificate::from_pem(pem.as_bytes()).expect("a certificate"));
    Client::builder()
        .no_proxy()
        .tls_certs_only(roots)
        .build()
        .expect("a client")
}

async fn org(trouble: &str) -> DemoOrg {
    let options = Options {
        tls: true,
        trouble: trouble.parse().expect("trouble"),
        ..Options::default()
    };
    DemoOrg::start(options).await.expect("a demo org")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_trusts_the_certificate_is_served_under_both_names_and_another_is_not() {
    let org = org("{}").await;
    let announced = serde_json::to_value(org.announcement()).expect("JSON");
    let url = announced["instance_url"].as_str().expect("an address");
    assert!(url.starts_with("https://localhost:"), "{url}");
    assert_eq!(announced["login_url"], announced["instance_url"]);
    let pem = announced["certificate_pem"].as_str().expect("a certificate");
    assert!(
        pem.contains("BEGIN CERTIFICATE") && !pem.contains("PRIVATE"),
        "{pem}"
    );
    let trusting = client(Some(pem));
    for base in [url.to_owned(), url.replace("localhost", "127.0.0.1")] {
        let versions = trusting
            .get(format!("{base}/services/data"))
            .send()
            .await
            .expect("an answer");
        assert_eq!(versions.status(), StatusCode::OK, "{base}");
    }
    let limits = trusting
        .get(format!("{url}/services/data/v60.0/"))
        .bearer_auth(org.access_token())
        .send()
        .await
        .expect("an answer");
    let resources: Value = limits.json().await.expect("resources");
    assert!(
        resources["identity"]
            .as_str()
            .is_some_and(|identity| identity.starts_with(url))
    );
    let doubting = client(None).get(format!("{url}/services/data")).send().await;
    assert!(doubting.expect_err("an unknown authority").is_connect());
    let plain = client(None).get(url.replace("https", "http")).send().await;
    assert!(plain.is_err(), "plain HTTP is not answered");
    org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_org_makes_its_own_certificate_and_only_when_asked() {
    let (one, other) = (org("{}").await, org("{}").await);
    assert_ne!(one.certificate_pem(), other.certificate_pem());
    let foreign = client(one.certificate_pem().as_deref());
    let refused = foreign
        .get(format!("{}/services/data", other.instance_url()))
        .send()
        .await;
    assert!(refused.is_err());
    let plain = DemoOrg::start(Options::default()).await.expect("a demo org");
    let announced = serde_json::to_value(plain.announcement()).expect("JSON");
    assert_eq!(announced.get("certificate_pem"), None);
    for org in [one, other, plain] {
        org.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_says_nothing_keeps_nobody_waiting() {
    let org = org("{}").await;
    let address = org.instance_url().replace("https://localhost", "127.0.0.1");
    let silent = tokio::net::TcpStream::connect(&address)
        .await
        .expect("a connection");
    let trusting = client(org.certificate_pem().as_deref());
    let served = trusting
        .get(format!("{}/services/data", org.instance_url()))
        .send()
        .await;
    assert_eq!(served.expect("an answer").status(), StatusCode::OK);
    drop(silent);
    org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_cut_through_tls_too() {
    let trouble = r#"{ "calls": [
        { "which": { "family": "query" }, "what": { "cut_reply": { "after_bytes": 4000 } } },
        { "which": { "family": "versions" }, "what": "lost_reply" }
    ] }"#;
    let org = org(trouble).await;
    let trusting = client(org.certificate_pem().as_deref());
    let url = org.instance_url();
    let cut = trusting
        .get(format!(
            "{url}/services/data/v60.0/query?q=SELECT+Id,Name+FROM+Contact"
        ))
        .header("Accept-Encoding", "identity")
        .bearer_auth(org.access_token());
    let mut answer = cut.send().await.expect("a head");
    let mut arrived_bytes = 0;
    while let Ok(Some(piece)) = answer.chunk().await {
        arrived_bytes += piece.len();
    }
    assert_eq!(arrived_bytes, 4000);
    assert!(trusting.get(format!("{url}/services/data")).send().await.is_err());
    let happened: Vec<u64> = org
        .trouble_report()
        .calls
        .iter()
        .map(|state| state.happened)
        .collect();
    assert_eq!(happened, [1, 1]);
    org.shutdown().await;
}
