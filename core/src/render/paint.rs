//! Emphasis in text for terminals.
//!
//! Whether a terminal is there is the host's knowledge.

/// Whether text carries terminal styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Characters only.
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A heading, a message.
    Strong,
    /// What may be skipped.
    Faint,
    /// An error, something lost.
    Error,
    /// A warning.
    Warning,
    /// A note, a frame.
    Note,
    /// Something that will exist.
    Create,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Note => "1;36",
            Self::Create => "32",
        }
    }
}

impl Paint {
    /// `text` in that style.
    pub fn paint(self, style: Style, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Ansi => format!("\u{1b}[{}m{text}\u{1b}[0m", style.code()),
        }
    }
}
