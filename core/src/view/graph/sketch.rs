//! The picture before anything has a place: frames, nodes and edges with their texts and origins.
//!
//! It knows nothing of manifests or plans; `build` fills it.

use rustc_hash::FxHashMap;

use super::{EdgeKind, GroupKind, LineStyle, NodeKind, ResourceRef};
use crate::id::ObjectIx;

/// Where a node stands from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Client,
    NetworkListener,
    NetworkTarget,
    Listener,
    Rule,
    Target,
    End,
}

impl Column {
    /// How many there are.
    pub const COUNT: usize = 7;

    /// From left to right.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Client, Self::NetworkListener, Self::NetworkTarget, Self::Listener, Self::Rule, Self::Target, Self::End];
}

/// A place that a node comes from, and whether findings there are about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub object: ObjectIx,
    pub path: String,
    pub takes_findings: bool,
}

/// What a node or a frame says.
#[derive(Clone, Debug, Default)]
pub struct Face {
    /// From top to bottom, not shortened.
    pub lines: Vec<(LineStyle, String)>,
    /// What the lines have no room for.
    pub more: Vec<String>,
    pub resources: Vec<ResourceRef>,
    pub anchors: Vec<Anchor>,
    /// Positions of findings.
    pub found: Vec<usize>,
}

impl Face {
    /// A face with a name.
    pub fn named(name: impl Into<String>) -> Self {
        Self::default().line(LineStyle::Name, name)
    }

    /// Adds a line.
    #[must_use]
    pub fn line(mut self, style: LineStyle, text: impl Into<String>) -> Self {
        self.lines.push((style, text.into()));
        self
    }

    /// Adds a line that only the title has.
    #[must_use]
    pub fn more(mut self, text: impl Into<String>) -> Self {
        self.more.push(text.into());
        self
    }

    /// Adds a resource of the plan.
    #[must_use]
    pub fn resource(mut self, gateway: &str, kind: &'static str, id: &str) -> Self {
        self.resources.push(ResourceRef { gateway: gateway.to_owned(), kind, id: id.to_owned() });
        self
    }

    /// Adds a place whose findings are about it.
    #[must_use]
    pub fn at(mut self, object: ObjectIx, path: impl Into<String>) -> Self {
        self.anchor(object, path.into(), true);
        self
    }

    /// Adds a place, unless it is there.
    pub fn anchor(&mut self, object: ObjectIx, path: String, takes_findings: bool) {
        if self.anchors.iter().all(|known| known.object != object || known.path != path) {
            self.anchors.push(Anchor { object, path, takes_findings });
        }
    }
}

/// A frame.
#[derive(Clone, Debug)]
pub struct Frame {
    pub id: String,
    pub kind: GroupKind,
    pub parent: Option<usize>,
    pub load_balancer_type: Option<&'static str>,
    pub face: Face,
}

/// A node.
#[derive(Clone, Debug)]
pub struct Sketched {
    pub id: String,
    pub kind: NodeKind,
    pub column: Column,
    /// The Gateway that it is part of.
    pub gateway: Option<usize>,
    /// The frame of its hosts.
    pub host: Option<usize>,
    pub rules: Vec<String>,
    pub members: Vec<String>,
    pub face: Face,
}

impl Sketched {
    /// A node that stands for itself alone.
    pub fn new(id: String, kind: NodeKind, column: Column, gateway: Option<usize>, face: Face) -> Self {
        Self { id, kind, column, gateway, host: None, rules: Vec::new(), members: Vec::new(), face }
    }
}

/// An edge between nodes, by position.
#[derive(Clone, Debug)]
pub struct Link {
    pub from: usize,
    pub to: usize,
    pub kind: EdgeKind,
    pub label: Option<String>,
}

/// Frames, nodes and edges.
#[derive(Debug, Default)]
pub struct Sketch {
    pub frames: Vec<Frame>,
    pub nodes: Vec<Sketched>,
    pub links: Vec<Link>,
    ids: FxHashMap<String, usize>,
    linked: FxHashMap<(usize, usize), usize>,
}

impl Sketch {
    /// Adds a node; one with that id stays what it is.
    pub fn add(&mut self, node: Sketched) -> usize {
        if let Some(known) = self.ids.get(&node.id) {
            return *known;
        }
        self.ids.insert(node.id.clone(), self.nodes.len());
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The node of that id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// Adds a frame.
    pub fn frame(&mut self, frame: Frame) -> usize {
        self.frames.push(frame);
        self.frames.len() - 1
    }

    /// Adds an edge, unless there is one between the two: then traffic counts for more than what it was.
    pub fn link(&mut self, from: usize, to: usize, kind: EdgeKind, label: Option<String>) {
        let new = self.links.len();
        let known = *self.linked.entry((from, to)).or_insert(new);
        if known == new {
            self.links.push(Link { from, to, kind, label });
        } else if kind == EdgeKind::Traffic {
            self.links[known].kind = kind;
        }
    }

    /// Keeps the nodes that are wanted, with the edges between them and the frames around them.
    pub fn retain(&mut self, is_wanted: &[bool]) {
        let mut moved: Vec<Option<usize>> = Vec::with_capacity(self.nodes.len());
        let mut kept = 0;
        for wanted in is_wanted {
            moved.push(wanted.then_some(kept));
            kept += usize::from(*wanted);
        }
        let mut position = 0;
        self.nodes.retain(|_| {
            position += 1;
            is_wanted[position - 1]
        });
        let links = std::mem::take(&mut self.links);
        let moved_link = |link: Link| Some(Link { from: moved[link.from]?, to: moved[link.to]?, ..link });
        self.links = links.into_iter().filter_map(moved_link).collect();
        self.ids = self.nodes.iter().enumerate().map(|(position, node)| (node.id.clone(), position)).collect();
        let links = self.links.iter().enumerate();
        self.linked = links.map(|(position, link)| ((link.from, link.to), position)).collect();
    }

    /// For each node the chain it is part of, numbered in the order of the nodes, and how many chains there are.
    pub fn chains(&self) -> (Vec<usize>, usize) {
        let mut parents: Vec<usize> = (0..self.nodes.len()).collect();
        let mut firsts: Vec<Option<usize>> = vec![None; self.frames.len()];
        for (position, node) in self.nodes.iter().enumerate() {
            if let Some(frame) = node.gateway {
                let first = *firsts[frame].get_or_insert(position);
                join(&mut parents, first, position);
            }
        }
        for link in &self.links {
            join(&mut parents, link.from, link.to);
        }
        let mut numbers: Vec<Option<usize>> = vec![None; self.nodes.len()];
        let mut count = 0;
        let chains = (0..self.nodes.len()).map(|position| {
            let root = root(&mut parents, position);
            *numbers[root].get_or_insert_with(|| {
                count += 1;
                count - 1
            })
        });
        let chains = chains.collect();
        (chains, count)
    }
}

fn root(parents: &mut [usize], mut node: usize) -> usize {
    while parents[node] != node {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    node
}

fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other)] = one.min(other);
}
