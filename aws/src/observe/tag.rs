//! Tags of many resources, twenty to a call.
//!
//! One that has vanished, or whose tags may not be read, spoils the call it is in: the others are asked for again,
//! by halves.

use std::collections::BTreeMap;

use futures::future::BoxFuture;
use futures::{StreamExt as _, stream};
use gwchain_core::account::Pairs;
use gwchain_core::id::Text;

use super::AT_ONCE;
use crate::client::Aws;
use crate::convert;
use crate::error::{Called as _, Error, Retry};

/// How many ARNs `DescribeTags` takes.
const BATCH: usize = 20;
/// After so many denials and nothing that could be read, the permission as such is missing.
const DENIALS: usize = 2 * BATCH;

/// Tags by ARN, and what could not be read.
#[derive(Debug, Default)]
pub struct Read {
    /// Tags of what exists and may be read.
    pub tags: BTreeMap<Text, Pairs>,
    /// What may not be read.
    pub notes: Vec<String>,
}

/// What one call, and those that took its place, gave.
#[derive(Default)]
struct Part {
    tags: Vec<(Text, Pairs)>,
    denied: Vec<(Text, Error)>,
}

/// Reads the tags of `arns`.
pub async fn read(aws: &Aws, arns: &[Text]) -> Result<Read, Error> {
    let ask = |batch: Vec<String>| -> BoxFuture<'_, _> { Box::pin(describe(aws, batch)) };
    read_with(&ask, arns).await
}

/// Makes one call.
type Ask<'a> = dyn Fn(Vec<String>) -> BoxFuture<'a, Result<Vec<(Text, Pairs)>, Error>> + Sync + 'a;

async fn describe(aws: &Aws, batch: Vec<String>) -> Result<Vec<(Text, Pairs)>, Error> {
    let answer = aws.elbv2.describe_tags().set_resource_arns(Some(batch)).send().await.called("DescribeTags")?;
    let all = answer.tag_descriptions().iter();
    Ok(all.map(|one| (convert::text(one.resource_arn()), convert::tags(one.tags()))).collect())
}

async fn read_with(ask: &Ask<'_>, arns: &[Text]) -> Result<Read, Error> {
    let mut parts = stream::iter(arns.chunks(BATCH)).map(|batch| part(ask, batch)).buffered(AT_ONCE);
    let mut all = Part::default();
    while let Some(part) = parts.next().await {
        let part = part?;
        all.tags.extend(part.tags);
        all.denied.extend(part.denied);
        if all.tags.is_empty() && all.denied.len() >= DENIALS.min(arns.len()) {
            let first = all.denied.into_iter().next();
            return first.map_or_else(|| Ok(Read::default()), |(_, error)| Err(error));
        }
    }
    let notes = all.denied.iter().map(|(arn, error)| format!("{arn}: {error}")).collect();
    Ok(Read { tags: all.tags.into_iter().collect(), notes })
}

fn part<'a>(ask: &'a Ask<'_>, batch: &'a [Text]) -> BoxFuture<'a, Result<Part, Error>> {
    Box::pin(async move {
        let error = match ask(batch.iter().map(ToString::to_string).collect()).await {
            Ok(tags) => return Ok(Part { tags, denied: Vec::new() }),
            Err(error) => error,
        };
        let is_denied = error.retry() == Retry::Denied && error.code().is_some();
        match batch {
            _ if !is_denied && !error.is_not_found() => Err(error),
            [one] if is_denied => Ok(Part { tags: Vec::new(), denied: vec![(one.clone(), error)] }),
            [] | [_] => Ok(Part::default()),
            several => {
                let (left, right) = several.split_at(several.len() / 2);
                let (mut left, right) = (part(ask, left).await?, part(ask, right).await?);
                left.tags.extend(right.tags);
                left.denied.extend(right.denied);
                Ok(left)
            }
        }
    })
}

#[cfg(test)]
mod tests;
