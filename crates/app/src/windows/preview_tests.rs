//! What is shown before a window is kept is what it will be, and nothing is written.

use huiyin_domain::id::WindowId;
use huiyin_domain::person::Role;
use huiyin_domain::window::{Closed, Service};

use super::book::book;
use super::close_day;
use super::preview::preview;
use super::put::{self, put};
use super::tests::{TEN, WINDOW, ask, keeper, refused, request};
use super::times::times;
use crate::testing::benches;
use crate::venues::put::Doors;

#[tokio::test]
async fn the_week_is_shown_as_it_would_be_and_nothing_is_kept() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        book(app, ask(1, TEN, "li@example.org")).await.unwrap();
        let day = "2026-03-04".parse().unwrap();
        let closing = close_day::Request {
            window: WINDOW,
            day,
            reason: "training".to_owned(),
        };
        close_day::close(app, &keeper, closing).await.unwrap();

        // As it stands nobody loses anything.
        let same = preview(app, &keeper, request(WINDOW, |_| {}))
            .await
            .unwrap();
        assert_eq!(same.displaced, Some(0));
        assert_eq!(same.days.len(), 7);
        assert_eq!(
            same.days[2].plan.closed,
            Some(Closed::Once("training".to_owned()))
        );
        assert!(same.days[2].slots.is_empty());
        // Tuesday: three hours, two at midday and three more, by twenty minutes.
        let of = |service| {
            let slots = same.days[1].slots.iter();
            slots.filter(|slot| slot.service == service).count()
        };
        assert_eq!((of(Service::Usual), of(Service::Midday)), (18, 6));
        assert_eq!(same.days[5].slots.len(), 9);
        assert!(
            same.days[5]
                .slots
                .iter()
                .all(|slot| slot.service == Service::Weekend)
        );

        // Open in the afternoon alone, whoever comes at ten loses their time.
        let late = || {
            request(WINDOW, |setup| {
                setup.week[1] = "14-17".parse().unwrap();
                setup.midday[1] = "".parse().unwrap();
                setup.seats = 2;
            })
        };
        let shown = preview(app, &keeper, late()).await.unwrap();
        assert_eq!((shown.displaced, shown.seats), (Some(1), 2));
        assert_eq!(shown.days[1].slots.len(), 9);
        // Nothing was kept; keeping it does what was shown.
        let still = times(app, WINDOW, None, 7).await.unwrap();
        assert_eq!(still.window.setup, request(WINDOW, |_| {}).setup);
        assert_eq!(put(app, &keeper, late()).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn what_cannot_be_kept_cannot_be_shown_and_one_that_is_new_takes_nobodys_time() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        let new = request(WindowId::from_raw(7), |_| {});
        let shown = preview(app, &keeper, new.clone()).await.unwrap();
        assert_eq!((shown.displaced, shown.is_shut), (None, false));
        let odd = request(WINDOW, |setup| setup.minutes = 7);
        assert_eq!(
            refused(preview(app, &keeper, odd).await),
            "fault-window-minutes"
        );
        let shut = put::Request {
            doors: Doors::Shut,
            ..request(WINDOW, |_| {})
        };
        assert!(preview(app, &keeper, shut).await.unwrap().is_shut);
        let walker = bench.employ(2, Role::GridWorker, "w@example.org").await;
        preview(app, &walker, new).await.unwrap_err();
    }
}
