//! Meetings are about what was found, and their agenda stays as it was.

use huiyin_domain::case::{Input, Value};
use huiyin_domain::id::MeetingId;
use huiyin_domain::round::{Mark, MeetingSort};
use jiff::SignedDuration;

use super::{hold, look};
use crate::rounds::tests::{SPOTS, begun, place, said, says, takes};
use crate::testing::benches;
use crate::venues::tests::key;

#[tokio::test]
async fn a_meeting_is_about_what_was_found_since_the_last_one() {
    for bench in benches() {
        let (app, (keeper, walker, round)) = (&bench.app, begun(&bench).await);
        let request = hold::Request {
            id: MeetingId::from_raw(1),
            place: place(),
            sort: MeetingSort::Weekly,
            attended: "community, housing".to_owned(),
            minutes: "The lamps first.".to_owned(),
            decisions: Vec::new(),
        };
        let nothing = hold::hold(app, &keeper, request.clone()).await;
        assert_eq!(key(&nothing.unwrap_err()), "refused-meeting-nothing");
        said(&bench, &walker, says(1, (round, SPOTS[0]), Mark::NotOk))
            .await
            .unwrap();
        bench.clock.advance(SignedDuration::from_hours(1));
        hold::hold(app, &keeper, request.clone()).await.unwrap();
        hold::hold(app, &keeper, request.clone()).await.unwrap();
        let shown = look::show(app, &keeper, request.id).await.unwrap();
        assert_eq!((shown.agenda.len(), shown.meeting.agenda.len()), (1, 1));
        let refused = hold::hold(app, &walker, request).await;
        assert_eq!(key(&refused.unwrap_err()), "refused-not-permitted");
        // Mended or not any hazard, it stays on the agenda of that day.
        let why = Input::default().with("reason", Value::Text("A flower pot.".to_owned()));
        takes(
            &bench,
            &keeper,
            (shown.agenda[0].finding.case, "no_hazard"),
            why,
        )
        .await;
        bench.clock.advance(SignedDuration::from_hours(24));
        let shown = look::show(app, &keeper, MeetingId::from_raw(1))
            .await
            .unwrap();
        assert_eq!(shown.agenda.len(), 1);
        let overview = look::overview(app, &keeper).await.unwrap();
        let counts: Vec<i64> = overview.next.iter().map(|next| next.count).collect();
        assert_eq!((counts, overview.held.len()), (vec![0, 1], 1));
    }
}
