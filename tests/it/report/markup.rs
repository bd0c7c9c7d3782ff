//! A parser of HTML as strict as XML: every tag is closed in order, every attribute is quoted.

/// An element, in the order of the opening tags.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// The content of a script or a style.
    pub(super) raw: String,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Elements that have no end.
const VOID: [&str; 2] = ["meta", "input"];
/// Elements whose text is no markup.
const RAW: [&str; 2] = ["script", "style"];

/// All elements of a page, or the first thing that is wrong with it.
pub(super) fn elements(page: &str) -> Result<Vec<Element>, String> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
    let (mut elements, mut open) = (Vec::new(), Vec::new());
    while let Some(start) = rest.find('<') {
        if rest[..start].contains('>') {
            return Err(format!("a lone > in {:?}", &rest[..start]));
        }
        rest = &rest[start + 1..];
        let end = tag_end(rest).ok_or_else(|| format!("a tag without an end: {}", short(rest)))?;
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let expected = open.pop();
            if expected.as_deref() != Some(name) {
                return Err(format!("</{name}> where {expected:?} is open: {}", short(rest)));
            }
            continue;
        }
        let mut element = element(tag)?;
        if RAW.contains(&element.name.as_str()) {
            let close = format!("</{}>", element.name);
            let (raw, after) = rest.split_once(&close).ok_or("a script or style without an end")?;
            (element.raw, rest) = (raw.to_owned(), after);
        } else if !VOID.contains(&element.name.as_str()) && !tag.ends_with('/') {
            open.push(element.name.clone());
        }
        elements.push(element);
    }
    if open.is_empty() && !rest.contains('>') {
        Ok(elements)
    } else {
        Err(format!("never closed: {open:?}, before {:?}", short(rest)))
    }
}

/// The index of the `>` that ends a tag: the first one outside quotes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(place, c)| {
        quoted ^= c == '"';
        (c == '>' && !quoted).then_some(place)
    })
}

/// Parses the inside of a tag, such as `name a="b" c`.
fn element(tag: &str) -> Result<Element, String> {
    let tag = tag.trim_end_matches('/');
    let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(format!("no name of an element: {}", short(tag)));
    }
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let value = match after.strip_prefix("=\"") {
            Some(value) => value.split_once('"').ok_or_else(|| format!("an open quote: {}", short(rest)))?,
            None if after.starts_with('=') => return Err(format!("an unquoted value: {}", short(rest))),
            None => ("", after),
        };
        attributes.push((key.to_owned(), value.0.to_owned()));
        rest = value.1;
    }
    Ok(Element { name: name.to_owned(), attributes, raw: String::new() })
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

#[test]
fn the_reader_sees_what_is_wrong() {
    let wrong = |body: &str| elements(&format!("<!DOCTYPE html>{body}")).err();
    for body in ["<p>", "<p></b>", "<p a=b></p>", "<p a=\"b></p>", "a > b", "< p></p>", "<script>"] {
        assert!(wrong(body).is_some(), "{body}");
    }
    assert_eq!(wrong("<p a=\"1 > 0\" hidden>x</p><meta b=\"\"><svg><g/></svg><style>a>b</style>"), None);
}
