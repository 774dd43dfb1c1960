//! Which language a reader is answered in: `?lang=`, else `Accept-Language`, else Chinese.
use axum::http::{HeaderMap, Uri, header};
use lantu_model::words::Lang;

pub fn of_request(uri: &Uri, headers: &HeaderMap) -> Lang {
    let asked = uri.query().and_then(|q| q.split('&').find_map(|pair| pair.strip_prefix("lang=")));
    asked.and_then(known).or_else(|| accepted(headers)).unwrap_or(Lang::Zh)
}

fn known(tag: &str) -> Option<Lang> {
    match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The known language with the highest weight; the first named wins a tie.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(u16, Lang)> = None;
    for part in text.split(',') {
        let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
        let Some(lang) = known(tag) else { continue };
        let weight = weight(rest);
        if weight > 0 && best.is_none_or(|(w, _)| weight > w) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// `q=0.8` in thousandths; 1000 when not given.
fn weight(parameters: &str) -> u16 {
    let Some(q) = parameters.trim().strip_prefix("q=") else { return 1000 };
    let (whole, frac) = q.split_once('.').unwrap_or((q, ""));
    let frac: String = frac.chars().chain("000".chars()).take(3).collect();
    if whole == "1" { 1000 } else { frac.parse().unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(uri: &str, accept: Option<&str>) -> Lang {
        let mut headers = HeaderMap::new();
        if let Some(a) = accept {
            headers.insert(header::ACCEPT_LANGUAGE, a.parse().unwrap());
        }
        of_request(&uri.parse().unwrap(), &headers)
    }

    #[test]
    fn the_address_wins_over_the_browser_and_the_browser_over_chinese() {
        assert_eq!(ask("/a?lang=en", Some("zh-CN")), Lang::En);
        assert_eq!(ask("/a", Some("en-GB,en;q=0.9,zh;q=0.8")), Lang::En);
        assert_eq!(ask("/a", Some("fr, en;q=0.3, zh-CN;q=0.7")), Lang::Zh);
        assert_eq!(ask("/a", Some("de")), Lang::Zh);
        assert_eq!(ask("/a?lang=xx", None), Lang::Zh);
    }
}
