//! The field name somebody probably meant.
//! It does not know schemas, only names.

/// The name among `known` that is nearest to `written`, if it is near enough to be a slip.
pub fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    let limit = (written.len() / 3).clamp(1, 3);
    let candidates = known.filter(|name| name.len().abs_diff(written.len()) <= limit);
    let (distance, name) = candidates.map(|name| (distance(written, name), name)).min()?;
    (distance <= limit).then(|| name.to_owned())
}

/// How many letters have to be put in, left out or changed; upper and lower case count as the same.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, letter) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (left, other) in to.bytes().enumerate() {
            let changed = diagonal + usize::from(!letter.eq_ignore_ascii_case(&other));
            diagonal = row[left + 1];
            row[left + 1] = changed.min(diagonal + 1).min(row[left] + 1);
        }
    }
    row[to.len()]
}
