//! Which of the kinds that core reads a cluster serves, in which version, under which name in URLs.
//!
//! Source: the API server's discovery documents, `APIGroup` and `APIResourceList`.

use std::collections::{BTreeMap, BTreeSet};

use gwchain_core::manifest::wanted::{Wanted, wanted};
use gwchain_core::source::Node;
use tokio::task::JoinSet;

use super::connect::Session;
use super::{list, trouble};
use crate::failure::Failure;

/// A kind as the cluster serves it.
#[derive(Clone, Debug)]
pub struct Served {
    /// The kind.
    pub wanted: Wanted,
    /// `/apis/GROUP/VERSION` or `/api/VERSION`.
    pub base: String,
    /// Name of the kind in URLs.
    pub plural: String,
}

/// What a cluster serves of the kinds that are read.
#[derive(Debug, Default)]
pub struct Kinds {
    /// Each in its best version.
    pub served: Vec<Served>,
    /// Kinds that are not served.
    pub missing: BTreeSet<&'static str>,
}

/// Asks group by group, at the same time.
pub async fn served(session: &Session) -> Result<Kinds, Failure> {
    let mut groups: BTreeMap<&'static str, Vec<Wanted>> = BTreeMap::new();
    for kind in wanted() {
        groups.entry(kind.group).or_default().push(kind);
    }
    let mut tasks = JoinSet::new();
    for (group, kinds) in groups {
        tasks.spawn(of_group(session.client.clone(), group, kinds));
    }
    let mut found = Kinds::default();
    while let Some(done) = tasks.join_next().await {
        let group = done.expect("discovery does not panic and nobody cancels it");
        let group = group.map_err(|error| trouble::failure(session, &error))?;
        found.served.extend(group.served);
        found.missing.extend(group.missing);
    }
    found.served.sort_by_key(|served| (served.wanted.group, served.wanted.kind));
    Ok(found)
}

async fn of_group(client: kube::Client, group: &'static str, kinds: Vec<Wanted>) -> Result<Kinds, list::Error> {
    let root = if group.is_empty() { "/api".to_owned() } else { format!("/apis/{group}") };
    let versions = list::document(&client, &root).await?.map(|document| versions(&document)).unwrap_or_default();
    // The plural of each kind, by version.
    let mut plurals: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let is_read = |version: &&String| kinds.iter().any(|kind| kind.versions.contains(&version.as_str()));
    for version in versions.iter().filter(is_read) {
        let resources = list::document(&client, &format!("{root}/{version}")).await?;
        plurals.insert(version.clone(), resources.map(|document| resources_of(&document)).unwrap_or_default());
    }
    let mut found = Kinds::default();
    for kind in kinds {
        let best = kind.versions.iter().find_map(|version| Some((version, plurals.get(*version)?.get(kind.kind)?)));
        match best {
            Some((version, plural)) => {
                let (base, plural) = (format!("{root}/{version}"), plural.clone());
                found.served.push(Served { wanted: kind, base, plural });
            }
            None => {
                found.missing.insert(kind.kind);
            }
        }
    }
    Ok(found)
}

/// Versions of an `APIGroup`, and of the core group's `APIVersions`.
fn versions(document: &Node) -> Vec<String> {
    let list = document.get("versions").and_then(Node::as_seq).unwrap_or_default();
    let name = |entry: &Node| entry.as_str().or_else(|| entry.get("version")?.as_str()).map(str::to_owned);
    list.iter().filter_map(name).collect()
}

/// Plural by kind; subresources have a slash in their name.
fn resources_of(document: &Node) -> BTreeMap<String, String> {
    let list = document.get("resources").and_then(Node::as_seq).unwrap_or_default();
    let entry = |resource: &Node| {
        let name = resource.get("name")?.as_str().filter(|name| !name.contains('/'))?;
        Some((resource.get("kind")?.as_str()?.to_owned(), name.to_owned()))
    };
    list.iter().filter_map(entry).collect()
}
