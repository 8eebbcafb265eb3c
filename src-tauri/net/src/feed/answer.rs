//! From a request to its answer.

use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::routing::any;
use http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH,
    CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, REFERRER_POLICY, RETRY_AFTER, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, Method, Response, StatusCode};

use super::Feeds;
use super::cache::{Cache, Served};
use super::limits::{Counter, Limits};
use super::server::Counts;

/// The longest secret that is looked at.
const LONGEST_SECRET: usize = 128;

/// What every request shares.
pub(super) struct Shared<F> {
    cache: Mutex<Cache<F>>,
    requests: Mutex<Counter<(String, IpAddr)>>,
    misses: Mutex<Counter<IpAddr>>,
    pub(super) counts: Counts,
}

impl<F: Feeds> Shared<F> {
    pub(super) fn new(cache: Cache<F>, limits: &Limits) -> Self {
        Self {
            cache: Mutex::new(cache),
            requests: Mutex::new(Counter::new(limits.requests_per_minute)),
            misses: Mutex::new(Counter::new(limits.misses_per_minute)),
            counts: Counts::default(),
        }
    }
}

/// Who asks.
#[derive(Clone, Copy)]
pub(super) struct Client(pub(super) IpAddr);

pub(super) fn router<F: Feeds>(shared: Arc<Shared<F>>) -> Router {
    Router::new()
        .route("/calendar/{file}", any(feed::<F>))
        .fallback(any(nothing::<F>))
        .with_state(shared)
}

async fn nothing<F: Feeds>(
    State(shared): State<Arc<Shared<F>>>,
    Extension(client): Extension<Client>,
) -> Response<Body> {
    missed(&shared, client, Instant::now())
}

async fn feed<F: Feeds>(
    State(shared): State<Arc<Shared<F>>>,
    Extension(client): Extension<Client>,
    Path(file): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED);
        answer
            .headers_mut()
            .insert(ALLOW, http::HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    let now = Instant::now();
    let secret = file
        .strip_suffix(".ics")
        .filter(|secret| !secret.is_empty() && secret.len() <= LONGEST_SECRET);
    let has_room = lock(&shared.misses).has_room(&client.0, now);
    let Some(secret) = secret.filter(|_| has_room) else {
        return missed(&shared, client, now);
    };
    let (asked, wanted) = (Arc::clone(&shared), secret.to_owned());
    let found = tokio::task::spawn_blocking(move || lock(&asked.cache).get(&wanted, now)).await;
    match found {
        Ok(Ok(Some(served))) => {
            if !lock(&shared.requests).admits((served.etag.clone(), client.0), now) {
                return limited(&shared);
            }
            answer(&shared, &served, &method, &headers)
        }
        Ok(Ok(None)) => missed(&shared, client, now),
        // What went wrong may name what must not be told.
        Ok(Err(_)) | Err(_) => {
            shared.counts.failed.fetch_add(1, Ordering::Relaxed);
            let mut answer = plain(StatusCode::SERVICE_UNAVAILABLE);
            answer
                .headers_mut()
                .insert(RETRY_AFTER, http::HeaderValue::from_static("60"));
            answer
        }
    }
}

fn answer<F>(shared: &Shared<F>, served: &Served, method: &Method, headers: &HeaderMap) -> Response<Body> {
    let builder = Response::builder()
        .header(ETAG, &served.etag)
        .header(LAST_MODIFIED, httpdate::fmt_http_date(served.changed_at))
        .header(CACHE_CONTROL, "private, no-cache")
        .header(VARY, "Accept-Encoding");
    if is_known(served, headers) {
        shared.counts.not_modified.fetch_add(1, Ordering::Relaxed);
        return built(builder.status(StatusCode::NOT_MODIFIED).body(Body::empty()));
    }
    shared.counts.sent.fetch_add(1, Ordering::Relaxed);
    let is_gzip = !served.gzip.is_empty() && takes_gzip(headers);
    let bytes = if is_gzip { &served.gzip } else { &served.plain };
    let mut builder = builder
        .header(CONTENT_TYPE, "text/calendar; charset=utf-8")
        .header(CONTENT_DISPOSITION, "inline; filename=\"calendar.ics\"")
        .header(CONTENT_LENGTH, bytes.len())
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(REFERRER_POLICY, "no-referrer");
    if is_gzip {
        builder = builder.header(CONTENT_ENCODING, "gzip");
    }
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        Body::from(bytes.clone())
    };
    built(builder.body(body))
}

/// Whether the client has the feed as it is; its ETag counts before its date.
fn is_known(served: &Served, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(tags) = text(&IF_NONE_MATCH) {
        let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        return tags
            .split(',')
            .any(|tag| tag.trim() == "*" || bare(tag) == bare(&served.etag));
    }
    let since = text(&IF_MODIFIED_SINCE).and_then(|date| httpdate::parse_http_date(date).ok());
    since.is_some_and(|since| whole_seconds(served.changed_at) <= whole_seconds(since))
}

fn whole_seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let mut offers = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    offers.any(|offer| {
        offer.split(',').any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
            let is_refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            is_gzip && !is_refused
        })
    })
}

fn missed<F>(shared: &Shared<F>, client: Client, now: Instant) -> Response<Body> {
    shared.counts.missed.fetch_add(1, Ordering::Relaxed);
    if lock(&shared.misses).admits(client.0, now) {
        plain(StatusCode::NOT_FOUND)
    } else {
        limited(shared)
    }
}

fn limited<F>(shared: &Shared<F>) -> Response<Body> {
    shared.counts.limited.fetch_add(1, Ordering::Relaxed);
    let mut answer = plain(StatusCode::TOO_MANY_REQUESTS);
    answer
        .headers_mut()
        .insert(RETRY_AFTER, http::HeaderValue::from_static("60"));
    answer
}

fn plain(status: StatusCode) -> Response<Body> {
    built(
        Response::builder()
            .status(status)
            .header(CONTENT_LENGTH, 0)
            .body(Body::empty()),
    )
}

fn built(answer: Result<Response<Body>, http::Error>) -> Response<Body> {
    answer.unwrap_or_else(|_| {
        let mut failed = Response::new(Body::empty());
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
