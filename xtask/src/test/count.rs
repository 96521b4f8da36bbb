//! Counting what test programs print: cargo's `test result:` line, which wasm-bindgen's runner prints as well.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
}

impl Counts {
    /// What a line of output reports, if it reports anything.
    pub fn of_line(line: &str) -> Option<Self> {
        let (_, result) = line.split_once("test result: ")?;
        let (_, numbers) = result.split_once(". ")?;
        let number = |what: &str| {
            let words = numbers.split("; ").find_map(|part| part.strip_suffix(what))?;
            words.trim().parse::<u32>().ok()
        };
        Some(Self { passed: number(" passed")?, failed: number(" failed")? })
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_line_is_counted() {
        check(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s",
            Some((12, 0)),
        );
        check(
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s",
            Some((3, 2)),
        );
    }

    #[test]
    fn the_result_line_of_wasm_bindgens_runner_is_counted() {
        check(
            "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.11s",
            Some((4, 0)),
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        check("test a_result_line_is_counted ... ok", None);
        check("test result: unknown", None);
        check("", None);
    }

    fn check(line: &str, expected: Option<(u32, u32)>) {
        assert_eq!(Counts::of_line(line), expected.map(|(passed, failed)| Counts { passed, failed }));
    }
}
