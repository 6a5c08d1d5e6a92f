//! Tags of resources (translation §5.4).
//!
//! Tracking tags are added when a plan is carried out.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::fact::Environment;
use crate::id::Text;
use crate::model::tags::Tags;

use super::BuildError;

/// User tags united with the controller's default tags.
pub fn tags<'a>(
    environment: &Environment,
    user: impl Iterator<Item = (&'a Text, &'a Text)>,
) -> Result<Tags, BuildError> {
    let flags = &environment.flags;
    let mut all: BTreeMap<Text, Text> = BTreeMap::new();
    for (key, value) in user {
        if flags.external_managed_tags.iter().any(|managed| **managed == **key) {
            let message = format!("external managed tag key {key} cannot be specified");
            return Err(BuildError::new(Code::ConfigurationInvalid, message));
        }
        all.insert(key.clone(), value.clone());
    }
    let user_wins = environment.gate("EnableDefaultTagsLowPriority");
    for (key, value) in &flags.default_tags {
        if !(user_wins && all.contains_key(key.as_str())) {
            all.insert(Text::from(key.as_str()), Text::from(value.as_str()));
        }
    }
    Ok(Tags::new(all))
}
