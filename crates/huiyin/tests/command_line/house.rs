//! A house that is run by its commands: a database, a folder, and the program.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use huiyin_store::scratch::Scratch;
use huiyin_testkit::town::pictures::{Subject, draw};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;
use tempfile::TempDir;

pub struct House {
    pub scratch: Scratch,
    folder: TempDir,
}

impl House {
    pub fn new(scratch: Scratch) -> House {
        House {
            scratch,
            folder: TempDir::with_prefix("huiyin-house-").expect("tests can make folders"),
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
        command
            .args(words)
            .env("HUIYIN_DATABASE", self.scratch.url())
            .env("HUIYIN_DATA", self.folder().join("data"))
            .env("RUST_BACKTRACE", "0")
            .current_dir(self.folder());
        command
    }

    /// Runs a command that must succeed; what it printed.
    pub fn does(&self, words: &[&str]) -> String {
        let output = self.command(words).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let troubles = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {said}{troubles}");
        said
    }

    /// Runs a command that must end with an error; all that it printed.
    pub fn refuses(&self, words: &[&str]) -> String {
        let output = self.command(words).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{words:?}: {said}");
        said
    }

    /// Serves on a free port of this machine.
    pub fn serves(&self) -> Served {
        let mut child = self
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let address = loop {
            let line = lines.next().expect("it says where it listens");
            let line = line.expect("a log is text");
            if let Some((_, address)) = line.split_once("address=") {
                break address.trim().to_owned();
            }
        };
        // Whatever it says further is read, so that it never waits for us.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Served {
            child,
            base: format!("http://{address}"),
        }
    }
}

/// A house that answers over HTTP.
pub struct Served {
    child: Child,
    base: String,
}

impl Served {
    fn client(&self) -> reqwest::blocking::Client {
        let client = reqwest::blocking::Client::builder().no_proxy().build();
        client.expect("a client can be made")
    }

    pub fn get(&self, path: &str) -> String {
        let answer = self.client().get(format!("{}{path}", self.base)).send();
        let answer = answer.expect("it answers");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.text().expect("an answer is text")
    }

    /// What lies there for whoever holds this tracking code.
    pub fn bytes(&self, path: &str, code: &str) -> Vec<u8> {
        let request = self.client().get(format!("{}{path}", self.base));
        let answer = request.header("tracking-code", code).send();
        let answer = answer.expect("it answers");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.bytes().expect("an answer is bytes").to_vec()
    }

    /// Posts it; nothing when we have asked too often.
    pub fn post(&self, path: &str, body: &Value) -> Option<Value> {
        let answer = self
            .client()
            .post(format!("{}{path}", self.base))
            .json(body)
            .send()
            .expect("it answers");
        read(answer)
    }

    pub fn sends_picture(&self, picture: &[u8]) -> Option<Value> {
        let head = "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
        let body = [head.as_bytes(), picture, b"\r\n--b0--\r\n"].concat();
        let answer = self
            .client()
            .post(format!("{}/api/v1/files", self.base))
            .header("content-type", "multipart/form-data; boundary=b0")
            .body(body)
            .send()
            .expect("it answers");
        read(answer)
    }

    /// Stops as a service is stopped, and expects it to end well.
    pub fn ends(mut self) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.expect("kill is there").success());
        let ended = self.child.wait().expect("it can be waited for");
        assert!(ended.success(), "{ended}");
    }
}

fn read(answer: reqwest::blocking::Response) -> Option<Value> {
    let status = answer.status();
    let text = answer.text().expect("an answer is text");
    if status == reqwest::StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    assert!(status.is_success(), "{status} {text}");
    Some(serde_json::from_str(&text).expect("the API speaks JSON"))
}

impl Drop for Served {
    fn drop(&mut self) {
        // Gone already, unless the test failed on the way.
        if self.child.kill().is_ok() {
            let _gone = self.child.wait();
        }
    }
}

pub fn a_photo() -> Vec<u8> {
    draw(Subject::of(None), &mut ChaCha8Rng::seed_from_u64(7))
}
