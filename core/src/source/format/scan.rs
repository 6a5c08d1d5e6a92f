//! What a line of YAML begins with, and whether it leaves a quote or bracket open.
//! It does not parse: whoever relies on it compares the values afterwards.

/// A line without its indentation.
pub struct Line<'t> {
    /// Offsets of the dashes it begins with.
    pub dashes: Vec<usize>,
    /// Offset of what follows them.
    pub start: usize,
    /// What follows them.
    pub content: &'t str,
    /// Whether that is a key.
    pub has_key: bool,
}

impl<'t> Line<'t> {
    /// Reads the beginning of a line.
    pub fn read(text: &'t str) -> Self {
        let (mut dashes, mut start) = (Vec::new(), 0);
        loop {
            let rest = &text[start..];
            if rest != "-" && !rest.starts_with("- ") {
                break;
            }
            dashes.push(start);
            let after = rest[1..].trim_start();
            start = text.len() - after.len();
        }
        let content = &text[start..];
        Self { dashes, start, content, has_key: key(content).is_some() }
    }

    /// Whether it has a dash or a key.
    pub fn is_structure(&self) -> bool {
        self.has_key || !self.dashes.is_empty()
    }
}

/// The spaces a line begins with.
pub fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The key that `content` begins with, as written.
pub fn key(content: &str) -> Option<&str> {
    if content.starts_with(['{', '[', '#', '|', '>']) {
        return None;
    }
    let end = match content.chars().next().filter(|first| ['"', '\''].contains(first)) {
        Some(quote) => content[1..].find(quote)? + 2,
        None => colon(content)?,
    };
    let is_key = content[end..].strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    is_key.then(|| &content[..end])
}

/// The first colon that ends a plain key.
fn colon(content: &str) -> Option<usize> {
    let ends = |at: usize| content[at + 1..].is_empty() || content[at + 1..].starts_with(' ');
    let found = content.match_indices(':').map(|(at, _)| at).find(|at| ends(*at))?;
    (!content[..found].contains(" #")).then_some(found)
}

/// Whether a block scalar follows: `key: |`, `- >-`, with or without a comment.
pub fn opens_block(content: &str) -> bool {
    let value = key(content).map_or(content, |key| content[key.len() + 1..].trim_start());
    let header = value.split(" #").next().unwrap_or_default().trim_end();
    let mut characters = header.chars();
    characters.next().is_some_and(|first| ['|', '>'].contains(&first))
        && characters.all(|one| ['+', '-'].contains(&one) || one.is_ascii_digit())
}

/// Open quotes and brackets.
#[derive(Default)]
pub struct Flow {
    depth: usize,
    quote: Option<char>,
}

impl Flow {
    /// Whether the next line belongs to the same value.
    pub fn is_open(&self) -> bool {
        self.depth > 0 || self.quote.is_some()
    }

    /// Goes through a line.
    pub fn read(&mut self, text: &str) {
        let mut before = ' ';
        let mut characters = text.chars();
        while let Some(one) = characters.next() {
            match (self.quote, one) {
                (Some('"'), '\\') => {
                    characters.next();
                }
                (Some(quote), _) if quote == one => self.quote = None,
                (Some(_), _) => {}
                (None, '#') if before == ' ' => return,
                (None, '"' | '\'') if self.begins(before) => self.quote = Some(one),
                (None, '{' | '[') if self.begins(before) => self.depth += 1,
                (None, '}' | ']') => self.depth = self.depth.saturating_sub(1),
                (None, _) => {}
            }
            before = one;
        }
    }

    /// Whether a value may begin after `before`: inside a plain text, quotes and brackets are letters.
    fn begins(&self, before: char) -> bool {
        before == ' ' || (self.depth > 0 && ['{', '[', ',', ':'].contains(&before)) || before == '['
    }
}
