//! Names and their hashes (translation §5.2).
//!
//! Ids of resources are built where the resources are.

use sha2::{Digest, Sha256};

use crate::fact::Want;
use crate::id::{NamespacedName, Text};
use crate::model::Value;

/// Longest part of a namespace or name inside a generated name.
const PART: usize = 8;
/// Hex digits of the hash inside a generated name.
const HASH: usize = 10;

/// First `HASH` hex digits of the SHA-256 over the plain concatenation of `parts`.
fn hash(parts: &[&str]) -> [u8; HASH] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let bytes = Sha256::digest(parts.concat());
    let mut hex = [0; HASH];
    for (pair, byte) in hex.chunks_exact_mut(2).zip(bytes.iter()) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    hex
}

/// First eight hex digits of the SHA-256 over `parts`, kept apart by NUL.
pub fn unambiguous_hash(parts: &[&str]) -> String {
    let joined = parts.join("\0");
    hash(&[&joined])[..8].iter().map(|digit| char::from(*digit)).collect()
}

/// Name of the security group that all load balancers of a cluster share (translation §5.3).
pub fn shared_security_group(cluster: &str) -> Value {
    const LONGEST: usize = 232;
    let mut name = String::from("k8s-traffic-");
    name.extend(cluster.chars().filter(char::is_ascii_alphanumeric).take(LONGEST));
    name.push('-');
    name.extend(hash(&[cluster]).iter().map(|digit| char::from(*digit)));
    Value::Known(Text::from(name))
}

fn push_part(name: &mut String, part: &str) {
    part.bytes().filter(u8::is_ascii_alphanumeric).take(PART).for_each(|byte| name.push(char::from(byte)));
    name.push('-');
}

fn start(id: &NamespacedName) -> String {
    let mut name = String::with_capacity(4 + 2 * (PART + 1) + HASH);
    name.push_str("k8s-");
    push_part(&mut name, &id.namespace);
    push_part(&mut name, &id.name);
    name
}

/// `k8s-<namespace>-<name>-<hash>`, or its known part with the question that keeps the hash back.
pub fn generated(id: &NamespacedName, hashed: Result<&[&str], Want>) -> Value {
    let mut name = start(id);
    match hashed {
        Ok(parts) => {
            name.extend(hash(parts).iter().map(|digit| char::from(*digit)));
            Value::Known(Text::from(name))
        }
        Err(want) => Value::Partial(Text::from(name), Box::new(want)),
    }
}
