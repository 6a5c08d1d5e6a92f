//! Many findings as one text: what one mistake causes in many places is told once.
//!
//! It changes no finding: programs get each of them.

use std::collections::BTreeMap;

use super::{Locator, Paint, text};
use crate::diagnostic::{Code, Diagnostic, Place};

/// Places at which the same is said that are shown.
const SHOWN: usize = 2;

/// What stands between the rule or backend that is left out and the reason.
const SIGN: &str = " is left out: ";

/// All findings in their order, with an empty line behind each.
pub fn listing(locator: &Locator<'_>, findings: &[Diagnostic], paint: Paint) -> String {
    let mut others: BTreeMap<(Code, &str), Vec<&Place>> = BTreeMap::new();
    let mut first: Vec<(&Diagnostic, Option<(Code, &str)>)> = Vec::new();
    for finding in findings {
        let key = reason(finding).map(|reason| (finding.code, reason));
        match key.and_then(|key| others.get_mut(&key)) {
            Some(places) => places.push(&finding.place),
            None => {
                key.map(|key| others.insert(key, Vec::new()));
                first.push((finding, key));
            }
        }
    }
    let told = |(finding, key): &(&Diagnostic, Option<(Code, &str)>)| {
        let places = key.and_then(|key| others.get(&key)).map(Vec::as_slice).unwrap_or_default();
        text(locator, &gathered(finding, places), paint) + "\n"
    };
    first.iter().map(told).collect()
}

/// What is said of many places alike: why something is left out, or which Service is not there.
fn reason(finding: &Diagnostic) -> Option<&str> {
    match finding.code {
        Code::ServiceAssumed => Some(&finding.message),
        _ => finding.message.split_once(SIGN).map(|(_, reason)| reason),
    }
}

fn gathered(finding: &Diagnostic, places: &[&Place]) -> Diagnostic {
    let mut finding = finding.clone();
    for place in places.iter().take(SHOWN) {
        finding = finding.related(Place::clone(place), "the same here");
    }
    if let Some(more) = places.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let help = finding.help.take().map(|help| format!("{help}\n")).unwrap_or_default();
        finding.help = Some(format!("{help}(the same in {more} more places)"));
    }
    finding
}
