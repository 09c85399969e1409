//! The style guide renders in every language, theme and view, keeps to the
//! content security policy, and is left in `target/tmp/style-guide` to be looked at.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use askama::Template;
use huiyin_app::config::Demo;
use huiyin_domain::words::{Lang, Words};
use huiyin_web::assets;
use huiyin_web::layout::{Flash, Page, RailDoor, Theme, Tone, View};
use huiyin_web::pages::style_guide::{DeskGuide, PrintGuide, ResidentGuide};

fn page(lang: Lang, theme: Theme, view: View) -> Page {
    let words = Words::load(huiyin_web::words::sources()).expect("built-in words");
    let mut page = Page::new(Arc::new(words), lang, "和静县".to_owned());
    page.theme = theme;
    page.view = view;
    page.demo = Demo::Lives;
    page.csrf = "token".to_owned();
    page.path = "/desk/cases?late=1".to_owned();
    page.signed_in = Some("热力公司 · 客服".to_owned());
    page.flash = Some(Flash {
        tone: Tone::Done,
        text: "派给热力公司了，周四前答复。".to_owned(),
    });
    let door = |href, icon, word, keys, waiting| RailDoor {
        href,
        icon,
        word,
        keys,
        waiting,
    };
    page.rail = vec![
        door("/desk/cases", "inbox", "desk-inbox", "g i", Some(12)),
        door("/desk/call", "phone-call", "desk-call", "g n", None),
        door(
            "/desk/whistles",
            "speakerphone",
            "desk-whistles",
            "g w",
            Some(2),
        ),
        door("/desk/wishes", "gift", "desk-wishes", "g v", None),
        door("/desk/search", "search", "desk-search", "g s", None),
        door("/desk/figures", "chart-bar", "desk-figures", "g f", None),
        door("/desk/manage", "settings", "desk-manage", "", None),
    ];
    page
}

fn guides() -> Vec<(String, String)> {
    let mut guides = Vec::new();
    for lang in ["zh", "en", "ug"] {
        for theme in [Theme::Light, Theme::Dark] {
            for view in [View::Normal, View::Elder] {
                let page = page(lang.parse().unwrap(), theme, view);
                let name = format!("{lang}-{}-{}", theme.as_str(), view.as_str());
                let resident = ResidentGuide { page: &page }.render().unwrap();
                let desk = DeskGuide { page: &page }.render().unwrap();
                let print = PrintGuide { page: &page }.render().unwrap();
                guides.push((format!("resident-{name}"), resident));
                guides.push((format!("desk-{name}"), desk));
                guides.push((format!("print-{name}"), print));
            }
        }
    }
    guides
}

#[test]
fn every_guide_keeps_to_the_policy_and_says_no_bare_key() {
    let to = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("style-guide");
    fs::create_dir_all(&to).unwrap();
    for (name, html) in guides() {
        for wrong in [" style=", " onclick=", "<style", "javascript:", "<script>"] {
            assert!(!html.contains(wrong), "{name} has {wrong}");
        }
        for bare in [">shell-", ">desk-", ">field-", ">keys-", ">rating-", "&lt;"] {
            assert!(!html.contains(bare), "{name} shows {bare}");
        }
        fs::write(to.join(format!("{name}.html")), html).unwrap();
    }
}

#[test]
fn direction_theme_and_view_reach_the_root() {
    let html = ResidentGuide {
        page: &page("ug".parse().unwrap(), Theme::Dark, View::Elder),
    }
    .render()
    .unwrap();
    assert!(html.contains(r#"<html lang="ug" dir="rtl" data-theme="dark" data-view="elder">"#));
    assert!(html.contains(assets::url("app.css")));
}

/// Words between quotes after `marker` in all templates.
fn named(dir: &Path, marker: &str, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            named(&path, marker, found);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            let text = fs::read_to_string(&path).unwrap();
            for rest in text.split(marker).skip(1) {
                let name = rest.split('"').next().unwrap_or_default();
                found.push((path.clone(), name.to_owned()));
            }
        }
    }
}

#[test]
fn every_icon_that_a_template_names_is_in_the_sprite() {
    let mut found = Vec::new();
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    named(&templates, "icon(\"", &mut found);
    assert!(found.len() > 20, "the templates were not found");
    for (path, name) in found {
        assert!(
            assets::has_icon(&name),
            "{} names the icon {name}: add it to assets/src/icons.txt",
            path.display()
        );
    }
}
