//! The three ways a question can end: known, still pending, or failed as the reference fails.
//! It does not decide which of them applies; the look-ups do.

use super::Want;

/// The answer to one question about the account or the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// The environment holds the answer.
    Known(T),
    /// Nobody has answered this yet; it will be at deployment.
    Pending(Want),
    /// The answer makes the reference give up, with this exact error text.
    Failed(String),
}

impl<T> Answer<T> {
    /// The same answer with a known value turned into another.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Answer::Known(value) => Answer::Known(change(value)),
            Answer::Pending(want) => Answer::Pending(want),
            Answer::Failed(error) => Answer::Failed(error),
        }
    }
}

/// Why a look-up ends early; the error side of `?` inside this module.
#[derive(Debug)]
pub(super) enum Stop {
    Pending(Want),
    Failed(String),
}

impl From<Want> for Stop {
    fn from(want: Want) -> Stop {
        Stop::Pending(want)
    }
}

impl From<String> for Stop {
    fn from(error: String) -> Stop {
        Stop::Failed(error)
    }
}

impl<T> From<Result<T, Stop>> for Answer<T> {
    fn from(result: Result<T, Stop>) -> Answer<T> {
        match result {
            Ok(value) => Answer::Known(value),
            Err(Stop::Pending(want)) => Answer::Pending(want),
            Err(Stop::Failed(error)) => Answer::Failed(error),
        }
    }
}
