//! The TypeScript of the documents that the WebAssembly package takes and gives, from core's own types.
//!
//! It knows the roots only; what they consist of is followed.

use std::any::TypeId;
use std::collections::BTreeMap;

use gwchain_core::plan::difference::Difference;
use gwchain_core::preview::{Explanation, Finding, Input, Picture, Preview, TraceRequest};
use gwchain_core::trace::Document;
use gwchain_core::view::assist::{Completions, Hint};
use ts_rs::{Config, TS, TypeVisitor};

const HEAD: &str = "\
// Made from the Rust types by `GWCHAIN_BLESS=1 cargo test -p gwchain-tests --test typescript`; not for editing.
";

/// All declarations, by name.
pub fn declarations() -> String {
    let mut all =
        Declarations { config: Config::new().with_large_int("number"), found: BTreeMap::new(), seen: Vec::new() };
    all.visit::<Input>();
    all.visit::<TraceRequest>();
    all.visit::<Preview<'static>>();
    all.visit::<Picture<'static>>();
    all.visit::<Difference>();
    all.visit::<Completions>();
    all.visit::<Hint>();
    all.visit::<Finding>();
    all.visit::<Explanation>();
    all.visit::<Document<'static>>();
    let texts: Vec<String> = all.found.into_values().collect();
    format!("{HEAD}\n{}", texts.join("\n"))
}

struct Declarations {
    config: Config,
    found: BTreeMap<String, String>,
    seen: Vec<TypeId>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        T::visit_dependencies(self);
        T::visit_generics(self);
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let text = format!("{docs}export {}\n", T::decl(&self.config));
            let before = self.found.insert(T::ident(&self.config), text.clone());
            assert!(before.is_none_or(|before| before == text), "two types of one name: {text}");
        }
    }
}
