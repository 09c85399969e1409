//! Pictures hang for everybody, are never swept away or taken along by a case, and are gone when
//! they are taken down.

use bytes::Bytes;
use huiyin_domain::access::Actor;
use huiyin_domain::id::{CaseId, VenueId};
use huiyin_domain::person::Role;
use huiyin_domain::venue::Rules;
use huiyin_store::{Tx, files};
use jiff::SignedDuration;

use super::hang::{COUNT_MAX, Request, hang};
use super::take_down::take_down;
use super::{Of, look};
use crate::Error;
use crate::files::files_tests::picture;
use crate::files::sweep::sweep;
use crate::testing::{Bench, benches, peer};
use crate::venues::look as venues;
use crate::venues::tests::{VENUE, key, neighbour, open_hall};

const OF: Of = Of::Venue(VENUE);

fn request(photos: Vec<Bytes>) -> Request {
    Request {
        of: OF,
        photos,
        says: "the hall from the door".to_owned(),
        agreed: true,
        peer: peer(),
    }
}

async fn keeper(bench: &Bench) -> Actor {
    let keeper = bench.employ(1, Role::Community, "k@example.org").await;
    open_hall(bench, &keeper, Rules::default()).await;
    keeper
}

async fn seen(bench: &Bench) -> usize {
    let venue = venues::show(&bench.app, VENUE).await.unwrap();
    venue.pictures.len()
}

#[tokio::test]
async fn what_hangs_stays_and_what_is_taken_down_is_gone() {
    for bench in benches() {
        let (app, keeper) = (&bench.app, keeper(&bench).await);
        hang(
            app,
            &keeper,
            request(vec![picture(1).into(), picture(2).into()]),
        )
        .await
        .unwrap();
        bench.clock.advance(SignedDuration::from_hours(49));
        assert_eq!(sweep(app).await.unwrap(), 0);
        let (_, hung) = look::kept(app, &keeper, OF).await.unwrap();
        assert_eq!((hung.len(), seen(&bench).await), (2, 2));
        // Nobody takes it along into a case, though its name is known to everybody.
        let file = hung[0].file;
        let take = move |tx: &mut Tx<'_>| files::attach(tx, file, CaseId::from_raw(5));
        let taken = app.store.write(0, take).await.map_err(Error::from);
        taken.unwrap_err();

        take_down(app, &keeper, OF, file).await.unwrap();
        take_down(app, &keeper, OF, file).await.unwrap();
        assert_eq!(seen(&bench).await, 1);
        let read = move |tx: &mut Tx<'_>| files::by_id(tx, file);
        let row = app.store.read(read).await.unwrap().unwrap();
        assert!(row.erased_at.is_some());
        // Of the other one both sizes are still there.
        assert_eq!(app.outside.files.list().await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn all_hang_or_none_and_only_by_whoever_keeps_the_place() {
    for bench in benches() {
        let (app, keeper) = (&bench.app, keeper(&bench).await);
        let not_agreed = Request {
            agreed: false,
            ..request(vec![picture(1).into()])
        };
        let wordless = Request {
            says: String::new(),
            ..request(vec![picture(1).into()])
        };
        let broken = request(vec![picture(1).into(), Bytes::from_static(b"<svg/>")]);
        let many = request(vec![Bytes::from(picture(1)); COUNT_MAX + 1]);
        for (wrong, why) in [
            (not_agreed, "fault-required"),
            (wordless, "fault-required"),
            (request(Vec::new()), "fault-required"),
            (broken, "fault-file-type"),
            (many, "refused-pictures-many"),
        ] {
            let refused = hang(app, &keeper, wrong).await.unwrap_err();
            let refusal = refused.refusal().unwrap();
            let fault = refusal.faults().first().map(|fault| fault.key.to_owned());
            assert_eq!(fault.unwrap_or_else(|| key(&refused)), why);
        }
        let stranger = neighbour(&bench, 2).await;
        hang(app, &stranger, request(vec![picture(1).into()]))
            .await
            .unwrap_err();
        let elsewhere = Request {
            of: Of::Venue(VenueId::from_raw(77)),
            ..request(vec![picture(1).into()])
        };
        hang(app, &keeper, elsewhere).await.unwrap_err();
        assert_eq!(seen(&bench).await, 0);
    }
}
