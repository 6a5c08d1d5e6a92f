//! Makes the npm package `wasm/pkg` of a module that `scripts/wasm-target` built: what wasm-pack does for the target web.
//!
//! It compiles nothing, and publishes nothing.

mod order;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};
use wasm_bindgen_cli_support::Bindgen;

const PACKAGE: &str = "wasm/pkg";
const NAME: &str = "gwchain";

/// Writes bindings, types, module, manifest, README and licence.
pub fn write(module: &Path) -> ExitCode {
    match made(module) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", module.display());
            ExitCode::FAILURE
        }
    }
}

fn made(module: &Path) -> Result<(), String> {
    let package = Path::new(PACKAGE);
    if package.exists() {
        fs::remove_dir_all(package).map_err(|error| error.to_string())?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(NAME).typescript(true).remove_name_section(true).remove_producers_section(true);
    bindgen.omit_default_module_path(false);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(package)).map_err(|error| format!("{error:#}"))?;
    let module = package.join(format!("{NAME}_bg.wasm"));
    let bytes = fs::read(&module).map_err(|error| error.to_string())?;
    fs::write(&module, order::ordered(&bytes)?).map_err(|error| error.to_string())?;
    // Types of the module's raw memory interface: nobody calls it by hand.
    fs::remove_file(package.join(format!("{NAME}_bg.wasm.d.ts"))).map_err(|error| error.to_string())?;
    for (from, to) in [("wasm/README.md", "README.md"), ("LICENSE", "LICENSE")] {
        fs::copy(from, package.join(to)).map_err(|error| format!("{from}: {error}"))?;
    }
    let text = format!("{:#}\n", manifest());
    fs::write(package.join("package.json"), text).map_err(|error| error.to_string())
}

fn manifest() -> Value {
    let (script, types, module) = (format!("./{NAME}.js"), format!("./{NAME}.d.ts"), format!("./{NAME}_bg.wasm"));
    json!({
        "name": NAME,
        "version": env!("CARGO_PKG_VERSION"),
        "description": "What Kubernetes Gateway API manifests mean on AWS, in a browser or in Node",
        "license": "Apache-2.0",
        "type": "module",
        "files": [script[2..], types[2..], module[2..]],
        "main": script,
        "types": types,
        "exports": {
            ".": {"types": types, "default": script},
            format!("./{NAME}_bg.wasm"): module,
        },
        "sideEffects": false,
        "engines": {"node": ">=18"},
    })
}
