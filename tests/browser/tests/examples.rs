//! What every page opens with, and what it says after the one change that its story suggests.
//!
//! The numbers were measured with PyTorch 2.15 in float64 and are rounded to four decimals.

use losslens_browser_tests::{Site, browse};

/// Half of the last digit given, and a little for what was rounded down.
const ROUNDED: f64 = 5.1e-5;

/// Loss, its number on opening, the gradient of the chosen element.
const OPENING: [(&str, f64, f64); 14] = [
    ("L1Loss", 1.875, 0.25),
    ("MSELoss", 7.3125, -2.5),
    ("SmoothL1Loss", 1.265625, -0.25),
    ("HuberLoss", 1.53125, -0.25),
    ("BCELoss", 1.1449, -12.5),
    ("BCEWithLogitsLoss", 1.1449, -0.2450),
    ("CrossEntropyLoss", 0.9279, -0.2953),
    ("NLLLoss", 0.9279, -0.3333),
    ("PoissonNLLLoss", -2.4469, -1.2362),
    ("GaussianNLLLoss", 5.2741, -23.3333),
    ("KLDivLoss", 0.0919, -0.35),
    ("HingeEmbeddingLoss", 0.4250, -0.25),
    ("MarginRankingLoss", 0.75, -0.3333),
    ("CTCLoss", 0.3918, -0.1051),
];

/// The change, as an address, and the loss that it leads to.
const CHANGED: [(&str, f64); 26] = [
    ("L1Loss?input=2,3.5,2,3&target=2.5,3.5,2,8", 1.375),
    ("MSELoss?input=2,3.5,4,2&target=2.5,3.5,2,8", 10.0625),
    ("SmoothL1Loss?input=2,3.5,4,3&target=2.5,3.5,2,8&beta=0.5", 1.6875),
    ("HuberLoss?input=2,3.5,4,3&target=2.5,3.5,2,8&delta=0.5", 0.84375),
    ("BCELoss?input=0.95,0.1,0.6,0.9&target=1,0,1,1", 0.1932),
    ("BCELoss?input=0.95,0.1,0.6,0&target=1,0,1,1", 25.1669),
    ("BCEWithLogitsLoss?input=2.9444,-2.1972,0.4055,-150&target=1,0,1,1", 37.6669),
    ("CrossEntropyLoss?input=2,1,0.1;0.5,2.5,0;3,0,3&target=0,1,2", 0.4438),
    ("CrossEntropyLoss?input=2,1,0.1;0.5,2.5,0;3,0,5&target=0,1,2", 0.2489),
    (
        "NLLLoss?input=-0.41703,-1.41703,-2.31703;-2.19673,-0.19673,-2.69673;-0.16985,-3.16985,0&target=0,1,2",
        0.2046,
    ),
    ("GaussianNLLLoss?input=3,5,4&target=3.5,5,7&var=1,0.04,9", 0.0381),
    ("HingeEmbeddingLoss?input=0.2,0.9,1,1.6&target=1,1,-1,-1", 0.275),
    ("MarginRankingLoss?input1=3,3.25,2&input2=4.5,2.75,3.5&target=-1,1,1&margin=0.5", 0.6667),
    ("MarginRankingLoss?input1=3,3,2&input2=4.5,2.75,3.5&target=-1,-1,1&margin=0.5", 0.9167),
    ("KLDivLoss?input=-0.356675,-1.609438,-2.302585&target=0.7,0.2,0.1&reduction=batchmean", 0.0),
    ("L1Loss?input=2,3.5,4,3&target=2.5,3.5,2,8&reduction=sum", 7.5),
    ("MSELoss?input=1,2,3&target=3x1:1,2,3", 1.3333),
    // The story's own opening, whose gradient is a pair of coordinates.
    ("TripletMarginLoss", 0.7333),
    ("CosineEmbeddingLoss", 0.2667),
    ("CosineEmbeddingLoss?input1=1,0;2,0;1,0&input2=0.8,0.6;1.2,1.6;-0.6,0.8&target=1,-1,-1", 0.2667),
    ("CosineEmbeddingLoss?input1=1,0;2,0;1,0&input2=0.8,0.6;0,1;-0.6,0.8&target=1,-1,-1", 0.0667),
    // The distances along the streets are 0.7 and 3.5, 1.4 and 1.7, 2.1 and 1.4.
    ("TripletMarginWithDistanceLoss", 0.8),
    ("TripletMarginWithDistanceLoss?distance_function=None", 0.7333),
    ("TripletMarginWithDistanceLoss?distance_function=chebyshev", 0.6667),
    ("TripletMarginWithDistanceLoss?distance_function=sqeuclidean", 0.8533),
    ("CTCLoss?log_probs=-1,-1;-1,-1;-1,-1&targets=1,1,1&input_lengths=3&target_lengths=3", f64::INFINITY),
];

#[tokio::test]
async fn every_page_opens_on_its_story() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        page.expect_number("loss", 4.0, 0.0).await?;
        page.expect_number("gradient", -4.0, 0.0).await?;
        for (loss, value, gradient) in OPENING {
            page.follow(&format!("#/{loss}")).await?;
            page.expect_number("loss", value, ROUNDED).await?;
            page.expect_number("gradient", gradient, ROUNDED).await?;
            assert!(page.count(".notices").await? == 0, "{loss}: the example of the page has notices");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn every_story_goes_on_as_told() {
    browse(Site::release(), async |page| {
        page.goto("#/").await?;
        for (address, value) in CHANGED {
            page.follow(&format!("#/{address}")).await?;
            page.expect_number("loss", value, ROUNDED).await?;
        }
        Ok(())
    })
    .await;
}
