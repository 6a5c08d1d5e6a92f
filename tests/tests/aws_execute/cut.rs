//! The program is killed at each of its calls, before and after it is carried out, and started again.

use gwchain_tests::testbed::aws::proxy::{Cut, Moment};

use super::case::{Bed, guide};

/// Makes `to` of what `from` has left, cut off at each call in turn.
fn at_each_call(name: &str, from: &str, to: &str) {
    let mut bed = Bed::new(name);
    bed.make(from);
    bed.proxy.reset();
    bed.make(to);
    let (calls, exact) = (bed.proxy.calls(), bed.server.snapshot().named());
    let is_write = |name: &str| !name.contains(":Describe") && !name.contains(":List") && !name.contains(":Get");
    let mut writes = calls.iter().enumerate().filter(|(_, call)| is_write(&call.name)).map(|(place, _)| place + 1);
    let first = writes.next().expect("something is written");
    let last = writes.next_back().unwrap_or(first);
    for call in first..=last {
        for moment in [Moment::Before, Moment::After] {
            bed.again();
            bed.make(from);
            bed.proxy.reset();
            bed.try_to(to, Some(Cut { call, moment }));
            bed.make(to);
            assert_eq!(bed.server.snapshot().named(), exact, "killed {moment:?} call {call}");
            bed.left();
        }
    }
}

#[test]
fn creating_the_guides_chain() {
    at_each_call("cut-create", "", &guide());
}

#[test]
fn deleting_the_guides_chain() {
    at_each_call("cut-delete", &guide(), "");
}
