//! Tiles as the Mapbox Vector Tile Specification 2.1 writes them: a protocol buffer of layers,
//! each with its features and, once for all of them, the words and numbers that they carry.

use std::collections::HashMap;

/// Into so many parts the side of a tile is divided.
pub const EXTENT: i64 = 4096;

/// A point in parts of the tile, from its upper left corner to the right and down.
pub type Dot = (i64, i64);

/// What a feature says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Text(String),
    Number(u64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

/// Where a feature lies: rings as they are drawn, outer ones turning right on the screen, each
/// followed by its holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawing {
    Dot(Dot),
    Rings(Vec<Vec<Dot>>),
}

/// One thing on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    pub says: Vec<(String, Value)>,
    pub drawing: Drawing,
}

/// Things of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    pub name: &'static str,
    pub features: Vec<Feature>,
}

/// The layers that have anything in them; no bytes at all when none has.
pub fn encode(layers: &[Layer]) -> Vec<u8> {
    let mut tile = Message::default();
    for layer in layers.iter().filter(|layer| !layer.features.is_empty()) {
        tile.bytes(3, &layer_bytes(layer));
    }
    tile.0
}

/// The words and numbers of a layer, each said once.
#[derive(Default)]
struct Dictionary {
    keys: Vec<String>,
    key_at: HashMap<String, u64>,
    values: Vec<Value>,
    value_at: HashMap<Value, u64>,
}

impl Dictionary {
    fn key(&mut self, key: &str) -> u64 {
        *self.key_at.entry(key.to_owned()).or_insert_with(|| {
            self.keys.push(key.to_owned());
            self.keys.len() as u64 - 1
        })
    }

    fn value(&mut self, value: &Value) -> u64 {
        *self.value_at.entry(value.clone()).or_insert_with(|| {
            self.values.push(value.clone());
            self.values.len() as u64 - 1
        })
    }
}

fn layer_bytes(layer: &Layer) -> Vec<u8> {
    let mut dictionary = Dictionary::default();
    let mut message = Message::default();
    message.number(15, 2);
    message.bytes(1, layer.name.as_bytes());
    for feature in &layer.features {
        message.bytes(2, &feature_bytes(feature, &mut dictionary));
    }
    for key in &dictionary.keys {
        message.bytes(3, key.as_bytes());
    }
    for value in &dictionary.values {
        let mut said = Message::default();
        match value {
            Value::Text(text) => said.bytes(1, text.as_bytes()),
            Value::Number(number) => said.number(5, *number),
        }
        message.bytes(4, &said.0);
    }
    message.number(5, EXTENT as u64);
    message.0
}

fn feature_bytes(feature: &Feature, dictionary: &mut Dictionary) -> Vec<u8> {
    let says = feature.says.iter();
    let tags = says.flat_map(|(key, value)| [dictionary.key(key), dictionary.value(value)]);
    let tags: Vec<u64> = tags.collect();
    let (sort, strokes) = match &feature.drawing {
        Drawing::Dot(dot) => {
            let mut pen = Pen::default();
            pen.move_to(*dot);
            (1, pen.strokes)
        }
        Drawing::Rings(rings) => {
            let mut pen = Pen::default();
            rings.iter().for_each(|ring| pen.ring(ring));
            (3, pen.strokes)
        }
    };
    let mut message = Message::default();
    message.packed(2, &tags);
    message.number(3, sort);
    message.packed(4, &strokes);
    message.0
}

/// Draws by steps from where it is.
#[derive(Default)]
struct Pen {
    at: Dot,
    strokes: Vec<u64>,
}

impl Pen {
    const MOVE_TO: u64 = 1;
    const LINE_TO: u64 = 2;
    const CLOSE: u64 = 7;

    fn command(&mut self, command: u64, count: usize) {
        self.strokes.push((count as u64) << 3 | command);
    }

    fn step(&mut self, to: Dot) {
        for step in [to.0 - self.at.0, to.1 - self.at.1] {
            self.strokes.push(zigzag(step));
        }
        self.at = to;
    }

    fn move_to(&mut self, dot: Dot) {
        self.command(Pen::MOVE_TO, 1);
        self.step(dot);
    }

    fn ring(&mut self, ring: &[Dot]) {
        let Some((first, rest)) = ring.split_first() else {
            return;
        };
        self.move_to(*first);
        self.command(Pen::LINE_TO, rest.len());
        rest.iter().for_each(|dot| self.step(*dot));
        self.command(Pen::CLOSE, 1);
    }
}

/// Small numbers stay short whichever their sign.
fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

/// A message of protocol buffers, field by field.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn number(&mut self, field: u64, number: u64) {
        self.varint(field << 3);
        self.varint(number);
    }

    fn bytes(&mut self, field: u64, bytes: &[u8]) {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn packed(&mut self, field: u64, numbers: &[u64]) {
        let mut packed = Message::default();
        numbers.iter().for_each(|number| packed.varint(*number));
        self.bytes(field, &packed.0);
    }
}

#[cfg(test)]
#[path = "mvt_tests.rs"]
pub(super) mod tests;
