//! The crate as a library: one loss as a struct, all of them by name, and PyTorch's random numbers.

use losslens::loss::torch::{Huber, LOSSES};
use losslens::loss::{Args, Error, Loss, Reduction, Tensor, Typed, Want};
use losslens::random::Generator;

fn main() -> Result<(), Error> {
    // torch.manual_seed(0); input, target = torch.randn(4), torch.randn(4)
    let mut generator = Generator::new(0);
    let input = Tensor::vector(generator.randn(4));
    let target = Tensor::vector(generator.randn(4));

    let huber = Huber { delta: 0.5 };
    let answer = huber.evaluate(Reduction::Mean, &[&input, &target], Want::FIRST)?;
    println!("Huber, delta 0.5: {:?}", answer.output.floats());
    for (x, slope) in
        input.floats().iter().zip(answer.grads[0].iter().flat_map(|it| it.floats().into_owned()))
    {
        println!("  at {x:+.4} the slope is {slope:+.4}");
    }

    // The same by name, as data: a loss takes the inputs that its description lists.
    let aligned = LOSSES.iter().filter(|it| it.spec.inputs.len() == 2);
    for loss in aligned {
        match loss.evaluate(&Args::default(), &[&input, &target], Want::VALUE) {
            Ok(answer) => println!("{}: {:?}", loss.spec.torch, answer.output.floats()),
            Err(refusal) => println!("{}: {refusal}", loss.spec.torch),
        }
    }

    let loss = Loss::known("SmoothL1Loss").unwrap_or(&LOSSES[0]);
    let args = Args::new(loss.spec, [("beta", 0.5.into()), ("reduction", "sum".into())])?;
    println!("{:?}", loss.evaluate(&args, &[&input, &target], Want::VALUE)?.output.floats());
    Ok(())
}
