//! JSON over HTTP to a server of the test bed, one request per connection.
//!
//! It retries nothing and knows no TLS.

use std::error::Error;

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::header::HOST;
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::runtime::Builder;

/// Status and body of the answer; panics when there is none.
pub fn send(method: &'static str, url: &str, body: &Value) -> (u16, Value) {
    let uri: Uri = url.parse().expect("it is a URL");
    let host = uri.authority().expect("it is absolute").to_string();
    let request = Request::builder().method(method).uri(uri.path()).header(HOST, &host);
    let text = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let request = request.body(Full::new(Bytes::from(text))).expect("it is a request");
    let runtime = Builder::new_current_thread().enable_all().build().expect("an event loop can be made");
    let answer = runtime.block_on(exchange(&host, request)).unwrap_or_else(|why| panic!("{url}: {why}"));
    let json = serde_json::from_slice(answer.body());
    let json = json.unwrap_or_else(|_| panic!("{url}: {}", String::from_utf8_lossy(answer.body())));
    (answer.status().as_u16(), json)
}

/// Sends a request on a connection of its own and reads all of the answer.
pub(super) async fn exchange(
    host: &str,
    request: Request<Full<Bytes>>,
) -> Result<Response<Bytes>, Box<dyn Error + Send + Sync>> {
    let stream = TcpStream::connect(host).await?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let (parts, body) = sender.send_request(request).await?.into_parts();
    Ok(Response::from_parts(parts, body.collect().await?.to_bytes()))
}
