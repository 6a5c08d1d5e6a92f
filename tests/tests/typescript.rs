//! `wasm/types.d.ts` is what the Rust types say.
//!
//! `GWCHAIN_BLESS=1 cargo test -p gwchain-tests --test typescript` writes it anew.

use std::fs;
use std::path::Path;

use gwchain_tests::typescript::declarations;

#[test]
fn the_types_of_the_package_are_those_of_core() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wasm/types.d.ts");
    let made = declarations();
    if std::env::var_os("GWCHAIN_BLESS").is_some() {
        fs::write(&path, &made).expect("the file can be written");
    }
    let kept = fs::read_to_string(&path).expect("wasm/types.d.ts is there");
    assert!(made == kept, "the types changed: GWCHAIN_BLESS=1 writes wasm/types.d.ts anew");
}
