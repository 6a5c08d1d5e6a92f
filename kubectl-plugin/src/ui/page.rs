//! The page's files, as `scripts/web build` left them in web/dist.
//!
//! It does not know how they are served.

use include_dir::{Dir, include_dir};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../web/dist");

/// Where the page learns that manifests are served beside it.
const SESSION: &str = "<meta name=\"gwchain-session\" content=\"./session.json\" />";

/// The content of a file and its media type.
pub fn file(path: &str) -> Option<(&'static [u8], &'static str)> {
    let kind = match path.rsplit('.').next()? {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        _ => "text/plain; charset=utf-8",
    };
    FILES.get_file(path).map(|file| (file.contents(), kind))
}

/// The page itself, which asks for its manifests.
pub fn index() -> Option<String> {
    let text = FILES.get_file("index.html")?.contents_utf8()?;
    Some(text.replacen("<head>", &format!("<head>\n    {SESSION}"), 1))
}
