//! Photos of a venue on the pages: hung with a word and with consent, seen by everybody, and gone
//! when they are taken down.

use axum::http::StatusCode;

use crate::admin::missing_words;
use crate::bad_input::a_photo;
use crate::browser::{Browser, houses};
use crate::venues::{VENUE, hall, neighbour};

/// The files that a page shows small.
async fn shown(browser: &mut Browser, page: &str) -> Vec<String> {
    let page = browser.get(page).await;
    assert_eq!(missing_words(&page.body), Vec::<&str>::new());
    let links = page.body.split("src=\"/files/").skip(1);
    let files = links.filter_map(|rest| rest.split('/').next());
    files.map(str::to_owned).collect()
}

#[tokio::test]
async fn photos_hang_for_everybody_until_they_are_taken_down() {
    for house in houses(137) {
        let mut keeper = hall(&house, "at-once").await;
        let (desk, public) = (
            format!("/desk/venues/{VENUE}/pictures"),
            format!("/venues/{VENUE}"),
        );
        let photo = a_photo();
        let photos = [("file", photo.as_slice()), ("file", photo.as_slice())];
        let not_agreed = [("says", "Rows of red chairs")];
        let wrong = keeper.post_files(&desk, &not_agreed, &photos).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong
            .says("value=\"Rows of red chairs\"")
            .says("agreed-group-error");
        let agreed = [("says", "Rows of red chairs"), ("agreed", "yes")];
        let none = [("file", b"GIF or not?".as_slice())];
        let wrong = keeper.post_files(&desk, &agreed, &none).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("file-group-error");
        assert_eq!(shown(&mut keeper, &public).await, Vec::<String>::new());

        let hung = keeper.post_files(&desk, &agreed, &photos).await;
        assert_eq!(hung.location(), desk, "{}", hung.body);
        let mut anybody = house.browser();
        let files = shown(&mut anybody, &public).await;
        assert_eq!(files.len(), 2);
        assert_eq!(shown(&mut keeper, &desk).await, files);
        let large = format!("/files/{}", files[0]);
        assert_eq!(anybody.get(&large).await.status, StatusCode::OK);

        let down = format!("{desk}/{}", files[0]);
        let mut neighbour = neighbour(&house, 0).await;
        let refused = neighbour.post(&down, &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        for _ in 0..2 {
            let gone = keeper.post(&down, &[]).await;
            assert_eq!(gone.location(), desk, "{}", gone.body);
        }
        assert_eq!(shown(&mut anybody, &public).await, files[1..]);
        assert_eq!(anybody.get(&large).await.status, StatusCode::NOT_FOUND);
        house.town.verify();
    }
}
