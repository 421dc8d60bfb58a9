//! Where the questions end. The numbers in the texts come from the core: `{loss}` and `{grad}` of the state before.

mod classes;
mod numbers;
mod photos;
mod wholes;

pub use classes::*;
pub use numbers::*;
pub use photos::*;
pub use wholes::*;
