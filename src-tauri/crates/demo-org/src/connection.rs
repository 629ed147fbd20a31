//! The connections of clients: taken on 127.0.0.1, with or without TLS, and closed on purpose when trouble says so.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::Notify,
};
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;

use crate::tls::Tls;

#[derive(Debug, Default)]
struct Line {
    is_cut: AtomicBool,
    is_asked_for: AtomicBool,
    sent: Notify,
}

/// What request handlers know of their connection.
#[derive(Debug, Clone, Default)]
pub struct Wire(Arc<Line>);

impl Wire {
    /// Closes the connection: nothing more is sent or taken.
    pub fn cut(&self) {
        self.0.is_cut.store(true, Ordering::Release);
    }

    /// Whether it was closed on purpose.
    pub fn is_cut(&self) -> bool {
        self.0.is_cut.load(Ordering::Acquire)
    }

    /// Waits until everything that was written so far has left this process.
    pub async fn sent(&self) {
        let sent = self.0.sent.notified();
        self.0.is_asked_for.store(true, Ordering::Release);
        sent.await;
    }
}

impl Connected<IncomingStream<'_, Door>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().wire.clone()
    }
}

/// One connection of a client.
pub struct Connection {
    stream: Either<TcpStream, TlsStream<TcpStream>>,
    wire: Wire,
}

impl Connection {
    fn refusal(&self) -> Option<io::Error> {
        self.wire
            .is_cut()
            .then(|| io::Error::new(io::ErrorKind::ConnectionAborted, "cut on purpose"))
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.refusal() {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.refusal() {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        // The HTTP server flushes only once its own buffer is empty.
        if matches!(flushed, Poll::Ready(Ok(()))) && self.wire.0.is_asked_for.swap(false, Ordering::AcqRel) {
            self.wire.0.sent.notify_one();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.refusal() {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_write_vectored(context, pieces),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

/// Where connections come in.
pub struct Door {
    listener: TcpListener,
    tls: Option<Tls>,
}

impl Door {
    /// A door at a listener, with TLS when given.
    pub fn new(listener: TcpListener, tls: Option<Tls>) -> Self {
        Self { listener, tls }
    }

    async fn stream(&mut self) -> Either<TcpStream, TlsStream<TcpStream>> {
        let Some(tls) = &mut self.tls else {
            return Either::Left(accept(&mut self.listener).await);
        };
        loop {
            tokio::select! {
                stream = accept(&mut self.listener) => tls.begin(stream),
                stream = tls.agreed() => return Either::Right(stream),
            }
        }
    }
}

async fn accept(listener: &mut TcpListener) -> TcpStream {
    let (stream, _) = Listener::accept(listener).await;
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps waiting for full packets");
    }
    stream
}

impl Listener for Door {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let stream = self.stream().await;
        let socket = match &stream {
            Either::Left(plain) => plain,
            Either::Right(secured) => secured.get_ref().0,
        };
        let address = socket
            .peer_addr()
            .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let wire = Wire::default();
        (Connection { stream, wire }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}
