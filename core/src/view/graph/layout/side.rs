//! Boxes that stand in the same columns, one below the other, and lanes for edges that pass by them.
//!
//! What is inside a box does not change here.

use rustc_hash::FxHashMap;

use super::block::{Block, block};
use super::chain::Work;
use super::stack::{Thing, settle};
use super::{APART, PADDING};
use crate::view::graph::measure::LINE;
use crate::view::graph::sketch::Column;

/// Height of a lane.
const LANE: i32 = 12;
/// Height of boxes at which lanes stand above all of them: nobody follows an edge that far down and up again.
const TALL: i32 = 700;
/// Between the lines of a frame and what is in it.
const BELOW_HEADER: i32 = 18;

/// Boxes and lanes.
pub struct Side {
    /// First and last of its columns, if the chain has them.
    pub columns: Option<(Column, Column)>,
    pub items: Vec<Item>,
}

/// A box or a lane.
pub struct Item {
    pub what: What,
    /// With header and padding.
    pub height: i32,
    pub top: i32,
}

pub enum What {
    Box(Block),
    /// The edge that passes by.
    Lane(usize),
}

impl Work<'_> {
    /// The boxes in the columns that `is_own`, in the order of their frames, then the lanes.
    pub fn side(&self, is_own: impl Fn(Column) -> bool) -> Side {
        let sketch = self.chain.sketch;
        let mut places: FxHashMap<usize, usize> = FxHashMap::default();
        let mut frames: Vec<(usize, Vec<usize>)> = Vec::new();
        for node in self.chain.nodes.iter().filter(|node| is_own(sketch.nodes[**node].column)) {
            let Some(frame) = sketch.nodes[*node].gateway else { continue };
            let place = *places.entry(frame).or_insert(frames.len());
            if place == frames.len() {
                frames.push((frame, Vec::new()));
            }
            frames[place].1.push(*node);
        }
        frames.sort_unstable_by_key(|(frame, _)| *frame);
        let boxes = frames.iter().map(|(frame, nodes)| {
            let block = block(*frame, nodes, sketch, self.sizes, self.near);
            let height = self.header(*frame) + block.height + PADDING;
            Item { what: What::Box(block), height, top: 0 }
        });
        let mut own = Column::ALL.into_iter().filter(|column| is_own(*column) && self.has(*column));
        let columns = own.next().map(|first| (first, own.last().unwrap_or(first)));
        let passes = |link: &&usize| {
            let link = &sketch.links[**link];
            let (from, to) = (sketch.nodes[link.from].column, sketch.nodes[link.to].column);
            columns.is_some_and(|(first, last)| from < first && last < to)
        };
        let lanes = self.chain.links.iter().filter(passes);
        let lanes = lanes.map(|link| Item { what: What::Lane(*link), height: LANE, top: 0 });
        Side { columns, items: boxes.chain(lanes).collect() }
    }

    fn header(&self, frame: usize) -> i32 {
        let lines = self.chain.sketch.frames[frame].face.lines.len();
        i32::try_from(lines).unwrap_or(1) * LINE + BELOW_HEADER
    }

    /// Orders and places left and right boxes by what connects them.
    pub fn settle_sides(&mut self, sides: &mut [Side; 2]) {
        const LEFT: usize = 0;
        const RIGHT: usize = 1;
        self.stack(&mut sides[LEFT], |_| 0);
        for side in [RIGHT, LEFT, RIGHT] {
            self.order(&mut sides[side]);
            self.stack(&mut sides[side], |_| 0);
        }
        for side in [LEFT, RIGHT, LEFT] {
            let wish = |item: &Item| self.wish(item).unwrap_or(item.top);
            let wishes: Vec<i32> = sides[side].items.iter().map(wish).collect();
            self.stack(&mut sides[side], |position| wishes[position]);
        }
    }

    /// Sorts by where the other ends are; what has no other end comes last.
    fn order(&self, side: &mut Side) {
        let is_tall = side.items.iter().map(|item| item.height).sum::<i32>() > TALL;
        side.items.sort_by_cached_key(|item| {
            let others = self.others(item);
            let sum: i64 = others.iter().map(|(_, other)| i64::from(*other)).sum();
            let is_lane = matches!(item.what, What::Lane(_));
            (is_tall && !is_lane, others.is_empty(), sum / i64::try_from(others.len()).unwrap_or(1).max(1))
        });
    }

    /// The upper edge at which edges would be level on average.
    fn wish(&self, item: &Item) -> Option<i32> {
        let others = self.others(item);
        let sum: i64 = others.iter().map(|(own, other)| i64::from(other - own)).sum();
        let count = i64::try_from(others.len()).ok().filter(|count| *count > 0)?;
        i32::try_from(sum / count).ok()
    }

    /// Edges to placed nodes outside: where they begin below the item's upper edge, and where they end.
    fn others(&self, item: &Item) -> Vec<(i32, i32)> {
        let sketch = self.chain.sketch;
        match &item.what {
            What::Lane(link) => {
                let link = &sketch.links[*link];
                let ends = [link.from, link.to].into_iter().filter_map(|node| self.middles.get(&node));
                ends.map(|other| (LANE / 2, *other)).collect()
            }
            What::Box(block) => {
                let mut others = Vec::new();
                for node in block.layers.iter().flat_map(|layer| &layer.nodes) {
                    let own = self.middles.get(node).map_or(0, |middle| middle - item.top);
                    let near = self.near.before[*node].iter().chain(&self.near.after[*node]);
                    let outside = near.filter(|other| sketch.nodes[**other].gateway != Some(block.frame));
                    others.extend(outside.filter_map(|other| Some((own, *self.middles.get(other)?))));
                }
                others
            }
        }
    }

    /// Places the items in their order as near to their wishes as they can be, and the nodes in the boxes.
    fn stack(&mut self, side: &mut Side, wish: impl Fn(usize) -> i32) {
        let mut things = Vec::with_capacity(side.items.len());
        for (position, item) in side.items.iter().enumerate() {
            let above = if matches!(item.what, What::Lane(_)) { APART / 2 } else { APART };
            things.push(Thing { wish: wish(position), height: item.height, above });
        }
        for (item, top) in side.items.iter_mut().zip(settle(&things)) {
            item.top = top;
            let What::Box(block) = &item.what else { continue };
            let inside = top + self.header(block.frame);
            for layer in &block.layers {
                for (node, own) in layer.nodes.iter().zip(&layer.tops) {
                    self.middles.insert(*node, inside + own + self.sizes.heights[*node] / 2);
                }
            }
        }
    }
}
