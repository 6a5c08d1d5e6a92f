//! Which node or frame a finding is about.
//!
//! It is the one with the place closest around the finding's, else those whose places lie inside it, else those that have
//! to do with the same object.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::sketch::{Face, Sketch};
use super::{LineStyle, NodeKind};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::id::ObjectIx;

/// A node or a frame, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Node(usize),
    Frame(usize),
}

/// Codes that a line names.
const CODES: usize = 2;
/// Findings that a title tells in full.
const MESSAGES: usize = 8;

type Owners = FxHashMap<ObjectIx, Vec<(String, Owner)>>;

/// Notes the findings at the nodes and frames that they are about.
pub fn attach(sketch: &mut Sketch, findings: &[Diagnostic]) {
    let mut owners: Owners = FxHashMap::default();
    let frames = sketch.frames.iter().enumerate().map(|(position, frame)| (Owner::Frame(position), &frame.face));
    let nodes = sketch.nodes.iter().enumerate().map(|(position, node)| (Owner::Node(position), &node.face));
    for (owner, face) in frames.chain(nodes) {
        for anchor in face.anchors.iter().filter(|anchor| anchor.takes_findings) {
            owners.entry(anchor.object).or_default().push((anchor.path.clone(), owner));
        }
    }
    let mut is_told = vec![false; findings.len()];
    for found in sketch.nodes.iter().flat_map(|node| &node.face.found) {
        is_told[*found] = true;
    }
    let untold = (0..findings.len()).filter(|position| !is_told[*position]);
    let (at_backends, others): (Vec<usize>, Vec<usize>) =
        untold.partition(|position| has_backend(&owners, &findings[*position].place));
    // What is said at a Service is not said again at every rule that leads to it.
    let mut said: BTreeSet<(Code, &str)> = BTreeSet::new();
    for position in at_backends {
        said.insert((findings[position].code, &findings[position].message));
        attach_one(sketch, &owners, findings, position);
    }
    for position in others {
        if !said.contains(&(findings[position].code, &*findings[position].message)) {
            attach_one(sketch, &owners, findings, position);
        }
    }
    let frames = sketch.frames.iter_mut().map(|frame| &mut frame.face);
    frames.chain(sketch.nodes.iter_mut().map(|node| &mut node.face)).for_each(|face| summary(face, findings));
}

fn attach_one(sketch: &mut Sketch, owners: &Owners, findings: &[Diagnostic], position: usize) {
    let finding = &findings[position];
    let places = std::iter::once(&finding.place).chain(finding.related.iter().map(|related| &related.place));
    let found = places.map(|place| about(sketch, owners, place)).find(|found| !found.is_empty());
    for owner in found.unwrap_or_default() {
        let face = match owner {
            Owner::Node(node) => &mut sketch.nodes[node].face,
            Owner::Frame(frame) => &mut sketch.frames[frame].face,
        };
        if face.found.last() != Some(&position) {
            face.found.push(position);
        }
    }
}

/// Whether something stands for the `backendRef` that a place lies in.
fn has_backend(owners: &Owners, place: &Place) -> bool {
    let Some((object, path)) = field(place).filter(|(_, path)| path.contains("backendRefs[")) else { return false };
    let all = owners.get(&object).into_iter().flatten();
    all.filter(|(own, _)| own.contains("backendRefs[")).any(|(own, _)| lies_in(&path, own))
}

fn field(place: &Place) -> Option<(ObjectIx, String)> {
    match place {
        Place::Field(object, path) => Some((*object, path.to_string())),
        Place::Path(object, path) => Some((*object, path.to_string())),
        Place::Text(..) | Place::Nowhere => None,
    }
}

/// The last line of a face: severities and codes, the worst first.
fn summary(face: &mut Face, findings: &[Diagnostic]) {
    face.found.sort_by_key(|position| {
        let Diagnostic { code, message, .. } = &findings[*position];
        (Reverse(findings[*position].severity()), *code, message)
    });
    let mut found: Vec<(Reverse<Severity>, Code)> =
        face.found.iter().map(|position| (Reverse(findings[*position].severity()), findings[*position].code)).collect();
    found.dedup();
    let Some((Reverse(worst), _)) = found.first() else { return };
    let style = match worst {
        Severity::Error => LineStyle::Problem,
        Severity::Warning => LineStyle::Pending,
        Severity::Note => LineStyle::Detail,
    };
    let mut texts: Vec<String> =
        found.iter().take(CODES).map(|(Reverse(severity), code)| format!("{} {code}", severity.as_str())).collect();
    if found.len() > CODES {
        texts.push(format!("{} more", found.len() - CODES));
    }
    face.lines.push((style, texts.join(", ")));
    let messages = face.found.iter().take(MESSAGES).map(|position| {
        let Diagnostic { code, message, .. } = &findings[*position];
        format!("{code}: {message}")
    });
    face.more.extend(messages.collect::<Vec<_>>());
}

fn about(sketch: &Sketch, owners: &Owners, place: &Place) -> Vec<Owner> {
    let Some((object, path)) = field(place) else { return Vec::new() };
    let Some(all) = owners.get(&object) else { return Vec::new() };
    let around = all.iter().filter(|(own, _)| lies_in(&path, own));
    if let Some(longest) = around.clone().map(|(own, _)| own.len()).max() {
        return around.filter(|(own, _)| own.len() == longest).map(|(_, owner)| *owner).collect();
    }
    let inside: Vec<Owner> = all.iter().filter(|(own, _)| lies_in(own, &path)).map(|(_, owner)| *owner).collect();
    if !inside.is_empty() {
        return inside;
    }
    let closest = all.iter().map(|(_, owner)| rank(sketch, *owner)).min();
    all.iter().map(|(_, owner)| *owner).filter(|owner| Some(rank(sketch, *owner)) == closest).collect()
}

/// Who stands for an object of which only a part made it: Gateways for configurations, rules for routes.
fn rank(sketch: &Sketch, owner: Owner) -> u8 {
    match owner {
        Owner::Frame(_) => 0,
        Owner::Node(node) => match sketch.nodes[node].kind {
            NodeKind::Rule | NodeKind::Rules => 1,
            NodeKind::TargetGroup | NodeKind::LeftOut => 2,
            NodeKind::Listener => 3,
            _ => 4,
        },
    }
}

/// Whether `path` is `around` or lies inside it.
fn lies_in(path: &str, around: &str) -> bool {
    around.is_empty() || path.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
