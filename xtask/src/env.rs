//! `env`: the variables that make cargo and trunk build for WebAssembly as these tasks do.

use crate::flavour::Flavour;
use crate::places::Places;
use crate::toolchain::Toolchain;
use crate::tools::wasm_bindgen;
use anyhow::Result;

pub fn print(places: &Places) -> Result<()> {
    let toolchain = Toolchain::find(Flavour::Quick)?;
    let tools = wasm_bindgen(places)?;
    println!("export PATH={}:\"$PATH\"", quoted(&tools.display().to_string()));
    for (name, value) in toolchain.variables(Flavour::Quick) {
        println!("export {name}={}", quoted(&value));
    }
    Ok(())
}

/// In single quotes, as every POSIX shell reads them.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_in_a_path_survives_the_shell() {
        assert_eq!(quoted("/srv/o'neil"), r"'/srv/o'\''neil'");
    }
}
