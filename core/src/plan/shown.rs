//! Which Gateways are shown: those of a namespace, those with some labels.
//!
//! What is not shown is planned all the same, as what is shown may depend on it.

use crate::id::{NamespacedName, Text};
use crate::manifest::Manifests;
use crate::manifest::meta::Meta;
use crate::manifest::selector::Selector;

/// A choice of Gateways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Those of this namespace only.
    pub namespace: Option<Text>,
    /// Those with these labels only.
    pub selector: Option<Selector>,
}

impl Shown {
    /// Whether the Gateway is shown.
    pub fn has(&self, gateway: &Meta) -> bool {
        self.is_namespace(gateway.namespace())
            && self.selector.as_ref().is_none_or(|selector| selector.matches(&gateway.labels))
    }

    /// Whether the Gateway of that name is shown.
    pub fn has_named(&self, manifests: &Manifests, gateway: &NamespacedName) -> bool {
        let found = manifests.gateways.binary_search_by(|other| other.meta.id.cmp(gateway));
        found.is_ok_and(|position| self.has(&manifests.gateways[position].meta))
    }

    /// Whether Gateways of the namespace may be shown.
    pub fn is_namespace(&self, namespace: &Text) -> bool {
        self.namespace.as_ref().is_none_or(|own| own == namespace)
    }
}
