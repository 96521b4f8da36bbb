//! Changes to a finished wasm that no other tool makes. Sections are read as far as that needs.

pub mod imports;
pub mod order;

const HEADER_BYTES: usize = 8;
const CUSTOM_SECTION: u8 = 0;
const IMPORT_SECTION: u8 = 2;
const CODE_SECTION: u8 = 10;

/// The sections of a wasm: what each is, and its content.
fn sections(wasm: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut rest = wasm.get(HEADER_BYTES..)?;
    let mut sections = Vec::new();
    while !rest.is_empty() {
        let id = *take(&mut rest, 1)?.first()?;
        let length = number(&mut rest)?;
        sections.push((id, take(&mut rest, length)?));
    }
    Some(sections)
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

/// Seven bits in each byte, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let (mut number, mut shift) = (0_usize, 0);
    loop {
        let byte = *take(bytes, 1)?.first()?;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
}

fn push_number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn push_with_length(bytes: &[u8], out: &mut Vec<u8>) {
    push_number(bytes.len(), out);
    out.extend_from_slice(bytes);
}
