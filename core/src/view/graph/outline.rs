//! The finished picture: places from the layout, texts shortened to fit, origins looked up.
//!
//! Nothing moves here.

use super::layout::{Rect, Sheet};
use super::measure::{natural, shortened};
use super::sketch::{Face, Sketch};
use super::{Edge, Found, Group, Line, LineStyle, Node, Place, Shape};
use crate::diagnostic::Diagnostic;
use crate::render::{Location, Locator, clean};

/// Height of a label.
const LABEL: i32 = 14;
/// From the node to the label.
const LABEL_INDENT: i32 = 8;

pub struct Outline<'o, 'm> {
    pub sketch: &'o Sketch,
    pub sheet: &'o Sheet,
    pub locator: &'o Locator<'m>,
    pub findings: &'o [Diagnostic],
}

impl Outline<'_, '_> {
    /// Frames that hold something, nodes and edges.
    pub fn draw(&self) -> (Vec<Group>, Vec<Node>, Vec<Edge>) {
        (self.groups(), self.nodes(), self.edges())
    }

    fn groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        for (frame, rect) in self.sketch.frames.iter().zip(&self.sheet.frames) {
            let Some(rect) = rect else { continue };
            groups.push(Group {
                id: frame.id.clone(),
                kind: frame.kind,
                parent: frame.parent.map(|parent| self.sketch.frames[parent].id.clone()),
                load_balancer_type: frame.load_balancer_type,
                shape: self.shape(&frame.face, *rect),
            });
        }
        groups
    }

    fn nodes(&self) -> Vec<Node> {
        let mut nodes = Vec::with_capacity(self.sketch.nodes.len());
        for position in &self.sheet.order {
            let node = &self.sketch.nodes[*position];
            let frame = node.host.or(node.gateway);
            nodes.push(Node {
                id: node.id.clone(),
                kind: node.kind,
                group: frame.map(|frame| self.sketch.frames[frame].id.clone()),
                rules: node.rules.clone(),
                members: node.members.clone(),
                shape: self.shape(&node.face, self.sheet.nodes[*position]),
            });
        }
        nodes
    }

    fn edges(&self) -> Vec<Edge> {
        let mut ranks = vec![0; self.sketch.nodes.len()];
        for (rank, node) in self.sheet.order.iter().enumerate() {
            ranks[*node] = rank;
        }
        let mut links: Vec<_> = self.sketch.links.iter().zip(&self.sheet.edges).collect();
        links.sort_by_key(|(link, _)| (ranks[link.from], ranks[link.to]));
        let mut edges = Vec::with_capacity(links.len());
        for run in links.chunk_by(|(one, _), (next, _)| one.from == next.from) {
            let labels = run.iter().filter(|(link, _)| link.label.is_some()).count();
            let mut place = 0;
            for (link, points) in run {
                let label_at = link.label.as_ref().map(|label| label_at(points[0], label, (place, labels)));
                place += usize::from(label_at.is_some());
                edges.push(Edge {
                    from: self.sketch.nodes[link.from].id.clone(),
                    to: self.sketch.nodes[link.to].id.clone(),
                    kind: link.kind,
                    label: link.label.clone(),
                    label_at,
                    path: path(points),
                    points: (*points).clone(),
                });
            }
        }
        edges
    }

    fn shape(&self, face: &Face, rect: Rect) -> Shape {
        let findings = self.found(face);
        let line = |(style, text): &(LineStyle, String)| {
            let is_bold = *style == LineStyle::Name;
            Line { text: shortened(&clean(text), is_bold, rect.text_width()), style: *style }
        };
        Shape {
            x: rect.x,
            y: rect.y,
            width: rect.width,
            height: rect.height,
            lines: face.lines.iter().map(line).collect(),
            title: face.title(),
            resources: face.resources.clone(),
            origins: face.anchors.iter().map(|anchor| self.place(anchor)).collect(),
            findings,
        }
    }

    fn place(&self, anchor: &super::sketch::Anchor) -> Place {
        let location = self.locator.field(anchor.object, &anchor.path).map(Location::from);
        let object = self.locator.manifests().object(anchor.object).describe();
        Place { object, path: anchor.path.clone(), location }
    }

    fn found(&self, face: &Face) -> Vec<Found> {
        let told = |position: &usize| {
            let finding = &self.findings[*position];
            Found { code: finding.code.as_str(), severity: finding.severity().as_str(), finding: *position }
        };
        face.found.iter().map(told).collect()
    }
}

/// Between two corners level lines are straight and others curves with level ends.
fn path(points: &[[i32; 2]]) -> String {
    use std::fmt::Write as _;
    let mut path = String::new();
    for (position, [x, y]) in points.iter().enumerate() {
        let _ = match position.checked_sub(1).map(|before| points[before]) {
            None => write!(path, "M{x} {y}"),
            Some([_, before]) if before == *y => write!(path, "H{x}"),
            Some([left, before]) => {
                let middle = i32::midpoint(left, *x);
                write!(path, "C{middle} {before} {middle} {y} {x} {y}")
            }
        };
    }
    path
}

/// Labels stand where their edges begin, one below the other as the edges end.
fn label_at([x, y]: [i32; 2], label: &str, (place, count): (usize, usize)) -> [i32; 2] {
    let step = |count: usize| i32::try_from(count).unwrap_or(0) * LABEL;
    [x + LABEL_INDENT + natural(label, false) / 2, y + step(place) - step(count.saturating_sub(1)) / 2]
}
