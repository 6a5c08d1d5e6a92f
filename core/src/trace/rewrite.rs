//! What an ALB makes of a request before it sends it on: transforms, and the Location of redirects.
//!
//! A transform replaces the first place where its regular expression fits: in the host, or in path and query as one;
//! `$1` to `$9…` in the replacement stand for groups. An expression that fits nowhere changes nothing (ELBv2's
//! "Transforms for listener rules", `RewriteConfig`). Redirects see the transformed request: the controller expresses
//! the prefix of a redirect as a transform. In a redirect `#{path}` has no leading slash (`RedirectActionConfig`).
//! Which rule it belongs to is not known here.

use regex_lite::Captures;

use super::glob::Case;
use super::matching::regex;
use super::request::{Request, joined};
use crate::id::Text;
use crate::model::action::RedirectConfig;
use crate::model::listener::{Rewrite, Transform};

/// Host, path and query on the far side of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The host.
    pub host: String,
    /// The path.
    pub path: String,
    /// The query.
    pub query: Option<String>,
}

impl Sent {
    /// The request as it came.
    pub fn of(request: &Request) -> Self {
        Self { host: request.host.clone(), path: request.path.clone(), query: request.query.clone() }
    }

    /// Path and query as one.
    pub fn target(&self) -> String {
        joined(&self.path, self.query.as_deref())
    }
}

/// One transform at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewriting {
    /// `host` or `URL`.
    pub what: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: After,
}

/// What came of a transform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// This.
    Text(String),
    /// It does not fit, nothing changes.
    Unchanged,
    /// Its regular expression is not understood.
    Open(Text),
}

/// Applies `transforms` to `sent`.
pub fn apply(transforms: &[Transform], sent: &mut Sent) -> Vec<Rewriting> {
    let mut done = Vec::with_capacity(transforms.len());
    for transform in transforms {
        let (what, before, rewrite) = match transform {
            Transform::HostHeader { config } => ("host", sent.host.clone(), &config.rewrites[0]),
            Transform::Url { config } => ("URL", sent.target(), &config.rewrites[0]),
        };
        let after = rewritten(rewrite, &before);
        if let After::Text(text) = &after {
            match transform {
                Transform::HostHeader { .. } => sent.host.clone_from(text),
                Transform::Url { .. } => set_target(sent, text),
            }
        }
        done.push(Rewriting { what, before, after });
    }
    done
}

fn set_target(sent: &mut Sent, text: &str) {
    let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
    (sent.path, sent.query) = (path.to_owned(), query.map(str::to_owned));
}

fn rewritten(rewrite: &Rewrite, text: &str) -> After {
    let Some(regex) = regex(&rewrite.regex, Case::Matters) else { return After::Open(rewrite.regex.clone()) };
    let Some(found) = regex.captures(text) else { return After::Unchanged };
    let whole = found.get(0).expect("group 0 is the whole match");
    After::Text([&text[..whole.start()], &filled(&rewrite.replace, &found), &text[whole.end()..]].concat())
}

/// `$N` stands for the text of group N, empty when it took no part; other dollars for themselves.
fn filled(replace: &str, found: &Captures<'_>) -> String {
    let mut out = String::new();
    let mut rest = replace;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let group = (1..=digits).rev().find_map(|length| {
            let number: usize = after[..length].parse().ok()?;
            (number < found.len()).then_some((length, number))
        });
        let length = match group {
            Some((length, number)) => {
                out.push_str(found.get(number).map_or("", |group| group.as_str()));
                length
            }
            None => {
                out.push('$');
                0
            }
        };
        rest = &after[length..];
    }
    out + rest
}

/// Where a redirect leads: what it doesn't set stays, and the port is always written.
pub fn location(config: &RedirectConfig, protocol: &str, port: i64, sent: &Sent) -> String {
    let values = [
        ("#{protocol}", protocol.to_owned()),
        ("#{host}", sent.host.clone()),
        ("#{port}", port.to_string()),
        ("#{path}", sent.path.strip_prefix('/').unwrap_or(&sent.path).to_owned()),
        ("#{query}", sent.query.clone().unwrap_or_default()),
    ];
    let part = |own: &Option<Text>, unchanged: &str| placed(own.as_deref().unwrap_or(unchanged), &values);
    let protocol = part(&config.protocol, "#{protocol}").to_ascii_lowercase();
    let (host, port) = (part(&config.host, "#{host}"), part(&config.port, "#{port}"));
    let (path, query) = (part(&config.path, "/#{path}"), part(&config.query, "#{query}"));
    format!("{protocol}://{host}:{port}{}", joined(&path, Some(query.as_str()).filter(|query| !query.is_empty())))
}

/// `text` with placeholders filled in; what they bring is not looked at again.
fn placed(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("#{") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = values.iter().find(|(name, _)| rest.starts_with(name));
        let (length, value) = known.map_or((2, "#{"), |(name, value)| (name.len(), value));
        out.push_str(value);
        rest = &rest[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::listener::Rewrites;

    fn url(regex: &str, replace: &str, target: &str) -> String {
        let rewrite = Rewrite { regex: Text::from(regex), replace: Text::from(replace) };
        let mut sent = Sent::of(&Request::parse(&format!("https://a.example{target}")).unwrap());
        apply(&[Transform::Url { config: Rewrites { rewrites: [rewrite] } }], &mut sent);
        sent.target()
    }

    #[test]
    fn a_url_is_rewritten_with_its_query() {
        assert_eq!(url("^([^?]*)", "/full", "/a/b?x=1"), "/full?x=1");
        assert_eq!(url(r"^/a(/[^?]*)?(\?.*)?$", "/new$1$2", "/a/b?x=1"), "/new/b?x=1");
        assert_eq!(url(r"^/a(/[^?]*)?(\?.*)?$", "/new$1$2", "/a"), "/new");
        assert_eq!(url(r"^/a(/[^?]*)?(\?.*)?$", "/new$1$2", "/ab"), "/ab");
        assert_eq!(url("o", "0", "/foo/foo"), "/f0o/foo");
    }

    #[test]
    fn the_reference_s_own_expression_glues_words() {
        assert_eq!(url("(^/(/)?)", "/cat$2", "/bar"), "/catbar");
    }

    #[test]
    fn groups_are_numbers_and_other_dollars_stay() {
        assert_eq!(url("^/(a)(b)", "/$2$1$3$x$", "/ab"), "/ba$3$x$");
        assert_eq!(url("^/(a)", "/$12", "/a"), "/a2");
    }

    #[test]
    fn what_is_not_understood_changes_nothing() {
        assert_eq!(url("(?<=a)b", "c", "/ab"), "/ab");
    }

    #[test]
    fn a_host_is_replaced_whole() {
        let rewrite = Rewrite { regex: Text::from(".*"), replace: Text::from("in.example") };
        let mut sent = Sent::of(&Request::parse("https://a.example/x").unwrap());
        let done = apply(&[Transform::HostHeader { config: Rewrites { rewrites: [rewrite] } }], &mut sent);
        assert_eq!((sent.host.as_str(), done.len()), ("in.example", 1));
    }

    #[test]
    fn a_redirect_keeps_what_it_does_not_set() {
        let sent = Sent::of(&Request::parse("http://a.example/x/y?q=1").unwrap());
        let set = |text: &str| Some(Text::from(text));
        let mut config = RedirectConfig { protocol: set("HTTPS"), port: set("443"), ..RedirectConfig::default() };
        assert_eq!(location(&config, "http", 80, &sent), "https://a.example:443/x/y?q=1");
        config = RedirectConfig { path: set("/new/#{path}"), query: set("#{query}&z=#{nothing}"), ..config };
        assert_eq!(location(&config, "http", 80, &sent), "https://a.example:443/new/x/y?q=1&z=#{nothing}");
        config = RedirectConfig { host: set("www.#{host}"), query: set(""), ..RedirectConfig::default() };
        assert_eq!(location(&config, "http", 8080, &sent), "http://www.a.example:8080/x/y");
    }
}
