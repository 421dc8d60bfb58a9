//! Values of every type as one, and handles that know which type it was.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use send_wrapper::SendWrapper;

/// A value whose type is known to its handle alone. The library shares values between threads; this page has one.
pub type Thing = SendWrapper<Rc<dyn Any>>;

/// Hides the type of a value.
pub fn hide<T: 'static>(value: T) -> Thing {
    closed(Rc::new(value))
}

fn closed(value: Rc<dyn Any>) -> Thing {
    SendWrapper::new(value)
}

/// Where a value of type `T` lives, until its owner is cleaned up. Copies are the same place.
pub struct Handle<S, T: ?Sized>(pub S, PhantomData<fn() -> Box<T>>);

impl<S, T: ?Sized> Handle<S, T> {
    pub fn at(place: S) -> Self {
        Self(place, PhantomData)
    }
}

impl<S: Copy, T: ?Sized> Clone for Handle<S, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Copy, T: ?Sized> Copy for Handle<S, T> {}

impl<S: PartialEq, T: ?Sized> PartialEq for Handle<S, T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<S: fmt::Debug, T: ?Sized> fmt::Debug for Handle<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The value again. `None` if it is gone.
pub fn find<T: 'static>(thing: Option<Thing>) -> Option<Rc<T>> {
    opened(thing)?.downcast().ok()
}

fn opened(thing: Option<Thing>) -> Option<Rc<dyn Any>> {
    Some(Rc::clone(&*thing?))
}

/// The value again, for those whose owner keeps it.
pub fn get<T: 'static>(thing: Option<Thing>) -> Rc<T> {
    find(thing).unwrap_or_else(|| gone())
}

#[cold]
fn gone() -> ! {
    wasm_bindgen::throw_str("somebody asked for a value after its owner was cleaned up")
}
