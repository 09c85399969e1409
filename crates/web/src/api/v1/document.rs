//! The OpenAPI document: what the handlers say of themselves, and what all have in common.
//!
//! It is committed as `docs/api/openapi.json`, so that a changed API is a visible change;
//! a test compares the two.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, Ref, RefOr, ResponseBuilder, Schema};
use utoipa::{Modify, OpenApi};

use super::shapes::{ProblemShape, SealedEntry};
use super::{cases, files, installations, items, kinds, me, places, tracked, units};
use crate::visit::Visit;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Huiyin",
        version = "1",
        description = "Everything that is brought in gets an answer. Bring something in, see \
                       where it stands, take its next step: over this API as on the pages, by \
                       the same rules. Guide: docs/api/README.md in the sources.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later"),
    ),
    servers((url = "/", description = "This house")),
    tags(
        (name = "cases", description = "What came in, and what is done about it"),
        (name = "files", description = "Pictures that go with a case"),
        (name = "reference", description = "Kinds, places, units and items"),
    ),
    paths(
        cases::open::open,
        cases::list::list,
        cases::read::read,
        cases::steps::list,
        cases::advance::advance,
        cases::comment::add,
        cases::file::read,
        cases::history::read,
        cases::chain::read,
        cases::elsewhere::bring,
        installations::hear,
        tracked::read,
        files::upload,
        kinds::list::list,
        kinds::read::read,
        places::list::list,
        places::at::read,
        places::read::read,
        units::list,
        items::list,
        me::read,
    ),
    components(schemas(ProblemShape, SealedEntry)),
    modifiers(&Doors, &Refusals, &Examples),
)]
struct Api;

/// How a caller says who they are.
struct Doors;

impl Modify for Doors {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let mut token = Http::new(HttpAuthScheme::Bearer);
        token.description = Some(
            "A service token, made by the security administrator. Scopes: `cases:read`, \
             `cases:write`, `house:read`."
                .to_owned(),
        );
        components.add_security_scheme("token", SecurityScheme::Http(token));
        let code = ApiKeyValue::with_description(
            "Tracking-Code",
            "The sixteen digits of the receipt, by which whoever brought a case in follows it \
             without an account.",
        );
        components.add_security_scheme(
            "tracking-code",
            SecurityScheme::ApiKey(ApiKey::Header(code)),
        );
    }
}

/// What every operation may answer besides what it says itself.
const ALWAYS: [(&str, &str); 4] = [
    ("400", "The request makes no sense"),
    (
        "422",
        "Something is missing or wrong, and `errors` says what; or the key was used for \
         another request",
    ),
    ("429", "Too often; `Retry-After` says when again"),
    ("503", "Too much is going on; `Retry-After` says when again"),
];
const SECURED: [(&str, &str); 2] = [
    (
        "401",
        "A token or tracking code is needed, or this one does not count",
    ),
    ("403", "Your token or post does not allow this"),
];
const NAMED: [(&str, &str); 1] = [(
    "404",
    "There is no such thing, or none that you may know of",
)];
const WRITTEN: [(&str, &str); 4] = [
    ("404", "The body names something that there is not"),
    ("408", "The body arrived too slowly"),
    ("413", "The body is too large"),
    ("415", "The body is not of the type asked for"),
];
const KEYED: [(&str, &str); 2] = [
    ("409", "Where the case stands does not allow it"),
    (
        "412",
        "The case has changed since the version of `If-Match`",
    ),
];

/// Adds to every operation the problems with which it may answer.
struct Refusals;

impl Modify for Refusals {
    fn modify(&self, document: &mut Document) {
        for (path, item) in &mut document.paths.paths {
            let named =
                path.contains('{') || ["/tracked", "/at"].iter().any(|end| path.ends_with(end));
            let operations = [
                (HttpMethod::Get, &mut item.get),
                (HttpMethod::Post, &mut item.post),
            ];
            for (method, operation) in operations {
                let Some(operation) = operation else { continue };
                add(operation, &ALWAYS);
                if operation.security.is_some() {
                    add(operation, &SECURED);
                }
                if named {
                    add(operation, &NAMED);
                }
                if method == HttpMethod::Post {
                    add(operation, &WRITTEN);
                    add(operation, &KEYED);
                }
            }
        }
    }
}

fn add(operation: &mut Operation, problems: &[(&str, &str)]) {
    for (status, description) in problems {
        let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
        let response = ResponseBuilder::new()
            .description(*description)
            .content("application/problem+json", content)
            .build();
        let responses = &mut operation.responses.responses;
        responses
            .entry((*status).to_owned())
            .or_insert(RefOr::T(response));
    }
}

/// Examples that speak of kinds, which are data and not known to any code: by the name of a
/// schema, or of a schema and its property.
struct Examples;

const EXAMPLES: &str = include_str!("examples.json");

impl Modify for Examples {
    fn modify(&self, document: &mut Document) {
        let examples: BTreeMap<String, Value> =
            serde_json::from_str(EXAMPLES).expect("the examples are JSON");
        let components = document.components.get_or_insert_default();
        for (name, example) in examples {
            let (schema, property) = match name.split_once('.') {
                Some((schema, property)) => (schema, Some(property)),
                None => (name.as_str(), None),
            };
            let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(schema) else {
                panic!("no schema is called {schema}");
            };
            match property.map(|property| object.properties.get_mut(property)) {
                None => object.example = Some(example),
                Some(Some(RefOr::T(Schema::Object(property)))) => property.example = Some(example),
                Some(_) => panic!("no plain property is called {name}"),
            }
        }
    }
}

/// The document as it is served and committed.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let text = Api::openapi().to_pretty_json();
    let mut text = text.expect("the document is made of texts and numbers");
    text.push('\n');
    text
});

/// Serves the document.
pub async fn serve(_: Visit) -> Response {
    let media_type = HeaderValue::from_static("application/json");
    let mut answer = TEXT.as_str().into_response();
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, media_type);
    answer
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::routes;

    #[test]
    fn the_committed_document_is_the_one_that_is_served() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
        if std::env::var_os("HUIYIN_WRITE").is_some() {
            std::fs::write(&path, TEXT.as_str()).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == *TEXT,
            "run: HUIYIN_WRITE=1 cargo test -p huiyin-web document"
        );
    }

    #[test]
    fn every_route_of_the_api_is_told_and_none_else() {
        let routed: BTreeSet<(String, String)> = routes::table()
            .iter()
            .filter(|route| route.path.starts_with("/api/"))
            .filter(|route| !route.path.ends_with("/openapi.json"))
            .map(|route| (route.path.to_owned(), route.method.to_string()))
            .collect();
        let told: BTreeSet<(String, String)> = Api::openapi()
            .paths
            .paths
            .into_iter()
            .flat_map(|(path, item)| {
                let get = item.get.map(|_| (path.clone(), "GET".to_owned()));
                let post = item.post.map(|_| (path, "POST".to_owned()));
                get.into_iter().chain(post)
            })
            .collect();
        assert_eq!(told, routed);
    }

    #[test]
    fn every_operation_has_a_name_and_says_how_it_refuses() {
        let mut names = BTreeSet::new();
        for (path, item) in Api::openapi().paths.paths {
            for operation in [item.get, item.post].into_iter().flatten() {
                let name = operation.operation_id.unwrap();
                assert!(names.insert(name.clone()), "{name} twice");
                assert!(operation.summary.is_some(), "{path}");
                assert!(operation.responses.responses.contains_key("422"), "{path}");
            }
        }
    }
}
