//! Who may do what: posts, the permission table and the scopes made from it.
//!
//! The table is `matrix.txt`, a text under review. A new action is a variant of
//! [`Action`], a line in [`Action::ALL`] and its lines in the table.

mod actor;
mod matrix;
mod scope;

pub use actor::{Actor, HeldPost, Thing, Who};
pub use matrix::{Action, Relation};
pub use scope::Scope;

use crate::person::Role;

/// Whether `actor` may do `action`, to `thing` if the action is about one case.
pub fn may(actor: &Actor, action: Action, thing: Option<&Thing>) -> bool {
    actor.posts.iter().any(|post| allows(post, action, thing))
}

/// The first post from which `actor` may do `action` to `thing`.
pub fn post_for<'a>(actor: &'a Actor, action: Action, thing: &Thing) -> Option<&'a HeldPost> {
    let mut posts = actor.posts.iter();
    posts.find(|post| allows(post, action, Some(thing)))
}

/// Whether one post allows `action`, to `thing` if the action is about one case.
pub fn allows(post: &HeldPost, action: Action, thing: Option<&Thing>) -> bool {
    let mut relations = matrix::relations(action, post.role).iter();
    relations.any(|&relation| {
        relation == Relation::Any
            || thing.is_some_and(|thing| actor::stands((post, action), relation, thing))
    })
}

/// The roles that may do `action` at all, to one thing or another.
pub fn roles_for(action: Action) -> Vec<Role> {
    let may = |role: &Role| !matrix::relations(action, *role).is_empty();
    Role::ALL.iter().copied().filter(may).collect()
}

/// Whether `actor` may do `action` at all, to one case or another.
pub fn may_somewhere(actor: &Actor, action: Action) -> bool {
    actor
        .posts
        .iter()
        .any(|post| !matrix::relations(action, post.role).is_empty())
}

/// The cases within which `actor` may do `action`; the only way to make a [`Scope`] for staff.
pub fn scope(actor: &Actor, action: Action) -> Scope {
    let mut scope = Scope::nothing();
    for post in &actor.posts {
        for &relation in matrix::relations(action, post.role) {
            scope.widen((post, action), relation);
        }
    }
    scope
}

#[cfg(test)]
mod tests;
