//! Several processes of one house behind a load balancer: any of them is killed, or asked to end
//! and started again; or one after the other goes on as a later release, the first of which changes
//! the database under the others. Where they are killed, their files lie in a bucket of S3.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use huiyin_domain::planted;
use rand::Rng;

use crate::balancer::Balancer;
use crate::bucket::Bucket;
use crate::finding::Fault;
use crate::harm::{Harm, Scene};
use crate::listening::Listener;
use crate::server::{Server, Start, free_address};

/// Long enough for the balancer to notice: it asks every half second.
const DRAIN_S: u16 = 2;
const NOTICED: Duration = Duration::from_millis(700);

/// How one of them ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    Killed,
    Asked,
    /// Asked, each in its turn, and started again as a later release.
    Upgraded,
}

pub struct Fleet {
    folder: PathBuf,
    end: End,
    /// All but the one that the scene has.
    others: Vec<(SocketAddr, Server)>,
    balancer: Option<Balancer>,
    listener: Option<Listener>,
    bucket: Option<Bucket>,
    /// The later release.
    later: Option<planted::Fault>,
    is_control: bool,
}

impl Fleet {
    pub fn prepare(folder: &Path, end: End) -> Fleet {
        Fleet {
            folder: folder.to_owned(),
            end,
            others: Vec::new(),
            balancer: None,
            listener: None,
            bucket: None,
            later: None,
            is_control: false,
        }
    }

    /// Which of them it is, and as what it goes on.
    fn struck<'s>(&mut self, scene: &mut Scene<'s>) -> (usize, Start<'s>) {
        let all = self.others.len() + 1;
        let at = match self.end {
            End::Upgraded => scene.seen.strikes as usize % all,
            End::Killed | End::Asked => scene.rng.random_range(0..all),
        };
        let mut start = self.left_as(*scene.start);
        if let Some((address, _)) = self.others.get(at) {
            start.address = *address;
        }
        (at, start)
    }
}

impl Harm for Fleet {
    fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    fn begin(&mut self, start: &mut Start<'_>) -> Result<(), Fault> {
        self.is_control = start.planted.is_some();
        if self.end == End::Upgraded {
            let later = start.planted.take();
            self.later = Some(later.unwrap_or(planted::Fault::NextRelease));
        }
        if let (End::Killed, Some(config)) = (self.end, start.config) {
            let bucket = Bucket::begin(start.data)?;
            let said = fs::read_to_string(config)? + &bucket.settings();
            fs::write(config, said)?;
            self.bucket = Some(bucket);
        }
        self.listener = Some(Listener::begin(start)?);
        start.drain = DRAIN_S;
        let house = start.address;
        for _ in 0..2 {
            let other = Start {
                address: free_address()?,
                ..*start
            };
            self.others.push((other.address, other.start_and_wait()?));
        }
        let (front, others) = (free_address()?, [self.others[0].0, self.others[1].0]);
        let houses = [house, others[0], others[1]];
        self.balancer = Some(Balancer::start(
            &self.folder.join("haproxy"),
            front,
            houses,
        )?);
        start.front = Some(front);
        Ok(())
    }

    fn strike(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        let (at, start) = self.struck(scene);
        let server = match self.others.get_mut(at) {
            Some((_, server)) => server,
            None => &mut scene.server,
        };
        match self.end {
            End::Killed => server.kill()?,
            End::Asked | End::Upgraded => server.ends_when_asked()?,
        }
        let since = Instant::now();
        *server = start.start_and_wait()?;
        scene.seen.ready.push(since.elapsed());
        if self.end != End::Killed {
            std::thread::sleep(NOTICED);
        }
        Ok(())
    }

    fn end(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        let listener = self.listener.take().ok_or("nobody listens")?;
        // A control is about something else, and what was killed there need not be waited for.
        if !self.is_control {
            let cases = scene.seen.cases;
            // Whoever is killed between a call and its note calls again.
            let twice_max = match self.end {
                End::Killed => scene.seen.strikes,
                End::Asked | End::Upgraded => 0,
            };
            let findings = listener.heard(cases).findings(cases, twice_max);
            scene.seen.findings.extend(findings);
        }
        self.balancer = None;
        let mut others = self.others.iter_mut();
        others.try_for_each(|(_, server)| server.kill())
    }

    fn left_as<'s>(&self, start: Start<'s>) -> Start<'s> {
        Start {
            release: self.later,
            ..start
        }
    }
}
