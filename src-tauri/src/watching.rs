//! One look at the clinic for everything on this machine that follows it.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::spawn;
use std::time::Duration;

use ordo_desk::Error;

use crate::clinic::OpenClinic;

/// How often the clinic is looked at.
pub(crate) const WATCH: Duration = Duration::from_millis(500);

/// How long an end waits for a thread that reads the clinic or writes to a slow disk.
pub(crate) const LAST_READ: Duration = Duration::from_secs(3);

/// The version of the clinic, or why it cannot be read.
pub(crate) type Seen = Result<String, Error>;

/// What those who follow the clinic hear.
pub(crate) enum Heard {
    /// The clinic is another one than before.
    Clinic(Seen),
    /// They are to end.
    End,
}

/// What was heard last, waiting so long for the first: a follower that was busy meanwhile does its work once.
pub(crate) fn newest(heard: &Receiver<Heard>, wait: Duration) -> Result<Heard, RecvTimeoutError> {
    let mut newest = heard.recv_timeout(wait)?;
    while !matches!(newest, Heard::End)
        && let Ok(newer) = heard.try_recv()
    {
        newest = newer;
    }
    Ok(newest)
}

/// Looks at the clinic for as long as anybody follows it.
#[derive(Clone)]
pub(crate) struct Watcher(Arc<Shared>);

struct Shared {
    look: Box<dyn Fn() -> Seen + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    followers: Vec<Follower>,
    /// What was seen last by the thread that looks.
    seen: Option<Seen>,
    looking: Option<Thread>,
}

struct Follower {
    tell: Sender<Heard>,
    is_there: Weak<()>,
}

/// A thread that reads the clinic.
struct Thread {
    /// Taken, the thread ends by itself.
    going: Option<Sender<Heard>>,
    /// Closed once the thread has let go of the clinic.
    gone: Receiver<()>,
}

impl Thread {
    fn start(work: impl FnOnce(&Receiver<Heard>) + Send + 'static) -> Self {
        let (going, heard) = channel();
        let (here, gone) = channel();
        spawn(move || {
            work(&heard);
            drop(here);
        });
        Self {
            going: Some(going),
            gone,
        }
    }
}

impl Drop for Thread {
    /// Waits until the clinic is let go of: a program that ends below a thread that reads the database may crash.
    fn drop(&mut self) {
        if let Some(going) = self.going.take() {
            let _ = going.send(Heard::End);
            let _ = self.gone.recv_timeout(LAST_READ);
        }
    }
}

/// Something that follows the clinic until this is dropped.
pub(crate) struct Following {
    _thread: Thread,
    _is_there: Arc<()>,
}

impl Watcher {
    pub(crate) fn over(clinic: OpenClinic) -> Self {
        Self::of(move || clinic.ask_existing(|desk| desk.feed_version()))
    }

    fn of(look: impl Fn() -> Seen + Send + Sync + 'static) -> Self {
        Self(Arc::new(Shared {
            look: Box::new(look),
            state: Mutex::default(),
        }))
    }

    /// Has a thread hear what the clinic is at once, and whenever it has changed.
    pub(crate) fn follow(&self, work: impl FnOnce(&Receiver<Heard>) + Send + 'static) -> Following {
        let thread = Thread::start(work);
        let is_there = Arc::new(());
        let mut state = self.0.state();
        if let Some(tell) = thread.going.clone() {
            if let Some(seen) = &state.seen {
                let _ = tell.send(Heard::Clinic(seen.clone()));
            }
            state.followers.push(Follower {
                tell,
                is_there: Arc::downgrade(&is_there),
            });
        }
        if state.looking.is_none() {
            let shared = Arc::clone(&self.0);
            state.looking = Some(Thread::start(move |ended| shared.keep_looking(ended)));
        }
        drop(state);
        Following {
            _thread: thread,
            _is_there: is_there,
        }
    }

    /// Ends the looking, as the program ends.
    pub(crate) fn end(&self) {
        let looking = self.0.state().looking.take();
        drop(looking);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep_looking(&self, ended: &Receiver<Heard>) {
        loop {
            let seen = (self.look)();
            let mut state = self.state();
            state
                .followers
                .retain(|follower| follower.is_there.strong_count() > 0);
            if state.followers.is_empty() {
                // Whoever follows next has it looked at anew.
                state.seen = None;
                if let Some(mut looking) = state.looking.take() {
                    // It is this thread, which cannot wait for itself.
                    looking.going = None;
                }
                return;
            }
            if state.seen.as_ref() != Some(&seen) {
                for follower in &state.followers {
                    let _ = follower.tell.send(Heard::Clinic(seen.clone()));
                }
                state.seen = Some(seen);
            }
            drop(state);
            if !matches!(ended.recv_timeout(WATCH), Err(RecvTimeoutError::Timeout)) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Instant;

    use super::*;

    /// A clinic whose version is a number, and how often it was looked at.
    fn clinic() -> (Watcher, Arc<AtomicUsize>, Arc<AtomicUsize>) {
        let (version, looks) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let (told, counted) = (Arc::clone(&version), Arc::clone(&looks));
        let watcher = Watcher::of(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(told.load(Ordering::SeqCst).to_string())
        });
        (watcher, version, looks)
    }

    fn following(watcher: &Watcher) -> (Following, Receiver<String>) {
        let (tell, told) = channel();
        let following = watcher.follow(move |heard| {
            while let Ok(Heard::Clinic(Ok(version))) = heard.recv() {
                tell.send(version).unwrap();
            }
        });
        (following, told)
    }

    fn hears(told: &Receiver<String>, version: &str) {
        // Long, because whoever tests may have other things to do; a look every half second makes it one at the most.
        let heard = told.recv_timeout(Duration::from_secs(10));
        assert_eq!(heard.as_deref(), Ok(version));
    }

    #[test]
    fn one_look_serves_all_who_follow_and_each_hears_of_a_change_with_the_next() {
        let (watcher, version, looks) = clinic();
        let all: Vec<_> = (0..3).map(|_| following(&watcher)).collect();
        for (_, told) in &all {
            hears(told, "0");
        }
        let (begun, before) = (Instant::now(), looks.load(Ordering::SeqCst));
        for now in 1..=3 {
            version.store(now, Ordering::SeqCst);
            for (_, told) in &all {
                hears(told, &now.to_string());
            }
        }
        let looked = looks.load(Ordering::SeqCst) - before;
        let most = begun.elapsed().as_millis() / WATCH.as_millis() + 2;
        assert!(looked as u128 <= most, "{looked} looks, {most} at the most");
        // Whoever comes later hears what is known, and those who went are not waited for.
        let (mut rest, mut later) = (all, following(&watcher));
        hears(&later.1, "3");
        rest.clear();
        version.store(4, Ordering::SeqCst);
        hears(&later.1, "4");
        later = following(&watcher);
        hears(&later.1, "4");
    }

    #[test]
    fn nobody_looks_for_nobody_and_again_for_somebody() {
        let (watcher, version, looks) = clinic();
        let (following_it, told) = following(&watcher);
        hears(&told, "0");
        drop(following_it);
        let is_over = (0..40).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            watcher.0.state().looking.is_none()
        });
        assert!(is_over);
        let before = looks.load(Ordering::SeqCst);
        version.store(1, Ordering::SeqCst);
        let (_following, told) = following(&watcher);
        hears(&told, "1");
        assert!(looks.load(Ordering::SeqCst) > before);
        watcher.end();
        let ended = looks.load(Ordering::SeqCst);
        std::thread::sleep(WATCH * 2);
        assert_eq!(looks.load(Ordering::SeqCst), ended);
    }
}
