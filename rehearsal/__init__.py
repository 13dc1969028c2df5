"""The rehearsal: real Terraform, with the real AWS provider, against AWS emulators on loopback."""
