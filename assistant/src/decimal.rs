//! Numbers to decimal digits and back, exactly. The standard library is faster at it, with tables and several methods
//! that are 14 KB of what a browser loads; whole numbers of any length need neither.
//!
//! A float is `mantissa × 2^exponent` and a decimal `digits × 10^exponent`; both are made whole numbers, which are then
//! divided or written out.

const FRACTION_BITS: u32 = 52;
/// The exponent of the lowest bit of the smallest numbers.
const EXPONENT_MIN: i32 = -1074;
/// No float needs more digits to be told from every other one.
const SHORTEST_DIGITS_MAX: usize = 17;
/// Decimals of so many digits are floats of their own, but for the smallest: rounded to so many, what has fewer is found.
const EXACT_DIGITS: usize = 15;
/// Digits after so many cannot decide between two floats; that one of them is not zero can.
const DECIDING_DIGITS_MAX: usize = 800;
/// Numbers of more digits before the point, or of more zeros after it, are too great or too small for a float.
const MAGNITUDE_MAX: i64 = 400;
/// As many digits fit in a part of [`Big`].
const DIGITS_AT_ONCE: u32 = 9;

/// The shortest digits that mean this finite number, without an exponent.
pub fn written(number: f64) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let magnitude = number.abs();
    if magnitude.fract() == 0.0 && magnitude < (1_u64 << FRACTION_BITS) as f64 {
        return format!("{sign}{}", magnitude as u64);
    }
    let (digits, point) = shortest(magnitude);
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or(0));
    let length = digits.len() as i64;
    if point <= 0 {
        [sign, "0.", &zeros(-point), &digits].concat()
    } else if point >= length {
        [sign, &digits, &zeros(point - length)].concat()
    } else {
        let (whole, fraction) = digits.split_at(point as usize);
        [sign, whole, ".", fraction].concat()
    }
}

/// Reads `-12`, `0.5`, `.5`, `5.`, `1.5e-3`: the nearest float, the even one of two; infinite when there is none.
pub fn read(text: &str) -> Option<f64> {
    let (negative, text) = sign(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(m, e)| (m, Some(e)));
    let exponent = exponent.map_or(Some(0), whole)?;
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if before.len() + after.len() == 0 || !all_digits(before) || !all_digits(after) {
        return None;
    }
    let digits = [before, after].concat();
    let leading = digits.trim_start_matches('0');
    let point = exponent + leading.len() as i64 - after.len() as i64;
    let magnitude = nearest(leading, point);
    Some(if negative { -magnitude } else { magnitude })
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// A whole number; one too great is as good as any other too great.
fn whole(text: &str) -> Option<i64> {
    let (negative, digits) = sign(text);
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let magnitude = digits.parse().unwrap_or(i64::from(i32::MAX)).min(i64::from(i32::MAX));
    all_digits.then_some(if negative { -magnitude } else { magnitude })
}

/// The float nearest to `0.digits × 10^point`.
fn nearest(digits: &str, point: i64) -> f64 {
    if digits.is_empty() || point < -MAGNITUDE_MAX {
        return 0.0;
    }
    if point > MAGNITUDE_MAX {
        return f64::INFINITY;
    }
    let (deciding, rest) = digits.split_at(digits.len().min(DECIDING_DIGITS_MAX));
    let mut number = Big::of(deciding.as_bytes());
    let mut exact = rest.bytes().all(|digit| digit == b'0');
    let tens = point - deciding.len() as i64;
    let mut shift = 0;
    if tens >= 0 {
        number.times_power(10, tens as u32);
    } else {
        // So many bits that enough of them are left after the division.
        let below = (-tens) as u32;
        shift = below * 4 + 64;
        number.shift_left(shift);
        let steps = std::iter::repeat_n(DIGITS_AT_ONCE, (below / DIGITS_AT_ONCE) as usize);
        for digits in steps.chain([below % DIGITS_AT_ONCE]) {
            exact &= number.divide(10_u32.pow(digits)) == 0;
        }
    }
    number.to_float(-(shift as i32), exact)
}

/// The fewest digits that are read as this number and as no other, the nearest of them; and where the point stands.
fn shortest(number: f64) -> (String, i64) {
    let (digits, point) = exactly(number);
    let least = if number < f64::MIN_POSITIVE { 1 } else { EXACT_DIGITS };
    for length in least..digits.len().min(SHORTEST_DIGITS_MAX) {
        let (kept, rest) = digits.split_at(length);
        let (below, above) = ((kept.to_vec(), point), above(kept, point));
        let nearer_above = rest[0] >= b'5';
        let candidates = if nearer_above { [above, below] } else { [below, above] };
        for (candidate, point) in candidates {
            let text = text_of(&candidate);
            if nearest(&text, point) == number {
                return (text.trim_end_matches('0').to_owned(), point);
            }
        }
    }
    let length = digits.len().min(SHORTEST_DIGITS_MAX);
    let up = digits.get(length).is_some_and(|digit| *digit >= b'5');
    let (digits, point) =
        if up { above(&digits[..length], point) } else { (digits[..length].to_vec(), point) };
    (text_of(&digits).trim_end_matches('0').to_owned(), point)
}

/// The next greater number of so many digits.
fn above(digits: &[u8], point: i64) -> (Vec<u8>, i64) {
    let mut digits = digits.to_vec();
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return (digits, point);
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
    (digits, point + 1)
}

fn text_of(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(*digit)).collect()
}

/// All digits of a number that is not zero, and where the point stands.
fn exactly(number: f64) -> (Vec<u8>, i64) {
    let (bits, fraction_mask) = (number.to_bits(), (1_u64 << FRACTION_BITS) - 1);
    let biased = (bits >> FRACTION_BITS) as i32 & 0x7ff;
    let hidden = u64::from(biased > 0) << FRACTION_BITS;
    digits_of(bits & fraction_mask | hidden, EXPONENT_MIN + (biased - 1).max(0))
}

fn digits_of(mantissa: u64, exponent: i32) -> (Vec<u8>, i64) {
    let mut whole = Big::from(mantissa);
    if exponent >= 0 {
        whole.shift_left(exponent as u32);
    } else {
        whole.times_power(5, -exponent as u32);
    }
    let digits = whole.into_digits();
    let point = digits.len() as i64 + i64::from(exponent.min(0));
    (digits, point)
}

/// A whole number of any size: parts of 32 bits, the lowest first, the highest not zero.
struct Big(Vec<u32>);

impl From<u64> for Big {
    fn from(number: u64) -> Self {
        let mut big = Self(vec![number as u32, (number >> 32) as u32]);
        big.trim();
        big
    }
}

impl Big {
    fn of(digits: &[u8]) -> Self {
        let mut number = Self(Vec::new());
        for digit in digits {
            number.times_plus(10, u32::from(digit - b'0'));
        }
        number
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn times_plus(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn times_power(&mut self, base: u32, exponent: u32) {
        let steps = std::iter::repeat_n(DIGITS_AT_ONCE, (exponent / DIGITS_AT_ONCE) as usize);
        for at_once in steps.chain([exponent % DIGITS_AT_ONCE]) {
            self.times_plus(base.pow(at_once), 0);
        }
    }

    fn shift_left(&mut self, bits: u32) {
        self.times_plus(1 << (bits % 32), 0);
        self.0.splice(0..0, std::iter::repeat_n(0, (bits / 32) as usize));
    }

    /// Divides, and gives the remainder.
    fn divide(&mut self, divisor: u32) -> u32 {
        let mut rest = 0;
        for part in self.0.iter_mut().rev() {
            let dividend = rest << 32 | u64::from(*part);
            *part = (dividend / u64::from(divisor)) as u32;
            rest = dividend % u64::from(divisor);
        }
        self.trim();
        rest as u32
    }

    fn into_digits(mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while !self.0.is_empty() {
            let mut group = self.divide(10_u32.pow(DIGITS_AT_ONCE));
            for _ in 0..DIGITS_AT_ONCE {
                digits.push(b'0' + (group % 10) as u8);
                group /= 10;
            }
        }
        let length = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |at| at + 1);
        digits.truncate(length);
        digits.reverse();
        digits
    }

    fn bit(&self, at: u32) -> bool {
        self.0.get((at / 32) as usize).is_some_and(|part| part >> (at % 32) & 1 == 1)
    }

    /// The float nearest to this times `2^exponent`; of what is not `exact`, a little more of it was cut off.
    fn to_float(&self, exponent: i32, exact: bool) -> f64 {
        let Some(highest) = self.0.last() else { return 0.0 };
        let bits = self.0.len() as u32 * 32 - highest.leading_zeros();
        let lowest = (bits as i32 + exponent - FRACTION_BITS as i32 - 1).max(EXPONENT_MIN);
        let cut = lowest - exponent;
        let kept = |at: i32| at >= 0 && self.bit(at as u32);
        let mut mantissa =
            (0..=FRACTION_BITS as i32).rev().fold(0, |m, at| m << 1 | u64::from(kept(cut + at)));
        let rest = !exact || (0..cut - 1).any(kept);
        if kept(cut - 1) && (rest || mantissa & 1 == 1) {
            mantissa += 1;
        }
        // The hidden bit is added to the exponent, and what rounding carries over too.
        let bits = (((lowest - EXPONENT_MIN) as u64) << FRACTION_BITS) + mantissa;
        f64::from_bits(bits.min(f64::INFINITY.to_bits()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn edges_are_written_and_read_as_the_standard_library_does() {
        let edges = [
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            2.0_f64.powi(53),
            2.0_f64.powi(-44),
            1e21,
            1e23,
            0.3,
            9.5e-7,
        ];
        let near = |number: f64| [number.next_down(), number, number.next_up()];
        for number in edges.into_iter().flat_map(near).filter(|number| number.is_finite()) {
            assert_eq!(written(number), number.to_string());
            assert_eq!(read(&number.to_string()), Some(number));
        }
        let powers = (-1074..=1023).map(|exponent| 2.0_f64.powi(exponent));
        for number in powers.flat_map(near) {
            assert_eq!(written(number), number.to_string(), "{number:e}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in
            ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "1 2", "0x1", "1e1.5", "--1", "NaN", "inf", "é"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_is_written_as_the_standard_library_does(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            prop_assert_eq!(written(number), number.to_string());
        }

        #[test]
        fn amounts_are_written_as_the_standard_library_does(number in -1e7_f64..1e7, parts in 1..1000) {
            let part = (number * f64::from(parts)).round() / f64::from(parts);
            prop_assert_eq!(written(part), part.to_string());
        }

        #[test]
        fn every_text_is_read_as_the_standard_library_does(
            text in "[+-]?[0-9]{0,40}\\.?[0-9]{0,40}([eE][+-]?[0-9]{1,4})?",
        ) {
            prop_assert_eq!(read(&text), text.parse().ok());
        }

        #[test]
        fn halves_between_two_numbers_are_read_as_the_standard_library_does(
            mantissa in 1_u64 << FRACTION_BITS..2 << FRACTION_BITS,
            exponent in EXPONENT_MIN..900,
            more in "(0{0,900}1)?",
        ) {
            let (digits, point) = digits_of(mantissa * 2 + 1, exponent - 1);
            let text = format!("0.{}{more}e{point}", text_of(&digits));
            prop_assert_eq!(read(&text), text.parse().ok());
        }
    }
}
