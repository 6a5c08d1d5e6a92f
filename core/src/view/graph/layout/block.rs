//! The inside of a Gateway's box: its listeners, rules and target groups, with places of their own.
//!
//! Where the box stands is decided by `chain`.

use rustc_hash::FxHashMap;

use super::stack::{Thing, settle};
use super::{GAP, HOST_HEADER, Sizes};
use crate::view::graph::sketch::{Column, Sketch};

/// How far something may stand below the first of the many things behind it.
const REACH: i32 = 150;

/// A column of nodes from top to bottom, with their upper edges.
#[derive(Debug)]
pub struct Layer {
    pub column: Column,
    pub nodes: Vec<usize>,
    pub tops: Vec<i32>,
}

/// A box.
#[derive(Debug)]
pub struct Block {
    /// Its frame.
    pub frame: usize,
    /// From left to right.
    pub layers: Vec<Layer>,
    /// Height of the inside.
    pub height: i32,
}

/// What leads to each node, and what it leads to.
pub struct Neighbours {
    pub before: Vec<Vec<usize>>,
    pub after: Vec<Vec<usize>>,
}

impl Neighbours {
    pub fn of(sketch: &Sketch) -> Self {
        let (mut before, mut after) = (vec![Vec::new(); sketch.nodes.len()], vec![Vec::new(); sketch.nodes.len()]);
        for link in &sketch.links {
            before[link.to].push(link.from);
            after[link.from].push(link.to);
        }
        Self { before, after }
    }
}

/// The middle of every node that has a place already.
pub type Middles = FxHashMap<usize, i32>;

/// Mean of the middles of those that have one.
pub fn mean(middles: &Middles, nodes: &[usize]) -> Option<i32> {
    let known: Vec<i64> = nodes.iter().filter_map(|node| middles.get(node)).map(|middle| i64::from(*middle)).collect();
    let count = i64::try_from(known.len()).ok().filter(|count| *count > 0)?;
    i32::try_from(known.iter().sum::<i64>() / count).ok()
}

/// The mean, but near the first.
pub fn near_first(middles: &Middles, nodes: &[usize]) -> Option<i32> {
    let first = nodes.iter().filter_map(|node| middles.get(node)).min()?;
    Some(mean(middles, nodes)?.min(first + REACH))
}

/// Orders and places the nodes of a box; `nodes` are in the order of the sketch.
pub fn block(frame: usize, nodes: &[usize], sketch: &Sketch, sizes: &Sizes, near: &Neighbours) -> Block {
    let layers = ordered(nodes, sketch, near);
    let backbone = layers.iter().position(|layer| layer.column == Column::Rule).unwrap_or(layers.len() - 1);
    let mut work = Work { sketch, sizes, layers, middles: Middles::default() };
    work.settle(backbone, |_, _| None);
    for _ in 0..2 {
        work.settle_behind(backbone, near);
        if backbone + 1 < work.layers.len() {
            work.settle(backbone, |middles, node| mean(middles, &near.after[node]));
        }
    }
    work.settle_behind(backbone, near);
    for layer in (0..backbone).rev() {
        work.settle(layer, |middles, node| near_first(middles, &near.after[node]));
    }
    let height = work.normalise();
    Block { frame, layers: work.layers, height }
}

/// Listeners and rules in their order; what is behind them by the places of what leads there.
fn ordered(nodes: &[usize], sketch: &Sketch, near: &Neighbours) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut places: FxHashMap<usize, usize> = FxHashMap::default();
    for column in Column::ALL {
        let own = nodes.iter().copied().filter(|node| sketch.nodes[*node].column == column);
        let mut own: Vec<usize> = own.collect();
        if own.is_empty() {
            continue;
        }
        if matches!(column, Column::NetworkTarget | Column::Target) {
            own.sort_by_cached_key(|node| {
                let before: Vec<usize> = near.before[*node].iter().filter_map(|one| places.get(one).copied()).collect();
                let sum: usize = before.iter().sum();
                (before.is_empty(), sum * 1024 / before.len().max(1), *node)
            });
        }
        places.extend(own.iter().enumerate().map(|(place, node)| (*node, place)));
        let tops = vec![0; own.len()];
        layers.push(Layer { column, nodes: own, tops });
    }
    layers
}

struct Work<'w> {
    sketch: &'w Sketch,
    sizes: &'w Sizes,
    layers: Vec<Layer>,
    middles: Middles,
}

impl Work<'_> {
    fn settle_behind(&mut self, backbone: usize, near: &Neighbours) {
        for layer in backbone + 1..self.layers.len() {
            self.settle(layer, |middles, node| mean(middles, &near.before[node]));
        }
    }

    /// Places a layer by wishes for the middles of its nodes; without a wish a node stays.
    fn settle(&mut self, layer: usize, wish: impl Fn(&Middles, usize) -> Option<i32>) {
        let Layer { nodes, tops, .. } = &self.layers[layer];
        let mut things = Vec::with_capacity(nodes.len());
        for (position, (node, top)) in nodes.iter().zip(tops).enumerate() {
            let height = self.sizes.heights[*node];
            let wish = wish(&self.middles, *node).map_or(*top, |middle| middle - height / 2);
            let before = position.checked_sub(1).map(|before| nodes[before]);
            things.push(Thing { wish, height, above: self.above(before, *node) });
        }
        let tops = settle(&things);
        for (node, (top, thing)) in self.layers[layer].nodes.iter().zip(tops.iter().zip(&things)) {
            self.middles.insert(*node, top + thing.height / 2);
        }
        self.layers[layer].tops = tops;
    }

    /// Room above a node: more where frames of hosts begin and end.
    fn above(&self, before: Option<usize>, node: usize) -> i32 {
        let own = self.sketch.nodes[node].host;
        let other = before.and_then(|before| self.sketch.nodes[before].host);
        match (other, own) {
            (Some(other), Some(own)) if other == own => GAP,
            (_, None) if other.is_none() => GAP,
            (_, None) => GAP + 8,
            (None, Some(_)) => GAP + HOST_HEADER,
            (Some(_), Some(_)) => GAP + 8 + HOST_HEADER,
        }
    }

    /// Moves everything so that the highest node begins at the top; the height of all.
    fn normalise(&mut self) -> i32 {
        let header = |layer: &Layer| if self.sketch.nodes[layer.nodes[0]].host.is_some() { HOST_HEADER } else { 0 };
        let top = self.layers.iter().map(|layer| layer.tops[0] - header(layer)).min().unwrap_or(0);
        let mut height = 0;
        for layer in &mut self.layers {
            layer.tops.iter_mut().for_each(|place| *place -= top);
            let last = layer.nodes[layer.nodes.len() - 1];
            let footer = if self.sketch.nodes[last].host.is_some() { 8 } else { 0 };
            let bottom = layer.tops[layer.tops.len() - 1] + self.sizes.heights[last] + footer;
            height = height.max(bottom);
        }
        height
    }
}
