//! A client small enough to measure with: HTTP/1.1, one kept connection, JSON, one cookie.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

const TIMEOUT: Duration = Duration::from_secs(30);

/// A browser's worth of state.
pub struct Client {
    port: u16,
    connection: Option<BufReader<TcpStream>>,
    cookie: Option<String>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

impl Client {
    pub fn new(port: u16) -> Self {
        Self { port, connection: None, cookie: None }
    }

    pub fn get(&mut self, path: &str) -> Result<Answer, String> {
        self.ask("GET", path, None)
    }

    pub fn sign_in(&mut self, name: &str, password: &str) -> Result<(), String> {
        let body = serde_json::json!({ "name": name, "password": password }).to_string();
        let answer = self.ask("POST", "/api/v1/session", Some(&body))?;
        let good = (200..300).contains(&answer.status) && self.cookie.is_some();
        if good { Ok(()) } else { Err(format!("sign-in answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body))) }
    }

    /// Asks once more on a new connection when the kept one turns out to be closed.
    fn ask(&mut self, method: &str, path: &str, body: Option<&str>) -> Result<Answer, String> {
        let kept = self.connection.is_some();
        match self.ask_once(method, path, body) {
            Err(_) if kept => {
                self.connection = None;
                self.ask_once(method, path, body)
            }
            other => other,
        }
        .inspect_err(|_| self.connection = None)
    }

    fn ask_once(&mut self, method: &str, path: &str, body: Option<&str>) -> Result<Answer, String> {
        let request = self.request(method, path, body);
        let connection = match self.connection.take() {
            Some(connection) => self.connection.insert(connection),
            None => self.connection.insert(connect(self.port)?),
        };
        connection.get_mut().write_all(request.as_bytes()).map_err(|why| why.to_string())?;
        let (answer, head) = read(connection)?;
        if let Some(cookie) = head.iter().find_map(|line| header(line, "set-cookie")) {
            self.cookie = cookie.split(';').next().map(str::to_string);
        }
        if head.iter().any(|line| header(line, "connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))) {
            self.connection = None;
        }
        Ok(answer)
    }

    fn request(&self, method: &str, path: &str, body: Option<&str>) -> String {
        let host = format!("127.0.0.1:{}", self.port);
        let mut text = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\naccept: application/json\r\n");
        if let Some(cookie) = &self.cookie {
            text.push_str(&format!("cookie: {cookie}\r\n"));
        }
        let body = body.unwrap_or_default();
        if !body.is_empty() {
            text.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()));
        }
        text + "\r\n" + body
    }
}

fn connect(port: u16) -> Result<BufReader<TcpStream>, String> {
    let stream = TcpStream::connect(("127.0.0.1", port)).map_err(|why| why.to_string())?;
    let set = stream.set_nodelay(true).and_then(|()| stream.set_read_timeout(Some(TIMEOUT)));
    set.map_err(|why| why.to_string())?;
    Ok(BufReader::new(stream))
}

fn read(from: &mut impl BufRead) -> Result<(Answer, Vec<String>), String> {
    let first = line(from)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| format!("not HTTP: {first:?}"))?;
    let mut head = Vec::new();
    loop {
        let next = line(from)?;
        if next.is_empty() {
            break;
        }
        head.push(next);
    }
    let chunked = head.iter().any(|line| header(line, "transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")));
    let length = head.iter().find_map(|line| header(line, "content-length")).and_then(|value| value.parse().ok()).unwrap_or(0);
    let body = if chunked { chunks(from)? } else { exactly(from, length)? };
    Ok((Answer { status, body }, head))
}

fn chunks(from: &mut impl BufRead) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    loop {
        let size = line(from)?;
        let size = usize::from_str_radix(size.split(';').next().unwrap_or("").trim(), 16).map_err(|_| format!("not a chunk: {size:?}"))?;
        body.extend(exactly(from, size)?);
        line(from)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn exactly(from: &mut impl Read, length: usize) -> Result<Vec<u8>, String> {
    let mut body = vec![0; length];
    from.read_exact(&mut body).map_err(|why| why.to_string())?;
    Ok(body)
}

fn line(from: &mut impl BufRead) -> Result<String, String> {
    let mut text = String::new();
    match from.read_line(&mut text) {
        Ok(0) => Err("the connection closed".to_string()),
        Ok(_) => Ok(text.trim_end().to_string()),
        Err(why) => Err(why.to_string()),
    }
}

fn header<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (key, value) = line.split_once(':')?;
    key.eq_ignore_ascii_case(name).then(|| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_bodies_of_both_kinds() {
        let mut plain = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokrest".as_bytes();
        let (answer, _) = read(&mut plain).unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (200, b"ok".as_slice()));
        let mut chunked = "HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n".as_bytes();
        let (answer, _) = read(&mut chunked).unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (404, b"abcd".as_slice()));
    }
}
