//! Who gets what: the page and the manifests, for whoever has the link, from this machine's browser only.
//!
//! It knows no sockets.

use std::borrow::Cow;
use std::net::TcpListener;

use hyper::StatusCode;
use hyper::body::Bytes;
use serde_json::json;

use super::{page, session};
use crate::failure::Failure;
use crate::input::{self, InputArgs, Sources};

/// Bytes of the secret in the link.
const SECRET: usize = 16;

/// What a request is judged by.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Whether it is GET or HEAD.
    pub is_read: bool,
    /// Path of the URL.
    pub path: String,
    /// `Host`.
    pub host: Option<String>,
    /// `Origin`, which requests of pages have.
    pub origin: Option<String>,
    /// `Sec-Fetch-Site`, by which a browser says who asks.
    pub site: Option<String>,
}

/// What is answered.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Media type.
    pub kind: &'static str,
    /// Content.
    pub body: Bytes,
}

impl Answer {
    /// A line of text.
    pub fn plain(status: u16, text: &'static str) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, kind: "text/plain; charset=utf-8", body: Bytes::from_static(text.as_bytes()) }
    }

    fn ok(kind: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status: StatusCode::OK, kind, body: body.into() }
    }
}

/// What is served, and to whom.
pub struct Site {
    /// `127.0.0.1:PORT`.
    authority: String,
    secret: String,
    input: InputArgs,
    /// What was read of stdin, which can't be read twice.
    read: Option<Sources>,
}

impl Site {
    /// A site with a secret of its own. `read` is what `input` names, as it is now.
    pub fn new(listener: &TcpListener, input: InputArgs, read: Sources) -> Result<Self, Failure> {
        let address = listener.local_addr().map_err(|error| Failure::new(format!("127.0.0.1: {error}")))?;
        let mut bytes = [0; SECRET];
        getrandom::fill(&mut bytes).map_err(|error| Failure::new(format!("no random numbers: {error}")))?;
        let secret = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let read = input.filename.iter().any(|name| name.as_os_str() == "-").then_some(read);
        Ok(Self { authority: address.to_string(), secret, input, read })
    }

    /// The link.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.authority, self.secret)
    }

    /// Answers; may take as long as reading the manifests does.
    pub fn answer(&self, asked: &Asked) -> Answer {
        if !asked.is_read {
            return Answer::plain(405, "this server is only read from\n");
        }
        if !self.is_own(asked) {
            return Answer::plain(403, "only the page of this link may ask\n");
        }
        let path = asked.path.strip_prefix('/').and_then(|path| path.strip_prefix(self.secret.as_str()));
        match path.and_then(|path| path.strip_prefix('/')) {
            None => Answer::plain(403, "open the link that kubectl gwchain ui printed\n"),
            Some("") => page::index().map_or_else(missing, |text| Answer::ok("text/html; charset=utf-8", text)),
            Some("session.json") => self.session(),
            Some(path) => page::file(path).map_or_else(missing, |(content, kind)| Answer::ok(kind, content)),
        }
    }

    /// Whether the request comes from the page itself or from the address bar: a foreign page, and a name that leads
    /// here, are told apart by what browsers say about themselves.
    fn is_own(&self, asked: &Asked) -> bool {
        let own = format!("http://{}", self.authority);
        asked.host.as_deref() == Some(&*self.authority)
            && asked.origin.as_deref().is_none_or(|origin| origin == own)
            && asked.site.as_deref().is_none_or(|site| ["same-origin", "none"].contains(&site))
    }

    fn session(&self) -> Answer {
        let read = self
            .read
            .as_ref()
            .map_or_else(|| input::sources(&self.input).map(Cow::Owned), |read| Ok(Cow::Borrowed(read)));
        match read {
            Ok(sources) => Answer::ok("application/json", session::document(&self.input, &sources).to_string()),
            Err(failure) => {
                let body = json!({ "error": failure.reasons().join("\n") }).to_string();
                Answer { status: StatusCode::UNPROCESSABLE_ENTITY, ..Answer::ok("application/json", body) }
            }
        }
    }
}

fn missing() -> Answer {
    Answer::plain(404, "no such file\n")
}

#[cfg(test)]
mod tests {
    use super::{Asked, Site};
    use crate::args::{Cli, Command};
    use clap::Parser;

    fn site() -> Site {
        let Command::Ui(args) = Cli::parse_from(["gwchain", "ui", "-f", "not/there.yaml"]).command else {
            panic!("it is ui")
        };
        Site { authority: "127.0.0.1:4000".to_owned(), secret: "s3cret".to_owned(), input: args.input, read: None }
    }

    fn asked(path: &str) -> Asked {
        let host = Some("127.0.0.1:4000".to_owned());
        Asked { is_read: true, path: path.to_owned(), host, ..Asked::default() }
    }

    fn status(asked: &Asked) -> u16 {
        site().answer(asked).status.as_u16()
    }

    #[test]
    fn the_page_is_for_whoever_has_the_link() {
        let page = site().answer(&asked("/s3cret/"));
        assert_eq!(page.status.as_u16(), 200);
        assert!(String::from_utf8_lossy(&page.body).contains("<meta name=\"gwchain-session\""));
        for path in ["/", "/s3cret", "/S3cret/", "/other/", "/s3cretx/", "//s3cret/"] {
            assert_eq!(status(&asked(path)), 403, "{path}");
        }
        assert_eq!(status(&asked("/s3cret/../Cargo.toml")), 404);
        assert_eq!(status(&asked("/s3cret/icon.svg")), 200);
    }

    #[test]
    fn other_origins_and_names_are_refused() {
        let page = asked("/s3cret/session.json");
        let with = |change: fn(&mut Asked)| {
            let mut one = page.clone();
            change(&mut one);
            status(&one)
        };
        assert_eq!(with(|one| one.host = Some("evil.example:4000".to_owned())), 403);
        assert_eq!(with(|one| one.host = None), 403);
        assert_eq!(with(|one| one.origin = Some("http://evil.example".to_owned())), 403);
        assert_eq!(with(|one| one.origin = Some("null".to_owned())), 403);
        assert_eq!(with(|one| one.site = Some("cross-site".to_owned())), 403);
        assert_eq!(with(|one| one.is_read = false), 405);
        assert_eq!(
            with(|one| one.origin = Some("http://127.0.0.1:4000".to_owned())),
            422,
            "it is read, and is not there"
        );
    }
}
