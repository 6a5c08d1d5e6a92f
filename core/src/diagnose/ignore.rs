//! The annotation `gwchain.dev/ignore`: codes that an object does not want to hear of.
//!
//! It hides findings and nothing else: the plan, conditions and other objects stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Place, table};
use crate::id::{ObjectIx, Text};
use crate::manifest::Manifests;
use crate::source::Node;

const ANNOTATION: &str = "metadata.annotations[gwchain.dev/ignore]";

/// `all` without what is ignored, with a finding for each code that there isn't.
pub fn apply(manifests: &Manifests, all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let wanted: BTreeMap<ObjectIx, &str> = (0_u32..)
        .zip(&manifests.objects)
        .filter_map(|(at, object)| Some((ObjectIx(at), object.node.at(ANNOTATION).and_then(Node::as_str)?)))
        .collect();
    if wanted.is_empty() {
        return all;
    }
    let is_ignored = |finding: &Diagnostic| {
        let codes = manifests.object_of(&finding.place).and_then(|object| wanted.get(&object));
        codes.is_some_and(|codes| listed(codes).any(|code| code == finding.code.as_str()))
    };
    let mut kept: Vec<Diagnostic> = all.into_iter().filter(|finding| !is_ignored(finding)).collect();
    let known: BTreeSet<&str> = table().iter().map(|code| code.as_str()).collect();
    for (object, codes) in &wanted {
        kept.extend(listed(codes).filter(|code| !known.contains(code)).map(|code| unknown(*object, code)));
    }
    kept
}

fn listed(codes: &str) -> impl Iterator<Item = &str> {
    codes.split([',', ' ', '\n', '\t']).filter(|code| !code.is_empty())
}

fn unknown(object: ObjectIx, code: &str) -> Diagnostic {
    let message = format!("gwchain.dev/ignore names {code}, and there is no such code");
    Diagnostic::new(Code::IgnoreUnknown, Place::Path(object, Text::from(ANNOTATION)), message)
        .help("a code is GWC and four digits, as in GWC0101; several stand with commas between them")
}
