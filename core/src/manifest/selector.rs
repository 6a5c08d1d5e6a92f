//! Label selectors as command lines write them: `app=shop,tier!=test,zone in (a, b),!old`.
//!
//! Source: k8s.io/apimachinery, `labels.Parse`; what labels match is [`LabelRequirement`]'s to say.

use super::meta::{LabelRequirement, LabelSelector, StringMap};
use crate::id::Text;

/// A selector that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector(LabelSelector);

impl Selector {
    /// Reads `text`.
    ///
    /// # Errors
    ///
    /// The requirement that can't be understood, and what one looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let requirements = requirements(text).map(requirement).collect::<Result<Vec<_>, _>>()?;
        Ok(Self(LabelSelector { match_labels: None, match_expressions: Some(requirements) }))
    }

    /// Whether `labels` satisfy all requirements.
    pub fn matches(&self, labels: &StringMap) -> bool {
        self.0.matches(labels).unwrap_or_default()
    }
}

/// Splits at the commas that stand outside parentheses.
fn requirements(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    let parts = text.split(move |letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ',' && depth <= 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty())
}

fn requirement(text: &str) -> Result<LabelRequirement, String> {
    let unclear =
        || format!("{text:?} is no label requirement: write key=value, key!=value, key in (a,b), key or !key");
    let make = |key: &str, operator: &str, values: Option<Vec<&str>>| {
        let key = key.trim();
        let is_key =
            !key.is_empty() && !key.contains(|letter: char| letter.is_whitespace() || "()=!,<>".contains(letter));
        let values = values.map(|values| values.into_iter().map(|value| Text::from(value.trim())).collect());
        is_key.then(|| LabelRequirement { key: Text::from(key), operator: Text::from(operator), values })
    };
    let set = |operator: &str| {
        let (key, rest) = text.split_once(char::is_whitespace)?;
        let list = rest.trim().strip_prefix(operator)?.trim().strip_prefix('(')?.strip_suffix(')')?;
        Some((key, list.split(',').collect::<Vec<_>>()))
    };
    let found = if let Some((key, values)) = set("notin") {
        make(key, "NotIn", Some(values))
    } else if let Some((key, values)) = set("in") {
        make(key, "In", Some(values))
    } else if let Some((key, value)) = text.split_once("!=") {
        make(key, "NotIn", Some(vec![value]))
    } else if let Some((key, value)) = text.split_once("==").or_else(|| text.split_once('=')) {
        make(key, "In", Some(vec![value]))
    } else if let Some(key) = text.strip_prefix('!') {
        make(key, "DoesNotExist", None)
    } else {
        make(text, "Exists", None)
    };
    found.ok_or_else(unclear)
}

#[cfg(test)]
mod tests {
    use super::Selector;
    use crate::id::Text;

    fn matches(selector: &str, labels: &[(&str, &str)]) -> bool {
        let labels = labels.iter().map(|(key, value)| (Text::from(*key), Text::from(*value))).collect();
        Selector::parse(selector).expect("it is a selector").matches(&labels)
    }

    #[test]
    fn operators_mean_what_they_mean_to_kubectl() {
        let labels = [("app", "shop"), ("zone", "a")];
        for holds in ["app=shop", "app==shop,zone in (a, b)", "tier!=test", "zone notin (c)", "app", "!old", ""] {
            assert!(matches(holds, &labels), "{holds}");
        }
        for fails in ["app=pay", "app!=shop", "zone in (b,c)", "old", "!app", "app=shop,zone=b"] {
            assert!(!matches(fails, &labels), "{fails}");
        }
    }

    #[test]
    fn what_is_no_selector_is_refused() {
        for wrong in ["=a", "a b", "a in b", "a in (b", "a>1"] {
            assert!(Selector::parse(wrong).is_err_and(|error| error.contains("write key=value")), "{wrong}");
        }
    }
}
