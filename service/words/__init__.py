"""Chinese messages shared by both front ends."""
