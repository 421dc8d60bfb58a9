//! The recorded values of PyTorch.
