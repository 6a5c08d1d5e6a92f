//! Batches that vanished or forbidden resources spoil.

use std::collections::BTreeSet;
use std::sync::Mutex;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use gwchain_core::account::Pairs;
use gwchain_core::id::Text;

use super::{Read, read_with};
use crate::error::Error;

/// AWS as far as tags go: `gone` and `denied` are not there or not to be read.
struct Tags {
    gone: BTreeSet<Text>,
    denied: BTreeSet<Text>,
    calls: Mutex<usize>,
}

impl Tags {
    fn answer(&self, batch: &[String]) -> Result<Vec<(Text, Pairs)>, Error> {
        *self.calls.lock().expect("no test panics in between") += 1;
        assert!(batch.len() <= 20, "AWS takes twenty");
        let refused = |code: &str| {
            let (code, message) = (code.to_owned(), "not for you".to_owned());
            Err(Error::Refused { call: "DescribeTags", code, message })
        };
        let any = |all: &BTreeSet<Text>| batch.iter().any(|arn| all.contains(arn.as_str()));
        if any(&self.gone) {
            return refused("LoadBalancerNotFound");
        }
        if any(&self.denied) {
            return refused("AccessDenied");
        }
        Ok(batch.iter().map(|arn| (Text::from(arn), Pairs::new())).collect())
    }

    fn read(&self, arns: &[Text]) -> Result<Read, Error> {
        let ask = |batch: Vec<String>| -> BoxFuture<'_, _> { Box::pin(async move { self.answer(&batch) }) };
        read_with(&ask, arns).now_or_never().expect("nothing waits")
    }
}

fn arns(count: usize) -> Vec<Text> {
    (0..count).map(|number| format!("arn:{number}").into()).collect()
}

fn tags(gone: &[&str], denied: &[&str]) -> Tags {
    let set = |all: &[&str]| all.iter().map(|arn| Text::from(*arn)).collect();
    Tags { gone: set(gone), denied: set(denied), calls: Mutex::default() }
}

#[test]
fn twenty_go_into_a_call() {
    let aws = tags(&[], &[]);
    assert_eq!(aws.read(&arns(45)).map(|read| read.tags.len()), Ok(45));
    assert_eq!(*aws.calls.lock().expect("nobody holds it"), 3);
    assert_eq!(aws.read(&[]).map(|read| read.tags.len()), Ok(0));
}

#[test]
fn what_has_vanished_is_left_out() {
    let aws = tags(&["arn:3", "arn:21"], &[]);
    let read = aws.read(&arns(45)).expect("others are read");
    assert_eq!((read.tags.len(), read.notes.len()), (43, 0));
}

#[test]
fn what_may_not_be_read_is_noted() {
    let read = tags(&["arn:3"], &["arn:5"]).read(&arns(20)).expect("others are read");
    assert_eq!(read.tags.len(), 18);
    assert_eq!(read.notes, ["arn:5: DescribeTags: not for you (AccessDenied)"]);
}

#[test]
fn if_nothing_may_be_read_nothing_is_taken_for_absent() {
    let all = arns(100);
    let names: Vec<&str> = all.iter().map(Text::as_str).collect();
    let aws = tags(&[], &names);
    assert_eq!(
        aws.read(&all).map(|read| read.notes).map_err(|error| error.code().map(str::to_owned)),
        Err(Some("AccessDenied".to_owned()))
    );
    let few = arns(2);
    assert!(aws.read(&few).is_err());
}
