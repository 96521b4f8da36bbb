//! Recipes: whole workflows as people ask for them, and what is promised of them.

mod consent;
mod hours;
mod inbound;
mod reassign;
mod returning;
mod vip;
