//! The rules of workflows: conditions by table, runs step by step, recipes as people tell them, laws for any definition.

mod conditions;
mod desk;
mod flow;
mod recipes;
pub mod world;
