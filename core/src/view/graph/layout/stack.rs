//! Things one below the other, each as near as possible to where it wants to be.
//!
//! It knows heights and wishes only.

/// A thing in a stack.
#[derive(Clone, Copy, Debug)]
pub struct Thing {
    /// Where its upper edge wants to be.
    pub wish: i32,
    /// Its height.
    pub height: i32,
    /// Room to leave above it, unless it is the first.
    pub above: i32,
}

/// Upper edges of things in the order given: the sum of the squared distances from the wishes is least (pool adjacent
/// violators).
pub fn settle(things: &[Thing]) -> Vec<i32> {
    let mut pools: Vec<(i64, i64)> = Vec::with_capacity(things.len());
    let mut offset = 0i64;
    let mut offsets = Vec::with_capacity(things.len());
    for (position, thing) in things.iter().enumerate() {
        if position > 0 {
            offset += i64::from(thing.above);
        }
        offsets.push(offset);
        let mut pool = (i64::from(thing.wish) - offset, 1);
        offset += i64::from(thing.height);
        while let Some((sum, count)) = pools.last().copied().filter(|(sum, count)| sum * pool.1 > pool.0 * count) {
            pools.pop();
            pool = (sum + pool.0, count + pool.1);
        }
        pools.push(pool);
    }
    let mut places = Vec::with_capacity(things.len());
    for (sum, count) in pools {
        let place = sum.div_euclid(count);
        for _ in 0..count {
            let top = place + offsets[places.len()];
            places.push(i32::try_from(top).unwrap_or(i32::MAX / 2));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{Thing, settle};

    fn thing(wish: i32) -> Thing {
        Thing { wish, height: 20, above: 10 }
    }

    #[test]
    fn wishes_that_go_together_come_true() {
        assert_eq!(settle(&[thing(0), thing(40), thing(100)]), [0, 40, 100]);
    }

    #[test]
    fn wishes_that_do_not_are_shared_out() {
        assert_eq!(settle(&[thing(100), thing(100)]), [85, 115]);
        assert_eq!(settle(&[thing(200), thing(0), thing(0)]), [36, 66, 96]);
        assert_eq!(settle(&[]), [0; 0]);
    }
}
