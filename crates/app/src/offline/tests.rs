//! Pieces of files come in any order and any number of times; a form's token is nobody else's.

use bytes::Bytes;
use huiyin_domain::person::Role;
use jiff::SignedDuration;

use super::once::{Mended, Outcome, Request as Delivered, once};
use super::stage::{PIECE_BYTES_MAX, Request, stage};
use super::{Token, staged};
use crate::error::{Error, Refusal};
use crate::testing::benches;
use crate::views;

fn token(digit: char) -> Token {
    Token::parse(&String::from(digit).repeat(32)).unwrap()
}

fn piece(digit: char, starts_at_byte: i64, content: &'static [u8]) -> Request {
    Request {
        token: token(digit),
        starts_at_byte,
        content: Bytes::from_static(content),
    }
}

#[test]
fn a_token_is_what_a_phone_makes_and_nothing_else() {
    assert!(Token::parse("0123456789abcdef0123456789abcdef").is_some());
    for bad in ["", "0", "0123456789ABCDEF0123456789abcdef", "é"] {
        assert_eq!(Token::parse(bad), None, "{bad}");
    }
}

#[tokio::test]
async fn a_file_is_put_together_whatever_is_cut_or_sent_twice() {
    for bench in benches() {
        let app = bench.app.clone();
        let ana = bench.employ(5, Role::GridWorker, "ana@x.example").await;
        let ben = bench.employ(6, Role::GridWorker, "ben@x.example").await;
        assert_eq!(stage(&app, &ana, piece('a', 0, b"one ")).await.unwrap(), 4);
        // The answer was lost, and the piece comes again; then one that leaves a gap.
        assert_eq!(stage(&app, &ana, piece('a', 0, b"one ")).await.unwrap(), 4);
        assert_eq!(stage(&app, &ana, piece('a', 9, b"late")).await.unwrap(), 4);
        assert_eq!(staged::size(&app, &ana, &token('a')).await.unwrap(), 4);
        assert_eq!(stage(&app, &ana, piece('a', 4, b"two")).await.unwrap(), 7);
        let whole = staged::content(&app, &ana, &token('a')).await.unwrap();
        assert_eq!(whole.as_ref(), b"one two");
        let other = staged::content(&app, &ben, &token('a')).await.unwrap();
        assert!(other.is_empty(), "what somebody else sends is not there");
        staged::put_away(&app, &ana, vec![token('a')])
            .await
            .unwrap();
        assert_eq!(staged::size(&app, &ana, &token('a')).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn pieces_have_a_size_and_a_person_so_many_of_them() {
    for bench in benches() {
        let app = bench.app.clone();
        let ana = bench.employ(5, Role::GridWorker, "ana@x.example").await;
        for content in [Bytes::new(), Bytes::from(vec![0; PIECE_BYTES_MAX + 1])] {
            let request = Request {
                token: token('a'),
                starts_at_byte: 0,
                content,
            };
            let refused = stage(&app, &ana, request).await.unwrap_err();
            assert!(matches!(refused, Error::Refused(Refusal::TooLarge { .. })));
        }
        let anyone = huiyin_domain::access::Actor::anyone();
        let refused = stage(&app, &anyone, piece('a', 0, b"x")).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::SignInNeeded)));
    }
}

fn delivered(digit: char, hash: u8) -> Delivered {
    Delivered {
        token: token(digit),
        request_hash: [hash; 32],
        age: SignedDuration::from_hours(3),
    }
}

#[tokio::test]
async fn an_operation_is_applied_once_and_a_mended_form_is_told_so() {
    for bench in benches() {
        let app = bench.app.clone();
        let ana = bench.employ(5, Role::GridWorker, "ana@x.example").await;
        let save = || views::save(&app, &ana, "mine", "kind=appeal");
        let first = once(&app, &ana, delivered('a', 1), save()).await.unwrap();
        assert!(matches!(first, Outcome::Applied(Ok(_))), "{first:?}");
        let again = once(&app, &ana, delivered('a', 1), save()).await.unwrap();
        assert!(matches!(again, Outcome::Before(Mended::Same)), "{again:?}");
        let mended = once(&app, &ana, delivered('a', 2), save()).await.unwrap();
        assert!(matches!(mended, Outcome::Before(Mended::Since)));
        // A refusal writes nothing; the same form counts when it is right.
        let bad = once(
            &app,
            &ana,
            delivered('b', 1),
            views::save(&app, &ana, "", ""),
        )
        .await;
        assert!(matches!(bad, Ok(Outcome::Nothing(Err(_)))), "{bad:?}");
        let right = once(&app, &ana, delivered('b', 2), save()).await.unwrap();
        assert!(matches!(right, Outcome::Applied(_)), "{right:?}");
    }
}
