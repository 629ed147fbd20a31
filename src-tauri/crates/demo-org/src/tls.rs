//! TLS with a throw-away certificate: made at start, signed by an authority made at start, keys in memory only.

use std::{sync::Arc, time::Duration};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use tokio::{net::TcpStream, task::JoinSet, time::timeout};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
    server::TlsStream,
};

use crate::clock;

/// Days that the certificate is good for.
const GOOD_DAYS: i64 = 90;
/// How long a client may take to agree on TLS.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Why TLS could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// No certificate could be made.
    #[error(transparent)]
    Certificate(#[from] rcgen::Error),
    /// The certificate could not be used.
    #[error(transparent)]
    Setting(#[from] rustls::Error),
}

/// TLS for one run of the org.
pub struct Tls {
    acceptor: TlsAcceptor,
    handshakes: JoinSet<Option<TlsStream<TcpStream>>>,
    /// The authority's certificate, which clients trust: PEM.
    pub certificate_pem: String,
}

impl Tls {
    /// A certificate for `localhost` and `127.0.0.1`, and an authority that nobody else knows.
    pub fn new() -> Result<Self, TlsError> {
        let authority_key = KeyPair::generate()?;
        let mut authority = params(Vec::new(), "Landbridge demo org, throw-away authority")?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate_pem = authority.self_signed(&authority_key)?.pem();
        let issuer = Issuer::new(authority, authority_key);

        let key = KeyPair::generate()?;
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let mut server = params(names, "localhost")?;
        server.use_authority_key_identifier_extension = true;
        server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let certificate = server.signed_by(&key, &issuer)?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));

        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            handshakes: JoinSet::new(),
            certificate_pem,
        })
    }

    /// Begins to agree on TLS with a client, beside others.
    pub fn begin(&mut self, stream: TcpStream) {
        let agreeing = self.acceptor.accept(stream);
        self.handshakes.spawn(async move {
            match timeout(HANDSHAKE, agreeing).await {
                Ok(Ok(stream)) => Some(stream),
                Ok(Err(error)) => {
                    tracing::debug!(%error, "a client did not agree on TLS");
                    None
                }
                Err(_) => None,
            }
        });
    }

    /// The next client that agreed; never returns while there is none.
    pub async fn agreed(&mut self) -> TlsStream<TcpStream> {
        loop {
            match self.handshakes.join_next().await {
                Some(Ok(Some(stream))) => return stream,
                Some(Ok(None)) => {}
                Some(Err(error)) => tracing::error!(%error, "a TLS handshake ended without an outcome"),
                None => std::future::pending().await,
            }
        }
    }
}

fn params(names: Vec<String>, common_name: &str) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, common_name);
    let day = |days: i64| {
        let date = clock::day_of(clock::now() + days * 24 * 3600);
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        date_time_ymd(i32::from(date.year()), month, day)
    };
    params.not_before = day(-1);
    params.not_after = day(GOOD_DAYS);
    Ok(params)
}
