//! HTTP on loopback: connections in, answers out.
//!
//! What is answered is decided in `site`.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;

use super::site::{Answer, Asked, Site};
use crate::failure::Failure;

/// On every answer: no other page may show, read or guess at what is served.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'nonce-editor'; \
         img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// A port of the loopback address that is free.
pub fn listen() -> Result<TcpListener, Failure> {
    TcpListener::bind(("127.0.0.1", 0)).map_err(|error| Failure::new(format!("no port on 127.0.0.1: {error}")))
}

/// Answers until the program is stopped.
pub fn serve(listener: TcpListener, site: Site) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("serving on 127.0.0.1: {error}"));
    listener.set_nonblocking(true).map_err(failed)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().map_err(failed)?;
    let site = Arc::new(site);
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        loop {
            // A connection that is gone before it is taken is not the end.
            let Ok((stream, _)) = listener.accept().await else { continue };
            let site = Arc::clone(&site);
            let service = service_fn(move |request| respond(Arc::clone(&site), request));
            tokio::spawn(async move {
                // A browser that breaks off is no failure.
                let _ =
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    })
}

async fn respond(site: Arc<Site>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let asked = asked(&request);
    // Manifests are read anew for each session, which may take a while.
    let answer = tokio::task::spawn_blocking(move || site.answer(&asked)).await;
    Ok(response(answer.unwrap_or(Answer::plain(500, "reading the manifests failed"))))
}

fn asked(request: &Request<Incoming>) -> Asked {
    let text =
        |name: &str| request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    Asked {
        is_read: [Method::GET, Method::HEAD].contains(request.method()),
        path: request.uri().path().to_owned(),
        host: text("host"),
        origin: text("origin"),
        site: text("sec-fetch-site"),
    }
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut headers = HeaderMap::new();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.kind));
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = headers;
    response
}
