//! Whether a target group takes the protocol version of a request.
//!
//! Source: ALB guide, "Troubleshoot", HTTP 464, and "Protocol version" of target groups. A client on TLS is taken to speak
//! HTTP/2 where that is needed; without TLS an ALB speaks HTTP/1.1 only. What targets themselves speak is not known here.

use super::request::Request;

/// Status of a request in a version that the target group does not take.
pub(super) const INCOMPATIBLE: u16 = 464;

/// Why a target group of `version` does not take the request from a listener that speaks `protocol`.
pub(super) fn refusal(version: &str, protocol: &str, request: &Request) -> Option<&'static str> {
    let is_plain = protocol == "HTTP";
    match version {
        "GRPC" if is_plain => {
            Some("its target group speaks gRPC, and an HTTP listener only HTTP/1.1: use an HTTPS listener")
        }
        "HTTP2" if is_plain => {
            Some("its target group speaks HTTP/2, and an HTTP listener only HTTP/1.1: use an HTTPS listener")
        }
        "GRPC" if request.method != "POST" => {
            Some("its target group speaks gRPC, which takes POST only: trace with -X POST")
        }
        "HTTP1" if is_grpc(request) => Some("the request is gRPC, and its target group speaks HTTP/1.1"),
        _ => None,
    }
}

fn is_grpc(request: &Request) -> bool {
    request.header("content-type").any(|kind| kind.to_ascii_lowercase().starts_with("application/grpc"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuses(version: &str, protocol: &str, method: &str, kind: &str) -> bool {
        let request = Request::parse("https://a.example/a.B/C").unwrap().with_method(method).unwrap();
        let request = request.with_named_header("content-type", kind).unwrap();
        refusal(version, protocol, &request).is_some()
    }

    #[test]
    fn versions_are_those_of_the_target_group() {
        assert!(!refuses("GRPC", "HTTPS", "POST", "application/grpc+proto"));
        assert!(refuses("GRPC", "HTTPS", "GET", "application/grpc"));
        assert!(refuses("GRPC", "HTTP", "POST", "application/grpc"));
        assert!(refuses("HTTP2", "HTTP", "GET", "text/plain"));
        assert!(!refuses("HTTP2", "HTTPS", "GET", "text/plain"));
        assert!(refuses("HTTP1", "HTTPS", "POST", "Application/gRPC"));
        assert!(!refuses("HTTP1", "HTTP", "POST", "application/json"));
    }
}
