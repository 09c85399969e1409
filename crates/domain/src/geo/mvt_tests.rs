//! What was encoded is decoded again, by a reader that follows the specification and knows
//! nothing of the writer.

use super::*;

/// The fields of a message: number, and what is in it.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Part)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let head = varint(&mut bytes);
        let part = match head & 7 {
            0 => Part::Number(varint(&mut bytes)),
            2 => {
                let length = varint(&mut bytes) as usize;
                let (part, rest) = bytes.split_at(length);
                bytes = rest;
                Part::Bytes(part.to_vec())
            }
            other => panic!("wire type {other}"),
        };
        found.push((head >> 3, part));
    }
    found
}

#[derive(Debug, Clone)]
enum Part {
    Number(u64),
    Bytes(Vec<u8>),
}

impl Part {
    fn number(&self) -> u64 {
        match self {
            Part::Number(number) => *number,
            Part::Bytes(_) => panic!("not a number"),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Part::Bytes(bytes) => bytes,
            Part::Number(_) => panic!("not bytes"),
        }
    }

    fn text(&self) -> String {
        String::from_utf8(self.bytes().to_vec()).unwrap()
    }

    fn packed(&self) -> Vec<u64> {
        let mut bytes = self.bytes();
        let mut numbers = Vec::new();
        while !bytes.is_empty() {
            numbers.push(varint(&mut bytes));
        }
        numbers
    }
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return number;
        }
        shift += 7;
    }
}

fn drawing(sort: u64, strokes: &[u64]) -> Drawing {
    let (mut at, mut rings): (Dot, Vec<Vec<Dot>>) = ((0, 0), Vec::new());
    let mut strokes = strokes.iter().copied();
    while let Some(head) = strokes.next() {
        let (command, count) = (head & 7, head >> 3);
        if command == 7 {
            continue;
        }
        for _ in 0..count {
            let mut step = || {
                let raw = strokes.next().unwrap();
                (raw >> 1) as i64 ^ -((raw & 1) as i64)
            };
            at = (at.0 + step(), at.1 + step());
            match command {
                1 => rings.push(vec![at]),
                2 => rings.last_mut().unwrap().push(at),
                other => panic!("command {other}"),
            }
        }
    }
    match sort {
        1 => Drawing::Dot(rings[0][0]),
        3 => Drawing::Rings(rings),
        other => panic!("geometry {other}"),
    }
}

/// The layers of a tile: name, and its features.
pub(crate) fn decode(bytes: &[u8]) -> Vec<(String, Vec<Feature>)> {
    fields(bytes)
        .iter()
        .map(|(number, layer)| {
            assert_eq!(*number, 3, "a tile has layers only");
            let parts = fields(layer.bytes());
            let all = |field: u64| parts.iter().filter(move |part| part.0 == field);
            let one = |field: u64| all(field).next().expect("it must be there").1.clone();
            assert_eq!((one(15).number(), one(5).number()), (2, EXTENT as u64));
            let keys: Vec<String> = all(3).map(|part| part.1.text()).collect();
            let values: Vec<Value> = all(4)
                .map(|part| match &fields(part.1.bytes())[0] {
                    (1, text) => Value::Text(text.text()),
                    (5, number) => Value::Number(number.number()),
                    (other, _) => panic!("value {other}"),
                })
                .collect();
            let features = all(2).map(|(_, feature)| {
                let parts = fields(feature.bytes());
                let part = |field| parts.iter().find(|part| part.0 == field).unwrap();
                let tags = part(2).1.packed();
                let said = |tag: &[u64]| {
                    let (key, value) = (tag[0] as usize, tag[1] as usize);
                    (keys[key].clone(), values[value].clone())
                };
                Feature {
                    says: tags.chunks(2).map(said).collect(),
                    drawing: drawing(part(3).1.number(), &part(4).1.packed()),
                }
            });
            (one(1).text(), features.collect())
        })
        .collect()
}

fn feature(code: &str, drawing: Drawing) -> Feature {
    Feature {
        says: vec![
            ("code".to_owned(), code.into()),
            ("name".to_owned(), "第三网格".into()),
            ("open".to_owned(), Value::Number(300)),
        ],
        drawing,
    }
}

#[test]
fn what_is_written_is_read_again() {
    let ring = vec![(0, 0), (4096, -64), (4160, 4160), (-64, 4000)];
    let hole = vec![(10, 10), (10, 20), (20, 20)];
    let layers = [
        Layer {
            name: "places",
            features: vec![
                feature("6529", Drawing::Rings(vec![ring, hole])),
                feature("652901", Drawing::Rings(vec![vec![(1, 1), (2, 1), (2, 2)]])),
            ],
        },
        Layer {
            name: "nothing",
            features: vec![],
        },
        Layer {
            name: "cases",
            features: vec![feature("6529", Drawing::Dot((2048, 17)))],
        },
    ];
    let read = decode(&encode(&layers));
    assert_eq!(read.len(), 2, "a layer with nothing in it is not there");
    for (layer, read) in [&layers[0], &layers[2]].into_iter().zip(read) {
        assert_eq!((layer.name, &layer.features), (read.0.as_str(), &read.1));
    }
}

#[test]
fn the_example_of_the_specification() {
    // 4.3.5.4: a polygon from 3,6 to 8,12 to 20,34.
    let mut pen = Pen::default();
    pen.ring(&[(3, 6), (8, 12), (20, 34)]);
    assert_eq!(pen.strokes, [9, 6, 12, 18, 10, 12, 24, 44, 15]);
}

#[test]
fn of_nothing_there_are_no_bytes() {
    assert!(encode(&[]).is_empty());
    let empty = Layer {
        name: "places",
        features: vec![],
    };
    assert!(encode(&[empty]).is_empty());
}
