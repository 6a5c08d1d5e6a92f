//! Arguments of calls: references to what this run has created become ARNs and ids.
//!
//! Literals were bound by core already.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use gwchain_core::account::StackId;
use gwchain_core::diff::{Change, ChangeSet, ResourceId, output};
use gwchain_core::id::Text;
use gwchain_core::model::{Number, Value};

use crate::client::Aws;
use crate::error::Error;

/// ARNs and ids that creations have given, and the stacks by their Gateways.
#[derive(Debug)]
pub(super) struct Outputs {
    known: Mutex<HashMap<ResourceId, Text>>,
    stacks: HashMap<Text, StackId>,
}

impl Outputs {
    pub(super) fn new(set: &ChangeSet) -> Self {
        let stacks = set.changes.iter().filter_map(|change| change.resource.stack.clone());
        let stacks = stacks.map(|stack| (stack.gateway.clone(), stack)).collect();
        Self { known: Mutex::default(), stacks }
    }

    pub(super) fn know(&self, resource: ResourceId, output: Text) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(resource, output);
    }

    /// All of them.
    pub(super) fn into_known(self) -> HashMap<ResourceId, Text> {
        self.known.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn text(&self, value: &Value, stack: Option<&StackId>) -> Option<Text> {
        let id = output(value, stack?, |gateway| self.stacks.get(gateway).cloned())?;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
}

/// One call to be made, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    pub(super) aws: &'a Aws,
    pub(super) vpc: &'a str,
    pub(super) change: &'a Change,
    pub(super) outputs: &'a Outputs,
}

impl Call<'_> {
    /// What `value` stands for.
    pub(super) fn text(&self, value: &Value) -> Result<String, Error> {
        if let Value::Known(text) | Value::HiddenCertificate(text) = value {
            return Ok(text.to_string());
        }
        let output = self.outputs.text(value, self.change.resource.stack.as_ref());
        output.map(|text| text.to_string()).ok_or_else(|| Error::Open(value.to_string()))
    }

    /// What they all stand for.
    pub(super) fn texts(&self, values: &[Value]) -> Result<Vec<String>, Error> {
        values.iter().map(|value| self.text(value)).collect()
    }
}

/// A number that the plan knows.
pub(super) fn known(number: &Number) -> Result<i32, Error> {
    match number {
        Number::Known(number) => Ok(int(*number)),
        Number::Pending(want) => Err(Error::Open(want.to_string())),
    }
}

/// A number as the SDK takes it; the API server has checked ranges far inside of it.
pub(super) fn int(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
