"""Full-screen terminal editor."""
