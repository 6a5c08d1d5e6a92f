//! The block collections one is in, with their old and new indentation.
//! It reads no text.

use super::scan::Line;

/// Spaces per level.
const STEP: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Map,
    List,
}

struct Level {
    kind: Kind,
    old: usize,
    new: usize,
}

/// The open collections, from the outside inwards.
#[derive(Default)]
pub struct Levels(Vec<Level>);

impl Levels {
    /// The new indentation of what stood at `old`, if a collection did.
    pub fn at(&self, old: usize) -> Option<usize> {
        self.0.iter().rev().find(|level| level.old == old).map(|level| level.new)
    }

    /// Enters the collections that `line`, which stood at `indent`, goes on or opens; returns where it shall stand.
    pub fn enter(&mut self, indent: usize, line: &Line<'_>) -> usize {
        let mut place = None;
        for dash in &line.dashes {
            let new = self.list(indent + dash);
            place.get_or_insert(new);
        }
        if line.has_key {
            let new = self.map(indent + line.start);
            place.get_or_insert(new);
        }
        place.unwrap_or(0)
    }

    fn list(&mut self, old: usize) -> usize {
        self.close(|level| level.old > old);
        match self.0.last() {
            Some(Level { kind: Kind::List, old: open, new }) if *open == old => *new,
            _ => self.open(Kind::List, old),
        }
    }

    fn map(&mut self, old: usize) -> usize {
        self.close(|level| level.old > old || (level.kind == Kind::List && level.old == old));
        match self.0.last() {
            Some(Level { kind: Kind::Map, old: open, new }) if *open == old => *new,
            _ => self.open(Kind::Map, old),
        }
    }

    fn open(&mut self, kind: Kind, old: usize) -> usize {
        let new = self.0.last().map_or(0, |parent| parent.new + STEP);
        self.0.push(Level { kind, old, new });
        new
    }

    fn close(&mut self, is_over: impl Fn(&Level) -> bool) {
        while self.0.last().is_some_and(&is_over) {
            self.0.pop();
        }
    }
}
