//! Calls and their names, from what requests of AWS's protocols say about themselves.
//!
//! Answers are not read, only their status.

use hyper::http::request::Parts;

use super::Fault;

/// A call as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Service as requests are signed for it, and operation: `elasticloadbalancing:CreateListener`.
    pub name: String,
    /// The request's body: a form or JSON.
    pub body: String,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Not yet, or its client went away.
    Open,
    /// With the server's answer, of that status.
    Answered(u16),
    /// As the schedule says.
    Failed(Fault),
    /// At the call where something was to be done.
    Cut,
}

impl Call {
    /// Does it change anything?
    pub fn is_write(&self) -> bool {
        let operation = self.name.rsplit(':').next().unwrap_or_default();
        !["Describe", "Get", "List", "Assume"].iter().any(|read| operation.starts_with(read))
    }
}

/// Name of a call, from its signature's scope and its operation; of a plain request, the path.
pub(super) fn name(parts: &Parts, body: &str) -> String {
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let target = header("x-amz-target").rsplit('.').next().unwrap_or_default();
    let form = body.split('&').find_map(|pair| pair.strip_prefix("Action="));
    match (service(header("authorization")), form) {
        (service, _) if !target.is_empty() => format!("{service}:{target}"),
        (service, Some(action)) => format!("{service}:{action}"),
        _ => format!("{} {}", parts.method, parts.uri.path()),
    }
}

/// `Credential=KEY/DAY/REGION/SERVICE/aws4_request`.
pub(super) fn service(authorization: &str) -> &str {
    let credential = authorization.split("Credential=").nth(1).unwrap_or_default();
    credential.split(['/', ',']).nth(3).unwrap_or("unsigned")
}
