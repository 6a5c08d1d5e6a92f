//! gwchain-core for JavaScript: one coarse call per question, plain objects in and out (README.md).
//!
//! It decides nothing: it converts, and keeps what was read last.

use std::cell::RefCell;

use gwchain_core::preview::{self, Session, TraceRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../types.d.ts");

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn stringify(value: &JsValue) -> Result<Option<String>, JsValue>;
}

thread_local! {
    /// The input read last, as JSON, and what was read: questions about one text come in a row.
    static LAST: RefCell<Option<(String, Session)>> = const { RefCell::new(None) };
}

/// Everything to draw about the manifests: plan, findings, and which text makes what.
#[wasm_bindgen(unchecked_return_type = "Preview")]
pub fn preview(#[wasm_bindgen(unchecked_param_type = "Input")] input: &JsValue) -> Result<JsValue, JsError> {
    asked(input, |session| session.preview(|preview| to_js(preview)))
}

/// Where a request goes.
#[wasm_bindgen(unchecked_return_type = "TraceDocument")]
pub fn trace(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "TraceRequest")] request: &JsValue,
) -> Result<JsValue, JsError> {
    let request: TraceRequest = from_json(&json(request)?)?;
    asked(input, |session| session.trace(&request, |document| to_js(document)).map_err(|error| JsError::new(&error))?)
}

/// What is wrong with the manifests, and how it can be mended.
#[wasm_bindgen(unchecked_return_type = "Finding[]")]
pub fn lint(#[wasm_bindgen(unchecked_param_type = "Input")] input: &JsValue) -> Result<JsValue, JsError> {
    asked(input, |session| to_js(&session.lint()))
}

/// The chains from the client inwards, or why a value is what it is, or what a code means.
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn explain(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: &JsValue,
    subject: Option<String>,
) -> Result<JsValue, JsError> {
    asked(input, |session| to_js(&session.explain(subject.as_deref()).map_err(|error| JsError::new(&error))?))
}

/// The plan as text, byte for byte what `kubectl gwchain plan -o json`, `stack` or `reference` prints.
#[wasm_bindgen]
pub fn plan(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "\"json\" | \"stack\" | \"reference\"")] form: &str,
) -> Result<String, JsError> {
    asked(input, |session| session.plan(form).map_err(|error| JsError::new(&error)))
}

/// What there is to draw after a change: the picture, findings, and which text makes what.
#[wasm_bindgen(unchecked_return_type = "Picture")]
pub fn picture(#[wasm_bindgen(unchecked_param_type = "Input")] input: &JsValue) -> Result<JsValue, JsError> {
    asked(input, |session| to_js(&session.picture()))
}

/// Where the plans of the two profiles part.
#[wasm_bindgen(unchecked_return_type = "PlanDifference[]")]
pub fn differences(#[wasm_bindgen(unchecked_param_type = "Input")] input: &JsValue) -> Result<JsValue, JsError> {
    asked(input, |session| to_js(&session.differences()))
}

/// The picture as `svg`, `mermaid` or `dot`, or the plan as a Markdown `report`.
#[wasm_bindgen]
pub fn write(
    #[wasm_bindgen(unchecked_param_type = "Input")] input: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "\"svg\" | \"mermaid\" | \"dot\" | \"report\"")] form: &str,
) -> Result<String, JsError> {
    asked(input, |session| session.write(form).map_err(|error| JsError::new(&error)))
}

/// Fields or values that fit at `offset` of `text`, in UTF-16 code units.
#[wasm_bindgen(unchecked_return_type = "Completions | null")]
pub fn complete(text: &str, offset: usize) -> Result<JsValue, JsError> {
    to_js(&preview::complete(text, offset))
}

/// What the field at `offset` of `text` may be.
#[wasm_bindgen(unchecked_return_type = "Hint | null")]
pub fn describe(text: &str, offset: usize) -> Result<JsValue, JsError> {
    to_js(&preview::describe(text, offset))
}

/// `text` laid out evenly, comments kept; `undefined` when it is so already, or cannot be read.
#[wasm_bindgen]
pub fn format(text: &str) -> Option<String> {
    gwchain_core::source::format(text)
}

/// The environment file `text` with `fields` in place of its own of the same names; null takes one out.
#[wasm_bindgen]
pub fn environment(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "Record<string, unknown>")] fields: &JsValue,
) -> Result<String, JsError> {
    preview::with_fields(text, &from_json(&json(fields)?)?).map_err(|error| JsError::new(&error))
}

/// The version of gwchain.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn asked<T>(input: &JsValue, answer: impl FnOnce(&Session) -> Result<T, JsError>) -> Result<T, JsError> {
    let input = json(input)?;
    LAST.with_borrow_mut(|last| {
        let session = match last.take() {
            Some((known, session)) if known == input => session,
            _ => Session::read(from_json(&input)?).map_err(|error| JsError::new(&error))?,
        };
        let (_, session) = last.insert((input, session));
        answer(session)
    })
}

fn json(value: &JsValue) -> Result<String, JsError> {
    let text = stringify(value).ok().flatten();
    text.ok_or_else(|| JsError::new("expected an object (see the README)"))
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, JsError> {
    serde_json::from_str(text).map_err(|error| JsError::new(&format!("the input is not as described: {error}")))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    let text = serde_json::to_string(value).expect("every key of our documents is a string");
    parse(&text).map_err(|_| JsError::new("our own JSON can't be read"))
}
