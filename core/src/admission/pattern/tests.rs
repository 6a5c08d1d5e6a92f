//! The matchers against the expressions they stand for.

use super::MATCHERS;
use regex_lite::Regex;

const PIECES: [&str; 36] = [
    "",
    "a",
    "Z",
    "0",
    "9",
    "-",
    "_",
    ".",
    "/",
    "*",
    ":",
    "\n",
    "é",
    "*.",
    "http://",
    "https://",
    "HTTP:",
    "TCP_UDP:",
    "80",
    "65535",
    "65536",
    "6553",
    "012",
    "Hostname",
    "IPAddress",
    "NamedAddress",
    "a.b",
    "b/c",
    "1h",
    "30m",
    "500ms",
    "123456s",
    "~",
    "#",
    ",",
    "\\",
];

#[test]
fn matchers_agree_with_their_expressions() {
    for (pattern, matches) in MATCHERS {
        let expression = Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        let mut agreed = [0, 0];
        for first in PIECES {
            for second in PIECES {
                for third in PIECES {
                    let text = format!("{first}{second}{third}");
                    assert_eq!(matches(&text), expression.is_match(&text), "{text:?} and {pattern}");
                    agreed[usize::from(matches(&text))] += 1;
                }
            }
        }
        assert!(agreed.iter().all(|count| *count > 0), "{pattern}: {agreed:?}");
    }
}

#[test]
fn four_durations_and_no_more() {
    assert!(super::is_duration("1h2m3s4ms") && !super::is_duration("1h2m3s4ms5s"));
}
