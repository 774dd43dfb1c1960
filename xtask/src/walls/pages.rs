//! Walls of the web app: `app` → `features/<noun>` → `shared`, never sideways; colours only in the theme.

use super::Breach;
use super::source::Source;

/// Checks one file of the web app.
pub fn check(source: &Source) -> Vec<Breach> {
    if !source.path.starts_with("web/src/") {
        return Vec::new();
    }
    let mut breaches = Vec::new();
    if source.ends_with(&[".ts", ".tsx"]) {
        imports(source, &mut breaches);
    }
    if source.ends_with(&[".ts", ".tsx", ".css"]) && !source.path.starts_with("web/src/shared/theme") && source.code_lines > 0 {
        colours(source, &mut breaches);
    }
    breaches
}

/// A place in the web app that other places may or may not import.
#[derive(Debug, PartialEq, Eq)]
enum Room<'a> {
    App,
    Feature(&'a str),
    Shared,
}

fn room(path: &str) -> Option<Room<'_>> {
    let mut parts = path.strip_prefix("web/src/")?.split('/');
    match parts.next()? {
        "app" => Some(Room::App),
        "shared" => Some(Room::Shared),
        "features" => parts.next().map(Room::Feature),
        _ => None,
    }
}

fn imports(source: &Source, breaches: &mut Vec<Breach>) {
    let Some(from) = room(&source.path) else { return };
    for (number, line) in source.lines() {
        let Some(target) = specifier(line).and_then(|name| resolve(&source.path, name)) else { continue };
        let says = match (&from, room(&target)) {
            (Room::Feature(own), Some(Room::Feature(other))) if *own != other => {
                format!("feature {own} imports feature {other}: move what both need to web/src/shared")
            }
            (Room::Feature(own), Some(Room::App)) => format!("feature {own} imports app: pass it in, or move it to web/src/shared"),
            (Room::Shared, Some(Room::App | Room::Feature(_))) => "shared imports an outer room: move the file to that room".to_string(),
            _ => continue,
        };
        breaches.push(Breach::new(format!("{}:{number}", source.path), says));
    }
}

/// The module named in `… from "x"`, `import "x"` or `import("x")`.
fn specifier(line: &str) -> Option<&str> {
    let starts = ["from \"", "from '", "import \"", "import '", "import(\"", "import('"];
    let (at, start) = starts.iter().find_map(|start| line.find(start).map(|at| (at, start)))?;
    let rest = &line[at + start.len()..];
    let quote = start.chars().last()?;
    rest.split_once(quote).map(|(name, _)| name)
}

/// The path a module name means, when it is one of ours.
fn resolve(from: &str, name: &str) -> Option<String> {
    if let Some(below) = name.strip_prefix("@/").or_else(|| name.strip_prefix("~/")) {
        return Some(format!("web/src/{below}"));
    }
    if !name.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn colours(source: &Source, breaches: &mut Vec<Breach>) {
    for (number, line) in source.code() {
        if let Some(literal) = colour(line) {
            let says = format!("{literal} is a colour literal: use a token of web/src/shared/theme");
            breaches.push(Breach::new(format!("{}:{number}", source.path), says));
        }
    }
}

/// The first colour literal of a line.
fn colour(line: &str) -> Option<String> {
    if let Some(name) = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch("].iter().find(|name| line.contains(**name)) {
        return Some(format!("{name}…)"));
    }
    line.match_indices('#').find_map(|(at, _)| {
        let digits: String = line[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let hex = matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|digit| digit.is_ascii_hexdigit());
        let opens = line[..at].chars().last().is_none_or(|before| matches!(before, '"' | '\'' | '`' | ' ' | ':' | '(' | ','));
        // `#add-row` names an element.
        let ends = !line[at + 1 + digits.len()..].starts_with(['-', '_']);
        (hex && opens && ends).then(|| format!("#{digits}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<Breach> {
        check(&Source::new(path, text))
    }

    #[test]
    fn a_feature_may_use_itself_and_shared() {
        let text = "import { Row } from './row'\nimport { money } from '../../shared/money'\nimport { t } from '@/shared/words'\nimport React from 'react'";
        assert_eq!(found("web/src/features/pipeline/grid.tsx", text), []);
    }

    #[test]
    fn sideways_and_upward_imports_are_caught() {
        assert_eq!(found("web/src/features/pipeline/grid.tsx", "import { Card } from '../project/card'").len(), 1);
        assert_eq!(found("web/src/features/pipeline/grid.tsx", "const Card = lazy(() => import(\"@/features/project/card\"))").len(), 1);
        assert_eq!(found("web/src/features/pipeline/grid.tsx", "import { App } from '@/app/shell'").len(), 1);
        assert_eq!(found("web/src/shared/money.ts", "import { App } from '../features/project/card'").len(), 1);
        assert_eq!(found("web/src/app/routes.tsx", "import { Card } from '../features/project/card'"), []);
    }

    #[test]
    fn colour_literals_are_caught_outside_the_theme() {
        assert_eq!(found("web/src/features/pipeline/grid.tsx", "color: '#1f3a5f'").len(), 1);
        assert_eq!(found("web/src/app/app.css", "border: 1px solid rgba(0,0,0,.1);").len(), 1);
        assert_eq!(found("web/src/shared/theme/tokens.css", "--ink: #1f3a5f;"), []);
        assert_eq!(found("web/src/app/main.ts", "document.querySelector('#root'); go('#add-row')"), []);
    }
}
