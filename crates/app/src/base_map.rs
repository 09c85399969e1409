//! What lies under our own map: nothing, a file of tiles that the house serves itself, or tiles
//! from somewhere else, such as Tianditu.

use std::io::Read;
use std::path::{Path, PathBuf};

use reqwest::Url;
use serde::Deserialize;

/// The fixed beginning of a PMTiles file.
const HEAD_BYTES: usize = 127;
const ZOOM_MAX: u8 = 22;

/// What `huiyin.toml` says of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum BaseMapSettings {
    /// A PMTiles file (version 3) with pictures or vector tiles.
    Pmtiles {
        file: PathBuf,
        /// Whose data it is, in words that everybody reads under the map.
        #[serde(default)]
        attribution: String,
    },
    /// Addresses with `{z}`, `{x}` and `{y}`, one for each layer, the lowest first.
    Wmts {
        tiles: Vec<String>,
        #[serde(default)]
        attribution: String,
        #[serde(default = "usual_zoom")]
        zoom_max: u8,
    },
}

fn usual_zoom() -> u8 {
    18
}

/// What is in the tiles of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    Vector,
    Pictures,
}

/// What lies under our own map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum BaseMap {
    #[default]
    None,
    File {
        path: PathBuf,
        drawn: Drawn,
        attribution: String,
    },
    Elsewhere {
        tiles: Vec<String>,
        /// Scheme and host of each: what browsers may ask besides this house.
        origins: Vec<String>,
        attribution: String,
        zoom_max: u8,
    },
}

/// Why a base map cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaseMapFault {
    #[error("the base map {0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    #[error("the base map {0} is no PMTiles file of version 3")]
    NotPmtiles(PathBuf),
    #[error("the base map {0} has tiles of sort {1}; known are 1 (vector) and 2 to 5 (pictures)")]
    UnknownTiles(PathBuf, u8),
    #[error("the base map names no tiles")]
    NoTiles,
    #[error("the address of tiles {0:?} is no address that begins with https:// or http://")]
    NotAddress(String),
    #[error(
        "the address of tiles {0:?} begins with http://, which browsers do not load into pages of https://"
    )]
    NotSecure(String),
    #[error(
        "the address of tiles {0:?} must have {{z}}, {{x}} and {{y}} in it, behind the host, and nothing else in braces"
    )]
    NotTemplate(String),
    #[error("zoom_max of the base map is {0}; the highest is {ZOOM_MAX}")]
    TooNear(u8),
}

impl BaseMap {
    /// Looks whether what was set can be used in a house with this address.
    pub fn new(said: &BaseMapSettings, base_url: &str) -> Result<BaseMap, BaseMapFault> {
        match said {
            BaseMapSettings::Pmtiles { file, attribution } => Ok(BaseMap::File {
                drawn: drawn(file)?,
                path: file.clone(),
                attribution: attribution.clone(),
            }),
            BaseMapSettings::Wmts {
                tiles,
                attribution,
                zoom_max,
            } => {
                if tiles.is_empty() {
                    return Err(BaseMapFault::NoTiles);
                }
                if *zoom_max > ZOOM_MAX {
                    return Err(BaseMapFault::TooNear(*zoom_max));
                }
                let is_secure = base_url.starts_with("https://");
                let origins = tiles.iter().map(|tiles| origin(tiles, is_secure));
                let mut origins: Vec<String> = origins.collect::<Result<_, _>>()?;
                origins.sort();
                origins.dedup();
                Ok(BaseMap::Elsewhere {
                    tiles: tiles.clone(),
                    origins,
                    attribution: attribution.clone(),
                    zoom_max: *zoom_max,
                })
            }
        }
    }

    /// Whose data it is.
    pub fn attribution(&self) -> &str {
        match self {
            BaseMap::None => "",
            BaseMap::File { attribution, .. } | BaseMap::Elsewhere { attribution, .. } => {
                attribution
            }
        }
    }

    /// Scheme and host of what browsers may ask besides this house.
    pub fn origins(&self) -> &[String] {
        match self {
            BaseMap::Elsewhere { origins, .. } => origins,
            BaseMap::None | BaseMap::File { .. } => &[],
        }
    }
}

/// What is in a PMTiles file, from its head.
fn drawn(path: &Path) -> Result<Drawn, BaseMapFault> {
    let mut head = [0; HEAD_BYTES];
    let mut file = std::fs::File::open(path)
        .map_err(|fault| BaseMapFault::Unreadable(path.to_owned(), fault))?;
    let read = file.read_exact(&mut head);
    if read.is_err() || !head.starts_with(b"PMTiles\x03") {
        return Err(BaseMapFault::NotPmtiles(path.to_owned()));
    }
    match head[99] {
        1 => Ok(Drawn::Vector),
        2..=5 => Ok(Drawn::Pictures),
        other => Err(BaseMapFault::UnknownTiles(path.to_owned(), other)),
    }
}

/// Scheme and host of a template of addresses.
fn origin(template: &str, is_secure: bool) -> Result<String, BaseMapFault> {
    let mut filled = template.to_owned();
    for part in ["{z}", "{x}", "{y}"] {
        if !filled.contains(part) {
            return Err(BaseMapFault::NotTemplate(template.to_owned()));
        }
        filled = filled.replace(part, "1");
    }
    let none = || BaseMapFault::NotAddress(template.to_owned());
    let url = Url::parse(&filled).map_err(|_| none())?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    if !["https", "http"].contains(&url.scheme()) || !url.has_host() || !is_plain {
        return Err(none());
    }
    if is_secure && url.scheme() == "http" {
        return Err(BaseMapFault::NotSecure(template.to_owned()));
    }
    // What is filled in lies behind the host, so the host is the same for every tile.
    let host = template.split('/').nth(2).unwrap_or_default();
    match !host.contains('{') && !filled.contains(['{', '}']) {
        true => Ok(url.origin().ascii_serialization()),
        false => Err(BaseMapFault::NotTemplate(template.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn wmts(tiles: &[&str], base_url: &str) -> Result<BaseMap, BaseMapFault> {
        let said = BaseMapSettings::Wmts {
            tiles: tiles.iter().map(|&tiles| tiles.to_owned()).collect(),
            attribution: "天地图".to_owned(),
            zoom_max: 18,
        };
        BaseMap::new(&said, base_url)
    }

    const TIANDITU: &str = "https://t0.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile\
        &TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=0123";

    #[test]
    fn browsers_may_ask_exactly_the_hosts_of_the_tiles() {
        let map = wmts(&[TIANDITU, TIANDITU], "https://huiyin.example").unwrap();
        assert_eq!(map.origins(), ["https://t0.tianditu.gov.cn"]);
        assert_eq!(map.attribution(), "天地图");
        let own = wmts(&["http://10.0.0.7:8081/{z}/{x}/{y}.png"], "http://10.0.0.7");
        assert_eq!(own.unwrap().origins(), ["http://10.0.0.7:8081"]);
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let fault = |tiles: &[&str]| wmts(tiles, "https://huiyin.example").unwrap_err();
        for (tiles, says) in [
            (&[][..], "names no tiles"),
            (
                &["https://a.example/{z}/{x}.png"],
                "must have {z}, {x} and {y}",
            ),
            (
                &["https://{s}.a.example/{z}/{x}/{y}"],
                "nothing else in braces",
            ),
            (&["https://{x}.a.example/{z}/{y}"], "behind the host"),
            (
                &["https://a.example/{z}/{x}/{y}/{r}"],
                "nothing else in braces",
            ),
            (&["file:///{z}/{x}/{y}"], "begins with https://"),
            (&["https://me:secret@a.example/{z}/{x}/{y}"], "no address"),
            (&["http://a.example/{z}/{x}/{y}"], "browsers do not load"),
            (&["nonsense {z}{x}{y}"], "no address"),
        ] {
            let said = fault(tiles).to_string();
            assert!(said.contains(says), "{tiles:?}: {said}");
        }
    }

    #[test]
    fn a_file_is_looked_at_before_anybody_asks_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str, head: &[u8]| {
            let file = folder.path().join(name);
            std::fs::File::create(&file)
                .and_then(|mut file| file.write_all(head))
                .unwrap();
            let attribution = String::new();
            let said = BaseMapSettings::Pmtiles { file, attribution };
            BaseMap::new(&said, "http://127.0.0.1").map_err(|fault| fault.to_string())
        };
        let mut head = [0_u8; 200];
        head[..8].copy_from_slice(b"PMTiles\x03");
        head[99] = 1;
        let vector = of("vector", &head);
        assert!(matches!(
            vector,
            Ok(BaseMap::File {
                drawn: Drawn::Vector,
                ..
            })
        ));
        head[99] = 4;
        let pictures = of("pictures", &head);
        assert!(matches!(
            pictures,
            Ok(BaseMap::File {
                drawn: Drawn::Pictures,
                ..
            })
        ));
        head[99] = 9;
        assert!(of("other", &head).unwrap_err().contains("tiles of sort 9"));
        assert!(
            of("short", b"PMTiles\x03")
                .unwrap_err()
                .contains("no PMTiles")
        );
        assert!(of("zip", &[7; 200]).unwrap_err().contains("no PMTiles"));
        let said = BaseMapSettings::Pmtiles {
            file: folder.path().join("nowhere"),
            attribution: String::new(),
        };
        let missing = BaseMap::new(&said, "").unwrap_err().to_string();
        assert!(missing.contains("cannot be read"), "{missing}");
    }
}
