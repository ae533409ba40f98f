//! As much HTML as a sign-in needs: the first form with its fields and buttons, the title, the alert.
//!
//! Reads tags, not trees; pages are small and well-formed, and a page that is not merely has no form.

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) posts: bool,
    /// Names and values of the inputs.
    pub(super) fields: Vec<(String, String)>,
    /// Values of the buttons named `factor`.
    factors: Vec<String>,
}

impl Form {
    pub(super) fn first(html: &str) -> Option<Self> {
        let mut tags = tags(html).skip_while(|tag| tag.name != "form");
        let start = tags.next()?;
        let mut form = Self {
            action: start.attribute("action").unwrap_or_default(),
            posts: start
                .attribute("method")
                .is_some_and(|method| method.eq_ignore_ascii_case("post")),
            ..Self::default()
        };
        for tag in tags.take_while(|tag| tag.name != "/form") {
            let value = tag.attribute("value").unwrap_or_default();
            match (tag.name.as_str(), tag.attribute("name")) {
                ("input", Some(name)) => form.fields.push((name, value)),
                ("button", Some(name)) if name == "factor" => form.factors.push(value),
                _ => {}
            }
        }
        Some(form)
    }

    pub(super) fn chooses(&self) -> bool {
        !self.factors.is_empty()
    }

    pub(super) fn offers(&self, factor: &str) -> bool {
        self.factors.iter().any(|offered| offered == factor)
    }
}

pub(super) fn title(html: &str) -> String {
    between(html, "<title>", "</title>")
}

pub(super) fn alert(html: &str) -> String {
    between(html, "role=\"alert\">", "</")
}

fn between(html: &str, start: &str, end: &str) -> String {
    html.split_once(start)
        .and_then(|(_, rest)| rest.split_once(end))
        .map(|(text, _)| unescape(text.trim()))
        .unwrap_or_default()
}

struct Tag<'a> {
    name: String,
    attributes: &'a str,
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some((name, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"')?;
            let name = name.rsplit(char::is_whitespace).next().unwrap_or_default();
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescape(value));
            }
            rest = after;
        }
        None
    }
}

fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    html.split('<').skip(1).filter_map(|piece| {
        let (inside, _) = piece.split_once('>')?;
        let (name, attributes) = inside
            .split_once(char::is_whitespace)
            .unwrap_or((inside, ""));
        Some(Tag {
            name: name.to_ascii_lowercase(),
            attributes,
        })
    })
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_fields_and_buttons() {
        let html = "<p>x</p><form method=\"post\" action=\"/go?a=1&amp;b=2\">\
            <input type=\"hidden\" name=\"n\" value=\"&lt;&quot;&gt;\"><input name=\"m\">\
            <button name=\"factor\" value=\"key\">Key</button></form><input name=\"late\">";
        let form = Form::first(html).unwrap();
        assert_eq!(form.action, "/go?a=1&b=2");
        assert!(form.posts && form.offers("key") && !form.offers("code"));
        assert_eq!(
            form.fields,
            [("n".into(), "<\">".into()), ("m".to_owned(), String::new())]
        );
    }

    #[test]
    fn what_is_no_form_is_none() {
        for html in ["", "<", "<form", "form>", "<title>x</title>", "<p a=\"b>"] {
            assert_eq!(Form::first(html), None, "{html}");
        }
    }
}
