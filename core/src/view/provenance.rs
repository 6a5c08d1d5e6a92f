//! Origins in words: which file and line, default, rule or question a planned value comes from.
//!
//! It only looks up; which origin a value has was decided when it was planned.

use std::fmt;

use crate::fact::Want;
use crate::id::ObjectIx;
use crate::manifest::Manifests;
use crate::origin::Origin;
use crate::source::{LineIndex, Position, Span};

use crate::render::clean;

/// An origin, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// Written in a manifest.
    Field {
        /// `Kind ns/name` of the object.
        object: String,
        /// The field, empty for the object itself.
        path: String,
        /// The file.
        file: String,
        /// Where in the file; none for an object that was not read from text.
        position: Option<Position>,
    },
    /// Filled in by the API server.
    ServerDefault {
        /// `Kind ns/name` of the object.
        object: String,
        /// The field.
        path: String,
    },
    /// A default; the text names it.
    Default(&'static str),
    /// A rule; the text names it.
    Rule(&'static str),
    /// An answer that only deployment gives.
    Fact(Want),
}

impl Provenance {
    /// `file:line`, or what stands for it.
    pub fn place(&self) -> String {
        match self {
            Self::Field { file, position: Some(position), .. } => format!("{}:{}", clean(file), position.line),
            Self::Field { object, position: None, .. } => object.clone(),
            Self::ServerDefault { .. } => "API server default".to_owned(),
            Self::Default(text) if text.starts_with("default") || text.starts_with("controller flag") => {
                (*text).to_owned()
            }
            Self::Default(text) => format!("default: {text}"),
            Self::Rule(text) => (*text).to_owned(),
            Self::Fact(_) => "known at deployment".to_owned(),
        }
    }

    /// The field's path, empty when there is none.
    pub fn path(&self) -> &str {
        match self {
            Self::Field { path, .. } | Self::ServerDefault { path, .. } => path,
            Self::Default(_) | Self::Rule(_) | Self::Fact(_) => "",
        }
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place())?;
        match self.path() {
            "" => Ok(()),
            path => write!(f, " {path}"),
        }
    }
}

/// Finds places in the files that were read.
pub struct Places<'m> {
    manifests: &'m Manifests,
    lines: Vec<LineIndex<'m>>,
    /// Length of the folder that all file names begin with.
    prefix: usize,
}

impl<'m> Places<'m> {
    /// Prepares looking up places; file names lose the folder that they share, see [`Places::folder`].
    pub fn new(manifests: &'m Manifests) -> Self {
        let lines = manifests.files.iter().map(|file| LineIndex::new(&file.text)).collect();
        Self { manifests, lines, prefix: shared_folder(manifests) }
    }

    /// The folder that file names are told relative to, empty when there is none.
    pub fn folder(&self) -> &'m str {
        self.manifests.files.first().map_or("", |file| &file.name[..self.prefix])
    }

    /// The provenance of an origin.
    pub fn of(&self, origin: &Origin) -> Provenance {
        match origin {
            Origin::Field { object, path } => self.at(*object, &path.to_string()),
            Origin::Default(text) => Provenance::Default(text),
            Origin::Rule(text) => Provenance::Rule(text),
            Origin::Fact(want) => Provenance::Fact(Want::clone(want)),
        }
    }

    /// The provenance of a field; an empty path is the object itself.
    pub fn at(&self, object: ObjectIx, path: &str) -> Provenance {
        let found = self.manifests.object(object);
        let (label, path) = (found.describe(), path.to_owned());
        match found.node.at(&path).map(|node| node.span) {
            None | Some(Span::DEFAULTED) => Provenance::ServerDefault { object: label, path },
            Some(span) => {
                let file = found.file.0 as usize;
                let lines = self.lines.get(file).filter(|_| span.is_in_text());
                let position = lines.map(|lines| lines.position(span.start));
                let name = self.manifests.files.get(file).map_or("", |file| &file.name[self.prefix..]);
                Provenance::Field { object: label, path, file: name.to_owned(), position }
            }
        }
    }
}

fn shared_folder(manifests: &Manifests) -> usize {
    let mut names = manifests.files.iter().map(|file| file.name.as_str());
    let Some(first) = names.next() else { return 0 };
    let folder = |name: &str| name.rfind('/').map_or(0, |slash| slash + 1);
    let mut shared = &first[..folder(first)];
    for name in names {
        while !name.starts_with(shared) {
            shared = &shared[..folder(shared.trim_end_matches('/'))];
        }
    }
    shared.len()
}
