//! Several processes of one house behind a load balancer: any of them is killed, or asked to end
//! and started again, as when all of them are brought to a new version one after the other.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rand::Rng;

use crate::balancer::Balancer;
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
}

pub struct Fleet {
    folder: PathBuf,
    end: End,
    /// All but the one that the scene has.
    others: Vec<(SocketAddr, Server)>,
    balancer: Option<Balancer>,
    listener: Option<Listener>,
}

impl Fleet {
    pub fn prepare(folder: &Path, end: End) -> Fleet {
        Fleet {
            folder: folder.to_owned(),
            end,
            others: Vec::new(),
            balancer: None,
            listener: None,
        }
    }
}

impl Harm for Fleet {
    fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    fn begin(&mut self, start: &mut Start<'_>) -> Result<(), Fault> {
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
        let at = scene.rng.random_range(0..=self.others.len());
        let mut start = *scene.start;
        let server = match self.others.get_mut(at) {
            Some((address, server)) => {
                start.address = *address;
                server
            }
            None => &mut scene.server,
        };
        match self.end {
            End::Killed => server.kill()?,
            End::Asked => server.ends_when_asked()?,
        }
        let since = Instant::now();
        *server = start.start_and_wait()?;
        scene.seen.ready.push(since.elapsed());
        if self.end == End::Asked {
            std::thread::sleep(NOTICED);
        }
        Ok(())
    }

    fn end(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        let listener = self.listener.take().ok_or("nobody listens")?;
        // A control is about something else, and what was killed there need not be waited for.
        if scene.start.planted.is_none() {
            let cases = scene.seen.cases;
            // Whoever is killed between a call and its note calls again.
            let twice_max = match self.end {
                End::Killed => scene.seen.strikes,
                End::Asked => 0,
            };
            let findings = listener.heard(cases).findings(cases, twice_max);
            scene.seen.findings.extend(findings);
        }
        self.balancer = None;
        let mut others = self.others.iter_mut();
        others.try_for_each(|(_, server)| server.kill())
    }
}
