//! GWC0106: which grant a reference into another namespace lacks, and the one that would do.
//!
//! Whether a reference is granted is decided in `resolve`.

use super::edit;
use crate::diagnostic::{Diagnostic, Place};
use crate::id::Text;
use crate::manifest::gateway::{GrantFrom, GrantTo, ReferenceGrant};
use crate::manifest::route::{BackendRef, Route};
use crate::origin::FieldPath;
use crate::resolve::Resolver;

const GROUP: &str = "gateway.networking.k8s.io";

/// `finding` about the backendRef at `path` of `route`, with the reason, the missing grant, and the edit that adds it.
pub fn explained(resolver: &Resolver<'_>, route: &Route, path: FieldPath, finding: Diagnostic) -> Diagnostic {
    let Some(wish) = Wish::of(route, path) else { return finding };
    let grants = resolver.index.grants(&wish.namespace);
    let mut finding = finding;
    finding.message = format!("{}: {}", finding.message.trim_end_matches('.'), wish.reason(grants));
    for grant in grants {
        finding = wish.related(grant, finding);
    }
    let manifests = resolver.index.manifests;
    let yaml = wish.yaml();
    let title = format!("add a ReferenceGrant to namespace {}", wish.namespace);
    let fix = edit::document(manifests, manifests.object(route.meta.object).file, &yaml, title);
    finding.help(format!("this ReferenceGrant would do:\n{}", yaml.trim_end())).fix(fix)
}

/// The backendRef at `path`.
pub fn backend(route: &Route, path: FieldPath) -> Option<&BackendRef> {
    route.spec.rules.iter().enumerate().find_map(|(rule, spec)| {
        let at = |index| FieldPath::indexed("spec.rules[].backendRefs[]", &[rule, index]);
        spec.backend_refs.iter().enumerate().find(|(index, _)| at(*index) == path).map(|(_, backend)| backend)
    })
}

/// A reference and the grant that it needs.
struct Wish {
    from: GrantFrom,
    to: GrantTo,
    namespace: Text,
    name: Text,
}

impl Wish {
    fn of(route: &Route, path: FieldPath) -> Option<Self> {
        let backend = backend(route, path)?;
        let BackendRef { kind, namespace, name, .. } = backend;
        let (namespace, kind) = (namespace.clone()?, kind.clone().unwrap_or_else(|| Text::from("Service")));
        let group = Text::from(if &*kind == "Gateway" { GROUP } else { "" });
        let own = route.meta.namespace().clone();
        let from = GrantFrom { group: Text::from(GROUP), kind: Text::from(route.kind.as_str()), namespace: own };
        Some(Self { from, to: GrantTo { group, kind, name: Some(name.clone()) }, namespace, name: name.clone() })
    }

    fn allows_from(&self, grant: &ReferenceGrant) -> bool {
        let fits = |from: &GrantFrom| {
            (&from.group, &from.kind, &from.namespace) == (&self.from.group, &self.from.kind, &self.from.namespace)
        };
        grant.spec.from.iter().any(fits)
    }

    fn allows_to(&self, grant: &ReferenceGrant) -> bool {
        let fits = |to: &GrantTo| {
            let is_named = to.name.as_ref().is_none_or(|name| *name == self.name);
            is_named && (&to.group, &to.kind) == (&self.to.group, &self.to.kind)
        };
        grant.spec.to.iter().any(fits)
    }

    fn reason(&self, grants: &[&ReferenceGrant]) -> String {
        if grants.is_empty() {
            return format!("namespace {} has no ReferenceGrant", self.namespace);
        }
        let near = |fits: &dyn Fn(&ReferenceGrant) -> bool| {
            grants.iter().find(|grant| fits(grant)).map(|grant| &grant.meta.id)
        };
        if let Some(grant) = near(&|grant| self.allows_from(grant)) {
            return format!("`to` of ReferenceGrant {grant} lacks {}", self.target());
        }
        match near(&|grant| self.allows_to(grant)) {
            Some(grant) => format!("`from` of ReferenceGrant {grant} lacks {}", self.source()),
            None => format!(
                "no ReferenceGrant of namespace {} names {} and {}",
                self.namespace,
                self.source(),
                self.target()
            ),
        }
    }

    fn related(&self, grant: &ReferenceGrant, finding: Diagnostic) -> Diagnostic {
        let place = |path| Place::Field(grant.meta.object, FieldPath::new(path));
        match (self.allows_from(grant), self.allows_to(grant)) {
            (true, false) => finding.related(place("spec.to"), "allows the route to refer, but not to this"),
            (false, true) => finding.related(place("spec.from"), "allows this to be referred to, but not by the route"),
            _ => finding,
        }
    }

    fn source(&self) -> String {
        format!("{{group: {GROUP}, kind: {}, namespace: {}}}", self.from.kind, self.from.namespace)
    }

    fn target(&self) -> String {
        format!("{{group: {}, kind: {}, name: {}}}", quoted(&self.to.group), self.to.kind, self.name)
    }

    fn yaml(&self) -> String {
        let Self { from, to, namespace, name } = self;
        let own = format!("allow-{}-from-{}", from.kind.to_ascii_lowercase(), from.namespace);
        format!(
            "apiVersion: {GROUP}/v1\nkind: ReferenceGrant\nmetadata:\n  name: {own}-to-{name}\n  namespace: {namespace}\n\
             spec:\n  from:\n  - group: {GROUP}\n    kind: {}\n    namespace: {}\n  to:\n  - group: {}\n    \
             kind: {}\n    name: {name}\n",
            from.kind,
            from.namespace,
            quoted(&to.group),
            to.kind
        )
    }
}

/// The core group is the empty text, which YAML needs quotes for.
fn quoted(group: &str) -> &str {
    if group.is_empty() { "\"\"" } else { group }
}
