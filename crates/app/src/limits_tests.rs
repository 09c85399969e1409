use super::*;
use crate::testing::benches;

fn peer(text: &str) -> Peer {
    Peer::new(text.parse().unwrap())
}

fn tries(limits: &Limits, key: Key<'_>, now: Timestamp) -> usize {
    (0..1_000)
        .take_while(|_| limits.take(Purpose::AskCode, key, now).is_ok())
        .count()
}

#[test]
fn so_many_at_once_then_one_at_a_time() {
    let limits = Limits::new(Strictness::Kept);
    let now = Timestamp::UNIX_EPOCH;
    let key = Key::Thing("+8613912345678");
    assert_eq!(tries(&limits, key, now), 3);
    assert_eq!(
        limits.take(Purpose::AskCode, key, now),
        Err(Refusal::TooMany { retry_after_s: 301 })
    );
    let later = now + SignedDuration::from_secs(300);
    assert_eq!(tries(&limits, key, later), 1);
    let much_later = now + SignedDuration::from_hours(24);
    assert_eq!(tries(&limits, key, much_later), 3);
    limits.forgive(Purpose::AskCode, key);
    assert_eq!(tries(&limits, key, much_later), 3);
}

#[tokio::test]
async fn several_processes_count_what_can_be_guessed_together() {
    for bench in benches() {
        let other = bench.with(bench.app.outside.clone());
        let processes = [&bench.app, &other];
        let key = || Key::Thing("+8613912345678");
        for number in 0..3 {
            let app = processes[number % 2];
            app.try_once(Purpose::AskCode, &[key()]).await.unwrap();
        }
        for app in processes {
            let refused = app.try_once(Purpose::AskCode, &[key()]).await;
            let too_many = matches!(
                refused,
                Err(Error::Refused(Refusal::TooMany { retry_after_s: 301 }))
            );
            assert!(too_many, "{refused:?}");
        }
        bench.clock.advance(SignedDuration::from_secs(301));
        let [one, other] = processes;
        other.try_once(Purpose::AskCode, &[key()]).await.unwrap();
        assert!(one.try_once(Purpose::AskCode, &[key()]).await.is_err());
        let inner = other.clone();
        let proved = move |tx: &mut Tx<'_>| inner.forgive(tx, Purpose::AskCode, key());
        other.store.write(0, proved).await.unwrap();
        other.try_once(Purpose::AskCode, &[key()]).await.unwrap();
    }
}

#[tokio::test]
async fn several_processes_learn_who_asks_often() {
    for bench in benches() {
        let other = bench.with(bench.app.outside.clone());
        let processes = [&bench.app, &other];
        let peer = || Key::Peer(peer("203.0.113.9"));
        let takes = |app: &App, most: usize| {
            let take = |_: &usize| {
                app.limits
                    .take(Purpose::OpenCase, peer(), app.now())
                    .is_ok()
            };
            (0..most).take_while(take).count()
        };
        // Less than half is nobody's business.
        assert_eq!(takes(processes[0], 14), 14);
        share(processes[0]).await.unwrap();
        assert!(processes[0].limits.buckets().shared.is_empty());
        assert_eq!(takes(processes[0], 6), 6);
        assert_eq!(takes(processes[1], 15), 15);
        for app in [processes[0], processes[1], processes[0]] {
            share(app).await.unwrap();
        }
        for app in processes {
            assert_eq!(takes(app, 1), 0);
        }
        bench.clock.advance(SignedDuration::from_secs(61));
        assert_eq!(takes(processes[0], 100), 10);
        for app in processes {
            share(app).await.unwrap();
        }
        assert_eq!(takes(processes[1], 100), 0);
        bench.clock.advance(SignedDuration::from_hours(1));
        assert_eq!(takes(processes[1], 100), 30);
    }
}

#[test]
fn a_household_is_one_peer_and_another_is_another() {
    let limits = Limits::new(Strictness::Kept);
    let now = Timestamp::UNIX_EPOCH;
    assert_eq!(peer("2001:db8:1:2::1"), peer("2001:db8:1:2:ffff::9"));
    assert_ne!(peer("2001:db8:1:2::1"), peer("2001:db8:1:3::1"));
    assert_eq!(peer("::ffff:9.9.9.9"), peer("9.9.9.9"));
    assert_eq!(tries(&limits, Key::Peer(peer("9.9.9.9")), now), 10);
    assert_eq!(tries(&limits, Key::Peer(peer("9.9.9.8")), now), 10);
    assert_eq!(tries(&limits, Key::Thing("9.9.9.9"), now), 3);
    assert!(
        limits
            .take(Purpose::SignIn, Key::Peer(peer("9.9.9.9")), now)
            .is_ok()
    );
    assert_eq!(
        tries(&Limits::new(Strictness::Off), Key::Thing("x"), now),
        1_000
    );
}

#[test]
fn a_flood_of_keys_takes_bounded_memory_and_frees_nobody_who_is_held() {
    let limits = Limits {
        keys_max: 100,
        ..Limits::new(Strictness::Kept)
    };
    let now = Timestamp::UNIX_EPOCH;
    assert_eq!(tries(&limits, Key::Thing("held"), now), 3);
    for number in 0..1_000 {
        let key = number.to_string();
        limits
            .take(Purpose::AskCode, Key::Thing(&key), now)
            .unwrap();
        assert!(limits.buckets().full_at.len() <= 100);
    }
    assert_eq!(tries(&limits, Key::Thing("held"), now), 0);
}
