//! Places on a page: file names without the folder that all of them share.
//!
//! What an origin is called is `render`'s business.

use crate::diagnostic::Place;
use crate::id::ObjectIx;
use crate::manifest::Manifests;
use crate::origin::Origin;
use crate::render::{Locator, Provenance};

/// Finds places in the files that were read.
pub struct Places<'m> {
    locator: Locator<'m>,
    /// The folder that all file names begin with.
    folder: &'m str,
}

impl<'m> Places<'m> {
    /// Prepares looking up places.
    pub fn new(manifests: &'m Manifests) -> Self {
        Self { locator: Locator::new(manifests), folder: shared_folder(manifests) }
    }

    /// The folder that file names are told relative to, empty when there is none.
    pub fn folder(&self) -> &'m str {
        self.folder
    }

    /// The provenance of an origin.
    pub fn of(&self, origin: &Origin) -> Provenance {
        self.relative(self.locator.origin(origin))
    }

    /// The provenance of a field; an empty path is the object itself.
    pub fn at(&self, object: ObjectIx, path: &str) -> Provenance {
        self.relative(self.locator.provenance(object, path))
    }

    /// Where a finding stands, in an object or in a text that none could be read from.
    pub fn place(&self, place: &Place) -> Option<Provenance> {
        match place {
            Place::Field(object, path) => Some(self.at(*object, &path.to_string())),
            Place::Path(object, path) => Some(self.at(*object, path)),
            Place::Text(..) => self.locator.place(place).map(|found| self.relative(found.into())),
            Place::Nowhere => None,
        }
    }

    fn relative(&self, mut from: Provenance) -> Provenance {
        if let Provenance::Field { place: Some(place), .. } = &mut from {
            place.file.drain(..self.folder.len());
        }
        from
    }
}

fn shared_folder(manifests: &Manifests) -> &str {
    let mut names = manifests.files.iter().map(|file| file.name.as_str());
    let Some(first) = names.next() else { return "" };
    let folder = |name: &str| name.rfind('/').map_or(0, |slash| slash + 1);
    let mut shared = &first[..folder(first)];
    for name in names {
        while !name.starts_with(shared) {
            shared = &shared[..folder(shared.trim_end_matches('/'))];
        }
    }
    shared
}
