//! Finds the one way to read the lines of an object whose kind is known, or says why there is none.
//!
//! What a line may follow is `walk`'s to say.

use super::super::super::Unclear;
use super::super::super::line::{Entry, Form, Line, Value};
use super::super::super::walk::{Outcome, Placed, Rigor, Step, Walk};
use super::super::speaks;
use super::{Columns, unclear};
use crate::admission::Schema;

pub(super) struct Body<'l, 't> {
    pub(super) lines: &'l [Line<'t>],
    /// The first line that is certainly no part of it.
    pub(super) end: usize,
    /// Lines that the API server wrote and nobody reads.
    pub(super) dropped: &'l [bool],
    pub(super) schema: &'static Schema,
    pub(super) kind: &'l str,
    /// Of the first line.
    pub(super) column: usize,
}

impl<'l> Body<'l, '_> {
    /// The columns, if there is one way under this rigor; an error if there are several.
    pub(super) fn columns(&self, rigor: Rigor) -> Result<Option<Columns>, Unclear> {
        let (walk, stop) = self.walk(rigor);
        if stop.is_some_and(|at| !self.lines[at].is_prose()) {
            return Ok(None);
        }
        match walk.end() {
            Outcome::None => Ok(None),
            Outcome::Many(one, other) => Err(self.ambiguous(&one, &other)),
            Outcome::One(places) => self.placed(&places, stop.unwrap_or(self.end)).map(Some),
        }
    }

    /// Goes through the lines as far as they have a place, and says which has none.
    fn walk(&self, rigor: Rigor) -> (Walk<'l>, Option<usize>) {
        let mut walk = Walk::new(self.schema, self.kind, self.inner(), rigor);
        let mut structure = (0..self.end).filter(|at| self.is_structure(*at));
        let stop = structure.find(|at| !step(&self.lines[*at], *at).is_some_and(|step| walk.take(*at, step)));
        (walk, stop)
    }

    fn is_structure(&self, at: usize) -> bool {
        let line = &self.lines[at];
        speaks(line) && line.form != Form::Rest && !self.dropped[at]
    }

    /// The column of the object's keys.
    fn inner(&self) -> usize {
        match &self.lines[0].form {
            Form::MapItem(width, _) => self.column + width,
            _ => self.column,
        }
    }

    fn placed(&self, places: &[Placed<'_>], end: usize) -> Result<Columns, Unclear> {
        let is_field = |line: &&Line<'_>| line.key().is_some() && !line.is_prose();
        if let Some(line) = self.lines[end..].iter().find(is_field) {
            return Err(unclear(line, "the document seems to go on after a line that is no YAML".to_owned()));
        }
        let mut columns = vec![None; self.lines.len()];
        places.iter().for_each(|place| columns[place.line] = Some(place.column));
        columns[0] = Some(self.column);
        self.place_rests(&mut columns, end);
        Ok(columns)
    }

    /// Later lines of a value in braces or quotes stand deeper than its key.
    fn place_rests(&self, columns: &mut Columns, end: usize) {
        let mut before = 0;
        for (column, line) in columns.iter_mut().zip(self.lines).take(end) {
            match column {
                Some(column) => before = *column,
                None if line.form == Form::Rest => *column = Some(before + 4),
                None => {}
            }
        }
    }

    fn ambiguous(&self, one: &Placed<'_>, other: &Placed<'_>) -> Unclear {
        let line = &self.lines[one.line];
        let what = line.key().unwrap_or(line.text);
        unclear(
            line,
            match one.within == other.within {
                true => format!("`{what}` may belong to an inner or to an outer {}", one.within),
                false => format!("`{what}` may belong to {} or to {}", one.within, other.within),
            },
        )
    }

    /// What stands in the way when there is no way at all.
    pub(super) fn hindrance(&self) -> Unclear {
        match self.walk(Rigor::Shapes).1 {
            Some(at) => unclear(&self.lines[at], hindrance(&self.lines[at])),
            None => unclear(&self.lines[0], format!("the {} lacks fields that it must have", self.kind)),
        }
    }
}

/// The first line of a list's object is a key like the others.
fn step<'l>(line: &'l Line<'_>, at: usize) -> Option<Step<'l>> {
    Some(match &line.form {
        Form::Entry(entry) => Step::Entry(entry),
        Form::MapItem(_, entry) if at == 0 => Step::Entry(entry),
        Form::MapItem(width, entry) => Step::MapItem(*width, entry),
        Form::Item(value) => Step::Item(value),
        Form::Dash => Step::Dash,
        _ => return None,
    })
}

fn hindrance(line: &Line<'_>) -> String {
    let (Form::Entry(Entry { value, .. }) | Form::MapItem(_, Entry { value, .. }) | Form::Item(value)) = &line.form
    else {
        return "this line has no place in the document".to_owned();
    };
    match (value, line.key()) {
        (Value::Block, _) => "a text of several lines has lost an indentation of its own".to_owned(),
        (Value::Open, _) => "a value in quotes or brackets has no end".to_owned(),
        (Value::Other, _) => "anchors, aliases and tags are not read without indentation".to_owned(),
        (_, Some(key)) => format!("there is no place for `{key}`: nothing that is open here has such a field"),
        (_, None) => "there is no list that this item fits".to_owned(),
    }
}
