//! IP addresses and CIDR blocks: parsing and containment.
//! It does not know subnets or error texts.

use std::net::IpAddr;

/// A block of addresses, `address/length`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cidr {
    bits: u128,
    length: u32,
    width: u32,
}

impl Cidr {
    pub(super) fn parse(text: &str) -> Option<Cidr> {
        let (address, length) = text.split_once('/')?;
        let (bits, width) = number(address.parse().ok()?);
        let length = length.parse().ok().filter(|length| *length <= width)?;
        Some(Cidr { bits, length, width })
    }

    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let (bits, width) = number(address);
        let shift = self.width - self.length;
        // A shift by all 128 bits overflows, and then every address is inside.
        width == self.width && (self.bits ^ bits).checked_shr(shift).unwrap_or(0) == 0
    }
}

/// Whether `text` is a block of addresses.
pub fn is_cidr(text: &str) -> bool {
    Cidr::parse(text).is_some()
}

/// Whether the block `text` holds `address`; `None` when it is no block.
pub fn cidr_contains(text: &str, address: IpAddr) -> Option<bool> {
    Cidr::parse(text).map(|block| block.contains(address))
}

/// Whether every address of the block `inner` lies in the block `outer`; no when one of them is no block.
pub fn covers(outer: &str, inner: &str) -> bool {
    let (Some(outer), Some(inner)) = (Cidr::parse(outer), Cidr::parse(inner)) else { return false };
    let shift = outer.width - outer.length;
    let same = (outer.bits ^ inner.bits).checked_shr(shift).unwrap_or(0) == 0;
    outer.width == inner.width && outer.length <= inner.length && same
}

fn number(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(cidr: &str, address: &str) -> bool {
        Cidr::parse(cidr).is_some_and(|block| block.contains(address.parse().unwrap()))
    }

    #[test]
    fn a_block_contains_its_own_addresses_only() {
        assert!(inside("192.168.96.0/19", "192.168.127.255"));
        assert!(!inside("192.168.96.0/19", "192.168.128.0"));
        assert!(inside("2600::/64", "2600::ffff"));
        assert!(!inside("2600::/64", "2600:0:0:1::"));
    }

    #[test]
    fn whole_families_and_single_addresses_are_blocks_too() {
        assert!(inside("0.0.0.0/0", "255.1.2.3"));
        assert!(inside("::/0", "ffff::"));
        assert!(inside("10.0.0.1/32", "10.0.0.1"));
        assert!(!inside("::/0", "10.0.0.1"));
    }

    #[test]
    fn a_block_covers_smaller_ones_of_its_family() {
        assert!(covers("0.0.0.0/0", "10.0.0.0/8") && covers("10.0.0.0/8", "10.1.0.0/16"));
        assert!(!covers("10.1.0.0/16", "10.0.0.0/8") && !covers("::/0", "10.0.0.0/8"));
        assert!(!covers("10.0.0.0/8", "somewhere"));
    }

    #[test]
    fn nonsense_is_no_block() {
        for text in ["", "10.0.0.0", "10.0.0.0/33", "x/8", "10.0.0.0/-1"] {
            assert!(Cidr::parse(text).is_none(), "{text}");
        }
    }
}
