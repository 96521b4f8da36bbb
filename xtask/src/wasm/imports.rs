//! Short names for what wasm-bindgen's script gives to its wasm. Each is named after what it does and ends in a hash,
//! `__wbg_getTime_9a6f4bd0a0a0b4c1`, of which neither encoding can make less: 2 KB in the script and as many in the wasm.

use super::{HEADER_BYTES, IMPORT_SECTION, number, push_number, push_with_length, sections, take};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;

const FUNCTION: u8 = 0;

/// The same script and the same wasm, with short names between them.
pub fn shortened(script: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut names = Names::default();
    let wasm = renamed_wasm(wasm, &mut names).context("the wasm's imports cannot be read")?;
    let (script, found) = renamed_script(script, &names);
    ensure!(found == names.0.len(), "the script gives {found} of the {} imports of its wasm", names.0.len());
    Ok((script, wasm))
}

/// New names by the old ones, handed out as they are asked for.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// `a` to `z`, then `aa`.
    fn short(&mut self, name: &str) -> &str {
        let mut number = self.0.len();
        self.0.entry(name.to_owned()).or_insert_with(|| {
            let mut short = String::new();
            loop {
                short.insert(0, char::from(b'a' + (number % 26) as u8));
                if number < 26 {
                    return short;
                }
                number = number / 26 - 1;
            }
        })
    }
}

/// Renames every word of the script that is an import; tells how many imports it has.
fn renamed_script(script: &str, names: &Names) -> (String, usize) {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut found: Vec<&str> = Vec::new();
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let length = match in_word(first) {
            true => rest.find(|c| !in_word(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(length);
        match names.0.get(word) {
            Some(short) => {
                out.push_str(short);
                found.push(word);
            }
            None => out.push_str(word),
        }
        rest = after;
    }
    found.sort_unstable();
    found.dedup();
    (out, found.len())
}

fn renamed_wasm(wasm: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let mut out = wasm.get(..HEADER_BYTES)?.to_vec();
    for (id, content) in sections(wasm)? {
        let content = if id == IMPORT_SECTION { renamed_imports(content, names)? } else { content.to_vec() };
        out.push(id);
        push_with_length(&content, &mut out);
    }
    Some(out)
}

fn renamed_imports(mut section: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let count = number(&mut section)?;
    let mut out = Vec::new();
    push_number(count, &mut out);
    for _ in 0..count {
        let length = number(&mut section)?;
        push_with_length(take(&mut section, length)?, &mut out);
        let length = number(&mut section)?;
        let name = take(&mut section, length)?;
        match *section.first()? {
            FUNCTION => push_with_length(names.short(std::str::from_utf8(name).ok()?).as_bytes(), &mut out),
            _ => push_with_length(name, &mut out),
        }
        out.extend(description(&mut section)?);
    }
    section.is_empty().then_some(out)
}

/// How many functions are imported.
pub fn count_functions(mut section: &[u8]) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..number(&mut section)? {
        for _ in ["module", "name"] {
            let length = number(&mut section)?;
            take(&mut section, length)?;
        }
        functions += usize::from(*section.first()? == FUNCTION);
        description(&mut section)?;
    }
    Some(functions)
}

/// The kind of an import and what describes it.
fn description<'a>(section: &mut &'a [u8]) -> Option<&'a [u8]> {
    const TABLE: u8 = 1;
    const MEMORY: u8 = 2;
    const GLOBAL: u8 = 3;
    let whole = *section;
    match *take(section, 1)?.first()? {
        FUNCTION => drop(number(section)?),
        kind @ (TABLE | MEMORY) => {
            take(section, usize::from(kind == TABLE))?;
            let bounded = number(section)? & 1 == 1;
            number(section)?;
            bounded.then(|| number(section));
        }
        GLOBAL => drop(take(section, 2)?),
        _ => return None,
    }
    Some(&whole[..whole.len() - section.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "const i={__wbg_now_1f:()=>now(),__wbg_log_2e:(a)=>log(a)};f(i,__wbg_init)";

    fn wasm(names: &[&str]) -> Vec<u8> {
        let mut imports = Vec::new();
        push_number(names.len() + 1, &mut imports);
        for name in names {
            push_with_length(b"m", &mut imports);
            push_with_length(name.as_bytes(), &mut imports);
            imports.extend([FUNCTION, 0x85, 0x01]);
        }
        push_with_length(b"m", &mut imports);
        push_with_length(b"memory", &mut imports);
        imports.extend([2, 1, 16, 32]);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([1, 1, 0, IMPORT_SECTION]);
        push_with_length(&imports, &mut wasm);
        wasm.extend([10, 2, 7, 7]);
        wasm
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let (script, shorter) = shortened(SCRIPT, &wasm(&["__wbg_log_2e", "__wbg_now_1f"])).unwrap();
        assert_eq!(script, "const i={b:()=>now(),a:(a)=>log(a)};f(i,__wbg_init)");
        assert_eq!(shorter, wasm(&["a", "b"]));
    }

    #[test]
    fn a_script_that_does_not_give_an_import_is_noticed() {
        let error = shortened(SCRIPT, &wasm(&["__wbg_log_2e", "__wbg_lost_3d"])).unwrap_err();
        assert!(error.to_string().contains("1 of the 2"), "{error}");
        assert!(shortened(SCRIPT, b"\0asm\x01\0\0\0\x02\x7f").is_err());
    }

    #[test]
    fn there_is_a_name_for_every_import() {
        let mut names = Names::default();
        let all: Vec<String> = (0..800).map(|number| names.short(&format!("n{number}")).to_owned()).collect();
        assert_eq!(
            [all[0].as_str(), &all[25], &all[26], &all[701], &all[702]],
            ["a", "z", "aa", "zz", "aaa"]
        );
    }
}
