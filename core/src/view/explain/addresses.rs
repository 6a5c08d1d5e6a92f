//! Which Gateway, field or resource a command-line argument means.
//!
//! It knows Gateways only; fields and resources are found by `why`.

use std::fmt;

use crate::pipeline::Pipeline;

/// What is asked about: a Gateway, by its position in [`Pipeline::gateways`], or something of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    /// Its chains.
    Gateway(usize),
    /// A field, `NAME.FIELD`.
    Field(usize, &'a str),
    /// A resource, `NAME/TYPE/ID`.
    Resource(usize, &'a str),
}

/// Why an argument names no single Gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// No Gateway of ours has that name; those there are.
    Unknown(String, Vec<String>),
    /// Several have it.
    Several(String, Vec<String>),
}

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::render::clean;
        match self {
            Self::Unknown(asked, known) if known.is_empty() => {
                write!(f, "no Gateway is called {}: there is none", clean(asked))
            }
            Self::Unknown(asked, known) => {
                write!(f, "no Gateway is called {}; there are {}", clean(asked), clean(&known.join(", ")))
            }
            Self::Several(asked, found) => {
                write!(f, "several Gateways are called {}: say {}", clean(asked), clean(&found.join(" or ")))
            }
        }
    }
}

/// Finds what `argument` means. The longest Gateway name it begins with counts, as names may hold dots.
pub fn find<'a>(pipeline: &Pipeline<'_>, argument: &'a str) -> Result<Asked<'a>, Unclear> {
    let labels: Vec<String> = pipeline.gateways().map(|(node, _)| node.label()).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let name = label.split_once('/').map_or(label.as_str(), |(_, name)| name);
        let length = [label.as_str(), name].into_iter().filter(|name| begins(argument, name)).map(str::len).max();
        found.extend(length.map(|length| (length, index)));
    }
    let longest = found.iter().map(|(length, _)| *length).max().unwrap_or_default();
    found.retain(|(length, _)| *length == longest);
    match found.as_slice() {
        [] => Err(Unclear::Unknown(argument.to_owned(), labels)),
        [(length, index)] => Ok(rest(*index, &argument[*length..])),
        many => {
            let full = many.iter().map(|(length, index)| format!("{}{}", labels[*index], &argument[*length..]));
            Err(Unclear::Several(argument[..longest].to_owned(), full.collect()))
        }
    }
}

fn begins(argument: &str, name: &str) -> bool {
    argument.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/']))
}

fn rest(index: usize, rest: &str) -> Asked<'_> {
    match (rest.strip_prefix('.'), rest.strip_prefix('/')) {
        (Some(field), _) => Asked::Field(index, field),
        (_, Some(resource)) => Asked::Resource(index, resource),
        (None, None) => Asked::Gateway(index),
    }
}
