//! What deployment reads and writes in a cluster: its TargetGroupBindings, and the nodes that tell the VPC.
//!
//! Which bindings there shall be is core's to say.

use std::time::Duration;

use gwchain_aws::{Bindings, Error as AwsError, Retry};
use gwchain_core::account::Binding;
use gwchain_core::id::Text;
use http::Request;
use serde_json::Value as Json;

use super::connect::{self, Session};
use super::list::{self, Error, code};
use super::{Access, trouble};
use crate::failure::Failure;

const BINDINGS: &str = "/apis/elbv2.k8s.aws/v1beta1";
/// The name under which fields are owned.
const MANAGER: &str = "gwchain";
/// Nodes that are read: all are in one VPC.
const NODES: usize = 20;
/// How long a binding may take to go: its controller deregisters targets first (controller §0).
const GONE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(200);

/// A cluster that deployment writes to.
pub struct Keeper {
    session: Session,
}

impl Keeper {
    /// Prepares talking to it.
    pub async fn connect(access: &Access) -> Result<Self, Failure> {
        Ok(Self { session: connect::session(access).await? })
    }

    /// Namespace of what names none.
    pub fn namespace(&self) -> &Text {
        &self.session.namespace
    }

    /// All bindings; `None` if the cluster has no such kind.
    pub async fn bindings(&self) -> Result<Option<Vec<Binding>>, Failure> {
        let mut found = Vec::new();
        let mut token = String::new();
        loop {
            let path = format!("{BINDINGS}/targetgroupbindings?limit=500{token}");
            let page = match self.get(&path).await {
                Ok(page) => page,
                Err(error) if code(&error) == Some(404) => return Ok(None),
                Err(error) => return Err(trouble::failure(&self.session, &error)),
            };
            found.extend(page["items"].as_array().into_iter().flatten().map(Binding::of));
            match page["metadata"]["continue"].as_str().filter(|next| !next.is_empty()) {
                Some(next) => token = format!("&continue={next}"),
                None => return Ok(Some(found)),
            }
        }
    }

    /// `spec.providerID` of some nodes; none where they may not be read.
    pub async fn nodes(&self) -> Result<Vec<String>, Failure> {
        let page = match self.get(&format!("/api/v1/nodes?limit={NODES}")).await {
            Ok(page) => page,
            Err(error) if matches!(code(&error), Some(403 | 404)) => return Ok(Vec::new()),
            Err(error) => return Err(trouble::failure(&self.session, &error)),
        };
        let id = |node: &Json| node["spec"]["providerID"].as_str().map(str::to_owned);
        Ok(page["items"].as_array().into_iter().flatten().filter_map(id).collect())
    }

    async fn get(&self, path: &str) -> Result<Json, Error> {
        let text = list::answer(&self.session.client, Request::get(path), Vec::new()).await?;
        serde_json::from_str(&text).map_err(|error| Error::Unreadable(error.to_string()))
    }

    fn failed(&self, call: &'static str, error: &Error) -> AwsError {
        let retry = match code(error) {
            Some(401 | 403) => Retry::Denied,
            Some(429) => Retry::Throttled,
            Some(400..=499) => Retry::Refused,
            _ => Retry::Transient,
        };
        let message = trouble::failure(&self.session, error).reasons().join("; ");
        AwsError::Cluster { call, message, retry }
    }
}

impl Bindings for Keeper {
    async fn apply(&self, object: Json) -> Result<(), AwsError> {
        const CALL: &str = "apply TargetGroupBinding";
        let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default();
        let path = format!("{}?fieldManager={MANAGER}&force=true", path(text("namespace"), text("name")));
        let request = Request::patch(path).header("content-type", "application/apply-patch+yaml");
        let answer = list::answer(&self.session.client, request, object.to_string().into_bytes()).await;
        answer.map(drop).map_err(|error| self.failed(CALL, &error))
    }

    async fn delete(&self, namespace: &str, name: &str) -> Result<(), AwsError> {
        const CALL: &str = "delete TargetGroupBinding";
        let path = path(namespace, name);
        let deleted = list::answer(&self.session.client, Request::delete(&path), Vec::new()).await;
        match deleted {
            Err(error) if code(&error) != Some(404) => return Err(self.failed(CALL, &error)),
            _ => {}
        }
        let gone = async {
            loop {
                match self.get(&path).await {
                    Err(error) if code(&error) == Some(404) => return Ok(()),
                    Err(error) => return Err(self.failed(CALL, &error)),
                    Ok(_) => tokio::time::sleep(PAUSE).await,
                }
            }
        };
        let waited = tokio::time::timeout(GONE, gone).await;
        waited.unwrap_or_else(|_| {
            let what = format!("TargetGroupBinding {namespace}/{name} is still there: does its controller run?");
            Err(AwsError::Patience { what, seconds: GONE.as_secs() })
        })
    }
}

fn path(namespace: &str, name: &str) -> String {
    format!("{BINDINGS}/namespaces/{namespace}/targetgroupbindings/{name}")
}
