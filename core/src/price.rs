//! What AWS asks for load balancers in one Region: a dated list, built in or read from a file (docs/prices.md).
//!
//! It adds nothing up, and asks nobody.

mod money;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::source;

pub use money::Money;

const BUILT_IN: &str = include_str!("price/us-east-1.json");

/// Prices of one Region at one date.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceList {
    /// `gwchain.dev/v1alpha1`.
    #[serde(default, rename = "apiVersion")]
    _api_version: Option<ApiVersion>,
    /// `PriceList`.
    #[serde(default, rename = "kind")]
    _kind: Option<Kind>,
    /// The Region, as `us-east-1`.
    pub region: Word,
    /// When the prices were looked up, `2026-09-20`.
    pub date: Date,
    /// As `USD`.
    pub currency: Word,
    /// Who says so.
    #[serde(default)]
    pub source: Option<Word>,
    /// Hours that a month is counted as.
    #[serde(default = "hours")]
    pub hours_per_month: u16,
    /// The prices.
    pub prices: Prices,
}

/// Prices by the hour.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prices {
    /// An ALB.
    pub application_load_balancer: Price,
    /// An NLB.
    pub network_load_balancer: Price,
    /// A public IPv4 address.
    #[serde(rename = "publicIPv4Address")]
    pub public_ipv4_address: Price,
    /// A capacity unit of an ALB.
    pub lcu: Price,
    /// A capacity unit of an NLB.
    pub nlcu: Price,
    /// A reserved capacity unit of an ALB.
    #[serde(default)]
    pub reserved_lcu: Option<Price>,
    /// A reserved capacity unit of an NLB.
    #[serde(default)]
    pub reserved_nlcu: Option<Price>,
}

/// A price by the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// By the hour.
    pub hourly: Money,
    /// How sure it is.
    #[serde(default)]
    pub confidence: Confidence,
}

/// How sure a price is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Confidence {
    /// The source has it.
    #[default]
    Quoted,
    /// Somebody else says so.
    SecondHand,
    /// From memory.
    Unverified,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum ApiVersion {
    #[serde(rename = "gwchain.dev/v1alpha1")]
    V1Alpha1,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Kind {
    PriceList,
}

/// A text that is not empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Word(String);

/// A date, `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Date(String);

fn hours() -> u16 {
    730
}

impl PriceList {
    /// The list that comes with gwchain.
    pub fn built_in() -> Self {
        parse(BUILT_IN).expect("a test reads the built-in list")
    }
}

/// Parses the text of a price file; an error names line and column.
pub fn parse(text: &str) -> Result<PriceList, String> {
    source::read_one(text, "a price list")?.ok_or_else(|| "the file holds no price list".to_owned())
}

impl TryFrom<String> for Word {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        if text.trim().is_empty() { Err("the text is empty") } else { Ok(Self(text)) }
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match OffsetDateTime::parse(&format!("{text}T00:00:00Z"), &Rfc3339) {
            Ok(_) => Ok(Self(text)),
            Err(_) => Err(format!("{text} is no date: write it as 2026-09-20")),
        }
    }
}

impl std::ops::Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for Date {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}
