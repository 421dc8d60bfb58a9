//! stub
pub struct Lesson {
    pub formula: &'static str,
    pub explanation: &'static str,
}
pub fn of(_: &str) -> Option<&'static Lesson> {
    None
}
