//! How long one call takes natively; `examples/speed.rs` makes the same calls in a browser.

mod calls;

use std::time::Duration;

use calls::{Call, SIZES, losses};
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};

fn all(criterion: &mut Criterion) {
    for loss in losses() {
        let mut group = criterion.benchmark_group(loss.spec.torch);
        // Few samples: the whole run is to take a minute or two.
        group.sampling_mode(SamplingMode::Flat).sample_size(10).nresamples(1000);
        group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(500));
        for size in SIZES {
            let mut call = Call::new(loss, size);
            group.throughput(Throughput::Elements(call.elements() as u64));
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| bencher.iter(|| call.run()));
        }
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
