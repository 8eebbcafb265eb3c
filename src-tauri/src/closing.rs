//! Closing the window: at once, unless something in it is not saved. Then the window is asked, and closing it once more
//! closes it whatever it says, so that a page that no longer answers is no trap.

use std::mem;
use std::sync::{Mutex, PoisonError};

use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Runtime};

/// Whether the window may close.
pub(crate) struct Closing {
    state: Mutex<State>,
    close: Box<dyn Fn() + Send + Sync>,
}

enum State {
    /// Nothing would be lost.
    Free,
    /// Something is not saved: whoever listens there is asked first.
    Held(Channel<()>),
    /// The window was asked and has not said yet.
    Asked,
}

impl Closing {
    /// Of a window that is not there, as without a display.
    pub(crate) fn of_nothing() -> Self {
        Self {
            state: Mutex::new(State::Free),
            close: Box::new(|| {}),
        }
    }

    /// Of an app's window.
    pub(crate) fn of<R: Runtime>(app: AppHandle<R>) -> Self {
        Self {
            state: Mutex::new(State::Free),
            close: Box::new(move || match app.get_webview_window("main") {
                // As its own button closes it, so that its place is remembered.
                Some(window) if window.close().is_ok() => {}
                _ => app.exit(0),
            }),
        }
    }

    /// Has the window be asked through `asked` before it closes, or lets it close again.
    pub(crate) fn hold(&self, asked: Option<Channel<()>>) {
        *self.lock() = asked.map_or(State::Free, State::Held);
    }

    /// Whether something in the window is not saved.
    pub(crate) fn is_held(&self) -> bool {
        !matches!(*self.lock(), State::Free)
    }

    /// Whether the window may close now; where something is not saved, it is asked.
    pub(crate) fn may_close(&self) -> bool {
        let mut state = self.lock();
        match mem::replace(&mut *state, State::Asked) {
            // A page that is gone cannot be asked.
            State::Held(window) => window.send(()).is_err(),
            State::Free | State::Asked => {
                *state = State::Free;
                true
            }
        }
    }

    /// Closes the window, whatever is not saved.
    pub(crate) fn close(&self) {
        self.hold(None);
        (self.close)();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// A window's end of the line, and how often it was asked.
    fn line(answers: bool) -> (Channel<()>, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let channel = Channel::new(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
            if answers {
                Ok(())
            } else {
                Err(tauri::Error::WebviewNotFound)
            }
        });
        (channel, asked)
    }

    #[test]
    fn what_is_not_saved_is_asked_about_once_and_closing_twice_closes() {
        let closing = Closing::of_nothing();
        assert!(closing.may_close());
        let (channel, asked) = line(true);
        closing.hold(Some(channel.clone()));
        assert!(!closing.may_close());
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        assert!(closing.may_close());
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        // Whoever goes on editing is asked again the next time.
        closing.hold(Some(channel));
        assert!(!closing.may_close());
        assert_eq!(asked.load(Ordering::Relaxed), 2);
        closing.hold(None);
        assert!(closing.may_close());
    }

    #[test]
    fn a_page_that_is_gone_is_not_waited_for() {
        let closing = Closing::of_nothing();
        closing.hold(Some(line(false).0));
        assert!(closing.may_close());
    }

    #[test]
    fn what_is_given_up_is_not_asked_about() {
        let closed = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&closed);
        let closing = Closing {
            state: Mutex::new(State::Free),
            close: Box::new(move || {
                count.fetch_add(1, Ordering::Relaxed);
            }),
        };
        closing.hold(Some(line(true).0));
        closing.close();
        assert_eq!(closed.load(Ordering::Relaxed), 1);
        assert!(closing.may_close());
    }
}
