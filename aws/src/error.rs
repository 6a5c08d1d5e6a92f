//! What can go wrong with AWS: which call, AWS's code and words, and whether to try again.
//!
//! The user's mistakes are diagnostics of core, not errors.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

/// A failure of the environment. Its text names no request id and no secret; both kinds of detail stay in the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nobody says which region.
    #[error("no AWS region: set --region, AWS_REGION, or region in the profile")]
    NoRegion,
    /// Nobody says which VPC.
    #[error("no VPC: set --vpc-id, as neither nodes of the cluster nor instance metadata tell it")]
    NoVpc,
    /// Nodes tell several VPCs.
    #[error("nodes of the cluster are in several VPCs ({0}): set --vpc-id")]
    SeveralVpcs(String),
    /// AWS refused a call.
    #[error("{call}: {message} ({code})")]
    Refused {
        /// Name of the call.
        call: &'static str,
        /// AWS's code, without "Exception" at its end.
        code: String,
        /// AWS's words.
        message: String,
    },
    /// AWS, or what finds its credentials, gave no answer.
    #[error("{call}: {reason}")]
    Unanswered {
        /// Name of the call.
        call: &'static str,
        /// What happened, from the outside inwards.
        reason: String,
        /// Whether it may be different the next time.
        retry: Retry,
    },
    /// The cluster refused a TargetGroupBinding.
    #[error("{call}: {message}")]
    Cluster {
        /// What was to be done.
        call: &'static str,
        /// The API server's words.
        message: String,
        /// Whether to try again.
        retry: Retry,
    },
    /// Something did not come about in time.
    #[error("{what} after {seconds} s")]
    Patience {
        /// What is the case, still.
        what: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The plan leaves open what a call needs.
    #[error("{0} is not known")]
    Open(String),
}

/// What to do about a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retry {
    /// Come back later: too many calls.
    Throttled,
    /// Come back soon: no answer, or AWS's own failure.
    Transient,
    /// Come back once something else has happened: still in use, or not active yet.
    Wait,
    /// No use before permissions or credentials change.
    Denied,
    /// No use before the plan or the account changes.
    Refused,
}

impl Error {
    /// Whether, and after what, to try again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Refused { code, message, .. } => refusal(code, message),
            Self::Unanswered { retry, .. } | Self::Cluster { retry, .. } => *retry,
            Self::Patience { .. } => Retry::Wait,
            Self::NoRegion | Self::NoVpc | Self::SeveralVpcs(_) | Self::Open(_) => Retry::Refused,
        }
    }

    /// AWS's code, if AWS answered.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Whether what the call was about does not exist.
    pub fn is_not_found(&self) -> bool {
        self.code().is_some_and(|code| {
            code.ends_with("NotFound") || matches!(code, "InvalidGroupId.Malformed" | "WAFNonexistentItem")
        })
    }

    /// The same without `secrets`, should AWS repeat one in its words.
    pub(crate) fn without(mut self, secrets: &[&str]) -> Self {
        if let Self::Refused { message, .. } = &mut self {
            for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
                *message = message.replace(secret, "[REDACTED]");
            }
        }
        self
    }
}

/// Codes of the query and JSON protocols, as the API references and the SDK's own classifier list them.
fn refusal(code: &str, message: &str) -> Retry {
    match code {
        "Throttling"
        | "Throttled"
        | "ThrottledClient"
        | "RequestThrottled"
        | "RequestLimitExceeded"
        | "TooManyRequests"
        | "BandwidthLimitExceeded"
        | "EC2Throttled"
        | "SlowDown" => Retry::Throttled,
        "InternalError"
        | "InternalFailure"
        | "InternalServerError"
        | "ServiceUnavailable"
        | "Unavailable"
        | "RequestTimeout"
        | "WAFInternalError" => Retry::Transient,
        "ResourceInUse"
        | "DependencyViolation"
        | "InvalidTarget"
        | "TargetGroupAssociationLimit"
        | "WAFUnavailableEntity"
        | "IncorrectState"
        | "InvalidGroup.InUse" => Retry::Wait,
        "AccessDenied"
        | "UnauthorizedOperation"
        | "AuthFailure"
        | "ExpiredToken"
        | "RequestExpired"
        | "InvalidClientTokenId"
        | "UnrecognizedClient"
        | "SignatureDoesNotMatch"
        | "OptInRequired" => Retry::Denied,
        "OperationNotPermitted" if message.contains("not authorized") => Retry::Denied,
        _ => Retry::Refused,
    }
}

/// A call's outcome with our own error.
pub(crate) trait Called<T> {
    /// Names the call that failed.
    fn called(self, call: &'static str) -> Result<T, Error>;
}

impl<T, E> Called<T> for Result<T, SdkError<E, HttpResponse>>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    fn called(self, call: &'static str) -> Result<T, Error> {
        self.map_err(|error| failure(call, &error))
    }
}

fn failure<E>(call: &'static str, error: &SdkError<E, HttpResponse>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let request = error.request_id();
    if let SdkError::ServiceError(answer) = error {
        let status = answer.raw().status().as_u16();
        tracing::debug!(call, code = error.code(), request, status, "refused");
        let code = error.code().map_or_else(|| by_status(status), str::to_owned);
        let code = code.trim_end_matches("Exception").to_owned();
        let message = shown(error.message().unwrap_or("no reason given"));
        return Error::Refused { call, code, message };
    }
    let reason = chain(error);
    tracing::debug!(call, request, reason, "unanswered");
    Error::Unanswered { call, reason, retry: unanswered(error) }
}

/// A code for answers that have none, such as those of a proxy.
fn by_status(status: u16) -> String {
    match status {
        401 | 403 => "AccessDenied".to_owned(),
        429 => "TooManyRequests".to_owned(),
        500..=599 => "ServiceUnavailable".to_owned(),
        _ => format!("HTTP {status}"),
    }
}

fn unanswered<E>(error: &SdkError<E, HttpResponse>) -> Retry {
    match error {
        SdkError::DispatchFailure(failure) if failure.is_io() || failure.is_timeout() => Retry::Transient,
        SdkError::DispatchFailure(failure) if failure.is_user() => Retry::Refused,
        // Credentials: the chain found none, or what should give them did not.
        SdkError::DispatchFailure(_) => Retry::Denied,
        SdkError::TimeoutError(_) | SdkError::ResponseError(_) => Retry::Transient,
        _ => Retry::Refused,
    }
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut parts = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        if parts.last() != Some(&text) {
            parts.push(text);
        }
        next = error.source();
    }
    parts.join(": ")
}

/// What a person can use of AWS's words: ids of requests and encoded proofs are for the log.
fn shown(message: &str) -> String {
    let ends = ["Encoded authorization failure message:", "(Service:", "RequestId:", "Request ID:"];
    let end = ends.iter().filter_map(|end| message.find(end)).min().unwrap_or(message.len());
    message[..end].trim_end_matches([' ', '(', ';', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: &str, message: &str) -> Error {
        Error::Refused { call: "CreateRule", code: code.to_owned(), message: message.to_owned() }
    }

    #[test]
    fn words_for_people_have_no_request_id() {
        assert_eq!(shown("Rate exceeded (Service: Elb; Request ID: 1-2-3)"), "Rate exceeded");
        assert_eq!(
            shown("You are not authorized. Encoded authorization failure message: AbC"),
            "You are not authorized."
        );
        assert_eq!(shown("Listener not found"), "Listener not found");
    }

    #[test]
    fn a_repeated_secret_is_blackened() {
        let error = refused("ValidationError", "Value 's3cr3t' at 'clientSecret'").without(&["s3cr3t", ""]);
        assert_eq!(error.to_string(), "CreateRule: Value '[REDACTED]' at 'clientSecret' (ValidationError)");
    }

    #[test]
    fn codes_say_when_to_come_back() {
        let retry = |code| refused(code, "").retry();
        assert_eq!(retry("Throttling"), Retry::Throttled);
        assert_eq!(retry("ServiceUnavailable"), Retry::Transient);
        assert_eq!(retry("ResourceInUse"), Retry::Wait);
        assert_eq!(retry("UnauthorizedOperation"), Retry::Denied);
        assert_eq!(retry("ValidationError"), Retry::Refused);
    }

    #[test]
    fn what_is_gone_is_told_by_its_code() {
        for code in ["ListenerNotFound", "InvalidGroup.NotFound", "InvalidPermission.NotFound", "ResourceNotFound"] {
            assert!(refused(code, "").is_not_found(), "{code}");
        }
        assert!(!refused("ResourceInUse", "").is_not_found());
    }
}
