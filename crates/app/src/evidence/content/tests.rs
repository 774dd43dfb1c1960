use super::*;
use std::io::Write;

fn zipped(names: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for name in names {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<x/>").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn old_office(name: &str) -> Vec<u8> {
    let mut bytes = vec![0u8; 1024];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[640..640 + wide.len()].copy_from_slice(&wide);
    bytes
}

fn code(name: &str, bytes: &[u8]) -> String {
    judge(name, bytes).map_or_else(|p| p.code, str::to_owned)
}

#[test]
fn what_is_kept_is_told_by_its_content() {
    let word = zipped(&["[Content_Types].xml", "word/document.xml"]);
    for (name, bytes, media) in [
        ("批复.PDF", b"%PDF-1.7\n".as_slice(), "application/pdf"),
        ("照片.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("批复.ofd", &zipped(&["OFD.xml"]), "application/ofd"),
        ("纪要.docx", &word, DOCX.media),
        ("台账.et", &old_office("Workbook"), "application/vnd.ms-excel"),
        ("总进度.mpp", &old_office("   112"), "evidence_unknown"),
        ("总进度.mpp", &old_office("Props14"), "application/vnd.ms-project"),
        ("图.dxf", b"  0\nSECTION\n  2\nHEADER\n", "image/vnd.dxf"),
        ("总进度.xer", b"ERMHDR\t19.12\t2026-05-18", "application/xer"),
        ("总进度.xml", b"<?xml version=\"1.0\"?><Project/>", "application/xml"),
        ("清单.csv", "序号,名称\n1,桩基".as_bytes(), "text/csv"),
        ("说明.txt", b"MZ is a place", "text/plain"),
        ("gbk.txt", b"\xd7\xae\xbb\xf9", "text/plain"),
    ] {
        assert_eq!(code(name, bytes), media, "{name}");
    }
}

#[test]
fn what_harms_or_lies_is_refused_by_its_reason() {
    let exe = [b"MZ\x90\x00\x03".as_slice(), &[0; 60]].concat();
    let word = zipped(&["[Content_Types].xml", "word/document.xml"]);
    for (name, bytes, expected) in [
        ("空.pdf", b"".as_slice(), "evidence_empty"),
        ("合同.pdf", exe.as_slice(), "evidence_executable"),
        ("合同.pdf", b"\x7fELF\x02", "evidence_executable"),
        ("合同.pdf", b"\xcf\xfa\xed\xfe", "evidence_executable"),
        ("合同.txt", b"#!/bin/sh\nrm -rf /", "evidence_executable"),
        ("合同.pdf", b"\xef\xbb\xbf <!DOCTYPE html><p>", "evidence_markup"),
        ("图.svg", b"<?xml version='1.0'?><svg onload='x()'/>", "evidence_markup"),
        ("总进度.xml", b"<Project><ScRipt>x</ScRipt></Project>", "evidence_markup"),
        ("合同.pdf", b"\x89PNG\r\n\x1a\n", "evidence_not_its_name"),
        ("合同.pdf", &word, "evidence_not_its_name"),
        ("合同.pdf", b"just words", "evidence_not_its_name"),
        ("资料.zip", &zipped(&["a.txt"]), "evidence_archive"),
        ("资料.docx", &zipped(&["a.txt"]), "evidence_archive"),
        ("宏.docx", &zipped(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), "evidence_macros"),
        ("坏.docx", b"PK\x03\x04rubbish", "evidence_broken"),
        ("安装.doc", &old_office("Installer"), "evidence_unknown"),
        ("数据.bin", b"\x01\x02\x00\x03", "evidence_unknown"),
        ("无名", b"%PDF-1.4", "evidence_not_its_name"),
    ] {
        assert_eq!(code(name, bytes), expected, "{name}");
    }
}
