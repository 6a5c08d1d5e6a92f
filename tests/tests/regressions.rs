//! What fuzzing and the property tests have found, kept as files: each is planned with all options and keeps the laws.
//!
//! A finding becomes a file in `tests/regressions` whose first line says what was wrong.

use std::fs;
use std::path::Path;

use gwchain_core::fact::Environment;
use gwchain_core::manifest::SourceFile;
use gwchain_tests::outcome::{OPTIONS, outcome};

#[test]
fn findings_stay_fixed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions");
    let mut count = 0;
    for entry in fs::read_dir(&folder).expect("the folder is there") {
        let path = entry.expect("an entry is readable").path();
        let bytes = fs::read(&path).expect("a finding is readable");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for options in OPTIONS {
            let file = SourceFile { name: "input.yaml".to_owned(), text: text.clone() };
            let outcome = outcome(vec![file], &Environment::default(), options);
            assert!(outcome.broken.is_empty(), "{} with {options:?}: {:#?}", path.display(), outcome.broken);
        }
        count += 1;
    }
    assert!(count > 0, "{} holds findings", folder.display());
}
