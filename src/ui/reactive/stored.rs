//! Values that nobody follows: functions, and what changes without anybody being told.

use std::cell::RefCell;

use reactive_graph::owner::StoredValue as Stored;
use reactive_graph::traits::GetValue;

use super::handle::{Handle, Thing, find, get, hide};
use super::signal::Followed;
use super::untrack;

/// A value that changes without anybody being told.
pub type StoredValue<T> = Handle<Stored<Thing>, RefCell<T>>;

/// A value to be asked for, wherever it comes from. Who asks follows what it was made from.
pub type Signal<T> = Handle<Stored<Thing>, dyn Fn() -> T>;

/// A function that is handed to a widget.
pub type Callback<In, Out = ()> = Handle<Stored<Thing>, dyn Fn(In) -> Out>;

impl<T: 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self::at(Stored::new(hide(RefCell::new(value))))
    }

    /// Changes the value and hands out the result; `None` if it is gone, or in somebody's hands.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let cell = find::<RefCell<T>>(self.0.try_get_value())?;
        cell.try_borrow_mut().ok().map(|mut it| change(&mut it))
    }

    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    pub fn set_value(self, value: T) {
        self.update_value(|it| *it = value);
    }

    /// A copy of the value.
    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        get::<RefCell<T>>(self.0.try_get_value()).borrow().clone()
    }

    /// A copy of the value; `None` if it is gone.
    pub fn try_get_value(self) -> Option<T>
    where
        T: Clone,
    {
        find::<RefCell<T>>(self.0.try_get_value()).map(|it| it.borrow().clone())
    }
}

/// A function that is called and nothing else. `dyn Fn` has two more functions for every closure.
trait Calls<In, Out> {
    fn call(&self, input: In) -> Out;
}

impl<In, Out, F: Fn(In) -> Out> Calls<In, Out> for F {
    fn call(&self, input: In) -> Out {
        self(input)
    }
}

type Function<In, Out> = Box<dyn Calls<In, Out>>;

impl<T: 'static> Signal<T> {
    /// What a function says.
    pub fn derive(make: impl Fn() -> T + 'static) -> Self {
        let make: Function<(), T> = Box::new(move |()| make());
        Self::at(Stored::new(hide(make)))
    }

    /// A value that stays.
    pub fn stored(value: T) -> Self
    where
        T: Clone,
    {
        Self::derive(move || value.clone())
    }

    /// The value; whoever asks follows what it was made from.
    pub fn get(self) -> T {
        get::<Function<(), T>>(self.0.try_get_value()).call(())
    }

    /// The value, this once.
    pub fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    /// The value, this once; `None` if it is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        find::<Function<(), T>>(self.0.try_get_value()).map(|make| untrack(|| make.call(())))
    }
}

impl<S: Followed + 'static, T: Clone + 'static> From<Handle<S, T>> for Signal<T> {
    fn from(value: Handle<S, T>) -> Self {
        Self::derive(move || value.get())
    }
}

impl<In: 'static, Out: 'static> Callback<In, Out> {
    pub fn new(function: impl Fn(In) -> Out + 'static) -> Self {
        let function: Function<In, Out> = Box::new(function);
        Self::at(Stored::new(hide(function)))
    }

    pub fn run(self, input: In) -> Out {
        get::<Function<In, Out>>(self.0.try_get_value()).call(input)
    }
}
