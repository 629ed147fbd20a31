//! The format of trouble files: every example is read, and a refused one says where and why.

use std::io::Read;

use demo_org::Trouble;
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn every_example_of_the_document_is_read() {
    let mut text = String::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/TROUBLE.md");
    let mut file = std::fs::File::open(path).expect("the document");
    file.read_to_string(&mut text).expect("a text");
    let examples: Vec<&str> = text
        .split("```json\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert!(examples.len() > 10, "{}", examples.len());
    for example in examples {
        example
            .parse::<Trouble>()
            .unwrap_or_else(|error| panic!("{error}\n{example}"));
    }
}

#[test]
fn a_refused_file_says_where_and_why() {
    for (text, parts) in [
        ("{", vec!["line 1"]),
        ("[]", vec!["the top"]),
        (
            "{ \"holds_everything\": true }",
            vec!["holds_everything", "holds_jobs"],
        ),
        (
            "{\n \"calls\": [ { \"what\": { \"status\": 200 } } ]\n}",
            vec!["200", "calls[0].what", "line 2"],
        ),
        (
            "{ \"calls\": [ { \"when\": { \"nth\": 0 }, \"what\": \"lost_reply\" } ] }",
            vec!["nonzero", "calls[0].when"],
        ),
        ("{ \"calls\": [ { } ] }", vec!["what", "calls[0]"]),
        (
            "{ \"row_locks\": [ { \"fraction\": 1.5 } ] }",
            vec!["1.5", "row_locks[0].fraction"],
        ),
        (
            "{ \"jobs\": [ { \"what\": { \"fails\": { \"reason\": \"boredom\" } } } ] }",
            vec!["boredom", "jobs[0]"],
        ),
        ("{} {}", vec!["trailing"]),
    ] {
        let why = text.parse::<Trouble>().expect_err(text).to_string();
        for part in parts {
            assert!(why.contains(part), "{text}: {why}");
        }
    }
}

fn when() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("always")),
        (
            prop::sample::select(vec!["first", "nth", "every", "from"]),
            1_u64..1000
        )
            .prop_map(|(name, number)| json!({ name: number })),
    ]
}

fn happening() -> impl Strategy<Value = Value> {
    let plain = [
        "sessions_expire",
        "grants_end",
        "policy_refusal",
        "bad_oauth_token",
        "daily_limit",
        "concurrent_limit",
        "unknown_exception",
        "results_not_found",
        "results_not_ready",
        "cut_before_acting",
        "lost_reply",
    ];
    prop_oneof![
        prop::sample::select(plain.to_vec()).prop_map(|name| json!(name)),
        (400_u16..600).prop_map(|status| json!({ "status": status })),
        (
            any::<u64>(),
            prop::sample::select(vec!["cut_reply", "cut_upload"])
        )
            .prop_map(|(bytes, name)| json!({ name: { "after_bytes": bytes } })),
        (
            any::<u64>(),
            prop::sample::select(vec!["slow_start", "slow_reply"])
        )
            .prop_map(|(time, name)| json!({ name: { "milliseconds": time } })),
        (any::<u32>(), any::<u64>())
            .prop_map(|(bytes, time)| json!({ "trickle": { "bytes": bytes, "milliseconds": time } })),
        any::<String>().prop_map(|to| json!({ "redirect": { "to": to } })),
        prop::collection::vec(any::<String>(), 0..3)
            .prop_map(|names| json!({ "strip_headers": { "names": names } })),
        (any::<String>(), any::<String>())
            .prop_map(|(error, why)| json!({ "oauth_refusal": { "error": error, "description": why } })),
    ]
}

fn document() -> impl Strategy<Value = Value> {
    let family = prop::sample::select(vec![
        "any",
        "data",
        "query",
        "query_more",
        "ingest_upload",
        "token",
        "record",
    ]);
    let call = (
        family,
        prop::option::of(any::<String>()),
        when(),
        any::<bool>(),
        happening(),
    )
        .prop_map(|(family, path, when, each_path, what)| {
            let mut which = json!({ "family": family });
            if let Some(path) = path {
                which["path"] = json!(path);
            }
            json!({ "which": which, "when": when, "each_path": each_path, "what": what })
        });
    let lock = (0_u32..=1024, any::<u32>(), any::<u64>())
        .prop_map(|(share, tries, seed)| (f64::from(share) / 1024.0, tries, seed))
        .prop_map(|(fraction, tries, seed)| json!({ "fraction": fraction, "tries": tries, "seed": seed }));
    (any::<bool>(), prop::collection::vec(call, 0..5), prop::collection::vec(lock, 0..3)).prop_map(
        |(holds, calls, row_locks)| {
            json!({ "holds_jobs": holds, "rotates_refresh_tokens": false, "calls": calls, "jobs": [], "row_locks": row_locks })
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_unchanged(document in document()) {
        let trouble: Trouble = document.to_string().parse().expect("a document of the format");
        prop_assert_eq!(serde_json::to_value(&trouble).expect("JSON"), document);
    }

    #[test]
    fn a_document_with_one_foreign_member_is_refused_by_name(document in document(), name in "[a-z]{12}") {
        let mut document = document;
        document[&name] = json!(1);
        let why = document.to_string().parse::<Trouble>().expect_err("a foreign member").to_string();
        prop_assert!(why.contains(&name), "{}", why);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        if let Err(error) = text.parse::<Trouble>() {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
