//! Answers about things in photos, with torchvision's losses.

use crate::pages::which::tree::{Answer, Tensors};

pub static FOCAL: Answer = Answer {
    loss: "sigmoid_focal_loss",
    why: "It turns down every answer that is right already, so that a hundred thousand easy noes do not drown a few hard yeses.",
    wrong: "A larger weight for yes and nothing else: the easy noes keep their share. Of a hundred [such \
        patches](~inputs=1:-2.5&targets=1:0&gamma=0&alpha=-1&names=&at=inputs.0&with=) each costs {loss} under \
        cross-entropy, and together they outweigh a missed pedestrian; [with γ = \
        2](~inputs=1:-2.5&targets=1:0&alpha=-1&names=&at=inputs.0&with=) each costs {loss}.",
    args: &[("reduction", "'sum'")],
    tensors: &[("inputs", "N", "float, scores"), ("targets", "N", "float, 0 or 1")],
};

const BOXES: Tensors =
    &[("boxes1", "N, 4", "float, x1, y1, x2, y2"), ("boxes2", "N, 4", "float, x1, y1, x2, y2")];

pub static GENERALIZED_IOU: Answer = Answer {
    loss: "generalized_box_iou_loss",
    why: "It fines the empty part of the smallest box around both, so that there is a pull where nothing overlaps.",
    wrong: "[SmoothL1Loss](#/SmoothL1Loss) on the four sides: being 2 pixels off costs a small box as much as a large one. \
        Here [a box of 10](~boxes1=1x4:2,0,12,10&boxes2=1x4:0,0,10,10&names=&at=boxes1.0.0) pays {loss}, and [one of \
        100](~boxes1=1x4:2,0,102,100&boxes2=1x4:0,0,100,100&names=&at=boxes1.0.0) {loss}.",
    args: &[("reduction", "'mean'")],
    tensors: BOXES,
};

pub static DISTANCE_IOU: Answer = Answer {
    loss: "distance_box_iou_loss",
    why: "It fines the distance of the centres, which moves a box to its target from any distance, and grows it less on the way.",
    wrong: "Centre and size in place of corners: nothing checks them. A box of 20 by 20 at (80, 70), [written as centre and \
        size](~boxes1=1x4:80,70,20,20&boxes2=1x4:70,60,90,80&names=&at=boxes1.0.0), costs {loss} in silence; [as \
        corners](~boxes1=1x4:70,60,90,80&boxes2=1x4:70,60,90,80&names=&at=boxes1.0.0) it costs {loss}.",
    args: &[("reduction", "'mean'")],
    tensors: BOXES,
};

pub static COMPLETE_IOU: Answer = Answer {
    loss: "complete_box_iou_loss",
    why: "Overlap, distance of the centres, and how different width by height is: all three that make a box the right one.",
    wrong: "Leaving out the shape: for [a box that lies where it should \
        stand](~distance_box_iou_loss&at=boxes1.2.2) distance IoU gives x2 the gradient {grad}; [with the \
        shape](~at=boxes1.2.2) it is {grad}.",
    args: &[("reduction", "'mean'")],
    tensors: BOXES,
};
