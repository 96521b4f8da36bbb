//! Which compressed form of an asset to send, from what the browser says it takes.

/// A form in which assets lie ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The smallest.
    Brotli,
    /// For what does not know brotli.
    Gzip,
    /// As it is.
    Identity,
}

impl Encoding {
    /// In order of our liking: the smallest first.
    const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// Encodings to try for an `Accept-Encoding` header, the best first; identity comes last even when it is refused,
    /// since an answer the browser did not ask for is better than none.
    pub fn preferred(accept: Option<&str>) -> Vec<Self> {
        let accept = accept.unwrap_or_default();
        let mut weighed: Vec<(u16, Self)> = Self::ALL
            .into_iter()
            .map(|encoding| (encoding.weight(accept), encoding))
            .filter(|(weight, encoding)| *weight > 0 || *encoding == Self::Identity)
            .collect();
        weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        weighed.into_iter().map(|(_, encoding)| encoding).collect()
    }

    /// As `Content-Encoding` names it; identity is not named.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// What the file's name has at its end.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// Thousandths, 0 for refused. `*` stands for every encoding that is not named.
    fn weight(self, accept: &str) -> u16 {
        let name = self.name().unwrap_or("identity");
        let weight_of = |wanted: &str| {
            let mut parts = accept.split(',').map(|part| part.split_once(';').unwrap_or((part, "")));
            parts.find(|(named, _)| named.trim().eq_ignore_ascii_case(wanted)).map(|(_, q)| thousandths(q))
        };
        // Identity is always acceptable, but only as the last resort, unless the header weighs it.
        let unnamed = if self == Self::Identity { 1 } else { 0 };
        weight_of(name).or_else(|| weight_of("*").filter(|_| self != Self::Identity)).unwrap_or(unnamed)
    }
}

/// `q=0.5` as 500; absent is 1000, nonsense is 0.
fn thousandths(parameters: &str) -> u16 {
    let parameter = parameters.trim();
    if parameter.is_empty() {
        return 1_000;
    }
    let value = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="));
    match value.and_then(|value| value.trim().parse::<f32>().ok()) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the value is between 0 and 1000"
        )]
        Some(q) if (0.0..=1.0).contains(&q) => (q * 1_000.0) as u16,
        Some(_) | None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding::{self, Brotli, Gzip, Identity};

    #[test]
    fn the_smallest_that_is_taken_comes_first() {
        check(Some("gzip, deflate, br, zstd"), &[Brotli, Gzip, Identity]);
        check(Some("gzip"), &[Gzip, Identity]);
        check(Some("GZIP"), &[Gzip, Identity]);
        check(Some("*"), &[Brotli, Gzip, Identity]);
    }

    #[test]
    fn nothing_said_means_nothing_compressed() {
        check(None, &[Identity]);
        check(Some(""), &[Identity]);
        check(Some("zstd"), &[Identity]);
    }

    #[test]
    fn weights_are_heeded() {
        check(Some("br;q=0.5, gzip;q=0.9"), &[Gzip, Brotli, Identity]);
        check(Some("br;q=0, gzip"), &[Gzip, Identity]);
        check(Some("br; q=0.1, *;q=0.2"), &[Gzip, Brotli, Identity]);
        check(Some("identity, br;q=0.5"), &[Identity, Brotli]);
        check(Some("br;q=loud, gzip;q=7"), &[Identity]);
    }

    fn check(accept: Option<&str>, expected: &[Encoding]) {
        assert_eq!(Encoding::preferred(accept), expected, "{accept:?}");
    }
}
