//! What can happen to a call, and which calls it happens to.
//!
//! The same schedule gives the same faults, whatever the order in which concurrent calls arrive.

use std::time::Duration;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// AWS refuses for now: its code for that, as the service spells it.
    Throttle,
    /// AWS fails: status 500.
    ServerError,
    /// The call is taken and never answered, nor carried out, until the client gives up.
    TimeOut,
    /// The connection is reset before the call is carried out.
    ResetBefore,
    /// The call is carried out; the connection is reset instead of an answer.
    ResetAfter,
    /// The answer takes that much longer.
    Slow(Duration),
}

/// Which calls go wrong, and how.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    seed: u64,
    shares: Vec<(Fault, u64)>,
    numbered: Vec<(usize, Fault)>,
}

impl Schedule {
    /// Nothing goes wrong.
    pub fn none() -> Self {
        Self::default()
    }

    /// One of many; faults are to be added.
    pub fn seeded(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// A share of all calls, in percent. Shares of several faults add up to 100 at most.
    pub fn with(mut self, fault: Fault, percent: u64) -> Self {
        self.shares.push((fault, percent));
        assert!(self.shares.iter().map(|(_, share)| share).sum::<u64>() <= 100, "more faults than calls");
        self
    }

    /// The call of that number, counted from one.
    pub fn at(mut self, number: usize, fault: Fault) -> Self {
        self.numbered.push((number, fault));
        self
    }

    /// `number` counts all calls, `occurrence` those of this name, both from one.
    pub(super) fn fault(&self, number: usize, name: &str, occurrence: usize) -> Option<Fault> {
        if let Some((_, fault)) = self.numbered.iter().find(|(at, _)| *at == number) {
            return Some(*fault);
        }
        let drawn = self.draw(name, occurrence);
        let mut below = 0;
        self.shares.iter().find_map(|(fault, share)| {
            below += share;
            (drawn < below).then_some(*fault)
        })
    }

    /// Below 100, from the seed, the name and how often it came.
    fn draw(&self, name: &str, occurrence: usize) -> u64 {
        let occurrence = u64::try_from(occurrence).expect("calls are counted one by one");
        let start = mix(self.seed ^ mix(occurrence));
        name.bytes().fold(start, |state, byte| mix(state ^ u64::from(byte))) % 100
    }
}

/// SplitMix64's output function (Steele, Lea and Flood 2014): every bit of the input moves half of the output's.
fn mix(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(schedule: &Schedule, name: &str) -> Vec<Option<Fault>> {
        (1..=1000).map(|occurrence| schedule.fault(usize::MAX, name, occurrence)).collect()
    }

    #[test]
    fn faults_depend_on_seed_name_and_occurrence_alone() {
        let schedule = |seed| Schedule::seeded(seed).with(Fault::Throttle, 50);
        let first = faults(&schedule(1), "ec2:DescribeVpcs");
        assert_eq!(first, faults(&schedule(1), "ec2:DescribeVpcs"));
        assert_ne!(first, faults(&schedule(2), "ec2:DescribeVpcs"));
        assert_ne!(first, faults(&schedule(1), "ec2:DescribeSubnets"));
        let at = |number| schedule(1).fault(number, "ec2:DescribeVpcs", 3);
        assert_eq!(at(1), at(1000));
    }

    #[test]
    fn shares_are_kept() {
        let schedule = Schedule::seeded(3).with(Fault::Throttle, 50).with(Fault::ResetAfter, 10);
        let all = faults(&schedule, "elasticloadbalancing:CreateRule");
        let count = |fault| all.iter().filter(|one| **one == fault).count();
        assert!((450..550).contains(&count(Some(Fault::Throttle))), "{}", count(Some(Fault::Throttle)));
        assert!((70..130).contains(&count(Some(Fault::ResetAfter))), "{}", count(Some(Fault::ResetAfter)));
    }

    #[test]
    fn a_numbered_call_goes_before_shares() {
        let schedule = Schedule::seeded(3).with(Fault::Throttle, 100).at(2, Fault::TimeOut);
        assert_eq!(
            [1, 2, 3].map(|number| schedule.fault(number, "a", number)),
            [Some(Fault::Throttle), Some(Fault::TimeOut), Some(Fault::Throttle)]
        );
    }
}
