//! Errors as AWS's services write them: XML of two dialects, or JSON.
//!
//! Which error it is, others decide.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};

use super::call::service;

/// An error by its codes in each protocol.
struct Codes {
    status: StatusCode,
    /// EC2 has a status of its own for throttling.
    ec2_status: StatusCode,
    query: &'static str,
    ec2: &'static str,
    json: &'static str,
    kind: &'static str,
    message: &'static str,
}

/// Too many calls.
pub(super) fn throttled(parts: &Parts) -> Response<Full<Bytes>> {
    let codes = Codes {
        status: StatusCode::BAD_REQUEST,
        ec2_status: StatusCode::SERVICE_UNAVAILABLE,
        query: "Throttling",
        ec2: "RequestLimitExceeded",
        json: "ThrottlingException",
        kind: "Sender",
        message: "Rate exceeded",
    };
    write(parts, &codes)
}

/// AWS's own mistake.
pub(super) fn failed(parts: &Parts) -> Response<Full<Bytes>> {
    let codes = Codes {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        ec2_status: StatusCode::INTERNAL_SERVER_ERROR,
        query: "InternalFailure",
        ec2: "InternalError",
        json: "InternalServerException",
        kind: "Receiver",
        message: "An internal error has occurred",
    };
    write(parts, &codes)
}

/// The server behind the proxy is gone.
pub(super) fn unreachable(why: &str) -> Response<Full<Bytes>> {
    respond(StatusCode::BAD_GATEWAY, "text/plain", why.to_owned())
}

fn write(parts: &Parts, codes: &Codes) -> Response<Full<Bytes>> {
    let authorization = parts.headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Codes { status, query, ec2, json, kind, message, .. } = *codes;
    if parts.headers.contains_key("x-amz-target") {
        let body = format!(r#"{{"__type":"{json}","message":"{message}"}}"#);
        return respond(status, "application/x-amz-json-1.1", body);
    }
    if service(authorization) == "ec2" {
        let error = format!("<Error><Code>{ec2}</Code><Message>{message}</Message></Error>");
        let body = format!("<Response><Errors>{error}</Errors><RequestID>testbed</RequestID></Response>");
        return respond(codes.ec2_status, "text/xml", body);
    }
    let error = format!("<Error><Type>{kind}</Type><Code>{query}</Code><Message>{message}</Message></Error>");
    let body = format!("<ErrorResponse>{error}<RequestId>testbed</RequestId></ErrorResponse>");
    respond(status, "text/xml", body)
}

fn respond(status: StatusCode, content_type: &'static str, body: String) -> Response<Full<Bytes>> {
    let response = Response::builder().status(status).header("content-type", content_type);
    response.body(Full::new(Bytes::from(body))).expect("its parts are valid")
}
