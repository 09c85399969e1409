//! Places as GeoJSON (RFC 7946): a `FeatureCollection` whose features have the properties
//! `code`, `name` (Chinese) or `name_<language>`, and a geometry that is a point or a polygon.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::geo::{System, geometry, to_geojson};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_store::{Tx, places};
use serde_json::{Map, Value, json};

use super::put::good_names;
use crate::administration::permit;
use crate::import::{LineFault, clean, decode};
use crate::{App, Error, Refusal};

const VALUE_CHARS_MAX: usize = 60;
/// So many places are written into one file.
const EXPORTED_MAX: usize = 200_000;
const READ_AT_ONCE: i64 = 2_000;

/// Whether somebody handed in GeoJSON, and not a table.
pub(super) fn are_features(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    first == Some(&b'{')
}

/// A place with the number of its feature, or what is wrong with the feature.
type Line = Result<(u64, Place), LineFault>;

/// The features of a file, one after the other; a fault says the number of its feature.
pub(super) fn read(file: usize, bytes: &[u8], system: System) -> Result<Vec<Line>, Refusal> {
    let unreadable = || Refusal::rule(Class::Invalid, "import-no-features");
    let value: Value = serde_json::from_str(&decode(bytes)).map_err(|_| unreadable())?;
    if value.get("type").and_then(Value::as_str) != Some("FeatureCollection") {
        return Err(unreadable());
    }
    let features = value.get("features").and_then(Value::as_array);
    let features = (1..).zip(features.ok_or_else(unreadable)?);
    Ok(features
        .map(|(number, feature)| {
            let reader = Feature {
                file,
                number,
                feature,
            };
            reader.place(system).map(|place| (number, place))
        })
        .collect())
}

struct Feature<'a> {
    file: usize,
    number: u64,
    feature: &'a Value,
}

impl Feature<'_> {
    fn place(&self, system: System) -> Result<Place, LineFault> {
        let code = self.text("code").parse::<PlaceCode>();
        let code = code.map_err(|_| self.fault("code", "fault-code"))?;
        let names = good_names(self.names()).map_err(|_| self.fault("name", "fault-no-name"))?;
        let shape = match self.feature.get("geometry") {
            None | Some(Value::Null) => None,
            Some(drawn) => {
                let read = geometry(drawn, system);
                let read = read.map_err(|fault| self.fault("geometry", fault.key()))?;
                Some(to_geojson(&read).to_string())
            }
        };
        Ok(Place {
            code,
            names,
            shape,
            closed_at: None,
        })
    }

    /// A property; other programs write codes as numbers.
    fn text(&self, name: &str) -> String {
        match self.feature.get("properties").and_then(|all| all.get(name)) {
            Some(Value::String(text)) => clean(text),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    fn names(&self) -> Names {
        let properties = self.feature.get("properties").and_then(Value::as_object);
        let keys = properties.into_iter().flat_map(Map::keys);
        let mut names = Names::default();
        for key in keys {
            let lang = match key.as_str() {
                "name" => "zh",
                other => match other.strip_prefix("name_") {
                    Some(lang) => lang,
                    None => continue,
                },
            };
            names.0.insert(lang.to_owned(), self.text(key));
        }
        names
    }

    fn fault(&self, property: &str, key: &'static str) -> LineFault {
        LineFault {
            file: self.file,
            line: self.number,
            column: property.to_owned(),
            value: self.text(property).chars().take(VALUE_CHARS_MAX).collect(),
            key,
            args: Vec::new(),
        }
    }
}

/// All open places within one, or all there are, as a file that can be imported again.
pub async fn export(app: &App, actor: &Actor, within: Option<PlaceCode>) -> Result<Value, Error> {
    permit(actor, Action::PlacesEdit)?;
    let read = move |tx: &mut Tx<'_>| {
        let mut features = Vec::new();
        if let Some(place) = within
            .as_ref()
            .map(|code| places::read(tx, code))
            .transpose()?
        {
            let open = place.iter().filter(|place| place.closed_at.is_none());
            features.extend(open.map(feature));
        }
        let mut last: Option<PlaceCode> = None;
        while features.len() < EXPORTED_MAX {
            let page = places::within(tx, within.as_ref(), last.as_ref(), READ_AT_ONCE)?;
            let Some(end) = page.last() else { break };
            last = Some(end.code.clone());
            let open = page.iter().filter(|place| place.closed_at.is_none());
            features.extend(open.map(feature));
        }
        Ok::<_, Error>(json!({ "type": "FeatureCollection", "features": features }))
    };
    app.store.read(read).await.map_err(Error::from)
}

fn feature(place: &Place) -> Value {
    let mut properties = Map::new();
    properties.insert("code".to_owned(), place.code.as_str().into());
    properties.insert("level".to_owned(), place.code.level().word().into());
    for (lang, name) in &place.names.0 {
        let key = match lang.as_str() {
            "zh" => "name".to_owned(),
            other => format!("name_{other}"),
        };
        properties.insert(key, name.as_str().into());
    }
    let shape = place.shape.as_deref();
    let shape = shape.and_then(|shape| serde_json::from_str::<Value>(shape).ok());
    json!({ "type": "Feature", "properties": properties, "geometry": shape })
}
