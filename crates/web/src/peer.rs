//! Who is at the other end of the line: the address that rate limits count by.
//!
//! Forwarding headers are believed only as far as they come from configured
//! proxies.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use axum::http::HeaderMap;
use huiyin_app::limits::Peer;

/// A range of addresses, written like `10.0.0.0/8` or `::1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix_bits: u8,
}

/// The text is not a range of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a network: write it like 10.0.0.0/8, 192.0.2.7 or fd00::/8")]
pub struct BadNetwork;

impl FromStr for Network {
    type Err = BadNetwork;

    fn from_str(text: &str) -> Result<Network, BadNetwork> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().map_err(|_| BadNetwork)?;
        let bits_max = if address.is_ipv4() { 32 } else { 128 };
        let prefix_bits = match bits {
            Some(bits) => bits.trim().parse().map_err(|_| BadNetwork)?,
            None => bits_max,
        };
        match prefix_bits <= bits_max {
            true => Ok(Network {
                address,
                prefix_bits,
            }),
            false => Err(BadNetwork),
        }
    }
}

impl Network {
    /// Whether the address lies in this range.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (own, other, width) = match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                (u128::from(own.to_bits()), u128::from(other.to_bits()), 32)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => (own.to_bits(), other.to_bits(), 128),
            _ => return false,
        };
        let free = width - u32::from(self.prefix_bits);
        own.checked_shr(free).unwrap_or(0) == other.checked_shr(free).unwrap_or(0)
    }
}

/// The peer of a request: the nearest address that is not one of our proxies.
pub fn of(socket: Option<SocketAddr>, headers: &HeaderMap, proxies: &[Network]) -> Peer {
    Peer::new(nearest(socket, headers, proxies))
}

fn nearest(socket: Option<SocketAddr>, headers: &HeaderMap, proxies: &[Network]) -> IpAddr {
    let direct = socket.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |socket| socket.ip());
    let trusted = |address: IpAddr| proxies.iter().any(|proxy| proxy.contains(address));
    if !trusted(direct) {
        return direct;
    }
    let named: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    let mut nearest = direct;
    for name in named.iter().rev() {
        let Ok(address) = name.trim().parse::<IpAddr>() else {
            break;
        };
        nearest = address;
        if !trusted(address) {
            break;
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(socket: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let proxies = ["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
        nearest(Some(socket.parse().unwrap()), &headers, &proxies).to_string()
    }

    #[test]
    fn forwarding_is_believed_from_our_proxies_only() {
        assert_eq!(peer("203.0.113.9:1", "198.51.100.7"), "203.0.113.9");
        assert_eq!(peer("10.1.2.3:1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(
            peer("10.1.2.3:1", "1.1.1.1, 198.51.100.7, 10.9.9.9"),
            "198.51.100.7"
        );
        assert_eq!(peer("10.1.2.3:1", "nonsense"), "10.1.2.3");
    }

    #[test]
    fn networks_are_read_and_bad_ones_refused() {
        for bad in ["", "10.0.0.0/33", "::/129", "host", "10.0.0.0/x"] {
            assert_eq!(bad.parse::<Network>(), Err(BadNetwork), "{bad}");
        }
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains("203.0.113.9".parse().unwrap()));
        assert!(!all.contains("::1".parse().unwrap()));
    }
}
