//! How long one call takes: value and gradient of the first input, for every loss and three sizes of batch.

#[path = "../tests/common/inputs.rs"]
mod inputs;
#[path = "../tests/common/random.rs"]
mod random;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use inputs::inputs;
use losslens::loss::args::Args;
use losslens::loss::evaluation::{Evaluation, Want};
use losslens::loss::tensor::Tensor;
use losslens::loss::torch::{LOSSES, WITHOUT_PAGE};
use random::Random;

/// Elements of the first input.
const SIZES: [usize; 3] = [10, 1_000, 1_000_000];

fn losses(criterion: &mut Criterion) {
    for loss in LOSSES.iter().chain(&WITHOUT_PAGE) {
        let mut group = criterion.benchmark_group(loss.spec.torch);
        // Few samples: the whole run is to take a minute or two.
        group.sampling_mode(SamplingMode::Flat).sample_size(10).nresamples(1000);
        group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(500));
        for size in SIZES {
            let tensors = inputs(loss.spec, size, &mut Random(5));
            let tensors: Vec<&Tensor> = tensors.iter().collect();
            let args = Args::default();
            let mut out = Evaluation::default();
            group.throughput(Throughput::Elements(tensors.first().map_or(0, |it| it.len() as u64)));
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
                bencher.iter(|| loss.evaluate_into(&args, black_box(&tensors), Want::FIRST, &mut out));
            });
        }
    }
}

criterion_group!(benches, losses);
criterion_main!(benches);
