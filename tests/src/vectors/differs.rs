//! Reads `DIFFERS.md`: the cases that are meant to differ.
//!
//! It does not judge the reasons.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Cases with their reasons.
#[derive(Debug, Default)]
pub struct Differs(BTreeMap<String, String>);

impl Differs {
    /// Reads the table of `folder`'s `DIFFERS.md`; without the file no case may differ.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join("DIFFERS.md");
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self::parse(&text))
    }

    /// Rows of the form `| area/name | reason |`; the header and its rule have no slash in their first cell.
    fn parse(text: &str) -> Self {
        let row = |line: &str| {
            let (case, reason) = line.trim().strip_prefix('|')?.trim_end_matches('|').split_once('|')?;
            let case = case.trim().trim_matches('`');
            case.contains('/').then(|| (case.to_owned(), reason.trim().to_owned()))
        };
        Self(text.lines().filter_map(row).collect())
    }

    /// Why `case` may differ.
    pub fn reason(&self, case: &str) -> Option<&str> {
        self.0.get(case).map(String::as_str)
    }

    /// Names of all cases listed.
    pub fn cases(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Differs;

    #[test]
    fn reads_rows_of_the_table_only() {
        let differs = Differs::parse("text a/b\n\n| case | reason |\n|---|---|\n| `l4/odd` | a map's order |\n");
        assert_eq!(differs.cases().collect::<Vec<_>>(), ["l4/odd"]);
        assert_eq!(differs.reason("l4/odd"), Some("a map's order"));
    }
}
