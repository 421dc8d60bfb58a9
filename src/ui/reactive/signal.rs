//! Values that others follow: those that somebody sets, and those that are made from others.

use std::rc::Rc;

use reactive_graph::computed::Memo as Computed;
use reactive_graph::signal::RwSignal as Source;
use reactive_graph::traits::{Get, GetUntracked, Set, Update};
use send_wrapper::SendWrapper;

use super::handle::{Handle, Thing, find, get, hide};

/// A value that somebody sets.
pub type RwSignal<T> = Handle<Source<Thing>, T>;

/// A value made from others, anew when one of them changed and somebody asks. Who follows it hears of it only when it
/// came out different.
pub type Memo<T> = Handle<Computed<Thing>, T>;

/// What can be followed.
pub trait Followed: Copy {
    fn now(self) -> Option<Thing>;
    fn now_untracked(self) -> Option<Thing>;
}

impl Followed for Source<Thing> {
    fn now(self) -> Option<Thing> {
        self.try_get()
    }

    fn now_untracked(self) -> Option<Thing> {
        self.try_get_untracked()
    }
}

impl Followed for Computed<Thing> {
    fn now(self) -> Option<Thing> {
        self.try_get()
    }

    fn now_untracked(self) -> Option<Thing> {
        self.try_get_untracked()
    }
}

impl<S: Followed, T: 'static> Handle<S, T> {
    /// The value; whoever asks follows it from here on.
    pub fn read(self) -> Rc<T> {
        get(self.0.now())
    }

    /// The value, this once.
    pub fn read_untracked(self) -> Rc<T> {
        get(self.0.now_untracked())
    }

    /// A copy of the value; whoever asks follows it from here on.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        (*self.read()).clone()
    }

    /// A copy of the value, this once.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        (*self.read_untracked()).clone()
    }

    /// A copy of the value, this once; `None` if it is gone.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        find(self.0.now_untracked()).map(|it: Rc<T>| (*it).clone())
    }
}

impl<T: 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self::at(Source::new(hide(value)))
    }

    pub fn set(self, value: T) {
        self.0.set(hide(value));
    }

    /// Changes the value where it is, or a copy of it while somebody reads it.
    pub fn update(self, change: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        let mut change = Some(change);
        update(self.0, &mut |value: &mut T| change.take().map_or((), |it| it(value)));
    }
}

#[inline(never)]
fn update<T: Clone + 'static>(source: Source<Thing>, change: &mut dyn FnMut(&mut T)) {
    source.update(|thing| match Rc::get_mut(thing).and_then(|it| it.downcast_mut()) {
        Some(value) => change(value),
        None => {
            let mut copy = (*get::<T>(Some(thing.clone()))).clone();
            change(&mut copy);
            *thing = hide(copy);
        }
    });
}

impl<T: PartialEq + 'static> Memo<T> {
    /// `make` is given the value before, if there was one.
    pub fn new(make: impl Fn(Option<&T>) -> T + 'static) -> Self {
        Self::at(computed(Box::new(move |last| {
            let next = make(last.as_ref().and_then(|it| it.downcast_ref()));
            settled(last, next)
        })))
    }
}

/// The value before where it is the same, and whether it is not. Once for each type, not for each memo.
#[inline(never)]
fn settled<T: PartialEq + 'static>(last: Option<Thing>, next: T) -> (Thing, bool) {
    match last {
        Some(same) if same.downcast_ref() == Some(&next) => (same, false),
        _ => (hide(next), true),
    }
}

type Step = Box<dyn Fn(Option<Thing>) -> (Thing, bool)>;

fn computed(step: Step) -> Computed<Thing> {
    let step = SendWrapper::new(step);
    Computed::new_owning(move |last| step.as_ref()(last))
}
