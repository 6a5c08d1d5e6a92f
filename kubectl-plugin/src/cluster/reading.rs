//! The objects of a cluster that a plan depends on, list by list.
//!
//! Which kinds those are, and what they lead to, is core's to say; nothing is written to the cluster.

use std::collections::{BTreeMap, BTreeSet};

use gwchain_core::id::Text;
use gwchain_core::manifest::wanted::{Needs, Reach};
use gwchain_core::source::Node;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use super::connect::{self, Session};
use super::discover::{self, Served};
use super::list::{self, Listed, Target};
use super::{Access, Snapshot, trouble};
use crate::failure::Failure;
use crate::progress::Count;

/// So many namespaces are asked one by one for Services; of more, the whole cluster is asked.
const FEW: usize = 12;

/// Reads the cluster that `access` leads to; `others` are objects that are going to be applied to it.
pub fn read(access: &Access, others: &[Node], count: &Count) -> Result<Snapshot, Failure> {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("no event loop: {error}")))?;
    let read = runtime.block_on(async {
        let session = connect::session(access).await?;
        let mut reading = Reading::new(session, others, count.clone());
        reading.run().await.map(|()| reading.finish())
    });
    // An authentication program that hangs is not waited for.
    runtime.shutdown_background();
    read
}

struct Reading<'o> {
    session: Session,
    others: &'o [Node],
    count: Count,
    objects: Vec<Node>,
    /// Kinds that the cluster does not have.
    missing: BTreeSet<&'static str>,
    /// Kinds that may not be listed, with the namespaces in which they may not be listed either.
    refused: BTreeMap<&'static str, BTreeSet<Text>>,
    /// Namespaces that were read one by one.
    visited: BTreeSet<Text>,
}

impl<'o> Reading<'o> {
    fn new(session: Session, others: &'o [Node], count: Count) -> Self {
        let (objects, missing, refused, visited) = Default::default();
        Self { session, others, count, objects, missing, refused, visited }
    }

    async fn run(&mut self) -> Result<(), Failure> {
        let kinds = discover::served(&self.session).await?;
        self.missing = kinds.missing;
        if self.missing.contains("Gateway") {
            return Err(trouble::no_gateway_api(&self.session));
        }
        self.everywhere(kinds.served.iter().filter(|kind| kind.wanted.reach == Reach::All)).await?;
        if self.refused.get("Gateway").is_some_and(|namespaces| namespaces.contains(&self.session.namespace)) {
            return Err(trouble::no_gateways_allowed(&self.session));
        }
        let needs = self.needs();
        for kind in &kinds.served {
            match kind.wanted.reach {
                Reach::All => {}
                Reach::Backends if needs.backends.len() > FEW => self.everywhere([kind]).await?,
                Reach::Backends => self.targets(kind, &needs.backends).await?,
                Reach::Labels if needs.labels => self.everywhere([kind]).await?,
                Reach::Labels => {}
                Reach::Named => {
                    let named = needs.secrets.iter().map(|id| Target::named(kind, id)).collect();
                    self.read(named).await?;
                }
            }
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        Needs::of(self.objects.iter().chain(self.others), &self.session.namespace)
    }

    /// All objects of `kinds`; where that is forbidden, those of namespaces that matter.
    async fn everywhere(&mut self, kinds: impl IntoIterator<Item = &Served>) -> Result<(), Failure> {
        let kinds: Vec<&Served> = kinds.into_iter().collect();
        self.read(kinds.iter().map(|kind| Target::all(kind)).collect()).await?;
        let is_refused = |kind: &&&Served| kind.wanted.namespaced && self.refused.contains_key(kind.wanted.kind);
        let narrow: Vec<&Served> = kinds.iter().filter(is_refused).copied().collect();
        let mut done = BTreeSet::new();
        let mut next = BTreeSet::from([self.session.namespace.clone()]);
        while !narrow.is_empty() && !next.is_empty() {
            for kind in &narrow {
                self.targets(kind, &next).await?;
            }
            done.append(&mut next);
            next = self.needs().namespaces.into_iter().filter(|name| !done.contains(name)).collect();
        }
        self.visited.extend(done.into_iter().filter(|_| !narrow.is_empty()));
        Ok(())
    }

    async fn targets(&mut self, kind: &Served, namespaces: &BTreeSet<Text>) -> Result<(), Failure> {
        self.read(namespaces.iter().map(|namespace| Target::within(kind, namespace)).collect()).await
    }

    /// Reads `targets` at the same time.
    async fn read(&mut self, targets: Vec<Target>) -> Result<(), Failure> {
        let mut tasks = JoinSet::new();
        for target in targets.into_iter().filter(Target::can_exist) {
            tasks.spawn(list::list(self.session.client.clone(), target, self.count.clone()));
        }
        while let Some(done) = tasks.join_next().await {
            let (target, listed) = done.expect("a list does not panic and nobody cancels it");
            match listed.map_err(|error| trouble::failure(&self.session, &error))? {
                Listed::Objects(objects) => self.objects.extend(objects),
                Listed::Absent => {}
                Listed::Forbidden => self.refused.entry(target.kind).or_default().extend(target.namespace),
            }
        }
        Ok(())
    }

    fn finish(self) -> Snapshot {
        let is_whole = self.refused.is_empty();
        let notes = trouble::notes(&self.missing, &self.refused, &self.visited);
        Snapshot { objects: self.objects, namespace: self.session.namespace, is_whole, notes }
    }
}
