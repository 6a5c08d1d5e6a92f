//! What a previewer asks with.
//!
//! It reads no text.

use serde::Deserialize;

use crate::trace::Request;

/// Texts and what is known beside them, as the plugin's options have it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Input {
    /// Manifests.
    pub files: Vec<InputFile>,
    /// `gwchain` (when absent) or `aws-lbc`.
    #[cfg_attr(feature = "typescript", ts(optional, type = "\"gwchain\" | \"aws-lbc\""))]
    pub profile: Option<String>,
    /// Text of an environment file (docs/environment.md).
    pub environment: Option<String>,
    /// The manifests are all there is: what they lack does not exist.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub complete: bool,
    /// The controller's cluster name.
    pub cluster_name: Option<String>,
    /// Namespace of objects that name none; only its Gateways are shown.
    pub namespace: Option<String>,
}

/// One text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct InputFile {
    /// Its name in messages.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// A request to trace, as the options of `trace` have it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct TraceRequest {
    /// `https://…`, `http://…`, `tcp://HOST:PORT`, `tls://HOST` or `udp://HOST:PORT`.
    pub url: String,
    /// GET when absent.
    pub method: Option<String>,
    /// `Name: value` each.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub headers: Vec<String>,
    /// Address of the client.
    pub from: Option<String>,
    /// Gateway to enter at; the one that fits best when absent.
    pub via: Option<String>,
}

impl TraceRequest {
    pub(super) fn parse(&self) -> Result<Request, String> {
        let mut request = Request::parse(&self.url)?;
        if let Some(method) = &self.method {
            request = request.with_method(method)?;
        }
        for header in &self.headers {
            request = request.with_header(header)?;
        }
        match &self.from {
            Some(address) => request.with_client(address),
            None => Ok(request),
        }
    }
}
