use super::*;

fn document(text: &str) -> XmlDocument {
    XmlDocument::read(text.as_bytes()).unwrap()
}

fn refusal(text: &str) -> (&'static str, String) {
    let p = XmlDocument::read(text.as_bytes()).unwrap_err().problems.remove(0);
    (p.code, p.place)
}

const PLAN: &str = "<?xml version=\"1.0\"?>\n<!-- kept -->\n<p:Plan xmlns:p=\"urn:x\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n\t<p:Task id='7'>\n\t\t<Name>A &amp; B<![CDATA[ <C>]]></Name>\n\t\t<Start xsi:nil=\"true\" />\n\t</p:Task>\n\t<p:Task/>\n</p:Plan>\n";

#[test]
fn elements_are_found_by_local_name() {
    let d = document(PLAN);
    let tasks: Vec<_> = d.root().children("Task").collect();
    assert_eq!(tasks.len(), 2);
    assert_eq!(tasks[0].child_text("Name").unwrap(), "A & B <C>");
    assert_eq!(tasks[0].attribute("id").unwrap(), "7");
    assert_eq!(tasks[0].child_text("Start"), None);
    assert_eq!(tasks[0].child("Name").unwrap().place(), "line 5, Task/Name");
    assert!(tasks[1].elements().next().is_none() && d.root().child("Other").is_none());
}

#[test]
fn only_what_changes_is_written_anew() {
    let d = document(PLAN);
    assert_eq!(d.bytes(), PLAN.as_bytes());
    let task = d.root().child("Task").unwrap();
    let mut edits = Edits::new(&d);
    edits.set_text(task.child("Name").unwrap(), "A & B <C>");
    edits.set_text(task.child("Start").unwrap(), "2026-01-01");
    let text = String::from_utf8(edits.finish()).unwrap();
    assert_eq!(text, PLAN.replace("<Start xsi:nil=\"true\" />", "<Start>2026-01-01</Start>"));
}

#[test]
fn elements_come_and_go() {
    let d = document("<r>\n  <a>1</a>\n  <b/>\n</r>");
    let (a, b) = (d.root().child("a").unwrap(), d.root().child("b").unwrap());
    let mut fragment = XmlBuilder::fragment();
    fragment.open("c");
    fragment.leaf("d", "<");
    let fragment = fragment.finish();
    let mut edits = Edits::new(&d);
    edits.remove(a);
    edits.set_text(a, "never seen");
    edits.insert_after(b, &fragment);
    edits.insert_before(b, &fragment);
    edits.append(b, &fragment);
    let text = String::from_utf8(edits.finish()).unwrap();
    let c = "<c>\n    <d>&lt;</d>\n  </c>";
    assert_eq!(text, format!("<r>\n  {c}\n  <b>\n    <c>\n      <d>&lt;</d>\n    </c>\n  </b>\n  {c}\n</r>"));
}

#[test]
fn nothing_put_in_is_lost_with_what_is_taken_out() {
    let d = document("<r>\n  <a>1</a>\n  <b/>\n</r>");
    let (a, b) = (d.root().child("a").unwrap(), d.root().child("b").unwrap());
    let mut edits = Edits::new(&d);
    edits.insert_before(a, "<c/>");
    edits.remove(a);
    edits.insert_after(a, "<d/>");
    edits.append(b, "<e/>");
    edits.append(b, "<f/>");
    assert_eq!(String::from_utf8(edits.finish()).unwrap(), "<r>\n  <c/>\n  <d/>\n  <b>\n    <e/>\n    <f/>\n  </b>\n</r>");
}

#[test]
fn clearing_takes_the_documents_way() {
    let d = document(PLAN);
    let mut edits = Edits::new(&d);
    edits.clear(d.root().child("Task").unwrap().child("Name").unwrap());
    assert!(String::from_utf8(edits.finish()).unwrap().contains("<Name xsi:nil=\"true\" />"));
    let d = document("<r>\n <a>1</a>\n</r>");
    let mut edits = Edits::new(&d);
    edits.clear(d.root().child("a").unwrap());
    assert_eq!(edits.finish(), b"<r>\n</r>");
}

#[test]
fn encodings_go_back_as_they_came() {
    let text = "<?xml version=\"1.0\" encoding=\"GBK\"?><a><b>工期 €</b></a>";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let le: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin = b"<?xml version='1.0' encoding='windows-1252'?><a><b>\x80 caf\xe9</b></a>".to_vec();
    for (bytes, said) in [(gbk, "工期 €"), (le, "工期 €"), (be, "工期 €"), (latin, "€ café")] {
        let d = XmlDocument::read(&bytes).unwrap();
        let b = d.root().child("b").unwrap();
        assert_eq!(b.text(), said);
        assert_eq!(d.bytes(), bytes);
        let mut edits = Edits::new(&d);
        edits.set_text(b, "工期𠮷");
        let again = XmlDocument::read(&edits.finish()).unwrap();
        assert_eq!(again.root().child_text("b").unwrap(), "工期𠮷");
    }
    assert_eq!(document("<?xml version='1.0' encoding='utf-16'?><a/>").root().name(), "a");
}

#[test]
fn what_is_no_document_is_refused_with_its_line() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]>\n<a>&c;</a>";
    let deep = "<a>".repeat(MAX_DEPTH + 1);
    for (text, code, place) in [
        (bomb, "entity_declared", "line 1"),
        (&deep, "xml_too_deep", "line 1"),
        ("<a>\n<b>\n", "xml_truncated", "line 3"),
        ("<a>\n<b", "xml_truncated", "line 2"),
        ("<a>\n<b></c></a>", "xml_mismatched_tag", "line 2"),
        ("<a>\n\n&c;</a>", "xml_reference", "line 3"),
        ("<a/>\n<b/>", "xml_two_roots", "line 2"),
        ("<a/>\nrest", "xml_text_outside", "line 1"),
        ("", "xml_empty", "line 1"),
        ("<a b=c/>", "xml_attribute", "line 1"),
        ("<?xml version='1.0' encoding='klingon'?><a/>", "xml_encoding_unknown", "line 1"),
    ] {
        assert_eq!(refusal(text), (code, place.to_owned()), "{}", shortened(text));
    }
    let wrong = XmlDocument::read(b"<a>\n\xff</a>").unwrap_err().problems.remove(0);
    assert_eq!((wrong.code, wrong.place.as_str(), wrong.found.as_str()), ("xml_encoding", "line 2", "FF 3C 2F 61"));
}
