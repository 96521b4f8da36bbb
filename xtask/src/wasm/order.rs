//! Functions side by side that begin alike. Encodings find what repeats nearby for fewer bits: 2 % of the wasm.
//!
//! wasm-opt puts functions in the order of their names; so here each is given the name that brings it to its place.

use super::{
    CODE_SECTION, CUSTOM_SECTION, IMPORT_SECTION, imports, number, push_number, push_with_length, sections,
    take,
};
use anyhow::{Context, Result};

/// What makes wasm-opt put the functions in the order of their names, and forget those.
pub const PASSES: [&str; 2] = ["--reorder-functions-by-name", "--strip-debug"];

/// Of the names, those of functions.
const FUNCTION_NAMES: u8 = 1;

/// The same wasm, in which functions that begin alike have names that follow each other.
pub fn named(wasm: &[u8]) -> Result<Vec<u8>> {
    let names = names(wasm).context("the wasm's functions cannot be read")?;
    let mut section = Vec::new();
    push_with_length(b"name", &mut section);
    section.push(FUNCTION_NAMES);
    push_with_length(&names, &mut section);
    let mut out = wasm.to_vec();
    out.push(CUSTOM_SECTION);
    push_with_length(&section, &mut out);
    Ok(out)
}

fn names(wasm: &[u8]) -> Option<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for (id, content) in sections(wasm)? {
        match id {
            IMPORT_SECTION => imported = imports::count_functions(content)?,
            CODE_SECTION => bodies = self::bodies(content)?,
            _ => {}
        }
    }
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    order.sort_by_key(|at| bodies[*at]);
    let mut places = vec![0; bodies.len()];
    order.iter().enumerate().for_each(|(place, at)| places[*at] = place);
    let mut names = Vec::new();
    push_number(places.len(), &mut names);
    for (at, place) in places.iter().enumerate() {
        push_number(imported + at, &mut names);
        push_with_length(format!("{place:08}").as_bytes(), &mut names);
    }
    Some(names)
}

fn bodies(mut section: &[u8]) -> Option<Vec<&[u8]>> {
    let count = number(&mut section)?;
    let body = |_| {
        let length = number(&mut section)?;
        take(&mut section, length)
    };
    (0..count).map(body).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_named_in_the_order_of_their_bodies() {
        let mut code = vec![3];
        for body in [&b"\x02zz"[..], b"\x02aa", b"\x02mm"] {
            push_with_length(body, &mut code);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([IMPORT_SECTION, 7, 1, 1, b'm', 1, b'f', 0, 5]);
        wasm.push(CODE_SECTION);
        push_with_length(&code, &mut wasm);
        let named = named(&wasm).unwrap();
        let (_, names) = *sections(&named).unwrap().last().unwrap();
        let entry = |function: u8, place: &str| [&[function, 8], place.as_bytes()].concat();
        let all = [entry(1, "00000002"), entry(2, "00000000"), entry(3, "00000001")].concat();
        assert!(names.starts_with(b"\x04name\x01") && names.ends_with(&all), "{names:?}");
        assert!(super::named(&wasm[..20]).is_err());
    }
}
