//! Gives every node, frame and edge its place: columns from left to right, chains one below the other.
//!
//! Inside a Gateway the rules stand in their order and everything else as near as it can to what it is connected with. Gateways
//! are placed as whole boxes, edges that pass by a column of boxes get a lane between them, so no edge ever crosses a box.

mod block;
mod chain;
mod side;
mod stack;

use super::measure::{LINE, width};
use super::sketch::{Column, Sketch};
use super::{GroupKind, LineStyle, NodeKind};

/// Around the whole picture.
const MARGIN: i32 = 24;
/// Between columns.
const GUTTER: i32 = 84;
/// Between nodes of a column.
const GAP: i32 = 10;
/// Between boxes, and between chains.
const APART: i32 = 30;
/// From a frame to what is in it.
const PADDING: i32 = 14;
/// Above what is in a frame of hosts.
const HOST_HEADER: i32 = 24;
/// From the edge of a node to its text.
const INDENT: i32 = 10;
/// Widest column.
const WIDEST: i32 = 250;
/// Narrowest column.
const NARROWEST: i32 = 84;
/// Height of the line of column headings.
const HEADING: i32 = 26;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Rect {
    /// Width that text may take.
    pub fn text_width(&self) -> i32 {
        self.width - 2 * INDENT
    }

    fn middle(&self) -> i32 {
        self.y + self.height / 2
    }

    fn right(&self) -> i32 {
        self.x + self.width
    }
}

/// Places of everything in a sketch, by the same positions.
#[derive(Debug, Default)]
pub struct Sheet {
    pub width: i32,
    pub height: i32,
    pub nodes: Vec<Rect>,
    /// None for frames without nodes.
    pub frames: Vec<Option<Rect>>,
    pub edges: Vec<Vec<[i32; 2]>>,
    /// Nodes chain by chain, column by column, from top to bottom.
    pub order: Vec<usize>,
    pub headings: Vec<(i32, i32, &'static str)>,
}

/// Sizes that all chains share.
#[derive(Debug)]
struct Sizes {
    columns: [i32; Column::COUNT],
    heights: Vec<i32>,
}

impl Sizes {
    fn of(sketch: &Sketch) -> Self {
        let mut columns = [NARROWEST; Column::COUNT];
        let mut heights = Vec::with_capacity(sketch.nodes.len());
        for node in &sketch.nodes {
            let lines = node.face.lines.len().max(1);
            heights.push(i32::try_from(lines).unwrap_or(i32::MAX / LINE) * LINE + 12);
            if !is_wide(node.kind) {
                let lines = node.face.lines.iter().map(|(style, text)| width(text, *style == LineStyle::Name));
                let column = &mut columns[node.column as usize];
                *column = (*column).max(lines.max().unwrap_or(0) + 2 * INDENT).min(WIDEST);
            }
        }
        Self { columns, heights }
    }
}

/// Whether a node is as wide as its frame, of which it is all there is.
fn is_wide(kind: NodeKind) -> bool {
    kind == NodeKind::Blocked
}

/// Lays everything out.
pub fn lay_out(sketch: &Sketch) -> Sheet {
    let sizes = Sizes::of(sketch);
    let mut sheet = Sheet {
        nodes: vec![Rect::default(); sketch.nodes.len()],
        frames: vec![None; sketch.frames.len()],
        edges: vec![Vec::new(); sketch.links.len()],
        ..Sheet::default()
    };
    let mut top = MARGIN;
    let near = block::Neighbours::of(sketch);
    let mut headings: Vec<Column> = Vec::new();
    for chain in chain::chains(sketch) {
        let columns = chain.columns();
        if columns != headings && chain.is_connected() {
            chain::headings(&columns, &sizes, top, &mut sheet);
            headings = columns;
            top += HEADING;
        }
        let (width, height) = chain.place(&sizes, &near, top, &mut sheet);
        sheet.width = sheet.width.max(width + MARGIN);
        top += height + APART;
    }
    sheet.width = sheet.width.max(2 * MARGIN + WIDEST);
    sheet.height = (top - APART + MARGIN).max(2 * MARGIN + LINE);
    host_frames(sketch, &mut sheet);
    sheet
}

/// Frames of hosts lie close around their rules.
fn host_frames(sketch: &Sketch, sheet: &mut Sheet) {
    for (node, rect) in sketch.nodes.iter().zip(&sheet.nodes) {
        let Some(frame) = node.host.filter(|host| sketch.frames[*host].kind == GroupKind::Host) else { continue };
        let (x, y) = (rect.x - 8, rect.y - HOST_HEADER);
        let around = Rect { x, y, width: rect.width + 16, height: rect.height + HOST_HEADER + 8 };
        let frame = sheet.frames[frame].get_or_insert(around);
        let bottom = (frame.y + frame.height).max(around.y + around.height);
        frame.y = frame.y.min(around.y);
        frame.height = bottom - frame.y;
    }
}
