//! Timers that end with their owner.

use crate::browser::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls once, unless dropped before.
pub struct Timeout {
    id: i32,
    _due: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls `due` after so many milliseconds.
    pub fn new(millis: u32, due: impl FnOnce() + 'static) -> Self {
        let due = Closure::once(due);
        let millis = i32::try_from(millis).unwrap_or(i32::MAX);
        let id = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(due.as_ref().unchecked_ref(), millis)
            .unwrap_or_default();
        Self { id, _due: due }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.id);
    }
}

/// Calls again and again until dropped.
pub struct Interval {
    id: i32,
    _due: Closure<dyn Fn()>,
}

impl Interval {
    /// Calls `due` every so many milliseconds.
    pub fn new(millis: i32, due: impl Fn() + 'static) -> Self {
        let due = Closure::<dyn Fn()>::new(due);
        let id = window()
            .set_interval_with_callback_and_timeout_and_arguments_0(due.as_ref().unchecked_ref(), millis)
            .unwrap_or_default();
        Self { id, _due: due }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        window().clear_interval_with_handle(self.id);
    }
}
