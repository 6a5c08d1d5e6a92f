//! Amounts in billionths of the currency's unit: sums are exact, and the same everywhere.
//!
//! It knows no currency.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const UNIT: i64 = 1_000_000_000;
/// The highest price by the hour that a list may hold.
const HIGHEST: f64 = 10_000.0;

/// An amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(i64);

impl Money {
    /// So many times.
    #[must_use]
    pub fn times(self, count: usize) -> Self {
        Self(self.0.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)))
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.fold(0, |sum, amount| sum.saturating_add(amount.0)))
    }
}

/// With two decimals, or with as many as a small amount needs.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / UNIT, self.0 % UNIT);
        if whole == 0 && part % (UNIT / 100) != 0 {
            let digits = format!("{part:09}");
            return write!(f, "0.{}", digits.trim_end_matches('0'));
        }
        let cents = (i128::from(self.0) + i128::from(UNIT / 200)) / i128::from(UNIT / 100);
        write!(f, "{}.{:02}", cents / 100, cents % 100)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (whole, part) = (self.0 / UNIT, self.0 % UNIT);
        let text = format!("{whole}.{part:09}");
        serializer.serialize_f64(text.parse().expect("digits and a point are a number"))
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Amount)
    }
}

struct Amount;

impl Visitor<'_> for Amount {
    type Value = Money;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an amount from 0 to {HIGHEST}")
    }

    fn visit_f64<E: Error>(self, amount: f64) -> Result<Money, E> {
        if !(0.0..=HIGHEST).contains(&amount) {
            return Err(E::custom(format!("{amount} is no price: it is from 0 to {HIGHEST}")));
        }
        let digits = format!("{amount:.9}").replace('.', "");
        digits.parse().map(Money).map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, amount: i64) -> Result<Money, E> {
        let small =
            i32::try_from(amount).map_err(|_| E::custom(format!("{amount} is no price: it is from 0 to {HIGHEST}")))?;
        self.visit_f64(small.into())
    }

    fn visit_u64<E: Error>(self, amount: u64) -> Result<Money, E> {
        self.visit_i64(i64::try_from(amount).unwrap_or(i64::MAX))
    }
}
