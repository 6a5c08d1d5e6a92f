//! One chain: boxes of NLBs, boxes of ALBs behind them, the client in front and the Services at the end.
//!
//! How boxes are ordered and moved is `side`'s business.

use rustc_hash::FxHashMap;

use super::block::{Neighbours, mean, near_first};
use super::side::{Side, What};
use super::stack::{Thing, settle};
use super::{GAP, GUTTER, PADDING, Rect, Sheet, Sizes, is_wide};
use crate::view::graph::measure::LINE;
use crate::view::graph::sketch::{Column, Sketch, Sketched};

/// A chain.
pub struct Chain<'s> {
    pub sketch: &'s Sketch,
    pub nodes: Vec<usize>,
    pub links: Vec<usize>,
}

/// All chains in the order of their first nodes.
pub fn chains(sketch: &Sketch) -> Vec<Chain<'_>> {
    let (numbers, count) = sketch.chains();
    let mut chains: Vec<Chain<'_>> =
        (0..count).map(|_| Chain { sketch, nodes: Vec::new(), links: Vec::new() }).collect();
    for (node, number) in numbers.iter().enumerate() {
        chains[*number].nodes.push(node);
    }
    for (position, link) in sketch.links.iter().enumerate() {
        chains[numbers[link.from]].links.push(position);
    }
    chains
}

/// What stands in each column.
fn heading(column: Column) -> &'static str {
    match column {
        Column::Client => "client",
        Column::NetworkListener => "NLB listeners",
        Column::NetworkTarget | Column::Target => "target groups",
        Column::Listener => "ALB listeners",
        Column::Rule => "rules",
        Column::End => "Services",
    }
}

/// Writes the names of columns above a chain.
pub fn headings(columns: &[Column], sizes: &Sizes, top: i32, sheet: &mut Sheet) {
    for (column, x) in columns.iter().zip(lefts(columns, sizes)) {
        sheet.headings.push((x, top + LINE - 4, heading(*column)));
    }
}

fn lefts(columns: &[Column], sizes: &Sizes) -> Vec<i32> {
    let mut x = super::MARGIN + PADDING;
    let mut lefts = Vec::with_capacity(columns.len());
    for column in columns {
        lefts.push(x);
        x += sizes.columns[*column as usize] + GUTTER;
    }
    lefts
}

impl Chain<'_> {
    /// Whether there is more than a Gateway without load balancer.
    pub fn is_connected(&self) -> bool {
        !self.links.is_empty()
    }

    /// Columns that something stands in, from left to right; a box has all of its columns.
    pub fn columns(&self) -> Vec<Column> {
        let has = |column: &Column| self.nodes.iter().any(|node| self.sketch.nodes[*node].column == *column);
        let is_alb = [Column::Listener, Column::Rule, Column::Target].iter().any(has);
        let is_nlb = [Column::NetworkListener, Column::NetworkTarget].iter().any(has);
        let wanted = |column: &Column| match column {
            Column::Client | Column::End => has(column),
            Column::NetworkListener | Column::NetworkTarget => is_nlb,
            Column::Listener | Column::Rule | Column::Target => is_alb,
        };
        Column::ALL.into_iter().filter(wanted).collect()
    }

    /// Places the chain below `top`; its right edge and its height.
    pub fn place(&self, sizes: &Sizes, near: &Neighbours, top: i32, sheet: &mut Sheet) -> (i32, i32) {
        let columns = self.columns();
        let xs = columns.iter().copied().zip(lefts(&columns, sizes)).collect();
        let mut work = Work { chain: self, sizes, near, xs, middles: FxHashMap::default() };
        let mut sides = [work.side(is_left), work.side(is_right)];
        work.settle_sides(&mut sides);
        work.loose(Column::End, |middles, node| mean(middles, &near.before[node]));
        work.loose(Column::Client, |middles, node| near_first(middles, &near.after[node]));
        let (upper, lower) = work.extent(&sides);
        work.write(&sides, top - upper, sheet);
        let last = columns.last().copied().unwrap_or(Column::Client);
        let padding = if last == Column::End { 0 } else { PADDING };
        (work.right(last) + padding, lower - upper)
    }
}

/// Columns of the boxes of NLBs.
pub fn is_left(column: Column) -> bool {
    matches!(column, Column::NetworkListener | Column::NetworkTarget)
}

/// Columns of the boxes of ALBs.
pub fn is_right(column: Column) -> bool {
    matches!(column, Column::Listener | Column::Rule | Column::Target)
}

/// A chain that is getting its places.
pub struct Work<'w> {
    pub chain: &'w Chain<'w>,
    pub sizes: &'w Sizes,
    pub near: &'w Neighbours,
    xs: Vec<(Column, i32)>,
    /// Of nodes that have their places.
    pub middles: FxHashMap<usize, i32>,
}

impl Work<'_> {
    fn x(&self, column: Column) -> i32 {
        self.xs.iter().find(|(one, _)| *one == column).map_or(0, |(_, x)| *x)
    }

    fn right(&self, column: Column) -> i32 {
        self.x(column) + self.sizes.columns[column as usize]
    }

    pub fn has(&self, column: Column) -> bool {
        self.xs.iter().any(|(one, _)| *one == column)
    }

    /// Places nodes that stand in no box.
    fn loose(&mut self, column: Column, wish: impl Fn(&FxHashMap<usize, i32>, usize) -> Option<i32>) {
        let nodes = self.chain.nodes.iter().copied().filter(|node| self.chain.sketch.nodes[*node].column == column);
        let mut nodes: Vec<(i32, usize)> = nodes.map(|node| (wish(&self.middles, node).unwrap_or(0), node)).collect();
        nodes.sort_unstable();
        let thing = |(middle, node): &(i32, usize)| {
            let height = self.sizes.heights[*node];
            Thing { wish: middle - height / 2, height, above: GAP }
        };
        let things: Vec<Thing> = nodes.iter().map(thing).collect();
        for ((_, node), (top, thing)) in nodes.iter().zip(settle(&things).iter().zip(&things)) {
            self.middles.insert(*node, top + thing.height / 2);
        }
    }

    fn node_top(&self, node: usize) -> i32 {
        self.middles.get(&node).copied().unwrap_or(0) - self.sizes.heights[node] / 2
    }

    /// The highest and the lowest line of anything.
    fn extent(&self, sides: &[Side]) -> (i32, i32) {
        let items = sides.iter().flat_map(|side| &side.items).map(|item| (item.top, item.top + item.height));
        let nodes = self.chain.nodes.iter().map(|node| {
            let top = self.node_top(*node);
            (top, top + self.sizes.heights[*node])
        });
        let extents = items.chain(nodes);
        extents.fold((i32::MAX, i32::MIN), |(top, bottom), (upper, lower)| (top.min(upper), bottom.max(lower)))
    }

    fn write(&self, sides: &[Side], shift: i32, sheet: &mut Sheet) {
        for node in &self.chain.nodes {
            let sketched = &self.chain.sketch.nodes[*node];
            let x = self.x(sketched.column);
            let last = last_of_side(sketched.column).filter(|_| is_wide(sketched.kind) && self.is_alone(sketched));
            let width = self.right(last.unwrap_or(sketched.column)) - x;
            sheet.nodes[*node] = Rect { x, y: self.node_top(*node) + shift, width, height: self.sizes.heights[*node] };
        }
        let mut order = self.chain.nodes.clone();
        order.sort_by_key(|node| (self.chain.sketch.nodes[*node].column, sheet.nodes[*node].y));
        sheet.order.extend(order);
        let mut lanes: FxHashMap<usize, [i32; 3]> = FxHashMap::default();
        for side in sides {
            let Some((first, last)) = side.columns else { continue };
            let (left, right) = (self.x(first) - PADDING, self.right(last) + PADDING);
            for item in &side.items {
                let y = item.top + shift;
                match &item.what {
                    What::Box(block) => {
                        let rect = Rect { x: left, y, width: right - left, height: item.height };
                        sheet.frames[block.frame] = Some(rect);
                    }
                    What::Lane(link) => drop(lanes.insert(*link, [left, right, y + item.height / 2])),
                }
            }
        }
        for link in &self.chain.links {
            let ends = &self.chain.sketch.links[*link];
            let (from, to) = (sheet.nodes[ends.from], sheet.nodes[ends.to]);
            let mut points = vec![[from.right(), from.middle()]];
            if let Some([left, right, y]) = lanes.get(link) {
                points.extend([[*left, *y], [*right, *y]]);
            }
            points.push([to.x, to.middle()]);
            sheet.edges[*link] = points;
        }
    }

    /// Whether nothing of the same Gateway stands in another column.
    fn is_alone(&self, node: &Sketched) -> bool {
        let others = self.chain.nodes.iter().map(|other| &self.chain.sketch.nodes[*other]);
        others.into_iter().all(|other| other.gateway != node.gateway || other.column == node.column)
    }
}

fn last_of_side(column: Column) -> Option<Column> {
    match column {
        column if is_left(column) => Some(Column::NetworkTarget),
        column if is_right(column) => Some(Column::Target),
        _ => None,
    }
}
