//! A login host that hands everything on to the demo org and remembers what it was sent.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use reqwest::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The login host.
pub struct TappedLogin {
    address: String,
    sent: Arc<Mutex<Vec<u8>>>,
}

impl TappedLogin {
    /// Before the login host at this address.
    pub async fn before(login_url: &str) -> Self {
        let url = Url::parse(login_url).unwrap();
        let behind = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let sent = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&sent);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (behind, sent) = (behind.clone(), Arc::clone(&remembered));
                tokio::spawn(async move {
                    let server = TcpStream::connect(behind).await.unwrap();
                    hand_on(client, server, &sent).await;
                });
            }
        });
        Self { address, sent }
    }

    /// Where it is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The values of these members of the forms that it was sent.
    pub fn told(&self, names: &[&str]) -> BTreeSet<String> {
        let sent = self.sent.lock().unwrap();
        let text = String::from_utf8_lossy(&sent);
        // A form's members end at `&` or where its request ends; the next request begins with a method and a blank.
        text.split(['&', '\n', ' ', '\r'])
            .filter_map(|member| member.split_once('='))
            .filter(|(name, _)| names.contains(name))
            .map(|(_, value)| {
                let value = value.split("POST").next().unwrap_or_default();
                let decoded = Url::parse(&format!("http://localhost/?value={value}")).unwrap();
                decoded.query_pairs().next().unwrap().1.into_owned()
            })
            .collect()
    }
}

async fn hand_on(client: TcpStream, server: TcpStream, sent: &Mutex<Vec<u8>>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let up = async {
        let mut part = vec![0; 16 * 1024];
        while let Ok(length @ 1..) = from_client.read(&mut part).await {
            {
                let mut sent = sent.lock().unwrap();
                sent.extend(&part[..length]);
                sent.push(b'\n');
            }
            if to_server.write_all(&part[..length]).await.is_err() {
                break;
            }
        }
        // The other side learns that nothing more comes.
        drop(to_server.shutdown().await);
    };
    let down = async {
        drop(tokio::io::copy(&mut from_server, &mut to_client).await);
        drop(to_client.shutdown().await);
    };
    tokio::join!(up, down);
}
