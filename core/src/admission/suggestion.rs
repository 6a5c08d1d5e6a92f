//! The field name somebody probably meant.
//! It does not know schemas, only names.

/// The name among `known` that is nearest to `written`, if it is near enough to be a slip.
pub fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    let limit = (written.len() / 3).clamp(1, 3);
    let candidates = known.filter(|name| name.len().abs_diff(written.len()) <= limit);
    let (distance, name) = candidates.map(|name| (distance(written, name), name)).min()?;
    (distance <= limit).then(|| name.to_owned())
}

/// How many letters have to be put in, left out, changed or swapped with their neighbour; upper and lower case count
/// as the same.
fn distance(from: &str, to: &str) -> usize {
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let same = |a: u8, b: u8| a.eq_ignore_ascii_case(&b);
    let mut row: Vec<usize> = (0..=to.len()).collect();
    let (mut above, mut next) = (row.clone(), row.clone());
    for (down, letter) in from.iter().enumerate() {
        next[0] = down + 1;
        for (right, other) in to.iter().enumerate() {
            let changed = row[right] + usize::from(!same(*letter, *other));
            let mut least = changed.min(row[right + 1] + 1).min(next[right] + 1);
            if down > 0 && right > 0 && same(*letter, to[right - 1]) && same(from[down - 1], *other) {
                least = least.min(above[right - 1] + 1);
            }
            next[right + 1] = least;
        }
        std::mem::swap(&mut above, &mut row);
        std::mem::swap(&mut row, &mut next);
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn swapped_neighbours_are_one_slip() {
        assert_eq!((distance("wbe", "web"), distance("htpt", "http"), distance("abc", "cba")), (1, 1, 2));
        assert_eq!(nearest("wbe", ["edge", "web"].into_iter()).as_deref(), Some("web"));
        assert_eq!(nearest("shop", ["web"].into_iter()), None);
    }
}
