//! Where in a document the cursor stands, told by indentation: the way from the object to the field.
//! It knows no kind.

/// A step on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'t> {
    /// Into a field.
    Key(&'t str),
    /// Into an item of a list.
    Item,
}

impl Step<'_> {
    /// `.key` or `[]`.
    pub fn shown(&self) -> String {
        match self {
            Self::Key(key) => format!(".{key}"),
            Self::Item => "[]".to_owned(),
        }
    }
}

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject<'t> {
    /// A key, beside those that are there.
    Key {
        /// Keys of the same object.
        present: Vec<&'t str>,
    },
    /// The value of this key.
    Value {
        /// The key.
        key: &'t str,
    },
}

/// The cursor's surroundings.
#[derive(Clone, Debug)]
pub struct Cursor<'t> {
    /// The object's `apiVersion`, if it is written.
    pub api_version: Option<&'t str>,
    /// The object's `kind`, if it is written.
    pub kind: Option<&'t str>,
    /// The way from the object to what holds the cursor.
    pub path: Vec<Step<'t>>,
    /// Key or value.
    pub subject: Subject<'t>,
    /// What is written of it before the cursor.
    pub typed: &'t str,
}

impl<'t> Cursor<'t> {
    /// The surroundings of byte `offset`; `None` where neither key nor value is written, as in a comment.
    pub fn at(text: &'t str, offset: usize) -> Option<Self> {
        let (before, after) = text.split_at_checked(offset)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = &before[start..];
        if line.trim_start().starts_with('#') || line.contains(" #") {
            return None;
        }
        let above = document(before[..start].lines().rev());
        let below = document(after.lines().skip(1));
        let (column, content) = content(line);
        let mut object = Surroundings { above: &above, path: Vec::new() };
        object.climb(line, column);
        let top = |key: &str| value_of(above.iter().rev().chain(&below).copied().chain([line]), key);
        let subject = match entry(line) {
            Some((_, key)) if content.len() > key.len() => Subject::Value { key },
            _ => Subject::Key { present: siblings(&above, &below, column, line) },
        };
        let typed = match &subject {
            Subject::Key { .. } => content,
            Subject::Value { key } => content[key.len() + 1..].trim_start(),
        };
        let path = object.path.into_iter().rev().collect();
        Some(Self { api_version: top("apiVersion"), kind: top("kind"), path, subject, typed })
    }
}

/// The lines up to the next document.
fn document<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    lines.take_while(|line| !line.starts_with("---")).filter(|line| !is_empty(line)).collect()
}

fn is_empty(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

/// Column and text of what follows the dashes of a line.
fn content(line: &str) -> (usize, &str) {
    let mut rest = line.trim_start_matches(' ');
    while let Some(after) = rest.strip_prefix("- ") {
        rest = after.trim_start_matches(' ');
    }
    (line.len() - rest.len(), rest)
}

/// Column and text of the key that a line has.
pub fn entry(line: &str) -> Option<(usize, &str)> {
    let (column, content) = content(line);
    let colon = content.find(':').filter(|at| content[at + 1..].is_empty() || content[at + 1..].starts_with(' '))?;
    let key = content[..colon].trim_matches(['"', '\'']);
    (!key.is_empty()).then_some((column, key))
}

/// Columns of the dashes that a line begins with.
fn dashes(line: &str) -> Vec<usize> {
    let end = content(line).0.max(if line.trim_end().ends_with('-') { line.len() } else { 0 });
    line[..end.min(line.len())].match_indices('-').map(|(at, _)| at).collect()
}

/// The value of a key at the left margin.
fn value_of<'t>(mut lines: impl Iterator<Item = &'t str>, key: &str) -> Option<&'t str> {
    let found = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    let value = found.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then_some(value)
}

struct Surroundings<'a, 't> {
    /// From the cursor upwards.
    above: &'a [&'t str],
    /// From the inside outwards.
    path: Vec<Step<'t>>,
}

impl Surroundings<'_, '_> {
    /// Goes up from `column` of the cursor's line to the margin.
    fn climb(&mut self, line: &str, column: usize) {
        let mut edge = column;
        let mut is_in_list = self.leave(line, &mut edge);
        for line in self.above {
            if edge == 0 && !is_in_list {
                return;
            }
            let Some((at, key)) = entry(line) else {
                is_in_list |= self.leave(line, &mut edge);
                continue;
            };
            if at < edge || (is_in_list && at == edge && dashes(line).is_empty()) {
                self.path.push(Step::Key(key));
                edge = at;
                is_in_list = self.leave(line, &mut edge);
            } else if !is_in_list {
                is_in_list = self.leave(line, &mut edge);
            }
        }
    }

    /// Out of the lists whose dashes of `line` stand left of `edge`.
    fn leave(&mut self, line: &str, edge: &mut usize) -> bool {
        let mut left = false;
        for dash in dashes(line).into_iter().rev().filter(|dash| *dash < *edge).collect::<Vec<_>>() {
            self.path.push(Step::Item);
            *edge = dash;
            left = true;
        }
        left
    }
}

/// Keys that stand at `column` of the same object.
fn siblings<'t>(above: &[&'t str], below: &[&'t str], column: usize, line: &str) -> Vec<&'t str> {
    let is_first = !dashes(line).is_empty();
    let mut found = Vec::new();
    for line in above.iter().take_while(|_| !is_first) {
        let Some((at, key)) = entry(line) else { continue };
        if at < column {
            break;
        }
        if at == column {
            found.push(key);
            if !dashes(line).is_empty() {
                break;
            }
        }
    }
    for line in below {
        match entry(line) {
            Some((at, key)) if at == column && dashes(line).is_empty() => found.push(key),
            Some((at, _)) if at > column => {}
            _ => break,
        }
    }
    found
}
