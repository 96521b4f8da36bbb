//! Whole conversations: the rules one by one, the demo business, and everything else a visitor could write.

mod conversations;
mod demo;
mod robust;
mod talk;
