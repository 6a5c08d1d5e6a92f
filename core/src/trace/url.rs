//! The parts of a URL: scheme, host and port, and what of the rest can be sent.
//!
//! What is done with them is `request`'s business.

use std::net::Ipv6Addr;

/// What a client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP without encryption.
    Http,
    /// HTTP over TLS.
    Https,
    /// A TCP connection, whatever goes over it.
    Tcp,
    /// A TLS connection, whatever goes over it.
    Tls,
    /// Datagrams.
    Udp,
}

impl Scheme {
    /// All there are.
    pub const ALL: [Self; 5] = [Self::Http, Self::Https, Self::Tcp, Self::Tls, Self::Udp];

    /// As in a URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Udp => "udp",
        }
    }

    /// Whether requests have a method, a path and headers.
    pub fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }

    /// Whether the client begins with a TLS handshake.
    pub fn is_encrypted(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }

    /// The port of a URL that names none.
    pub fn default_port(self) -> Option<u16> {
        match self {
            Self::Http => Some(80),
            Self::Https | Self::Tls => Some(443),
            Self::Tcp | Self::Udp => None,
        }
    }
}

/// Host and port of `host`, `host:port`, `[v6]:port`.
pub fn authority(text: &str, scheme: Scheme) -> Result<(String, u16), String> {
    if text.contains('@') {
        return Err("user names are not understood; send an Authorization header".to_owned());
    }
    let (host, port) = match text.strip_prefix('[').map(|rest| rest.split_once(']')) {
        Some(None) => return Err("a bracket is not closed".to_owned()),
        Some(Some((address, port))) => {
            address.parse::<Ipv6Addr>().map_err(|_| format!("{address} is not an IPv6 address"))?;
            (format!("[{address}]"), port)
        }
        None => {
            let (host, port) = text.split_at(text.find(':').unwrap_or(text.len()));
            (host_name(host)?, port)
        }
    };
    Ok((host, port_number(port, scheme)?))
}

fn host_name(host: &str) -> Result<String, String> {
    if host.is_empty() {
        return Err("the host is missing".to_owned());
    }
    if !host.is_ascii() {
        return Err(format!("write host {host} in its ASCII form, which begins with xn--"));
    }
    match host.chars().find(|letter| !letter.is_ascii_alphanumeric() && !"-._".contains(*letter)) {
        Some(letter) => Err(format!("{letter:?} can't be part of a host")),
        None => Ok(host.strip_suffix('.').unwrap_or(host).to_owned()),
    }
}

fn port_number(text: &str, scheme: Scheme) -> Result<u16, String> {
    match text.strip_prefix(':') {
        Some(digits) => {
            let number = digits.parse().ok().filter(|port| *port > 0);
            number.ok_or_else(|| format!("{digits:?} is not a port from 1 to 65535"))
        }
        None if text.is_empty() => scheme.default_port().ok_or_else(|| format!("{}:// needs a port", scheme.as_str())),
        None => Err(format!("{text:?} can't follow the host")),
    }
}

/// `text` with what may not stand in a request line percent-encoded, as clients do.
pub fn sendable(text: &str) -> Result<String, String> {
    let mut sent = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            letter if letter.is_control() => return Err("it holds a control character".to_owned()),
            '!'..='~' if !"\"<>`".contains(letter) => sent.push(letter),
            letter => letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| sent.push_str(&format!("%{byte:02X}"))),
        }
    }
    Ok(sent)
}

/// `text` with its %-escapes decoded, unless they spell no text.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}
