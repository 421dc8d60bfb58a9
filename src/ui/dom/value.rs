//! What an attribute or a text may be made from.

use std::borrow::Cow;

/// The text of an attribute; `None` where there is none.
pub type Words = Option<Cow<'static, str>>;

/// Something that says words when asked. (A trait of its own, because `dyn Fn` has two more functions for every
/// closure, which nobody calls.)
pub trait Says {
    fn words(&self) -> Words;
}

impl<V: Value, F: Fn() -> V> Says for F {
    fn words(&self) -> Words {
        self().words()
    }
}

/// Something that can be written. A switch is an empty attribute, or none.
pub trait Value {
    fn words(self) -> Words;
}

impl Value for String {
    fn words(self) -> Words {
        Some(Cow::Owned(self))
    }
}

impl Value for &'static str {
    fn words(self) -> Words {
        Some(Cow::Borrowed(self))
    }
}

impl Value for bool {
    fn words(self) -> Words {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<V: Value> Value for Option<V> {
    fn words(self) -> Words {
        self.and_then(V::words)
    }
}
