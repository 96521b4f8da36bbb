//! Timers by name. Setting one replaces the one of the same name; dropping the set stops them all.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// A set of timers.
pub struct Timers<N> {
    running: Vec<(N, Timer)>,
}

struct Timer {
    handle: i32,
    _ring: Closure<dyn FnMut()>,
}

impl<N> Default for Timers<N> {
    fn default() -> Self {
        Self { running: Vec::new() }
    }
}

impl<N: Copy + PartialEq> Timers<N> {
    /// Calls `ring` after so many milliseconds.
    pub fn set(&mut self, name: N, after_millis: u32, ring: impl FnOnce() + 'static) {
        self.running.retain(|(running, _)| *running != name);
        let ring = Closure::once(ring);
        let millis = i32::try_from(after_millis).unwrap_or(i32::MAX);
        let handle = web_sys::window().and_then(|window| {
            let ring = ring.as_ref().unchecked_ref();
            window.set_timeout_with_callback_and_timeout_and_arguments_0(ring, millis).ok()
        });
        if let Some(handle) = handle {
            self.running.push((name, Timer { handle, _ring: ring }));
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}
