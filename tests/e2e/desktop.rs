//! What a desktop does to a window from outside, and knows of it, which a driver of web pages cannot: the button at its
//! corner, its place. It speaks just enough of the X protocol for that; a library would bring more than these tests need.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::window::Window;

/// How long a window may take to close.
const CLOSING: Duration = Duration::from_secs(30);

/// The desktop around a window, which knows it by its frame alone.
pub struct Desktop {
    display: UnixStream,
    root: u32,
    /// What a frame says it understands, and what asks it to close.
    protocols: u32,
    close: u32,
}

impl Desktop {
    /// The desktop that a window is on.
    pub fn of(window: &Window) -> Self {
        Self::on(window.display)
    }

    /// The desktop of a display.
    pub fn on(display: u32) -> Self {
        let mut display = UnixStream::connect(format!("/tmp/.X11-unix/X{display}")).unwrap();
        // Little-endian, version 11.0, nobody to prove.
        display
            .write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            .unwrap();
        let mut head = [0; 8];
        display.read_exact(&mut head).unwrap();
        assert_eq!(head[0], 1, "the display lets nobody in");
        let mut body = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
        display.read_exact(&mut body).unwrap();
        // The screens come after the vendor's name and the formats of pictures.
        let vendor = usize::from(u16::from_le_bytes([body[16], body[17]])).next_multiple_of(4);
        let root = word(&body, 32 + vendor + usize::from(body[21]) * 8);
        let mut desktop = Self {
            display,
            root,
            protocols: 0,
            close: 0,
        };
        desktop.protocols = desktop.atom("WM_PROTOCOLS");
        desktop.close = desktop.atom("WM_DELETE_WINDOW");
        desktop
    }

    /// Rests the pointer in the corner at the top left. A display leaves it in the middle, and forgets where it is once
    /// nobody is connected to it any more.
    pub fn rest_pointer(&mut self) {
        self.send(41, 0, &[0, self.root, 0, 0, 0]);
    }

    /// The frame that is shown and can be closed; none once it is gone.
    pub fn frame(&mut self) -> Option<u32> {
        let tree = self.ask(15, 0, &[self.root])?;
        let frames: Vec<u32> = words(&tree[32..]).collect();
        frames.into_iter().find(|frame| {
            // One may go while it is asked about.
            let is_shown = self.ask(3, 0, &[*frame]).is_some_and(|shown| shown[26] == 2);
            let property = [*frame, self.protocols, 0, 0, 32];
            is_shown
                && self
                    .ask(20, 0, &property)
                    .is_some_and(|known| words(&known[32..]).any(|each| each == self.close))
        })
    }

    /// Where the window's frame lies on the screen: left, top, width and height.
    pub fn place(&mut self) -> Option<(i32, i32, i32, i32)> {
        let frame = self.frame()?;
        let geometry = self.ask(14, 0, &[frame])?;
        let short = |at: usize| i32::from(i16::from_le_bytes([geometry[at], geometry[at + 1]]));
        Some((short(12), short(14), short(16), short(18)))
    }

    /// Does what the button at the window's corner does.
    pub fn ask_to_close(&mut self) {
        let frame = self.frame().unwrap();
        // A message of 32-bit words to the frame, from its window manager.
        let message = [33 | 32 << 8, frame, self.protocols, self.close, 0, 0, 0, 0];
        self.send(25, 0, &[&[frame, 0], &message[..]].concat());
    }

    /// Waits until the window is gone.
    pub async fn until_closed(&mut self) {
        let deadline = Instant::now() + CLOSING;
        while self.frame().is_some() {
            assert!(Instant::now() < deadline, "the window is still there");
            sleep(Duration::from_millis(50)).await;
        }
    }

    fn atom(&mut self, name: &str) -> u32 {
        let mut text = name.as_bytes().to_vec();
        text.resize(text.len().next_multiple_of(4), 0);
        let length = u32::try_from(name.len()).unwrap();
        let values: Vec<u32> = std::iter::once(length).chain(words(&text)).collect();
        word(&self.ask(16, 0, &values).unwrap(), 8)
    }

    fn send(&mut self, request: u8, detail: u8, values: &[u32]) {
        let length = u16::try_from(values.len() + 1).unwrap().to_le_bytes();
        let mut bytes = vec![request, detail, length[0], length[1]];
        bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        self.display.write_all(&bytes).unwrap();
    }

    /// The answer to a request; none where what it is about is gone.
    fn ask(&mut self, request: u8, detail: u8, values: &[u32]) -> Option<Vec<u8>> {
        self.send(request, detail, values);
        loop {
            let mut answer = vec![0; 32];
            self.display.read_exact(&mut answer).unwrap();
            match answer[0] {
                0 => return None,
                1 => {
                    let more = usize::try_from(word(&answer, 4)).unwrap() * 4;
                    answer.resize(32 + more, 0);
                    self.display.read_exact(&mut answer[32..]).unwrap();
                    return Some(answer);
                }
                // An event that everybody is told of.
                _ => {}
            }
        }
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    words(&bytes[at..]).next().unwrap()
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .chunks_exact(4)
        .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}
