//! All ways to read the lines of a document without indentation, side by side, as its schema allows.
//!
//! It knows no text: lines come in one by one, and it says where each can stand. Ways that come to the same state are
//! one from there on, so that their number stays small; that they were two is remembered.

mod open;

use std::rc::Rc;

use super::line::{Entry, Value};
use crate::admission::Schema;
use open::Open;

/// More ways than this at one line, and nobody could say what is meant.
const MAX_WAYS: usize = 16;
/// How far from the margin a line may get.
const MAX_COLUMN: usize = 200;

/// How much of the API server's demands a way must meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rigor {
    /// Every value and every map is valid; a key without value has something below it.
    Valid,
    /// The same, but a key without value may be null.
    Nulls,
    /// Keys and the shapes of their values are known; nothing else.
    Shapes,
}

/// A line as far as the structure goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'l> {
    /// A key of a map.
    Entry(&'l Entry<'l>),
    /// An item that is a map, by the width of its dash and its first key.
    MapItem(usize, &'l Entry<'l>),
    /// An item of one value.
    Item(&'l Value),
    /// A dash alone, with a map below.
    Dash,
}

/// A line's place in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed<'l> {
    /// The line, as the caller numbers them.
    pub(super) line: usize,
    pub(super) column: usize,
    /// The key whose value it belongs to; empty for the document itself.
    pub(super) within: &'l str,
}

/// How the lines came out.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome<'l> {
    /// In one way only: the place of every line.
    One(Vec<Placed<'l>>),
    /// In two ways or more, which part at this line.
    Many(Placed<'l>, Placed<'l>),
    /// In none.
    None,
}

struct Way<'l> {
    open: Rc<Open<'l>>,
    /// Position of its last place in `Walk::places`.
    last: Option<usize>,
    /// The last place of another way that came to the same state.
    rival: Option<usize>,
}

/// The ways so far.
pub(super) struct Walk<'l> {
    rigor: Rigor,
    ways: Vec<Way<'l>>,
    /// Every place with that of the line before.
    places: Vec<(Placed<'l>, Option<usize>)>,
}

impl<'l> Walk<'l> {
    /// Begins a document of this schema and kind, `column` from the margin.
    pub(super) fn new(schema: &'static Schema, kind: &'l str, column: usize, rigor: Rigor) -> Self {
        let open = Rc::new(Open::document(schema, kind, column));
        Self { rigor, ways: vec![Way { open, last: None, rival: None }], places: Vec::new() }
    }

    /// Takes a line; `false` when it has no place, and the ways stay as they were.
    pub(super) fn take(&mut self, line: usize, step: Step<'l>) -> bool {
        let mut next: Vec<Way<'l>> = Vec::new();
        for at in 0..self.ways.len() {
            self.places_of(at, line, step, &mut next);
        }
        if next.is_empty() || next.len() > MAX_WAYS {
            return false;
        }
        self.ways = next;
        true
    }

    /// Adds where the line can stand, from the innermost open map outwards.
    fn places_of(&mut self, at: usize, line: usize, step: Step<'l>, next: &mut Vec<Way<'l>>) {
        let (last, rival) = (self.ways[at].last, self.ways[at].rival);
        let mut around = Some(Rc::clone(&self.ways[at].open));
        while let Some(open) = around {
            if let Some((column, inner)) = open.with(step, self.rigor).filter(|(column, _)| *column <= MAX_COLUMN) {
                self.places.push((Placed { line, column, within: open.key }, last));
                join(next, Way { open: inner, last: Some(self.places.len() - 1), rival });
            }
            if !open.may_close(self.rigor) {
                return;
            }
            around = open.outer.clone();
        }
    }

    /// Ends the document.
    pub(super) fn end(self) -> Outcome<'l> {
        let mut ends = self.ways.iter().filter(|way| way.open.may_end(self.rigor));
        let Some(first) = ends.next() else { return Outcome::None };
        match first.rival.or_else(|| ends.next().and_then(|second| second.last)) {
            None => Outcome::One(self.way(first.last)),
            Some(rival) => self.parting(first.last, Some(rival)),
        }
    }

    /// The places of a way, from the first line on.
    fn way(&self, last: Option<usize>) -> Vec<Placed<'l>> {
        let back = std::iter::successors(last, |at| self.places[*at].1);
        let mut way: Vec<_> = back.map(|at| self.places[at].0.clone()).collect();
        way.reverse();
        way
    }

    fn parting(&self, one: Option<usize>, other: Option<usize>) -> Outcome<'l> {
        let pairs = self.way(one).into_iter().zip(self.way(other));
        let mut apart = pairs.filter(|(one, other)| one != other);
        // Ways that differ in no place are one way: they differ in what is null.
        apart.next().map_or_else(|| Outcome::One(self.way(one)), |(one, other)| Outcome::Many(one, other))
    }
}

/// Adds a way, or notes that there is one to the same state.
fn join<'l>(ways: &mut Vec<Way<'l>>, way: Way<'l>) {
    match ways.iter_mut().find(|known| known.open == way.open) {
        Some(known) => known.rival = known.rival.or(way.last),
        None => ways.push(way),
    }
}
