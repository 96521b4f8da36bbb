//! Phone numbers, mail addresses and web addresses: what is worth keeping. Whether anybody answers there is not asked.

/// Bytes of a mail address, as mail servers count.
const EMAIL_BYTES_MAX: usize = 254;

/// A phone number with its country's code, as `+` and 7 to 15 digits. `00` is taken for the `+`.
pub fn phone(text: &str) -> Option<String> {
    let number = text.strip_prefix('+').or_else(|| text.strip_prefix("00")).unwrap_or(text);
    let between = |c: char| matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}');
    if !number.chars().all(|c| c.is_ascii_digit() || between(c)) {
        return None;
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    // No country's code begins with a nought: that would be a number as dialled inside a country.
    ((7..=15).contains(&digits.len()) && !digits.starts_with('0')).then(|| format!("+{digits}"))
}

/// A mail address; its host in lower case.
pub fn email(text: &str) -> Option<String> {
    let (who, host) = text.rsplit_once('@')?;
    let spelled = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(c);
    let dotted = !who.starts_with('.') && !who.ends_with('.') && !who.contains("..");
    let fits = text.len() <= EMAIL_BYTES_MAX && (1..=64).contains(&who.len());
    (fits && dotted && who.chars().all(spelled) && is_host(host) && host.contains('.'))
        .then(|| format!("{who}@{}", host.to_lowercase()))
}

/// A web address. One without a scheme is given `https`, for that is how people say them.
pub fn url(text: &str) -> Option<String> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => ("https".to_owned(), text),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let fits = text.len() <= protocol::limits::URL_BYTES_MAX
        && matches!(scheme.as_str(), "http" | "https")
        && is_host(host)
        && (host.contains('.') || host.eq_ignore_ascii_case("localhost"))
        && port.bytes().all(|b| b.is_ascii_digit())
        && port.parse::<u16>().is_ok_and(|port| port > 0)
        && !path.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
    fits.then(|| format!("{scheme}://{}{path}", authority.to_lowercase()))
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_has_its_countrys_code() {
        for (text, number) in [
            ("+49 (30) 901820", Some("+4930901820")),
            ("0049-30-901820", Some("+4930901820")),
            ("60123456789", Some("+60123456789")),
            ("030 901820", None),
            ("+0 12345678", None),
            ("+1 23456", None),
            ("+1234567890123456", None),
            ("call me", None),
            ("+49 30 9018x20", None),
            ("++4930901820", None),
        ] {
            assert_eq!(phone(text).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn a_mail_address_has_somebody_at_a_host() {
        for (text, address) in [
            ("Ada.L+x@Example.COM", Some("Ada.L+x@example.com")),
            ("ada@exämple.de", Some("ada@exämple.de")),
            ("ada@example", None),
            ("@example.com", None),
            ("ada@", None),
            ("ada@@example.com", None),
            ("a da@example.com", None),
            (".ada@example.com", None),
            ("ada@-example.com", None),
            ("ada@example..com", None),
        ] {
            assert_eq!(email(text).as_deref(), address, "{text}");
        }
    }

    #[test]
    fn a_web_address_is_one_of_the_web() {
        for (text, address) in [
            ("example.com", Some("https://example.com")),
            ("HTTP://Example.com:8080/A?b#c", Some("http://example.com:8080/A?b#c")),
            ("localhost:3000/x", Some("https://localhost:3000/x")),
            ("https://example", None),
            ("javascript:alert(1)", None),
            ("ftp://example.com", None),
            ("https://exa mple.com", None),
            ("https://example.com/a b", None),
            ("https://user@example.com", None),
            ("https://example.com:99999", None),
            ("https://", None),
            ("hello", None),
        ] {
            assert_eq!(url(text).as_deref(), address, "{text}");
        }
    }
}
