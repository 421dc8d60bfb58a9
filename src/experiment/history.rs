//! stub
use super::Experiment;
pub struct History {
    past: Vec<Experiment>,
    present: Experiment,
    future: Vec<Experiment>,
    gesture: Option<u64>,
}
impl History {
    pub fn new(present: Experiment) -> Self {
        Self { past: vec![], present, future: vec![], gesture: None }
    }
    pub fn present(&self) -> &Experiment {
        &self.present
    }
    pub fn set(&mut self, next: Experiment, g: Option<u64>) {
        let old = std::mem::replace(&mut self.present, next);
        if g.is_none() || g != self.gesture {
            self.past.push(old);
        }
        self.gesture = g;
        self.future.clear();
    }
    pub fn undo(&mut self) {
        if let Some(p) = self.past.pop() {
            let o = std::mem::replace(&mut self.present, p);
            self.future.push(o);
            self.gesture = None;
        }
    }
    pub fn redo(&mut self) {
        if let Some(p) = self.future.pop() {
            let o = std::mem::replace(&mut self.present, p);
            self.past.push(o);
            self.gesture = None;
        }
    }
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
