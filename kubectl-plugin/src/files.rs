//! Finds and reads the texts that `-f` names.
//!
//! It does not look into them.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use gwchain_core::manifest::SourceFile;

use crate::failure::Failure;

/// Endings of files that are read from a folder.
const ENDINGS: [&str; 3] = ["json", "yaml", "yml"];

/// Whether subfolders are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Files of the folder only.
    Folder,
    /// Those of its subfolders too.
    Recursive,
}

/// Reads `names` in their order: files, folders, `-` for stdin. `except` are not taken from a folder.
pub fn read(names: &[PathBuf], depth: Depth, except: &[&Path]) -> Result<Vec<SourceFile>, Failure> {
    let except: Vec<PathBuf> = except.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut files = Vec::new();
    for (position, name) in names.iter().enumerate() {
        if name.as_os_str() == "-" {
            if names[..position].contains(name) {
                return Err(Failure::new("-f - is given twice; stdin can be read once"));
            }
            files.push(stdin()?);
        } else if name.is_dir() {
            let paths = folder(name, depth, &except)?;
            files.extend(paths.iter().map(|path| file(path)).collect::<Result<Vec<_>, _>>()?);
        } else {
            files.push(file(name)?);
        }
    }
    Ok(files)
}

fn stdin() -> Result<SourceFile, Failure> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.map_err(|error| Failure::reading(Path::new("<stdin>"), &error))?;
    Ok(SourceFile { name: "<stdin>".to_owned(), text })
}

fn file(path: &Path) -> Result<SourceFile, Failure> {
    if path.to_string_lossy().contains("://") {
        return Err(Failure::new(format!("{}: gwchain reads files only; pipe it in with -f -", path.display())));
    }
    let failed = |error: io::Error| Failure::reading(path, &error);
    let mut file = fs::File::open(path).map_err(failed)?;
    let before = stamp(&file).map_err(failed)?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(failed)?;
    if stamp(&file).map_err(failed)? != before {
        return Err(Failure::new(format!("{}: the file changed while it was read; run again", path.display())));
    }
    Ok(SourceFile { name: path.display().to_string(), text })
}

/// What is different after somebody has written to the file; a pipe is written to while it is read.
fn stamp(file: &fs::File) -> io::Result<Option<(u64, SystemTime)>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Ok(None);
    }
    Ok(Some((metadata.len(), metadata.modified()?)))
}

fn folder(root: &Path, depth: Depth, except: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    walk(root, depth, &mut found)?;
    found.retain(|path| except.is_empty() || path.canonicalize().is_ok_and(|path| !except.contains(&path)));
    if found.is_empty() {
        let hint = if depth == Depth::Folder { "; -R reads its subfolders" } else { "" };
        let text = format!("{}: no .yaml, .yml or .json file in this folder{hint}", root.display());
        return Err(Failure::new(text));
    }
    Ok(found)
}

/// Adds the files of `folder` in the order of their names; hidden ones are not for us.
fn walk(folder: &Path, depth: Depth, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::reading(folder, &error);
    let entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(|path| !is_hidden(path)).collect();
    paths.sort();
    for path in paths {
        // A link to a folder is not followed: it may lead back here.
        let is_link = path.is_symlink();
        if path.is_dir() {
            if depth == Depth::Recursive && !is_link {
                walk(&path, depth, found)?;
            }
        } else if path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
