"""The CDKTF stacks of the Tribe platform: one file per noun."""
