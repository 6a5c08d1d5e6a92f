//! A line of YAML by itself: a key with a value, an item, or neither.
//!
//! It does not know what stands around it.

use crate::source::{self, Node};

/// A line of a text.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    /// Offset of the line's first byte.
    pub(super) start: usize,
    /// The line without its break and trailing blanks.
    pub(super) text: &'t str,
    pub(super) form: Form<'t>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form<'t> {
    Blank,
    Comment,
    /// `---` or `...`.
    Separator,
    /// It begins with blanks: nothing was lost here.
    Indented,
    /// A later line of a value in braces, brackets or quotes.
    Rest,
    /// A key with what follows it.
    Entry(Entry<'t>),
    /// An item that is a map, by its first key; the number is the width of the dash.
    MapItem(usize, Entry<'t>),
    /// An item of one value.
    Item(Value),
    /// A dash alone.
    Dash,
    /// Anything else.
    Prose,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing: a map or list below, or null.
    Nothing,
    /// A value that is complete.
    Given(Box<Node>),
    /// Braces, brackets or quotes that later lines close.
    Open,
    /// Text of several lines (`|` or `>`).
    Block,
    /// Anchors, aliases, tags, and what can't be read.
    Other,
}

/// All lines of `text`.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        let bare = if start == 0 { whole.trim_start_matches('\u{feff}') } else { whole };
        let offset = start + whole.len() - bare.len();
        let text = bare.trim_end();
        lines.push(Line { start: offset, text, form: form(text) });
        start += whole.len();
    }
    lines
}

fn form(text: &str) -> Form<'_> {
    match text.bytes().next() {
        None => Form::Blank,
        Some(b' ' | b'\t') => Form::Indented,
        Some(b'#') => Form::Comment,
        Some(b'-') if text == "-" => Form::Dash,
        Some(b'-') if text.starts_with("- ") => item(text),
        Some(_) if is_separator(text) => Form::Separator,
        Some(_) => entry(text).map_or(Form::Prose, Form::Entry),
    }
}

fn is_separator(text: &str) -> bool {
    let rest = text.strip_prefix("---").or_else(|| text.strip_prefix("..."));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn item(text: &str) -> Form<'_> {
    let content = text[1..].trim_start();
    match entry(content) {
        Some(entry) => Form::MapItem(text.len() - content.len(), entry),
        None if content.starts_with("- ") => Form::Item(Value::Other),
        None => Form::Item(value(content)),
    }
}

/// `key: value` or `key:`.
fn entry(text: &str) -> Option<Entry<'_>> {
    let (key, rest) = match text.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let (key, rest) = text[1..].split_once(*quote as char)?;
            (key, rest.strip_prefix(':')?)
        }
        b'{' | b'[' | b'|' | b'>' | b'&' | b'*' | b'!' | b'%' | b'@' | b'`' | b'?' => return None,
        _ => plain_key(text)?,
    };
    let is_key = !key.is_empty() && !key.contains([' ', '\t', '\\', '"', '\'']);
    let is_apart = rest.is_empty() || rest.starts_with([' ', '\t']);
    (is_key && is_apart).then(|| Entry { key, value: value(rest.trim()) })
}

fn plain_key(text: &str) -> Option<(&str, &str)> {
    let colon = text.find(": ").or_else(|| text.ends_with(':').then(|| text.len() - 1))?;
    Some((&text[..colon], &text[colon + 1..]))
}

fn value(text: &str) -> Value {
    match text.bytes().next() {
        None | Some(b'#') => Value::Nothing,
        Some(b'|' | b'>') => Value::Block,
        Some(b'&' | b'*' | b'!') => Value::Other,
        Some(b'{' | b'[' | b'"' | b'\'') => match source::value(text) {
            Some(node) => Value::Given(Box::new(node)),
            None => Value::Open,
        },
        Some(_) => source::value(text).map_or(Value::Other, |node| Value::Given(Box::new(node))),
    }
}

impl<'t> Line<'t> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The key that the line gives, in an item or not.
    pub(super) fn key(&self) -> Option<&str> {
        match &self.form {
            Form::Entry(entry) | Form::MapItem(_, entry) => Some(entry.key),
            _ => None,
        }
    }

    /// The key of a line that is no item.
    pub(super) fn entry_key(&self) -> Option<&'t str> {
        match &self.form {
            Form::Entry(entry) => Some(entry.key),
            _ => None,
        }
    }

    /// The text under `key`, if that is what the line gives outside of an item.
    pub(super) fn given(&self, key: &str) -> Option<&str> {
        match &self.form {
            Form::Entry(entry) if entry.key == key => entry.text(),
            _ => None,
        }
    }

    /// Whether nothing of it is YAML that fields begin with: sentences, and words before a colon.
    pub(super) fn is_prose(&self) -> bool {
        match &self.form {
            Form::Prose => true,
            Form::Entry(entry) | Form::MapItem(_, entry) => !entry.key.starts_with(|first: char| first.is_lowercase()),
            Form::Item(_) => true,
            _ => false,
        }
    }

    /// Whether it has no bearing on the structure.
    pub(super) fn is_silent(&self) -> bool {
        matches!(self.form, Form::Blank | Form::Comment)
    }
}

impl Entry<'_> {
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Given(node) => node.as_str(),
            _ => None,
        }
    }
}

/// How many lines a value may take.
const MAX_VALUE_LINES: usize = 500;

/// Completes values in braces, brackets or quotes that go on in the lines below, which are its rest then.
pub(super) fn join(lines: &mut [Line<'_>], text: &str) {
    // Ends that don't come are looked for no more often than a long text has lines.
    let mut budget = 4 * lines.len() + MAX_VALUE_LINES;
    let mut at = 0;
    while at < lines.len() {
        if matches!(lines[at].value(), Some(Value::Open)) && budget > 0 {
            match last_line(lines, at) {
                Ok(last) => {
                    close(lines, at, last, text);
                    at = last;
                }
                Err(tried) => budget = budget.saturating_sub(tried),
            }
        }
        at += 1;
    }
}

/// The line on which the value that begins at `first` ends, or how many lines don't end it.
fn last_line(lines: &[Line<'_>], first: usize) -> Result<usize, usize> {
    let end = lines.len().min(first + MAX_VALUE_LINES);
    let mut depth = Depth::default();
    for (at, line) in lines.iter().enumerate().take(end).skip(first) {
        if line.form == Form::Separator {
            return Err(at - first);
        }
        let part = if at == first { line.value_text() } else { Some(line.text) };
        if part.is_some_and(|part| depth.closes(part)) {
            return Ok(at);
        }
    }
    Err(end - first)
}

fn close(lines: &mut [Line<'_>], first: usize, last: usize, text: &str) {
    let begin = lines[first].end() - lines[first].value_text().unwrap_or_default().len();
    // Deeper than the key that the value is read under.
    let whole = text[begin..lines[last].end()].replace('\n', "\n  ");
    if let (Some(node), Some(value)) = (source::value(&whole), lines[first].value_mut()) {
        *value = Value::Given(Box::new(node));
        lines[first + 1..=last].iter_mut().for_each(|line| line.form = Form::Rest);
    }
}

/// What of brackets and quotes is open.
#[derive(Default)]
struct Depth {
    brackets: usize,
    quote: Option<char>,
}

impl Depth {
    /// Whether nothing is open any more after this line.
    fn closes(&mut self, line: &str) -> bool {
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match (self.quote, letter) {
                (Some('"'), '\\') => drop(letters.next()),
                (Some(quote), letter) if letter == quote => self.quote = None,
                (None, '"' | '\'') => self.quote = Some(letter),
                (None, '{' | '[') => self.brackets += 1,
                (None, '}' | ']') => self.brackets = self.brackets.saturating_sub(1),
                _ => {}
            }
        }
        self.brackets == 0 && self.quote.is_none()
    }
}

impl<'t> Line<'t> {
    fn value(&self) -> Option<&Value> {
        match &self.form {
            Form::Entry(entry) | Form::MapItem(_, entry) => Some(&entry.value),
            Form::Item(value) => Some(value),
            _ => None,
        }
    }

    fn value_mut(&mut self) -> Option<&mut Value> {
        match &mut self.form {
            Form::Entry(entry) | Form::MapItem(_, entry) => Some(&mut entry.value),
            Form::Item(value) => Some(value),
            _ => None,
        }
    }

    /// What follows the key or dash.
    fn value_text(&self) -> Option<&'t str> {
        let content = self.text.trim_start_matches('-').trim_start();
        match self.key() {
            Some(key) => Some(
                content
                    .trim_start_matches(['"', '\''])
                    .strip_prefix(key)?
                    .trim_start_matches(['"', '\'', ':'])
                    .trim_start(),
            ),
            None => Some(content),
        }
    }
}
