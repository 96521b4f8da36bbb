//! The rules of workflows: conditions by table, runs step by step, recipes as people tell them, laws for any definition.

mod arbitrary;
mod conditions;
mod desk;
mod dialogue;
mod endings;
mod flow;
mod laws;
mod recipes;
mod starts;
mod steps;
pub mod world;
