//! From kubeconfig and context to a client.
//!
//! It sends nothing; who may read what is the API server's to say.

use std::time::Duration;

use gwchain_core::admission::nearest;
use gwchain_core::id::Text;
use kube::config::{KubeConfigOptions, Kubeconfig, KubeconfigError};
use kube::{Client, Config};

use super::Access;
use crate::failure::Failure;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long the API server may be silent.
const SILENCE: Duration = Duration::from_secs(30);

/// A way to a cluster.
pub struct Session {
    /// Sends requests.
    pub client: Client,
    /// URL of the API server.
    pub server: String,
    /// Name of the context, empty inside a cluster.
    pub context: String,
    /// Namespace of what names none.
    pub namespace: Text,
}

/// Prepares talking to the cluster.
pub async fn session(access: &Access) -> Result<Session, Failure> {
    let (mut config, context) = match kubeconfig(access)? {
        Some(file) => of_context(file, access).await?,
        None => (inside()?, String::new()),
    };
    config.connect_timeout = Some(CONNECT);
    config.read_timeout = Some(SILENCE);
    config.write_timeout = Some(SILENCE);
    let server = config.cluster_url.to_string().trim_end_matches('/').to_owned();
    let namespace = access.namespace.as_deref().unwrap_or(&config.default_namespace);
    let namespace = Text::from(namespace);
    let client = Client::try_from(config).map_err(|error| unusable(&context, &error))?;
    Ok(Session { client, server, context, namespace })
}

/// `None` when there is no file and nobody named one, as inside a cluster.
fn kubeconfig(access: &Access) -> Result<Option<Kubeconfig>, Failure> {
    let is_named = access.kubeconfig.is_some() || access.context.is_some();
    let read = access.kubeconfig.as_ref().map_or_else(Kubeconfig::read, Kubeconfig::read_from);
    match read {
        Ok(file) => Ok(Some(file)),
        Err(KubeconfigError::ReadConfig(error, path)) => {
            let is_absent = error.kind() == std::io::ErrorKind::NotFound;
            if is_absent && !is_named && std::env::var_os("KUBERNETES_SERVICE_HOST").is_some() {
                return Ok(None);
            }
            let why = if is_absent { "no such file".to_owned() } else { error.to_string() };
            Err(Failure::new(format!("kubeconfig {}: {why}; {}", path.display(), remedy())))
        }
        Err(error) => Err(Failure::new(format!("kubeconfig: {}; {}", super::trouble::causes(&error), remedy()))),
    }
}

fn remedy() -> &'static str {
    "set KUBECONFIG or say --kubeconfig FILE; -f FILE needs no cluster"
}

fn inside() -> Result<Config, Failure> {
    Config::incluster().map_err(|error| Failure::new(format!("no kubeconfig, and {error}; {}", remedy())))
}

async fn of_context(file: Kubeconfig, access: &Access) -> Result<(Config, String), Failure> {
    let names: Vec<String> = file.contexts.iter().map(|context| context.name.clone()).collect();
    let asked = access.context.clone().or_else(|| file.current_context.clone()).filter(|name| !name.is_empty());
    let Some(context) = asked else {
        return Err(Failure::new(format!(
            "kubeconfig names no current context; say --context NAME: {}",
            listed(&names)
        )));
    };
    if !names.contains(&context) {
        let offer = match nearest(&context, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near}?"),
            None => listed(&names),
        };
        return Err(Failure::new(format!("kubeconfig has no context {context}; {offer}")));
    }
    let options = KubeConfigOptions { context: Some(context.clone()), ..KubeConfigOptions::default() };
    match Config::from_custom_kubeconfig(file, &options).await {
        Ok(config) => Ok((config, context)),
        Err(error) => Err(unusable(&context, &error)),
    }
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "it has none".to_owned() } else { format!("there are {}", names.join(", ")) }
}

fn unusable(context: &str, error: &(dyn std::error::Error + 'static)) -> Failure {
    let why = super::trouble::causes(error);
    Failure::new(format!("context {context} can't be used: {why}; see `kubectl config view --context {context}`"))
}
