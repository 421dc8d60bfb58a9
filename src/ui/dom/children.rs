//! What stands inside an element.

use web_sys::{Comment, DocumentFragment, Element, Node};

use super::El;
use crate::ui::reactive::*;

/// Something to stand inside an element.
pub trait Children {
    fn append(self, parent: &Node);
}

impl Children for El {
    fn append(self, parent: &Node) {
        let _ = parent.append_child(&self.0);
    }
}

impl Children for &str {
    fn append(self, parent: &Node) {
        let _ = parent.append_child(&document().create_text_node(self));
    }
}

impl Children for String {
    fn append(self, parent: &Node) {
        self.as_str().append(parent);
    }
}

impl<C: Children> Children for Option<C> {
    fn append(self, parent: &Node) {
        if let Some(child) = self {
            child.append(parent);
        }
    }
}

impl<C: Children> Children for Vec<C> {
    fn append(self, parent: &Node) {
        for child in self {
            child.append(parent);
        }
    }
}

macro_rules! tuples {
    ($(($($place:tt $part:ident),+))+) => {$(
        impl<$($part: Children),+> Children for ($($part,)+) {
            fn append(self, parent: &Node) {
                $(self.$place.append(parent);)+
            }
        }
    )+};
}

tuples! {
    (0 A, 1 B)
    (0 A, 1 B, 2 C)
    (0 A, 1 B, 2 C, 3 D)
    (0 A, 1 B, 2 C, 3 D, 4 E)
    (0 A, 1 B, 2 C, 3 D, 4 E, 5 F)
    (0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G)
    (0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H)
}

/// An invisible place in an element, before which its changing children stand.
fn place(parent: &Element) -> Comment {
    let end = document().create_comment("");
    let _ = parent.append_child(&end);
    end
}

/// What a making of children answers: nothing where those that stand there may stay, otherwise the new ones, and
/// the owner of what they hold on to where that is to outlive the next run.
pub type Made = Option<(DocumentFragment, Option<Owner>)>;

/// Children that are made anew whenever `make` says so.
pub fn live(parent: &Element, mut make: Box<dyn FnMut(&Owner) -> Made>) {
    let end = place(parent);
    let parent = Owner::current().unwrap_or_default();
    let mut shown: (Option<Owner>, Vec<Node>) = (None, Vec::new());
    effect(Box::new(move || {
        let Some((next, owner)) = make(&parent) else { return };
        let (before, old) = std::mem::replace(&mut shown, (owner, children(&next)));
        if let Some(before) = before {
            before.cleanup();
        }
        old.iter().for_each(remove);
        insert(&next, &end);
    }));
}

/// Children that stand nowhere yet.
pub fn fragment(append: &mut dyn FnMut(&Node)) -> DocumentFragment {
    let fragment = document().create_document_fragment();
    append(&fragment);
    fragment
}

/// The same with an owner of their own, and without following what they are made from.
pub fn owned(parent: &Owner, append: &mut dyn FnMut(&Node)) -> Made {
    let owner = parent.child();
    let next = owner.with(|| untrack(|| fragment(append)));
    Some((next, Some(owner)))
}

fn children(node: &Node) -> Vec<Node> {
    std::iter::successors(node.first_child(), Node::next_sibling).collect()
}

/// As many children as are counted; those that stay are not made anew.
pub fn each(parent: &Element, count: Box<dyn Fn() -> usize>, make: Box<dyn Fn(usize) -> El>) {
    let end = place(parent);
    // What a child holds on to outlives the run that made it, so it gets an owner of its own.
    let owner = Owner::current().unwrap_or_default();
    let mut shown: Vec<(Owner, El)> = Vec::new();
    effect(Box::new(move || {
        let count = count();
        while shown.len() > count {
            if let Some((owner, old)) = shown.pop() {
                owner.cleanup();
                remove(&old.0);
            }
        }
        while shown.len() < count {
            let own = owner.child();
            let next = own.with(|| untrack(|| make(shown.len())));
            insert(&next.0, &end);
            shown.push((own, next));
        }
    }));
}

fn insert(node: &Node, end: &Comment) {
    if let Some(parent) = end.parent_node() {
        let _ = parent.insert_before(node, Some(end));
    }
}

fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}
