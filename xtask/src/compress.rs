//! The two encodings every browser takes.

use crate::flavour::Flavour;
use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

pub fn brotli(bytes: &[u8], flavour: Flavour) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: flavour.brotli_quality(),
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut encoded = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut encoded, &parameters)?;
    Ok(encoded)
}

pub fn gzip(bytes: &[u8], flavour: Flavour) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(flavour.gzip_level()));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_encoded_can_be_decoded() {
        let text = "a visitor's own browser ".repeat(100).into_bytes();
        for flavour in [Flavour::Quick, Flavour::Dist] {
            let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
            brotli::BrotliDecompress(&mut &brotli(&text, flavour).unwrap()[..], &mut from_brotli).unwrap();
            flate2::read::GzDecoder::new(&gzip(&text, flavour).unwrap()[..])
                .read_to_end(&mut from_gzip)
                .unwrap();
            assert_eq!((&from_brotli, &from_gzip), (&text, &text));
        }
    }
}
