//! A request as a client sends it: a URL, and options as curl has them.
//!
//! It knows nothing of load balancers.

use std::fmt;
use std::net::IpAddr;

pub use super::url::Scheme;
use super::url::{authority, sendable};

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What the client speaks.
    pub scheme: Scheme,
    /// The host that is asked for, in lower case: the URL's, or that of a `Host` header.
    pub host: String,
    /// The port that is connected to.
    pub port: u16,
    /// The path as it is sent, with its first slash.
    pub path: String,
    /// What follows the first `?`.
    pub query: Option<String>,
    /// The method.
    pub method: String,
    /// Headers other than `Host`, in order.
    pub headers: Vec<(String, String)>,
    /// The client's address.
    pub from: Option<IpAddr>,
    /// Host of the URL, as written.
    server: String,
}

impl Request {
    /// A GET of `url`.
    pub fn parse(url: &str) -> Result<Self, String> {
        let bad = |why: String| format!("URL {url}: {why}");
        let schemes = "it must begin with https://, http://, tcp://, tls:// or udp://";
        let (scheme, rest) = url.split_once("://").ok_or_else(|| bad(schemes.to_owned()))?;
        let named = |known: &Scheme| scheme.eq_ignore_ascii_case(known.as_str());
        let scheme = Scheme::ALL.into_iter().find(named).ok_or_else(|| bad(schemes.to_owned()))?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (server, port) = authority(&rest[..end], scheme).map_err(bad)?;
        let sent = rest[end..].split('#').next().unwrap_or_default();
        let (path, query) = match sent.split_once('?') {
            Some((path, query)) => (path, Some(sendable(query).map_err(bad)?)),
            None => (sent, None),
        };
        if !scheme.is_http() && !matches!(sent, "" | "/") {
            return Err(bad(format!("{}:// has neither path nor query", scheme.as_str())));
        }
        let path = if path.is_empty() { "/".to_owned() } else { sendable(path).map_err(bad)? };
        let host = server.to_ascii_lowercase();
        let (method, headers) = ("GET".to_owned(), Vec::new());
        Ok(Self { scheme, host, port, path, query, method, headers, from: None, server })
    }

    /// Sets the method.
    pub fn with_method(mut self, method: &str) -> Result<Self, String> {
        self.only_http("a method")?;
        if !is_token(method) {
            return Err(format!("{method:?} is not a method of HTTP"));
        }
        method.clone_into(&mut self.method);
        Ok(self)
    }

    /// Adds a header, written `Name: value`.
    pub fn with_header(self, header: &str) -> Result<Self, String> {
        match header.split_once(':') {
            Some((name, value)) => self.with_named_header(name, value),
            None => Err(format!("header {header:?} has no colon: write 'Name: value'")),
        }
    }

    /// Adds a header; `Host` takes the place of the URL's host.
    pub fn with_named_header(mut self, name: &str, value: &str) -> Result<Self, String> {
        self.only_http("a header")?;
        let value = value.trim_matches([' ', '\t']);
        if !is_token(name) {
            return Err(format!("{name:?} is not a name of a header"));
        }
        if value.chars().any(|letter| letter.is_control() && letter != '\t') {
            return Err(format!("header {name} holds a control character"));
        }
        if name.eq_ignore_ascii_case("host") {
            let (host, _) = authority(value, self.scheme).map_err(|why| format!("header Host: {why}"))?;
            self.host = host.to_ascii_lowercase();
        } else {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
        Ok(self)
    }

    /// Sets the client's address.
    pub fn with_client(mut self, address: &str) -> Result<Self, String> {
        let parsed: IpAddr = address.parse().map_err(|_| format!("{address:?} is not an IP address"))?;
        self.from = Some(parsed.to_canonical());
        Ok(self)
    }

    /// The same with the path's %-escapes decoded, if it has any that spell text.
    pub(super) fn decoded(&self) -> Option<Self> {
        let path = super::url::decoded(&self.path)?;
        (path != self.path).then(|| Self { path, ..self.clone() })
    }

    fn only_http(&self, what: &str) -> Result<(), String> {
        let scheme = self.scheme.as_str();
        if self.scheme.is_http() {
            Ok(())
        } else {
            Err(format!("{what} goes with http:// and https://, not {scheme}://"))
        }
    }

    /// Values of the headers of that name, in order.
    pub fn header<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        let named = self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Path and query as one.
    pub fn target(&self) -> String {
        joined(&self.path, self.query.as_deref())
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scheme.is_http() {
            write!(f, "{} ", self.method)?;
        }
        write!(f, "{}://{}", self.scheme.as_str(), self.server)?;
        if self.scheme.default_port() != Some(self.port) {
            write!(f, ":{}", self.port)?;
        }
        if self.scheme.is_http() { f.write_str(&self.target()) } else { Ok(()) }
    }
}

/// `path?query`.
pub fn joined(path: &str, query: Option<&str>) -> String {
    query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

/// Whether `text` is a token of RFC 9110, §5.6.2.
fn is_token(text: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&letter);
    !text.is_empty() && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_taken_apart() {
        let request = Request::parse("HTTPS://Shop.Example.com./cart%20a?x=1?y#top").unwrap();
        assert_eq!((request.scheme, &*request.host, request.port), (Scheme::Https, "shop.example.com", 443));
        assert_eq!((&*request.path, request.query.as_deref()), ("/cart%20a", Some("x=1?y")));
        assert_eq!(request.to_string(), "GET https://Shop.Example.com/cart%20a?x=1?y");
        let bare = Request::parse("http://h:8080?q").unwrap();
        assert_eq!((&*bare.path, bare.query.as_deref(), bare.port), ("/", Some("q"), 8080));
        assert_eq!(Request::parse("tcp://[::1]:53").unwrap().to_string(), "tcp://[::1]:53");
    }

    #[test]
    fn what_no_client_sends_raw_is_encoded() {
        assert_eq!(Request::parse("http://h/a b/ü").unwrap().path, "/a%20b/%C3%BC");
    }

    #[test]
    fn a_bad_url_says_why() {
        let cases = [
            ("shop.example.com/cart", "it must begin with https://"),
            ("ftp://a/", "it must begin with https://"),
            ("http://", "the host is missing"),
            ("http://a:0/", "\"0\" is not a port"),
            ("http://a:70000/", "\"70000\" is not a port"),
            ("http://me@a/", "user names"),
            ("http://[::1/", "a bracket is not closed"),
            ("http://[zz]/", "zz is not an IPv6 address"),
            ("http://a b/", "' ' can't be part of a host"),
            ("http://bücher.example/", "xn--"),
            ("tcp://db", "tcp:// needs a port"),
            ("udp://dns:53/x", "has neither path nor query"),
            ("http://a/\u{1b}[2J", "control character"),
        ];
        for (url, why) in cases {
            let error = Request::parse(url).unwrap_err();
            assert!(error.contains(why), "{url}: {error}");
        }
    }

    #[test]
    fn options_are_those_of_curl() {
        let request = Request::parse("https://10.0.0.1/").unwrap();
        let request = request.with_header("host: Shop.example.com:8443").unwrap().with_header("X-A:1").unwrap();
        let request = request.with_method("POST").unwrap().with_client("2001:db8::1").unwrap();
        assert_eq!(request.host, "shop.example.com");
        assert_eq!(request.header("x-a").collect::<Vec<_>>(), ["1"]);
        assert_eq!(request.clone().with_client("::ffff:10.0.0.1").unwrap().from, "10.0.0.1".parse().ok());
        assert!(request.clone().with_method("PO ST").is_err());
        assert!(request.clone().with_header("X-A").is_err());
        assert!(request.clone().with_header("X A: 1").is_err());
        assert!(request.with_client("10.0.0.0/8").is_err());
        assert!(Request::parse("tcp://a:1").unwrap().with_method("GET").is_err());
    }
}
