//! Numbers and amounts of money, with the locale's signs.

use super::Locale;
use crate::definition::{Decimals, Display, Thousands};
use crate::limits::DECIMALS_MAX;
use crate::number::rounded;

/// A number.
pub fn number(number: f64, decimals: Decimals, display: &Display, locale: &Locale) -> String {
    let text = match decimals {
        Decimals::AsNeeded => rounded(number, DECIMALS_MAX, false),
        Decimals::Fixed(digits) => rounded(number, usize::from(digits).min(DECIMALS_MAX), true),
    };
    let (separator, point, grouped_from) = match display.thousands {
        Thousands::None => ("", locale.decimal, usize::MAX),
        Thousands::Locale => (locale.thousands, locale.decimal, locale.grouped_from),
        Thousands::Comma => (",", ".", 4),
        Thousands::Point => (".", ",", 4),
    };
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = sign.to_owned();
    for (index, digit) in whole.char_indices() {
        let left = whole.len() - index;
        if index > 0 && left.is_multiple_of(3) && whole.len() >= grouped_from {
            out.push_str(separator);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push_str(point);
        out.push_str(fraction);
    }
    out
}

/// An amount of money; with its currency, where that is wanted and known.
pub fn money(amount: f64, currency: &str, display: &Display, locale: &Locale) -> String {
    let text = number(amount, display.money_decimals, display, locale);
    if !display.currency_symbol || currency.is_empty() {
        return text;
    }
    let symbol = symbol(currency, locale);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    // A code needs a space that a sign does not.
    let space = match locale.money_space || symbol.ends_with(char::is_alphabetic) {
        true => "\u{a0}",
        false => "",
    };
    match locale.money_first {
        true => [sign, symbol, space, digits].concat(),
        false => [sign, digits, "\u{a0}", symbol].concat(),
    }
}

/// A percentage; with its sign where amounts have theirs.
pub fn percent(percent: f64, display: &Display, locale: &Locale) -> String {
    let text = number(percent, display.decimals, display, locale);
    if display.currency_symbol { [text.as_str(), locale.percent_space, "%"].concat() } else { text }
}

/// The sign of a currency, or its code. `$` is everybody's own dollar; others are told apart.
fn symbol<'a>(currency: &'a str, locale: &Locale) -> &'a str {
    const SIGNS: [(&str, &str); 21] = [
        ("AUD", "A$"),
        ("BRL", "R$"),
        ("CAD", "CA$"),
        ("CNY", "CN¥"),
        ("CZK", "Kč"),
        ("EUR", "€"),
        ("GBP", "£"),
        ("HKD", "HK$"),
        ("ILS", "₪"),
        ("INR", "₹"),
        ("JPY", "¥"),
        ("KRW", "₩"),
        ("KZT", "₸"),
        ("MXN", "MX$"),
        ("NZD", "NZ$"),
        ("PLN", "zł"),
        ("RUB", "₽"),
        ("TRY", "₺"),
        ("UAH", "₴"),
        ("USD", "$"),
        ("VND", "₫"),
    ];
    if locale.dollar == currency {
        return "$";
    }
    SIGNS
        .iter()
        .find(|(code, _)| *code == currency && (*code != "USD" || locale.dollar.is_empty()))
        .map_or_else(|| if currency == "USD" { "US$" } else { currency }, |(_, sign)| sign)
}
