"""AWS CDK's part of the comparison; runs in an environment of its own."""
