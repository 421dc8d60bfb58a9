//! A picture as a PNG file, small.

use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// The most colours that a file with a list of them can have.
const MOST: usize = 256;

/// The file of a picture: with a list of its colours, the commonest, and each pixel the nearest of them. There are
/// few inks, and all others are the edges between them, so that nobody sees the difference.
///
/// # Errors
/// What the encoder says.
pub fn png(size: (u32, u32), pixels: impl Iterator<Item = [u8; 3]>) -> Result<Vec<u8>, String> {
    let pixels: Vec<[u8; 3]> = pixels.collect();
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    // Most neighbours are alike.
    for run in pixels.chunk_by(|a, b| a == b) {
        *counts.entry(run[0]).or_default() += run.len();
    }
    let mut colours: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    // The colour itself decides between equals: the same picture is the same file every time.
    colours.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let list: Vec<[u8; 3]> = colours.iter().take(MOST).map(|it| it.0).collect();
    let places: HashMap<[u8; 3], u8> = colours.iter().map(|(it, _)| (*it, nearest(&list, *it))).collect();
    let mut data = Vec::with_capacity(pixels.len());
    for run in pixels.chunk_by(|a, b| a == b) {
        let place = places.get(&run[0]).copied().unwrap_or_default();
        data.resize(data.len() + run.len(), place);
    }

    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, size.0, size.1);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(list.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    let write = |mut encoder: png::Writer<&mut Vec<u8>>| {
        encoder.write_image_data(&data)?;
        encoder.finish()
    };
    encoder.write_header().and_then(write).map_err(|error| error.to_string())?;
    Ok(file)
}

/// The place of the colour in the list that is most like this one.
fn nearest(list: &[[u8; 3]], colour: [u8; 3]) -> u8 {
    let far =
        |it: &[u8; 3]| -> u32 { it.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
    let best = list.iter().enumerate().min_by_key(|(_, it)| far(it));
    best.and_then(|(place, _)| u8::try_from(place).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_as_it_was() {
        let pixels = [[1, 2, 3], [250, 250, 250], [1, 2, 3], [9, 9, 9]];
        let file = png((2, 2), pixels.into_iter()).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut data = vec![0; 12];
        reader.next_frame(&mut data).unwrap();
        assert_eq!(data, pixels.concat());
    }

    #[test]
    fn of_too_many_colours_the_nearest_stays() {
        let list = [[0, 0, 0], [100, 100, 100]];
        assert_eq!(nearest(&list, [60, 40, 70]), 1);
        assert_eq!(nearest(&list, [20, 0, 60]), 0);
    }
}
