//! Pictures are drawn anew: what is kept was written by us, holds nothing but the
//! picture, and has a size that a phone can load.
//!
//! The size is read from the header before anything is decoded, so a small file that
//! claims to be huge costs nothing.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};

use super::sniff::MediaType;

/// 40 megapixels: a good telephone's full picture.
const PIXELS_MAX: u64 = 40_000_000;
const SIDE_PIXELS_MAX: u32 = 20_000;
/// What decoding may take beside the picture itself.
const DECODER_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// The longer side of the picture on a page.
const DISPLAY_PIXELS: u32 = 1_920;
/// The longer side of the picture in a list.
const SMALL_PIXELS: u32 = 480;
const DISPLAY_QUALITY: u8 = 82;
const SMALL_QUALITY: u8 = 74;
/// A sample is looked at outdoors, on a slow line, beside the line that it belongs to.
const SAMPLE_PIXELS: u32 = 960;
const SAMPLE_SMALL_PIXELS: u32 = 144;
/// What the small one may weigh.
pub(super) const SAMPLE_SMALL_BYTES_MAX: usize = 6 * 1024;

/// A picture drawn anew, in the two sizes that are kept, both JPEG.
#[derive(Debug)]
pub struct Picture {
    pub display: Vec<u8>,
    pub small: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Why a picture was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    #[error("the picture has too many pixels")]
    TooManyPixels,
    #[error("the picture cannot be read")]
    Unreadable,
}

/// Reads a picture of a sniffed type and draws it anew. Takes long: not for async threads.
pub fn redraw(bytes: &[u8], media: MediaType) -> Result<Picture, PictureFault> {
    let format = format_of(media)?;
    let (display, small) = in_two_sizes(bytes, format, (DISPLAY_PIXELS, SMALL_PIXELS))?;
    Ok(Picture {
        width: display.width(),
        height: display.height(),
        display: encode(&display, DISPLAY_QUALITY)?,
        small: encode(&small, SMALL_QUALITY)?,
    })
}

/// The same for a picture of how something should be: smaller, and the small one light.
pub fn redraw_as_sample(bytes: &[u8], media: MediaType) -> Result<Picture, PictureFault> {
    let sides = (SAMPLE_PIXELS, SAMPLE_SMALL_PIXELS);
    let (display, small) = in_two_sizes(bytes, format_of(media)?, sides)?;
    let mut light = encode(&small, SMALL_QUALITY)?;
    for quality in [60, 45, 30, 15] {
        if light.len() <= SAMPLE_SMALL_BYTES_MAX {
            break;
        }
        light = encode(&small, quality)?;
    }
    Ok(Picture {
        width: display.width(),
        height: display.height(),
        display: encode(&display, SMALL_QUALITY)?,
        small: light,
    })
}

fn format_of(media: MediaType) -> Result<ImageFormat, PictureFault> {
    match media {
        MediaType::Jpeg => Ok(ImageFormat::Jpeg),
        MediaType::Png => Ok(ImageFormat::Png),
        MediaType::Webp => Ok(ImageFormat::WebP),
        MediaType::Gif => Ok(ImageFormat::Gif),
        _ => Err(PictureFault::Unreadable),
    }
}

fn in_two_sizes(
    bytes: &[u8],
    format: ImageFormat,
    (side, small_side): (u32, u32),
) -> Result<(RgbImage, RgbImage), PictureFault> {
    let display = flatten(fit(decode(bytes, format)?, side));
    let small = fit(DynamicImage::ImageRgb8(display.clone()), small_side);
    Ok((display, small.into_rgb8()))
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, PictureFault> {
    let unreadable = |_| PictureFault::Unreadable;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width > SIDE_PIXELS_MAX || height > SIDE_PIXELS_MAX || pixels > PIXELS_MAX {
        return Err(PictureFault::TooManyPixels);
    }
    if pixels == 0 || decoder.total_bytes() > DECODER_BYTES_MAX {
        return Err(PictureFault::Unreadable);
    }
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// The picture no longer than `side` on its longer side; never made larger.
fn fit(image: DynamicImage, side: u32) -> DynamicImage {
    match image.width().max(image.height()) {
        longer if longer <= side => image,
        // Twice as good a picture would not be seen; four times the work would be felt.
        longer if longer > side * 3 => {
            image
                .thumbnail(side * 2, side * 2)
                .resize(side, side, FilterType::Triangle)
        }
        _ => image.resize(side, side, FilterType::Triangle),
    }
}

/// What shows through becomes white, as the page behind it would be.
fn flatten(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let rgba = image.into_rgba8();
    let mut flat = RgbImage::new(rgba.width(), rgba.height());
    for (from, to) in rgba.pixels().zip(flat.pixels_mut()) {
        let alpha = u32::from(from.0[3]);
        for (channel, value) in to.0.iter_mut().enumerate() {
            let blended = u32::from(from.0[channel]) * alpha + 255 * (255 - alpha);
            *value = u8::try_from(blended / 255).expect("a mean of bytes is a byte");
        }
    }
    flat
}

fn encode(image: &RgbImage, quality: u8) -> Result<Vec<u8>, PictureFault> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(image)
        .map_err(|_| PictureFault::Unreadable)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::sniff::sniff;

    fn drawn(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let image = RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x % 251) as u8, (y % 241) as u8, 120])
        });
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn taken(bytes: &[u8]) -> Result<Picture, PictureFault> {
        redraw(bytes, sniff(bytes).expect("the test made a picture"))
    }

    #[test]
    fn each_format_is_drawn_anew_and_fits() {
        for format in [
            ImageFormat::Jpeg,
            ImageFormat::Png,
            ImageFormat::WebP,
            ImageFormat::Gif,
        ] {
            let picture = taken(&drawn(640, 320, format)).unwrap();
            assert_eq!((picture.width, picture.height), (640, 320));
            assert_eq!(sniff(&picture.display), Some(MediaType::Jpeg));
            let small = image::load_from_memory(&picture.small).unwrap();
            assert_eq!((small.width(), small.height()), (480, 240));
        }
        let large = taken(&drawn(6_400, 1_600, ImageFormat::Jpeg)).unwrap();
        assert_eq!((large.width, large.height), (1_920, 480));
    }

    #[test]
    fn where_it_was_taken_is_gone_and_up_is_up() {
        // An EXIF block: orientation 6 (turned a quarter), and a text that must not stay.
        let mut exif =
            b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"SECRET-GPS-PLACE");
        let plain = drawn(200, 100, ImageFormat::Jpeg);
        let mut marked = plain[..2].to_vec();
        marked.extend_from_slice(&[0xff, 0xe1]);
        marked.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        marked.extend_from_slice(&exif);
        marked.extend_from_slice(&plain[2..]);
        let picture = taken(&marked).unwrap();
        assert_eq!((picture.width, picture.height), (100, 200));
        for kept in [&picture.display, &picture.small] {
            assert!(!kept.windows(6).any(|six| six == b"SECRET"));
            assert!(!kept.windows(4).any(|four| four == b"Exif"));
        }
    }

    #[test]
    fn a_sample_is_light_whatever_is_on_it() {
        // Noise is what a JPEG is worst at.
        let mut seed = 7_u32;
        let noise = RgbImage::from_fn(1_600, 1_200, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            image::Rgb([(seed >> 24) as u8, (seed >> 16) as u8, (seed >> 8) as u8])
        });
        let mut bytes = Cursor::new(Vec::new());
        noise.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let sample = redraw_as_sample(&bytes.into_inner(), MediaType::Png).unwrap();
        assert_eq!((sample.width, sample.height), (960, 720));
        assert!(sample.small.len() <= SAMPLE_SMALL_BYTES_MAX);
    }

    #[test]
    fn a_huge_claim_is_refused_before_decoding() {
        // A PNG header that claims 30,000 × 30,000 pixels, with nothing behind it.
        let mut png = drawn(1, 1, ImageFormat::Png);
        png[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let crc = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(taken(&png).unwrap_err(), PictureFault::TooManyPixels);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let mut cut = drawn(300, 300, ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        for bytes in [
            &cut[..],
            b"\xff\xd8\xff\xe0not a picture",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBP",
        ] {
            assert_eq!(taken(bytes).unwrap_err(), PictureFault::Unreadable);
        }
        assert_eq!(
            redraw(b"%PDF-1.7", MediaType::Pdf).unwrap_err(),
            PictureFault::Unreadable
        );
    }

    #[test]
    fn what_shows_through_becomes_white() {
        let image = image::RgbaImage::from_pixel(2, 1, image::Rgba([0, 0, 0, 0]));
        let flat = flatten(DynamicImage::ImageRgba8(image));
        assert_eq!(flat.get_pixel(0, 0).0, [255, 255, 255]);
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                (crc >> 1) ^ (0xedb8_8320 & (!(crc & 1)).wrapping_add(1))
            })
        })
    }
}
