//! The network's part: connections of clients, requests passed on, and the ways in which a connection can fail.
//!
//! What becomes of a call, the state says.

use std::convert::Infallible;
use std::fmt;
use std::future::{Future, pending, poll_fn};
use std::net::TcpListener as Listener;
use std::pin::Pin;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use super::state::{Moment, Place, State, Treatment};
use super::{Fault, Outcome, answer, call};
use crate::testbed::http::exchange;

type Answer = Response<Full<Bytes>>;

/// The connection is to end without an answer.
#[derive(Debug)]
struct Severed;

impl fmt::Display for Severed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("severed by the proxy")
    }
}

impl std::error::Error for Severed {}

/// Serves until the other end of `stopped` is gone.
pub(super) fn until(stopped: oneshot::Receiver<()>, listener: Listener, state: Arc<State>) {
    let runtime = Builder::new_current_thread().enable_all().build().expect("an event loop can be made");
    runtime.block_on(async {
        listener.set_nonblocking(true).expect("a socket can be non-blocking");
        let listener = TcpListener::from_std(listener).expect("it is a listening socket");
        tokio::select! {
            _ = stopped => {}
            never = accept(listener, state) => match never {},
        }
    });
}

async fn accept(listener: TcpListener, state: Arc<State>) -> Infallible {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, Arc::clone(&state)));
        }
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    // Answers are small, and clients wait for them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let state = Arc::clone(&state);
        let answered: Pin<Box<dyn Future<Output = Result<Answer, Severed>> + Send>> = Box::pin(async move {
            // A task of its own: what AWS has begun it finishes, whether or not the client is still there.
            tokio::spawn(answer(request, state)).await.unwrap_or(Err(Severed))
        });
        answered
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    if poll_fn(|context| connection.poll_without_shutdown(context)).await.is_err() {
        // Nothing lingers: the client sees a reset, not an end.
        let _ = connection.into_parts().io.into_inner().set_zero_linger();
    }
}

async fn answer(request: Request<Incoming>, state: Arc<State>) -> Result<Answer, Severed> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Severed)?.to_bytes();
    let text = String::from_utf8_lossy(&body).into_owned();
    let (place, treatment) = state.arrive(call::name(&parts, &text), text);
    match treatment {
        Treatment::Pass => Ok(pass(parts, body, &state, place).await),
        Treatment::Fail(fault) => fail(fault, parts, body, &state, place).await,
        Treatment::Stop(moment, hook) => {
            if moment == Moment::After {
                pass(parts, body, &state, place).await;
            }
            state.end(place, Outcome::Cut);
            hook();
            Err(Severed)
        }
    }
}

async fn fail(fault: Fault, parts: Parts, body: Bytes, state: &State, place: Place) -> Result<Answer, Severed> {
    let failed = Outcome::Failed(fault);
    state.end(place, failed);
    match fault {
        Fault::Throttle => Ok(answer::throttled(&parts)),
        Fault::ServerError => Ok(answer::failed(&parts)),
        Fault::TimeOut => pending().await,
        Fault::ResetBefore => Err(Severed),
        Fault::ResetAfter => {
            pass(parts, body, state, place).await;
            state.end(place, failed);
            Err(Severed)
        }
        Fault::Slow(delay) => {
            tokio::time::sleep(delay).await;
            let answer = pass(parts, body, state, place).await;
            state.end(place, failed);
            Ok(answer)
        }
    }
}

async fn pass(parts: Parts, body: Bytes, state: &State, place: Place) -> Answer {
    let request = Request::from_parts(parts, Full::new(body));
    let answer = match exchange(&state.upstream.to_string(), request).await {
        Ok(answer) => {
            let (mut parts, body) = answer.into_parts();
            // These are of the connection behind.
            for header in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
                parts.headers.remove(header);
            }
            Response::from_parts(parts, Full::new(body))
        }
        Err(why) => answer::unreachable(&why.to_string()),
    };
    state.end(place, Outcome::Answered(answer.status().as_u16()));
    answer
}
