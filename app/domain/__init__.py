"""What Counterfoil is about, as plain values and functions: no input, no output, no clock."""
