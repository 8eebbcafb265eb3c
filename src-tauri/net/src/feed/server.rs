//! Listening, and an end to it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

use super::answer::{Client, Shared, router};
use super::cache::Cache;
use super::limits::Limits;
use super::{FeedError, Feeds, Options, tls};

/// Requests with larger heads are refused.
const LARGEST_HEAD: usize = 16 << 10;

/// How long the end of the server waits for a clinic that is still being read.
const LAST_READ: Duration = Duration::from_secs(3);

/// What the server did, in numbers that name nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Feeds sent.
    pub sent: u64,
    /// Requests by clients that had the newest already.
    pub not_modified: u64,
    /// Requests for what is not there.
    pub missed: u64,
    /// Requests beyond the limits.
    pub limited: u64,
    /// Requests that failed because the clinic could not be read.
    pub failed: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) sent: AtomicU64,
    pub(super) not_modified: AtomicU64,
    pub(super) missed: AtomicU64,
    pub(super) limited: AtomicU64,
    pub(super) failed: AtomicU64,
}

/// A server that runs until this is dropped.
pub struct Running {
    address: SocketAddr,
    stats: Box<dyn Fn() -> Stats + Send + Sync>,
    stop: watch::Sender<bool>,
    runtime: Option<Runtime>,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it did so far.
    pub fn stats(&self) -> Stats {
        (self.stats)()
    }
}

impl Drop for Running {
    /// Waits until the clinic is let go of: a program that ends below a thread that reads the database may crash.
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(runtime) = self.runtime.take() {
            // On a thread of its own, because no runtime may be waited for on the threads of another.
            let ending = thread::spawn(move || runtime.shutdown_timeout(LAST_READ));
            let _ = ending.join();
        }
    }
}

/// Starts the server on threads of its own.
///
/// # Errors
/// When the address is taken, the certificate cannot be used, or other machines would be served unencrypted.
pub fn start<F: Feeds>(feeds: F, options: &Options) -> Result<Running, FeedError> {
    let address = options.address;
    if options.certificate.is_none() && !tls::is_private(address.ip()) {
        return Err(FeedError::Unencrypted);
    }
    let acceptor = options.certificate.as_ref().map(tls::acceptor).transpose()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(4)
        .enable_all()
        .build()
        .map_err(|error| FeedError::System(error.into()))?;
    let failed = |error: std::io::Error| FeedError::Address(address, error.into());
    let listener = runtime.block_on(TcpListener::bind(address)).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let shared = Arc::new(Shared::new(Cache::new(feeds, options.freshness), &options.limits));
    let (stop, stopped) = watch::channel(false);
    let accepting = Accepting {
        router: router(Arc::clone(&shared)),
        acceptor,
        limits: options.limits,
        stopped,
    };
    runtime.spawn(accepting.run(listener));
    let stats = move || {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let counts = &shared.counts;
        Stats {
            sent: read(&counts.sent),
            not_modified: read(&counts.not_modified),
            missed: read(&counts.missed),
            limited: read(&counts.limited),
            failed: read(&counts.failed),
        }
    };
    Ok(Running {
        address,
        stats: Box::new(stats),
        stop,
        runtime: Some(runtime),
    })
}

struct Accepting {
    router: Router,
    acceptor: Option<TlsAcceptor>,
    limits: Limits,
    stopped: watch::Receiver<bool>,
}

impl Accepting {
    async fn run(mut self, listener: TcpListener) {
        let places = Arc::new(Semaphore::new(self.limits.connections));
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = self.stopped.changed() => return,
            };
            let Ok((stream, client)) = accepted else {
                // Out of descriptors, most likely; a moment later some are free again.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let _ = stream.set_nodelay(true);
            let (router, limits) = (self.router.clone(), self.limits);
            let client = Client(client.ip());
            match self.acceptor.clone() {
                None => {
                    tokio::spawn(async move {
                        serve(stream, router, client, limits).await;
                        drop(place);
                    });
                }
                Some(acceptor) => {
                    tokio::spawn(async move {
                        if let Ok(Ok(stream)) = timeout(limits.patience, acceptor.accept(stream)).await {
                            serve(stream, router, client, limits).await;
                        }
                        drop(place);
                    });
                }
            }
        }
    }
}

async fn serve<S>(stream: S, router: Router, client: Client, limits: Limits)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(client);
        let mut router = router.clone();
        async move { router.call(request).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.patience)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // A client that goes away, or takes too long, ends its own connection and nothing else.
    let _ = timeout(limits.longest, connection).await;
}
