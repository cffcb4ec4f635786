"""Chinese sentences that both front ends say."""
