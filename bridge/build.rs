//! Builds again when what the binary holds has changed: migrations, the demo, the front ends.
//!
//! `cargo xtask build` puts the front ends into the folder named by `PASSERELLE_ASSETS`. The folder is made when it is missing: cargo
//! would otherwise run this, and compile the crate, every time.

use std::env;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=PASSERELLE_ASSETS");
    println!("cargo::rerun-if-changed=../examples/demo");
    println!("cargo::rerun-if-changed=migrations");
    if let Ok(folder) = env::var("PASSERELLE_ASSETS") {
        if !Path::new(&folder).exists()
            && let Err(error) = std::fs::create_dir_all(&folder)
        {
            println!("cargo::warning=the folder of front ends {folder} cannot be made: {error}");
        }
        println!("cargo::rerun-if-changed={folder}");
    }
}
