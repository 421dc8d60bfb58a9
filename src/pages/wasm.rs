//! A WebAssembly module without what a browser does not need: the names of its functions, for debuggers.

/// The eight bytes that every module begins with: magic number and version.
const HEADER: usize = 8;

/// The module without its custom sections, which only tools read and a third of the file is; `None` where it is
/// no module. (Section layout: WebAssembly core specification, "Binary format, Modules".)
pub fn without_custom_sections(module: &[u8]) -> Option<Vec<u8>> {
    let mut kept = module.get(..HEADER).filter(|it| it.starts_with(b"\0asm"))?.to_vec();
    let mut rest = module.get(HEADER..)?;
    while let Some(id) = rest.first() {
        let (size, digits) = leb128(rest.get(1..)?)?;
        let end = (1 + digits).checked_add(size)?;
        if *id != 0 {
            kept.extend_from_slice(rest.get(..end)?);
        }
        rest = rest.get(end..)?;
    }
    Some(kept)
}

/// An unsigned number in base 128, lowest digit first, and how many bytes it takes.
fn leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_usize;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f).checked_shl(7 * u32::try_from(place).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((value, place + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn only_custom_sections_go() {
        // Section 1 with two bytes, a custom section of 130 bytes (0x82 0x01), section 3 with one byte.
        let custom = [&[0, 0x82, 0x01][..], &[7; 130]].concat();
        let module = [HEAD, &[1, 2, 8, 9], &custom, &[3, 1, 5]].concat();
        assert_eq!(without_custom_sections(&module), Some([HEAD, &[1, 2, 8, 9, 3, 1, 5]].concat()));
    }

    #[test]
    fn what_is_no_module_is_left_alone() {
        for bytes in [&b""[..], b"<!doctype html>", &[HEAD, &[1, 200, 1]].concat(), &[HEAD, &[1]].concat()] {
            assert_eq!(without_custom_sections(bytes), None);
        }
    }
}
