//! The loopback listeners. A browser may resolve `localhost` to either family, so a port counts as free only if
//! it is free on both.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpStream};

use crate::login::LoginError;

#[derive(Debug)]
pub(super) struct Listeners {
    v4: TcpListener,
    v6: Option<TcpListener>,
    port: u16,
}

impl Listeners {
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) async fn accept(&self) -> io::Result<TcpStream> {
        let v6 = async {
            match &self.v6 {
                Some(listener) => listener.accept().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            accepted = self.v4.accept() => accepted,
            accepted = v6 => accepted,
        }
        .map(|(stream, _)| stream)
    }
}

pub(super) async fn bind_first_free(ports: &[u16]) -> Result<Listeners, LoginError> {
    for &port in ports {
        let Ok(v4) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await else {
            continue;
        };
        let port = v4.local_addr().map_or(port, |address| address.port());
        match bind_v6(port) {
            Ok(v6) => {
                return Ok(Listeners {
                    v4,
                    v6: Some(v6),
                    port,
                });
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                tracing::debug!(%error, "no IPv6 loopback; listening on IPv4 alone");
                return Ok(Listeners { v4, v6: None, port });
            }
        }
    }
    let tried: Vec<String> = ports.iter().map(ToString::to_string).collect();
    Err(LoginError::PortsTaken {
        ports: tried.join(", "),
    })
}

fn bind_v6(port: u16) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_only_v6(true)?;
    // As tokio does: a port that was closed a moment ago may be taken again. On Windows it would allow stealing.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&SocketAddr::from((Ipv6Addr::LOCALHOST, port)).into())?;
    socket.listen(16)?;
    TcpListener::from_std(socket.into())
}
