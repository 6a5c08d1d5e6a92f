//! Applies the edits of findings to texts, and puts the texts back.
//!
//! Which edits there are is core's to say; a file that changed in the meantime is left alone.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gwchain_core::diagnostic::{Diagnostic, Edit, apply, compatible};
use gwchain_core::manifest::SourceFile;
use gwchain_core::render::clean;
use gwchain_core::source::FileId;
use similar::TextDiff;

use crate::failure::Failure;
use crate::input::{Input, Sources};

/// Fixes may make room for others; a text that never settles is left after so many rounds.
const ROUNDS: usize = 10;
/// The name that stdin has among files.
const STDIN: &str = "<stdin>";
/// Lines around a change of a diff.
const CONTEXT: usize = 3;

/// A file before and after.
pub struct Change<'f> {
    before: &'f SourceFile,
    after: &'f SourceFile,
}

impl Change<'_> {
    /// Whether it is no file but stdin.
    pub fn is_stdin(&self) -> bool {
        self.before.name == STDIN
    }

    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        let name = clean(self.before.name.trim_start_matches('/'));
        let diff = TextDiff::from_lines(&*self.before.text, &*self.after.text);
        diff.unified_diff().context_radius(CONTEXT).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
    }
}

/// Applies fixes until there are none, and says how many.
pub fn fixed(
    mut sources: Sources,
    lint: impl Fn(Sources) -> Result<(Input, Vec<Diagnostic>), Failure>,
) -> Result<(Input, usize), Failure> {
    let mut count = 0;
    for _ in 0..ROUNDS {
        let (environment, profile) = (sources.environment.clone(), sources.profile);
        let (input, findings) = lint(sources)?;
        let fixes = compatible(&findings);
        if fixes.is_empty() {
            return Ok((input, count));
        }
        count += fixes.len();
        let edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
        let files = input.manifests.files.iter().zip(0..).map(|(file, at)| edited(file, FileId(at), &edits)).collect();
        sources = Sources { files, cluster: None, environment, profile };
    }
    lint(sources).map(|(input, _)| (input, count))
}

fn edited(file: &SourceFile, id: FileId, edits: &[&Edit]) -> SourceFile {
    SourceFile { name: file.name.clone(), text: apply(id, &file.text, edits) }
}

/// Files whose text is another one.
pub fn changed<'f>(before: &'f [SourceFile], after: &'f [SourceFile]) -> Vec<Change<'f>> {
    let pairs = before.iter().zip(after).map(|(before, after)| Change { before, after });
    pairs.filter(|change| change.before.text != change.after.text).collect()
}

/// Whether one of the files is stdin.
pub fn reads_stdin(files: &[SourceFile]) -> bool {
    files.iter().any(|file| file.name == STDIN)
}

/// The text of stdin after fixing; empty when it was not read.
pub fn stdout(files: &[SourceFile]) -> String {
    files.iter().find(|file| file.name == STDIN).map(|file| file.text.clone()).unwrap_or_default()
}

/// Puts the texts into their files: all are written beside them first, then each takes its place at once.
pub fn write(changes: &[Change<'_>]) -> Result<(), Failure> {
    let mut ready = Vec::new();
    for change in changes.iter().filter(|change| !change.is_stdin()) {
        ready.push(Beside::new(change)?);
    }
    for beside in &ready {
        beside.check()?;
    }
    ready.into_iter().try_for_each(Beside::take_place)
}

/// A new text in a file of its own, beside the one it shall replace; gone when it does not.
struct Beside<'f> {
    target: PathBuf,
    path: PathBuf,
    before: &'f str,
}

impl<'f> Beside<'f> {
    fn new(change: &Change<'f>) -> Result<Self, Failure> {
        let name = Path::new(&change.before.name);
        let failed = |error: io::Error| Failure::new(format!("{}: {error}", name.display()));
        // A link stays a link: what it leads to is replaced.
        let target = name.canonicalize().map_err(failed)?;
        let mut file_name = std::ffi::OsString::from(".");
        file_name.push(target.file_name().unwrap_or_default());
        file_name.push(format!(".gwchain-{}", std::process::id()));
        let beside = Self { path: target.with_file_name(file_name), target, before: &change.before.text };
        let permissions = fs::metadata(&beside.target).map_err(failed)?.permissions();
        if permissions.readonly() {
            return Err(Failure::new(format!("{}: the file is read-only", name.display())));
        }
        let mut file = fs::File::create_new(&beside.path).map_err(failed)?;
        file.write_all(change.after.text.as_bytes()).map_err(failed)?;
        file.set_permissions(permissions).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        Ok(beside)
    }

    fn check(&self) -> Result<(), Failure> {
        let now = fs::read_to_string(&self.target).map_err(|error| Failure::reading(&self.target, &error))?;
        if now == self.before {
            return Ok(());
        }
        Err(Failure::new(format!("{}: the file changed in the meantime; nothing was written", self.target.display())))
    }

    fn take_place(self) -> Result<(), Failure> {
        let renamed = fs::rename(&self.path, &self.target);
        renamed.map_err(|error| Failure::new(format!("{}: {error}", self.target.display())))
    }
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        // After taking its place it is no longer there, which is as wanted.
        let _ = fs::remove_file(&self.path);
    }
}

/// `fixed 3 findings in 2 files`.
pub fn summary(fixed: usize, files: usize, dry_run: bool) -> String {
    let verb = if dry_run { "would fix" } else { "fixed" };
    let count = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    format!("{verb} {} in {}", count(fixed, "finding"), count(files, "file"))
}
