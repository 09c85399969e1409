//! Pictures that residents attach and that communities hang: small drawings, honest placeholders for photographs.
//!
//! One more subject is a variant, its line in [`Subject::of`] and its arm in [`draw`].

use std::collections::BTreeMap;
use std::io::Cursor;

use bytes::Bytes;
use huiyin_domain::unit::ItemCode;
use image::{ImageFormat, Rgb, RgbImage};
use rand::Rng;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    HoleInTheRoad,
    DarkStairwell,
    StreetLamp,
    Bins,
    Water,
    Repaired,
    Hall,
    Together,
    Signature,
}

impl Subject {
    /// What somebody would photograph who writes about this item.
    pub fn of(item: Option<&ItemCode>) -> Subject {
        match item.map_or("", ItemCode::as_str) {
            "road.lamp" | "power.wire" | "city.green" => Subject::StreetLamp,
            "housing.corridor" => Subject::DarkStairwell,
            code if code.starts_with("waste") => Subject::Bins,
            code if code.starts_with("water") || code == "housing.leak" => Subject::Water,
            _ => Subject::HoleInTheRoad,
        }
    }
}

/// Draws a subject as a JPEG.
pub fn draw(subject: Subject, rng: &mut impl Rng) -> Vec<u8> {
    let mut canvas = Canvas(RgbImage::new(WIDTH, HEIGHT));
    match subject {
        Subject::HoleInTheRoad => hole(&mut canvas, rng),
        Subject::DarkStairwell => stairwell(&mut canvas),
        Subject::StreetLamp => lamp(&mut canvas, rng),
        Subject::Bins => bins(&mut canvas, rng),
        Subject::Water => water(&mut canvas, rng),
        Subject::Repaired => repaired(&mut canvas, rng),
        Subject::Hall => hall(&mut canvas),
        Subject::Together => together(&mut canvas, rng),
        Subject::Signature => signature(&mut canvas, rng),
    }
    if subject != Subject::Signature {
        canvas.grain(rng);
    }
    let mut bytes = Cursor::new(Vec::new());
    canvas
        .0
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .expect("writing to memory does not fail");
    bytes.into_inner()
}

/// The pictures of a town, each drawn when it is first wanted.
#[derive(Debug, Default)]
pub struct Album(BTreeMap<(Subject, u32), Bytes>);

impl Album {
    /// Of each subject there are so many pictures: more are not told apart.
    const OF_EACH: u32 = 3;

    pub fn picture(&mut self, subject: Subject, rng: &mut impl Rng) -> Bytes {
        let number = rng.random_range(0..Self::OF_EACH);
        let drawn = self.0.entry((subject, number));
        drawn.or_insert_with(|| draw(subject, rng).into()).clone()
    }
}

struct Canvas(RgbImage);

type Colour = [u8; 3];

impl Canvas {
    /// Fills from top to bottom with one colour turning into another.
    fn fade(&mut self, [from, to]: [Colour; 2], rows: std::ops::Range<u32>) {
        let height = (rows.end - rows.start).max(1) as f32;
        for y in rows.clone() {
            let colour = mix(from, to, (y - rows.start) as f32 / height);
            for x in 0..WIDTH {
                self.0.put_pixel(x, y, Rgb(colour));
            }
        }
    }

    fn rectangle(&mut self, [left, top, right, bottom]: [u32; 4], colour: Colour) {
        for y in top..bottom.min(HEIGHT) {
            for x in left..right.min(WIDTH) {
                self.0.put_pixel(x, y, Rgb(colour));
            }
        }
    }

    /// A round patch with a wobbling edge; `strength` fades outwards.
    fn blob(&mut self, centre: [f32; 2], radii: [f32; 2], colour: Colour, wobble: f32) {
        // The edge wobbles outwards by as much as it wobbles at all.
        let [columns, rows] = [(0, WIDTH), (1, HEIGHT)].map(|(axis, most)| {
            let reach = radii[axis] * (1.0 + wobble);
            let from = (centre[axis] - reach).max(0.0) as u32;
            from..most.min((centre[axis] + reach).max(0.0) as u32 + 1)
        });
        for y in rows {
            for x in columns.clone() {
                let (dx, dy) = (
                    (x as f32 - centre[0]) / radii[0],
                    (y as f32 - centre[1]) / radii[1],
                );
                let angle = dy.atan2(dx);
                let edge =
                    1.0 + wobble * ((5.0 * angle).sin() * 0.6 + (9.0 * angle + 1.3).sin() * 0.4);
                let inside = (edge - dx.hypot(dy)) * 6.0;
                if inside > 0.0 {
                    let pixel = self.0.get_pixel_mut(x, y);
                    pixel.0 = mix(pixel.0, colour, inside.min(1.0));
                }
            }
        }
    }

    /// A little noise and darker corners, as from an old telephone.
    fn grain(&mut self, rng: &mut impl Rng) {
        let (half_width, half_height) = (WIDTH as f32 / 2.0, HEIGHT as f32 / 2.0);
        for (x, y, pixel) in self.0.enumerate_pixels_mut() {
            let away = ((x as f32 - half_width) / half_width)
                .hypot((y as f32 - half_height) / half_height);
            let light = 1.06 - 0.22 * away * away + rng.random_range(-0.035..0.035);
            for part in &mut pixel.0 {
                *part = (f32::from(*part) * light).clamp(0.0, 255.0) as u8;
            }
        }
    }
}

fn mix(from: Colour, to: Colour, share: f32) -> Colour {
    std::array::from_fn(|i| {
        (f32::from(from[i]) + (f32::from(to[i]) - f32::from(from[i])) * share) as u8
    })
}

fn hole(canvas: &mut Canvas, rng: &mut impl Rng) {
    canvas.fade([[142, 146, 146], [104, 106, 108]], 0..HEIGHT);
    canvas.rectangle([0, 60, WIDTH, 74], [214, 210, 190]);
    let centre = [
        rng.random_range(250.0..390.0),
        rng.random_range(250.0..310.0),
    ];
    canvas.blob(centre, [170.0, 92.0], [86, 80, 74], 0.13);
    canvas.blob(centre, [138.0, 70.0], [58, 52, 47], 0.16);
    canvas.blob(
        [centre[0] + 14.0, centre[1] + 14.0],
        [96.0, 40.0],
        [112, 126, 134],
        0.1,
    );
    canvas.rectangle(
        [
            centre[0] as u32,
            120,
            centre[0] as u32 + 7,
            centre[1] as u32,
        ],
        [96, 74, 48],
    );
    canvas.blob([centre[0] + 3.0, 128.0], [46.0, 38.0], [84, 116, 62], 0.3);
}

fn stairwell(canvas: &mut Canvas) {
    canvas.fade([[46, 46, 52], [20, 20, 24]], 0..HEIGHT);
    for step in 0..8u32 {
        let shade = 30 + 7 * step as u8;
        let top = HEIGHT - 44 * (step + 1);
        canvas.rectangle(
            [80 + 34 * step, top, WIDTH - 60, top + 44],
            [shade, shade, shade + 4],
        );
        canvas.rectangle(
            [80 + 34 * step, top, WIDTH - 60, top + 4],
            [shade + 22, shade + 20, shade + 18],
        );
    }
    canvas.blob([520.0, 70.0], [44.0, 40.0], [62, 60, 54], 0.0);
    canvas.rectangle([500, 250, 610, 330], [92, 66, 50]);
    canvas.rectangle([500, 250, 610, 266], [112, 84, 64]);
}

fn lamp(canvas: &mut Canvas, rng: &mut impl Rng) {
    canvas.fade([[34, 44, 70], [86, 84, 104]], 0..340);
    canvas.fade([[52, 54, 58], [36, 38, 42]], 340..HEIGHT);
    for _ in 0..40 {
        let (x, y) = (rng.random_range(0..WIDTH), rng.random_range(0..220));
        canvas.rectangle([x, y, x + 2, y + 2], [190, 194, 210]);
    }
    for house in 0..6u32 {
        let top = rng.random_range(220..290);
        canvas.rectangle([house * 110, top, house * 110 + 96, 344], [44, 46, 58]);
        canvas.rectangle(
            [house * 110 + 20, top + 20, house * 110 + 36, top + 40],
            [208, 172, 104],
        );
    }
    canvas.rectangle([316, 90, 326, 420], [24, 26, 30]);
    canvas.rectangle([316, 90, 400, 98], [24, 26, 30]);
    canvas.blob([402.0, 104.0], [26.0, 13.0], [70, 70, 72], 0.0);
}

fn bins(canvas: &mut Canvas, rng: &mut impl Rng) {
    canvas.fade([[196, 190, 176], [170, 164, 150]], 0..300);
    canvas.fade([[128, 124, 116], [110, 106, 98]], 300..HEIGHT);
    for (i, colour) in [[52, 96, 74], [58, 84, 124], [120, 74, 58]]
        .into_iter()
        .enumerate()
    {
        let left = 90 + 160 * i as u32;
        canvas.rectangle([left, 170, left + 124, 370], colour);
        canvas.rectangle(
            [left - 6, 150, left + 130, 174],
            mix(colour, [20, 20, 20], 0.35),
        );
    }
    for _ in 0..9 {
        let centre = [
            rng.random_range(60.0..580.0),
            rng.random_range(340.0..420.0),
        ];
        let grey = rng.random_range(40..210u8);
        canvas.blob(
            centre,
            [44.0, 30.0],
            [grey, grey, grey.saturating_add(8)],
            0.22,
        );
    }
}

fn water(canvas: &mut Canvas, rng: &mut impl Rng) {
    canvas.fade([[188, 186, 180], [132, 130, 126]], 0..HEIGHT);
    for row in 0..6u32 {
        canvas.rectangle([0, row * 80, WIDTH, row * 80 + 3], [118, 116, 112]);
    }
    let middle = rng.random_range(240.0..400.0);
    canvas.blob([middle, 320.0], [230.0, 96.0], [104, 128, 142], 0.12);
    canvas.blob([middle - 20.0, 310.0], [150.0, 56.0], [148, 174, 188], 0.14);
    canvas.blob([middle - 30.0, 296.0], [52.0, 20.0], [220, 230, 236], 0.2);
}

fn repaired(canvas: &mut Canvas, rng: &mut impl Rng) {
    canvas.fade([[150, 152, 150], [116, 118, 118]], 0..HEIGHT);
    canvas.rectangle([0, 60, WIDTH, 74], [220, 216, 198]);
    let left = rng.random_range(150..230);
    canvas.rectangle([left, 190, left + 280, 370], [66, 66, 70]);
    canvas.rectangle([left + 8, 198, left + 272, 362], [74, 74, 78]);
    canvas.rectangle([60, 120, 84, 300], [224, 120, 52]);
    canvas.rectangle([60, 170, 84, 196], [240, 238, 230]);
}

/// A large room with windows on one side and rows of chairs.
fn hall(canvas: &mut Canvas) {
    canvas.fade([[236, 226, 206], [222, 208, 182]], 0..300);
    canvas.fade([[176, 138, 98], [142, 106, 72]], 300..HEIGHT);
    for window in 0..4u32 {
        let left = 50 + 145 * window;
        canvas.rectangle([left, 60, left + 105, 230], [250, 248, 240]);
        canvas.rectangle([left + 6, 66, left + 99, 224], [168, 206, 226]);
        canvas.rectangle([left + 50, 60, left + 55, 230], [250, 248, 240]);
    }
    for row in 0..3u32 {
        for chair in 0..9u32 {
            let (left, top) = (30 + 66 * chair + 10 * row, 312 + 52 * row);
            canvas.rectangle([left, top, left + 34, top + 24], [178, 64, 52]);
            canvas.rectangle([left + 3, top + 24, left + 7, top + 44], [70, 56, 46]);
            canvas.rectangle([left + 27, top + 24, left + 31, top + 44], [70, 56, 46]);
        }
    }
}

/// A round table seen from above, plates, and people around it of whom nobody is recognised.
fn together(canvas: &mut Canvas, rng: &mut impl Rng) {
    canvas.fade([[206, 190, 164], [186, 168, 140]], 0..HEIGHT);
    for place in 0..8u32 {
        let angle = f32::from(place as u8) * std::f32::consts::FRAC_PI_4;
        let (x, y) = (320.0 + 232.0 * angle.cos(), 240.0 + 176.0 * angle.sin());
        let coat = [80, 60, 60].map(|least| rng.random_range(least..least + 120));
        canvas.blob([x, y], [50.0, 42.0], coat, 0.05);
        canvas.blob([x, y], [22.0, 22.0], [52, 42, 38], 0.04);
    }
    canvas.blob([320.0, 240.0], [190.0, 140.0], [196, 120, 70], 0.0);
    canvas.blob([320.0, 240.0], [176.0, 128.0], [214, 142, 88], 0.0);
    for plate in 0..8u32 {
        let angle = f32::from(plate as u8) * std::f32::consts::FRAC_PI_4;
        let centre = [320.0 + 132.0 * angle.cos(), 240.0 + 94.0 * angle.sin()];
        canvas.blob(centre, [27.0, 21.0], [246, 244, 238], 0.0);
        canvas.blob(centre, [15.0, 11.0], [238, 220, 176], 0.3);
    }
}

/// A few swings of a finger, black on white.
fn signature(canvas: &mut Canvas, rng: &mut impl Rng) {
    canvas.fade([[255, 255, 255], [255, 255, 255]], 0..HEIGHT);
    let (height, speed) = (
        rng.random_range(50.0..80.0f32),
        rng.random_range(5.0..8.0f32),
    );
    for step in 0..1200u16 {
        let along = f32::from(step) / 1200.0;
        let angle = along * speed * std::f32::consts::TAU;
        let x = 110.0 + 400.0 * along + 26.0 * angle.sin();
        let y = 240.0 + height * (angle * 0.5).sin() * (1.0 - 0.4 * along) + 22.0 * angle.cos();
        canvas.blob([x, y], [3.0, 3.0], [17, 17, 17], 0.0);
    }
}
