//! The connections that all clients share; each request takes its token before it leaves.
//!
//! It reads nothing but the class that [`crate::watch`] has written on the request.

use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::pace::{Class, Pace};

/// HTTPS with the machine's certificates, at our pace.
#[derive(Debug)]
pub(crate) struct PacedClient {
    inner: SharedHttpClient,
    pace: Pace,
}

impl PacedClient {
    pub(crate) fn new(pace: Pace) -> Self {
        let tls = Provider::Rustls(CryptoMode::AwsLc);
        Self { inner: aws_smithy_http_client::Builder::new().tls_provider(tls).build_https(), pace }
    }
}

impl HttpClient for PacedClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(PacedConnector { inner, pace: self.pace.clone() })
    }
}

#[derive(Debug)]
struct PacedConnector {
    inner: SharedHttpConnector,
    pace: Pace,
}

impl HttpConnector for PacedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        // Requests for credentials have no class and do not wait.
        let wait = request.extension::<Class>().map(|class| self.pace.take(*class)).unwrap_or_default();
        let inner = self.inner.clone();
        HttpConnectorFuture::new(async move {
            tokio::time::sleep(wait).await;
            inner.call(request).await
        })
    }
}
