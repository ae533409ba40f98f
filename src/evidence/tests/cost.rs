//! What an approval pays for its evidence.

use std::time::{Duration, Instant};

use super::*;
use crate::domain::ceremony::Ceremony;
use crate::domain::commitment::{AppliedTerms, Committed, CommittedConsent};
use crate::domain::event::{AuthenticationEvent, Facts, Signed};
use crate::domain::statement::Statement;

/// The quickest of many: what it costs where nothing else is at work.
fn quickest(mut what: impl FnMut()) -> Duration {
    let times = (0..200).map(|_| {
        let began = Instant::now();
        what();
        began.elapsed()
    });
    times.min().unwrap()
}

/// Between the callback and the receipt no answer is waited for because of it, and less than a millisecond goes into
/// it (docs/performance.md), without optimisation as well.
#[test]
#[ignore = "a measurement: docs/performance.md says how to run it"]
fn the_commitment_and_the_evidence_cost_less_than_a_millisecond() {
    let provider = Provider::new(1);
    let statement = statement(&terms());
    let shown: Statement = serde_json::from_value(shown()).unwrap();
    let consent: CommittedConsent = serde_json::from_value(statement.clone()).unwrap();
    let terms: AppliedTerms = serde_json::from_value(terms()).unwrap();
    let commit = || Committed::new(&shown, &consent, terms.clone()).unwrap();
    let committed = commit();
    let event = AuthenticationEvent::assertion(Facts::default()).with_token(Signed {
        id_token: provider.token(&header(), &claims(&statement)),
        key: Arc::new(provider.jwk()),
        jwks_uri: "https://idp.example/keys".to_owned(),
        fetched_at: CONSENTED,
        received_at: CONSENTED + 31,
        salt: Some(Salt::new(SALT)),
    });
    let document = || {
        let made = made(Ceremony::Local, &committed, &event).unwrap();
        made.with_receipt(receipt()).document().unwrap()
    };
    // It is what is verified.
    let whole = serde_json::from_slice(&document()).unwrap();
    assert_eq!(failing(&whole), [""; 0]);
    let before = quickest(|| {
        std::hint::black_box(commit().nonce(&Salt::new(SALT)));
    });
    let after = quickest(|| {
        std::hint::black_box(document());
    });
    let limit = Duration::from_millis(1);
    assert!(before < limit && after < limit, "{before:?}, {after:?}");
    #[expect(
        clippy::print_stdout,
        reason = "for whoever runs it with `--nocapture`"
    )]
    {
        println!("commitment: {before:?}; evidence: {after:?}");
    }
}
