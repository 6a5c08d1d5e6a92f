//! Calls go wrong by a schedule: the account is the same in the end.

use std::time::Duration;

use gwchain_tests::testbed::aws::proxy::{Fault, Schedule};

use super::case::{Bed, guide};

/// What comes of the chain when nothing goes wrong, and of its end.
fn under(name: &str, schedules: &[Schedule]) {
    let mut bed = Bed::new(name);
    bed.make(&guide());
    let exact = bed.left();
    for schedule in schedules {
        bed.again();
        let before = bed.server.snapshot();
        bed.proxy.set(schedule.clone());
        bed.make(&guide());
        assert_eq!(bed.left(), exact, "{schedule:?}");
        bed.make("");
        assert_eq!(bed.server.snapshot(), before, "{schedule:?}");
    }
}

#[test]
fn half_of_all_calls_are_throttled() {
    under("throttle", &[Schedule::seeded(1).with(Fault::Throttle, 50)]);
}

#[test]
fn the_server_fails_and_connections_break() {
    let schedules = [
        Schedule::seeded(2).with(Fault::ServerError, 20),
        Schedule::seeded(3).with(Fault::ResetBefore, 20),
        Schedule::seeded(4).with(Fault::ResetAfter, 20),
        Schedule::seeded(5).with(Fault::Slow(Duration::from_millis(300)), 50),
    ];
    under("break", &schedules);
}

#[test]
fn a_call_is_never_answered() {
    under("silence", &[Schedule::none().at(25, Fault::TimeOut)]);
}
