//! Text that would like to talk to a terminal, in everything the API tells that a person reads
//! (`--set hostile_text=...`).

use serde_json::Value;

use crate::http::Reply;

/// Members whose text people read.
const MEMBERS: [&str; 5] = [
    "comment",
    "description",
    "displayName",
    "message",
    "numericId",
];

/// Unseen characters and white space, more than anybody shows of a text.
const PADDING: usize = 1000;

/// The reply with the text behind each of these members' own, or before it.
pub(super) fn spoiled(mut reply: Reply, kind: &str, credential: &str) -> Reply {
    let padding = "\u{200b} ".repeat(PADDING);
    let text = match kind {
        "padding" => &padding,
        "osc52" => "\u{1b}]52;c;b3duZWQ=\u{7}",
        "csi" => "\u{1b}[2J\u{1b}[1;1H\u{1b}[8mhidden",
        "c1" => "\u{9b}2J\u{9d}0;owned\u{9c}",
        "credential" => credential,
        "bidi" => "\u{202e}toor\u{2066}",
        _ => "\u{e0041}\u{ad}\u{3164}\u{2800}\u{fe0f}\u{200b}",
    };
    if let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) {
        let spoil_one = |own: &mut String| match kind {
            "padding" => own.insert_str(0, text),
            _ => own.push_str(text),
        };
        spoil(&mut body, &spoil_one);
        reply.body = body.to_string().into_bytes();
    }
    reply
}

fn spoil(value: &mut Value, spoil_one: &dyn Fn(&mut String)) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(own) if MEMBERS.contains(&name.as_str()) => spoil_one(own),
                    value => spoil(value, spoil_one),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, spoil_one)),
        _ => {}
    }
}
