//! Numbers as text. Only here floats are written and read: the standard library would bring its own code for that to
//! the browser.

use crate::decimal;
use crate::limits::NUMBER_DIGITS_MAX;

/// The shortest digits that mean this number: `1234.5`, `-0.25`, `1000000`; never an exponent.
pub fn number_text(number: f64) -> String {
    match number == 0.0 {
        true => "0".to_owned(),
        false => decimal::written(number),
    }
}

/// Rounded, half away from zero, to so many digits after the point; `fixed` keeps zeros at the end. What people see as
/// 2.345 becomes 2.35, whatever its bits are.
pub fn rounded(number: f64, decimals: usize, fixed: bool) -> String {
    let text = number_text(number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let kept = fraction.get(..decimals).unwrap_or(fraction);
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    let up = fraction.as_bytes().get(decimals).is_some_and(|digit| *digit >= b'5');
    if up && carry(&mut digits) {
        digits.insert(0, b'1');
    }
    let point = digits.len() - kept.len();
    let mut out = String::with_capacity(digits.len() + 2);
    if number < 0.0 && digits.iter().any(|digit| *digit != b'0') {
        out.push('-');
    }
    out.extend(digits[..point].iter().map(|digit| char::from(*digit)));
    let mut after: String = digits[point..].iter().map(|digit| char::from(*digit)).collect();
    match fixed {
        true => after.extend(std::iter::repeat_n('0', decimals - after.len().min(decimals))),
        false => after.truncate(after.trim_end_matches('0').len()),
    }
    if !after.is_empty() {
        out.push('.');
        out.push_str(&after);
    }
    out
}

/// Reads a text that is a number and nothing else, and can be read in one way only: no exponent, no separators, no
/// leading zeros (`007` is a name), no more digits than a number keeps.
pub fn read_plain(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let few = digits.bytes().filter(u8::is_ascii_digit).count() <= NUMBER_DIGITS_MAX;
    (all_digits(whole) && all_digits(fraction) && !leading_zero && few).then(|| read_float(text))?
}

/// Reads what programs write, exponents too; nothing for what is no finite number.
pub fn read_float(text: &str) -> Option<f64> {
    decimal::read(text.trim()).filter(|number| number.is_finite())
}

/// What is left of a number after division by another one, exactly, with the sign of the first: `7.5 % 2` is 1.5. The
/// operator brings division of 128 bits with it.
pub fn remainder(of: f64, by: f64) -> f64 {
    if !of.is_finite() || by.is_nan() || by == 0.0 {
        return f64::NAN;
    }
    let (mut left, by) = (of.abs(), by.abs());
    while left >= by {
        let mut multiple = by;
        // Nothing is rounded: doubling is exact, and so is what is left of a number after more than half of it.
        while multiple <= left - multiple {
            multiple *= 2.0;
        }
        left -= multiple;
    }
    left.copysign(of)
}

/// Adds one to a row of digits; whether it grew by a digit.
fn carry(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return false;
        }
        *digit = b'0';
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_round_as_people_do() {
        for (number, decimals, fixed, text) in [
            (2.345, 2, true, "2.35"),
            (1.005, 2, true, "1.01"),
            (9.999, 2, true, "10.00"),
            (999.5, 0, true, "1000"),
            (3.0, 2, true, "3.00"),
            (3.0, 14, false, "3"),
            (0.1 + 0.2, 14, false, "0.3"),
            (-0.004, 2, true, "0.00"),
            (-1.5, 0, false, "-2"),
            (1e21, 2, false, "1000000000000000000000"),
            (5e-324, 14, false, "0"),
            (0.0, 0, true, "0"),
        ] {
            assert_eq!(rounded(number, decimals, fixed), text, "{number} {decimals}");
        }
    }

    proptest! {
        #[test]
        fn the_remainder_is_that_of_the_operator(of in any::<f64>(), by in any::<f64>(), small in -1e6..1e6_f64) {
            for (of, by) in [(of, by), (of, small), (small, by), (small, small.trunc() / 8.0), (of, 0.0)] {
                let (ours, theirs) = (remainder(of, by), of % by);
                prop_assert!(ours.to_bits() == theirs.to_bits() || (ours.is_nan() && theirs.is_nan()), "{of} % {by}");
            }
        }
    }

    #[test]
    fn only_what_can_be_read_in_one_way_is_a_plain_number() {
        for (text, number) in [("5", 5.0), ("-0.50", -0.5), (" 0 ", 0.0), ("120", 120.0)] {
            assert_eq!(read_plain(text), Some(number), "{text}");
        }
        for text in
            ["", "-", "007", "1,5", "1e3", ".5", "5.", "+5", "NaN", "inf", "1 2", "0x1", "1234567890123456"]
        {
            assert_eq!(read_plain(text), None, "{text}");
        }
    }
}
