//! Lists of objects, page by page, decoded as they arrive.
//!
//! It knows URLs and not what they lead to.

use std::time::Duration;

use gwchain_core::id::{NamespacedName, Text};
use gwchain_core::source::{Node, api};
use http::Request;
use http::request::Builder;
use kube::Client;

use super::discover::Served;
use crate::progress::Count;

/// Objects per page: the size that kubectl asks for.
const PAGE: usize = 500;
/// How long one page may take, with what kube repeats after a server's "later".
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a list begins anew when the API server has forgotten where it was.
const ATTEMPTS: usize = 3;

/// Why a request failed.
#[derive(Debug)]
pub enum Error {
    /// No answer, or one that says no.
    Kube(kube::Error),
    /// No answer in time.
    Slow,
    /// An answer that can't be read.
    Unreadable(String),
}

/// What to list.
#[derive(Clone, Debug)]
pub struct Target {
    /// The kind.
    pub kind: &'static str,
    /// Only this namespace.
    pub namespace: Option<Text>,
    name: Option<Text>,
    base: String,
    plural: String,
}

/// The answer to a list.
#[derive(Debug)]
pub enum Listed {
    /// The objects.
    Objects(Vec<Node>),
    /// There is no such kind or object any more.
    Absent,
    /// The API server does not let us.
    Forbidden,
}

impl Target {
    /// Every object of a kind.
    pub fn all(kind: &Served) -> Self {
        let (base, plural) = (kind.base.clone(), kind.plural.clone());
        Self { kind: kind.wanted.kind, namespace: None, name: None, base, plural }
    }

    /// Those of a namespace.
    pub fn within(kind: &Served, namespace: &Text) -> Self {
        Self { namespace: Some(namespace.clone()), ..Self::all(kind) }
    }

    /// One object.
    pub fn named(kind: &Served, id: &NamespacedName) -> Self {
        Self { name: Some(id.name.clone()), ..Self::within(kind, &id.namespace) }
    }

    /// Whether its names are such as the API server allows; others stand for nothing and belong in no URL.
    pub fn can_exist(&self) -> bool {
        let is_allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-.".contains(letter);
        let names = self.namespace.iter().chain(&self.name);
        names.into_iter().all(|name| !name.is_empty() && name.chars().all(is_allowed))
    }

    fn path(&self) -> String {
        let namespace = self.namespace.as_ref().map(|namespace| format!("/namespaces/{namespace}"));
        let name = self.name.as_ref().map(|name| format!("/{name}"));
        format!("{}{}/{}{}", self.base, namespace.unwrap_or_default(), self.plural, name.unwrap_or_default())
    }
}

/// Reads all pages of `target`.
pub async fn list(client: Client, target: Target, count: Count) -> (Target, Result<Listed, Error>) {
    let mut listed = pages(&client, &target.path(), &count).await;
    for _ in 1..ATTEMPTS {
        if !matches!(&listed, Err(error) if code(error) == Some(410)) {
            break;
        }
        listed = pages(&client, &target.path(), &count).await;
    }
    let listed = match listed {
        Ok(objects) => Ok(Listed::Objects(objects)),
        Err(error) => match code(&error) {
            Some(403) => Ok(Listed::Forbidden),
            Some(404) => Ok(Listed::Absent),
            _ => Err(error),
        },
    };
    (target, listed)
}

async fn pages(client: &Client, path: &str, count: &Count) -> Result<Vec<Node>, Error> {
    let mut objects = Vec::new();
    let mut token = String::new();
    loop {
        let page = text(client, &format!("{path}?limit={PAGE}{token}")).await?;
        let page = api::page(&page).map_err(Error::Unreadable)?;
        count.add(page.objects.len());
        objects.extend(page.objects);
        match page.next {
            Some(next) => token = format!("&continue={next}"),
            None => return Ok(objects),
        }
    }
}

/// A document of discovery; `None` when there is no such group or version.
pub async fn document(client: &Client, path: &str) -> Result<Option<Node>, Error> {
    match text(client, path).await {
        Ok(text) => api::object(&text).map(Some).map_err(Error::Unreadable),
        Err(error) if code(&error) == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn text(client: &Client, path: &str) -> Result<String, Error> {
    answer(client, Request::get(path), Vec::new()).await
}

/// The answer to a request.
pub async fn answer(client: &Client, request: Builder, body: Vec<u8>) -> Result<String, Error> {
    let request = request.header("accept", "application/json").body(body);
    let request = request.map_err(|error| Error::Unreadable(format!("this is no URL: {error}")))?;
    match tokio::time::timeout(PATIENCE, client.request_text(request)).await {
        Ok(answer) => answer.map_err(Error::Kube),
        Err(_) => Err(Error::Slow),
    }
}

/// HTTP status of a refusal.
pub fn code(error: &Error) -> Option<u16> {
    match error {
        Error::Kube(kube::Error::Api(status)) => Some(status.code),
        _ => None,
    }
}
