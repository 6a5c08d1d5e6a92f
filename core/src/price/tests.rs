//! Price lists: the built-in one, and what is said about bad ones.
//!
//! What a plan costs is the tests' business beside `cost`.

use super::{Money, PriceList, parse};

const LIST: &str = "\
region: eu-central-1
date: 2026-11-01
currency: EUR
prices:
  applicationLoadBalancer: {hourly: 0.027}
  networkLoadBalancer: {hourly: 1, confidence: secondHand}
  publicIPv4Address: {hourly: 0.005}
  lcu: {hourly: 0.008}
  nlcu: {hourly: 0.006}
";

#[test]
fn the_built_in_list_is_dated() {
    let list = PriceList::built_in();
    assert_eq!((&*list.region, &*list.date, &*list.currency), ("us-east-1", "2026-09-20", "USD"));
    assert_eq!(list.prices.application_load_balancer.hourly.times(730).to_string(), "16.43");
}

#[test]
fn amounts_are_exact_and_shown_in_cents_or_finer() {
    let list = parse(LIST).expect("a list as the page shows it");
    let shown = |money: Money| money.to_string();
    assert_eq!(shown(list.prices.lcu.hourly), "0.008");
    assert_eq!(shown(list.prices.network_load_balancer.hourly), "1.00");
    assert_eq!(shown([list.prices.lcu.hourly.times(125), list.prices.nlcu.hourly].into_iter().sum()), "1.01");
    assert_eq!(serde_json::to_string(&list.prices.lcu.hourly.times(3)).expect("a number"), "0.024");
}

#[track_caller]
fn refused(from: &str, to: &str, message: &str) {
    let error = parse(&LIST.replace(from, to)).expect_err("the list is bad");
    assert!(error.contains(message), "{error}");
}

#[test]
fn mistakes_are_told_with_their_place() {
    refused("0.027", "-1", "line 5, column 37: -1 is no price");
    refused("0.027", "99999999999", "line 5, column 37: 99999999999 is no price");
    refused("0.027", "free", "line 5, column 37: ");
    refused("2026-11-01", "2026-13-01", "line 2, column 7: 2026-13-01 is no date");
    refused("region: eu-central-1", "region: ' '", "line 1, column 9: the text is empty");
    refused("secondHand", "sure", "line 6, column 48: ");
    refused("lcu:", "lcus:", "line 8, column 3: unknown field `lcus`");
    refused("currency: EUR\n", "", "missing field `currency`");
    refused("region:", "kind: Prices\nregion:", "line 1, column 7: ");
    assert_eq!(parse(""), Err("the file holds no price list".to_owned()));
    assert!(parse("a: [").is_err_and(|error| error.starts_with("line 1, column ")));
}
